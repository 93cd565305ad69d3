package dev.tournant.deploy.standins.toast;

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
import dev.tournant.adapter.auth.ClientCredentials;
import dev.tournant.adapter.auth.Token;
import dev.tournant.adapter.auth.TokenReply;
import dev.tournant.adapters.toast.ToastAdapter;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Whole;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Currency;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A restaurant as Tournant's adapter sees it: fetched as a node does, its statements weighed as a merchant does. */
final class Told {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final Adapter adapter = new ToastAdapter();
    private final Writing writing = adapter.writing().orElseThrow();
    private final Restaurant restaurant;
    private final URI url;
    final Link link;
    private final Token token;
    private final Map<String, @Nullable String> since = new HashMap<>();
    private final Map<RecordKey, FlatRecord> records = new TreeMap<>();
    private final Map<RecordKey, Remote> remotes = new HashMap<>();
    final Map<RecordKey, Outcome> outcomes = new LinkedHashMap<>();
    final List<String> asked = new ArrayList<>();
    private Instant now = Instant.now();

    Told(ToastStandin standin, String guid) {
        this.restaurant = standin.restaurant(guid).orElseThrow();
        this.url = standin.url();
        this.link = new Link(new LinkId("toast-1"), new PartnerName("toast"), guid, guid, "secret");
        ToastStandin.Client client = standin.clients().get(0);
        ClientCredentials scheme = (ClientCredentials) adapter.authentication();
        Request login =
                scheme.obtain(Keyring.of("client-id", client.clientId(), "client-secret", client.clientSecret()));
        this.token = ((TokenReply.Granted) scheme.read(send(login), null, now)).token();
    }

    /** Reads all resources once; what cannot be read fails the test. */
    Map<RecordKey, FlatRecord> round() {
        adapter.resources().forEach(this::fetch);
        Map<RecordKey, FlatRecord> present = new TreeMap<>(records);
        present.values().removeIf(record -> !record.isPresent());
        return present;
    }

    void fetch(String resource) {
        Fetch task = new Fetch(link, resource, since.get(resource));
        Request request = adapter.open(task);
        while (request != null) {
            Answer answer = sent(request);
            Turn turn = adapter.turn(task, request, answer);
            assertThat(turn).isNotInstanceOf(Turn.Broken.class);
            if (turn instanceof Turn.Page page) {
                absorb(new Payload(link, currency(), resource, answer.at(), answer.body()));
                since.merge(resource, String.valueOf(page.until()), (old, until) -> until);
            }
            request = turn instanceof Turn.Ask ask ? ask.next() : ((Turn.Page) turn).next();
        }
    }

    private Currency currency() {
        return Currency.getInstance(restaurant.identity().currency());
    }

    private void absorb(Payload page) {
        Reading reading = adapter.read(page);
        assertThat(reading.unreadable()).isEmpty();
        for (PartnerEvent event : reading.events()) {
            Set<RecordKey> mentioned = new HashSet<>();
            for (RecordDelta delta : event.deltas()) {
                mentioned.add(delta.key());
                weigh(delta);
            }
            for (Whole whole : event.wholes()) {
                List.copyOf(records.values()).stream()
                        .filter(each -> each.key().kind() == whole.kind() && each.isPresent())
                        .filter(each -> !mentioned.contains(each.key()))
                        .forEach(each -> weigh(whole.unmentioned(each.key())));
            }
        }
        remotes.putAll(writing.seen(page));
    }

    private void weigh(RecordDelta delta) {
        FlatRecord before = records.getOrDefault(delta.key(), FlatRecord.unknown(delta.key()));
        Provenance by = delta.provenance(link.id(), "page");
        FlatRecord after =
                before.news(delta, by).map(news -> before.after(news, by, 1)).orElse(before);
        records.put(delta.key(), after.afterRepetition(before.repeated(delta, by), by));
    }

    /** Makes a plan and all its calls; what a call says has to be made instead of it is made. */
    void tell(Map<RecordKey, FieldMap> wanted) {
        outcomes.clear();
        Plan plan = writing.plan(new Difference(link, currency(), wanted, Set.of(), remotes, "nonce", now));
        outcomes.putAll(plan.settled());
        for (List<Call> step : plan.steps()) {
            Deque<Call> waiting = new ArrayDeque<>(step);
            while (!waiting.isEmpty()) {
                Call call = waiting.remove();
                Result result = writing.read(call, sent(call.request()));
                outcomes.putAll(result.outcomes());
                waiting.addAll(result.instead());
            }
        }
    }

    void know(RecordKey key, Remote remote) {
        remotes.put(key, remote);
    }

    private Answer sent(Request bare) {
        asked.add(bare.toString());
        return send(adapter.authentication().authorise(bare, Keyring.of(), token, now));
    }

    private Answer send(Request request) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(url.resolve(request.path())).timeout(Duration.ofSeconds(10));
        @Nullable String json = request.json();
        if (json != null && !request.headers().containsKey("Content-Type")) {
            builder.header("Content-Type", "application/json");
        }
        request.headers().forEach(builder::header);
        builder.method(
                request.method(),
                json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json));
        try {
            HttpResponse<byte[]> response = CLIENT.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
            Map<String, String> headers = new HashMap<>();
            response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
            // Later than all that the stand-in said before, however coarse the clock is.
            now = now.isBefore(Instant.now()) ? Instant.now() : now.plusMillis(1);
            return new Answer(response.statusCode(), headers, response.body(), now);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
