package dev.tournant.deploy.standins.doordash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Hook;
import dev.tournant.adapter.JobEnd;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Result;
import dev.tournant.adapter.Turn;
import dev.tournant.adapter.Webhooks;
import dev.tournant.adapter.Writing;
import dev.tournant.adapters.doordash.DoorDashAdapter;
import dev.tournant.deploy.standins.core.Receiver;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerName;
import dev.tournant.model.RecordKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Currency;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tells a stand-in what a merchant has, by Tournant's adapter, as whoever runs it would: it keeps ids and pending jobs. */
final class Teller {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final String WEBHOOK_TOKEN = "our-token";
    private static final Currency USD = Currency.getInstance("USD");

    private final Adapter adapter = new DoorDashAdapter();
    private final Writing writing = adapter.writing().orElseThrow();
    private final URI url;
    private final Keyring keys;
    private final Receiver receiver;
    final Link link;
    /** What there should be. */
    final Map<RecordKey, FieldMap> records = new TreeMap<>();

    final Map<RecordKey, Remote> remotes = new HashMap<>();
    final Set<String> pending = new TreeSet<>();
    final Map<RecordKey, Outcome> outcomes = new LinkedHashMap<>();
    int calls;
    private int plans;

    Teller(DoorDashStandin standin, String store, Receiver receiver) {
        DeveloperKey key = standin.keys().get(0);
        this.url = standin.url();
        this.keys = Keyring.of(
                "developer-id", key.developerId(),
                "key-id", key.keyId(),
                "signing-secret", key.signingSecret(),
                "webhook-token", WEBHOOK_TOKEN);
        this.receiver = receiver;
        this.link =
                new Link(new LinkId("dd-1"), new PartnerName("doordash"), DoorDashStandin.PROVIDER_TYPE, store, "main");
        standin.subscribe(receiver.url(), WEBHOOK_TOKEN);
    }

    /** Everything is wanted. */
    void tell() {
        tell(records, Set.of());
    }

    void tell(Map<RecordKey, FieldMap> wanted, Set<RecordKey> removed) {
        outcomes.clear();
        calls = 0;
        Plan plan = writing.plan(
                new Difference(link, USD, wanted, removed, remotes, records, pending, "n" + plans++, Instant.now()));
        outcomes.putAll(plan.settled());
        plan.steps().forEach(step -> step.forEach(this::make));
    }

    private void make(Call first) {
        Deque<Call> waiting = new ArrayDeque<>(Set.of(first));
        while (!waiting.isEmpty()) {
            Call call = waiting.remove();
            calls++;
            Result result = result(call);
            outcomes.putAll(result.outcomes());
            remotes.putAll(result.remotes());
            result.outcomes().values().forEach(outcome -> {
                if (outcome instanceof Outcome.Pending job) {
                    pending.add(job.job());
                }
            });
            waiting.addAll(result.instead());
        }
    }

    private Result result(Call call) {
        try {
            return writing.read(call, send(call.request()));
        } catch (IOException e) {
            return writing.unanswered(call, e.toString());
        }
    }

    /** Waits for a webhook, and takes it for the end of a job. */
    JobEnd ended() throws InterruptedException {
        Receiver.Delivery delivery = receiver.next();
        byte[] body = delivery.body().getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = new HashMap<>();
        delivery.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        Webhooks webhooks = adapter.webhooks().orElseThrow();
        Hook hook = new Hook(receiver.url(), headers, body);
        assertThat(webhooks.scheme().verify(hook, keys, Instant.now()).genuine())
                .isTrue();
        Webhooks.Part part = webhooks.parts(body).get(0);
        assertThat(part.location()).isEqualTo(link.location());
        Reading reading = adapter.read(new Payload(link, USD, null, Instant.now(), part.body()));
        assertThat(reading.unreadable()).isEmpty();
        JobEnd end = reading.jobs().get(0);
        pending.remove(end.job());
        remotes.putAll(end.remotes());
        return end;
    }

    /** Reads what the partner holds. */
    void look() throws IOException {
        Fetch task = new Fetch(link, "menus", null);
        Request request = adapter.open(task);
        Answer answer = send(request);
        assertThat(adapter.turn(task, request, answer)).isEqualTo(new Turn.Page(null, null));
        Payload page = new Payload(link, USD, "menus", Instant.now(), answer.body());
        assertThat(adapter.read(page).unreadable()).isEmpty();
        remotes.putAll(writing.seen(page));
    }

    private Answer send(Request bare) throws IOException {
        Request request = adapter.authentication().authorise(bare, keys, null, Instant.now());
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
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
