package dev.tournant.deploy.standins.square;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Result;
import dev.tournant.adapter.Turn;
import dev.tournant.adapter.Writing;
import dev.tournant.adapter.auth.Token;
import dev.tournant.adapters.square.SquareAdapter;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerName;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Currency;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A seller as Tournant's adapter sees it: fetched whole, told differences over the wire, and fetched again. */
final class Told {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final Adapter adapter = new SquareAdapter();
    private final Writing writing = adapter.writing().orElseThrow();
    private final URI url;
    private final Link link;
    private final Token token;
    private final Currency currency;
    /** What Square is known to hold, by our keys. */
    final Map<RecordKey, Remote> remotes = new HashMap<>();

    final Map<RecordKey, Outcome> outcomes = new LinkedHashMap<>();
    int calls;
    private int plans;

    Told(SquareStandin standin, SquareStandin.Account account) {
        this.url = standin.url();
        this.token = new Token(account.token(), null, Instant.EPOCH, Instant.MAX);
        this.currency = Currency.getInstance(account.currency());
        this.link = new Link(
                new LinkId("sq-1"),
                new PartnerName("square"),
                account.merchantId(),
                account.locationIds().get(0),
                "secret");
    }

    /** Everything that Square says now, by its own names; what it holds is noted. */
    Map<RecordKey, FieldMap> fetch(String resource) {
        Map<RecordKey, FieldMap> found = new HashMap<>();
        Fetch task = new Fetch(link, resource, null);
        Request request = adapter.open(task);
        while (request != null) {
            Answer answer = send(request);
            Payload page = new Payload(link, currency, resource, Instant.EPOCH, answer.body());
            Reading reading = adapter.read(page);
            assertThat(reading.unreadable()).isEmpty();
            for (RecordDelta delta : reading.events().get(0).deltas()) {
                found.put(delta.key(), delta.fields());
            }
            writing.seen(page).forEach((key, remote) -> remotes.put(ours(remote, key), remote));
            Turn turn = adapter.turn(task, request, answer);
            request = turn instanceof Turn.Page next ? next.next() : null;
        }
        return found;
    }

    private RecordKey ours(Remote remote, RecordKey theirs) {
        return remotes.entrySet().stream()
                .filter(each -> each.getKey().kind() == theirs.kind()
                        && each.getValue().id().equals(remote.id()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(theirs);
    }

    Plan plan(Map<RecordKey, FieldMap> wanted, Set<RecordKey> removed) {
        return writing.plan(
                new Difference(link, currency, wanted, removed, remotes, "nonce-" + plans++, Instant.now()));
    }

    /** Makes a plan and all its calls; what a call says has to be made instead of it is made. */
    void tell(Map<RecordKey, FieldMap> wanted, Set<RecordKey> removed) {
        outcomes.clear();
        calls = 0;
        Plan plan = plan(wanted, removed);
        outcomes.putAll(plan.settled());
        for (List<Call> step : plan.steps()) {
            Deque<Call> waiting = new ArrayDeque<>(step);
            while (!waiting.isEmpty()) {
                Call call = waiting.remove();
                waiting.addAll(make(call).instead());
            }
        }
    }

    Result make(Call call) {
        calls++;
        Result result = writing.read(call, send(call.request()));
        outcomes.putAll(result.outcomes());
        remotes.putAll(result.remotes());
        return result;
    }

    Answer send(Request bare) {
        Request request = adapter.authentication().authorise(bare, Keyring.of(), token, Instant.EPOCH);
        HttpRequest.Builder builder = HttpRequest.newBuilder(url.resolve(request.path()))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json");
        request.headers().forEach(builder::header);
        @Nullable String json = request.json();
        builder.method(
                request.method(),
                json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json));
        try {
            HttpResponse<byte[]> response = CLIENT.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
            Map<String, String> headers = new HashMap<>();
            response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
            return new Answer(response.statusCode(), headers, response.body(), Instant.now());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
