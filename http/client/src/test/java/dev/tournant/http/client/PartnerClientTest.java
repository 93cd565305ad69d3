package dev.tournant.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Outbound.Unreachable;
import dev.tournant.adapter.Request;
import dev.tournant.http.client.token.TokenName;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerName;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PartnerClientTest {
    private static final PartnerName SQUARE = new PartnerName("square");
    private static ActorTestKit kit;

    private final GatesInMemory gates = new GatesInMemory();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create("client", ConfigFactory.load());
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        gates.allEnded();
    }

    private Partner partner(Partner.Behaviour behaviour) throws IOException {
        Partner partner = new Partner(behaviour);
        opened.add(partner);
        return partner;
    }

    private PartnerClient client(int port, String... settings) {
        Config config = ConfigFactory.parseString(String.join("\n", settings))
                .withFallback(ConfigFactory.parseString(
                        "base-url = \"http://127.0.0.1:" + port + "/base\", backoff-min = 10 ms"))
                .atPath("tournant.client.partners.square")
                .withFallback(ConfigFactory.parseResources("tournant-client.conf"))
                .resolve();
        PartnerClient client = PartnerClient.create(kit.system(), ClientConfig.read(config), gates, registry);
        opened.add(client);
        return client;
    }

    private static Request get(String path) {
        return new Request("GET", path, Map.of("Authorization", "Bearer canary"), null, true);
    }

    private static final Request ORDER =
            new Request("POST", "/orders", Map.of("Idempotency-Key", "k1"), "{\"a\": \"é\"}", false);

    private static final Keyring KEYS = Keyring.of("client-id", "canary-id");
    private static final Link LINK = new Link(new LinkId("sq-1"), SQUARE, "M1", "L1", "main");

    private static CompletionStage<Answer> send(PartnerClient client, Request request) {
        return client.send(LINK, KEYS, request, Lane.MENU);
    }

    private static Answer answer(PartnerClient client, Request request) {
        return send(client, request).toCompletableFuture().join();
    }

    private static Unreachable failure(PartnerClient client, Request request) {
        try {
            send(client, request).toCompletableFuture().join();
            throw new AssertionError("was answered");
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(Unreachable.class).hasMessageNotContaining("canary");
            return (Unreachable) e.getCause();
        }
    }

    @Test
    void sendsARequestAndGivesTheAnswerBack() throws IOException {
        Partner partner = partner((self, socket, n) -> Partner.say(socket, 201, "{\"ok\": 1}", "X-Id: 7", "X-Id: 8"));

        Answer answer = answer(client(partner.port()), ORDER);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("{\"ok\": 1}".getBytes(StandardCharsets.UTF_8));
        assertThat(answer.header("x-id")).hasValue("7, 8");
        assertThat(answer.header("content-type")).hasValue("application/json");
        assertThat(partner.requests.get(0))
                .startsWith("POST /base/orders HTTP/1.1")
                .contains("Host: 127.0.0.1:" + partner.port())
                .contains("Idempotency-Key: k1")
                .contains("Content-Type: application/json")
                .contains("User-Agent: tournant");
        assertThat(partner.requests.get(0))
                .endsWith(new String("{\"a\": \"é\"}".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    @Test
    void usesAConnectionAgain() throws IOException {
        Partner partner = partner((self, socket, n) -> Partner.say(socket, 200, "{}"));
        PartnerClient client = client(partner.port());

        for (int i = 0; i < 5; i++) {
            assertThat(answer(client, get("/x?a=" + i)).status()).isEqualTo(200);
        }

        assertThat(partner.connections).hasValue(1);
    }

    @Test
    void opensANewConnectionWhenThePartnerClosesTheOldOne() throws IOException {
        Partner partner = partner((self, socket, n) -> {
            Partner.say(socket, 200, "{}", "Connection: close");
            return false;
        });
        PartnerClient client = client(partner.port());

        for (int i = 0; i < 5; i++) {
            assertThat(answer(client, ORDER).status()).isEqualTo(200);
        }

        assertThat(partner.connections).hasValue(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 404, 429, 500})
    void givesBackAnswersOfAnyStatusAndFollowsNoRedirect(int status) throws IOException {
        Partner partner = partner(
                (self, socket, n) -> Partner.say(socket, status, "no", "Location: http://169.254.169.254/latest"));

        Answer answer = answer(client(partner.port()), get("/x"));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(partner.requests).hasSize(1);
    }

    @Test
    void givesUpOnAPartnerThatHangsAndCutsTheConnection() throws IOException {
        Partner partner = partner((self, socket, n) -> self.hang(socket));
        long begun = System.nanoTime();

        Unreachable failure = failure(client(partner.port(), "timeout = 300 ms"), get("/x"));

        assertThat(failure).hasMessage("no answer within 300 ms");
        assertThat(failure.isUnsent()).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        Eventually.holds(() -> partner.cut.get() == 1);
        assertThat(partner.requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1000000\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX-Slow: "
            })
    void givesUpOnAPartnerThatDripsItsBodyOrItsHeaders(String head) throws IOException {
        Partner partner = partner((self, socket, n) -> self.drip(socket, head));

        Unreachable failure = failure(client(partner.port(), "timeout = 300 ms"), get("/x"));

        assertThat(failure).hasMessage("no answer within 300 ms");
        Eventually.holds(() -> partner.cut.get() == 1);
    }

    @Test
    void servesTheNextCallAfterOneThatHung() throws IOException {
        Partner partner = partner((self, socket, n) -> n == 0 ? self.hang(socket) : Partner.say(socket, 200, "{}"));
        PartnerClient client = client(partner.port(), "timeout = 500 ms", "connections-max = 1");

        failure(client, ORDER);

        assertThat(answer(client, ORDER).status()).isEqualTo(200);
    }

    @Test
    void repeatsARepeatableRequestAfterPassingTrouble() throws IOException {
        Partner partner = partner((self, socket, n) -> switch (n) {
            case 0 -> Partner.say(socket, 503, "busy");
            case 1 -> Partner.reset(socket);
            default -> Partner.say(socket, 200, "{}");
        });

        Answer answer = answer(client(partner.port()), get("/x"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(partner.requests).hasSize(3);
        assertThat(registry.get(ClientMetrics.REPEATED).counter().count()).isEqualTo(2);
    }

    @Test
    void repeatsNothingElse() throws IOException {
        Partner busy = partner((self, socket, n) -> Partner.say(socket, 503, "busy"));
        Partner broken = partner((self, socket, n) -> Partner.reset(socket));

        assertThat(answer(client(busy.port()), ORDER).status()).isEqualTo(503);
        assertThat(failure(client(broken.port()), ORDER)).hasMessageContaining("the connection broke");
        assertThat(busy.requests).hasSize(1);
        assertThat(broken.requests).hasSize(1);
    }

    @Test
    void leavesItToTheCallerToObeyRetryAfter() throws IOException {
        Partner partner = partner((self, socket, n) -> Partner.say(socket, 503, "busy", "Retry-After: 30"));

        Answer answer = answer(client(partner.port()), get("/x"));

        assertThat(answer.header("retry-after")).hasValue("30");
        assertThat(partner.requests).hasSize(1);
    }

    @Test
    void stopsRepeatingAfterTheLastAttempt() throws IOException {
        Partner partner = partner((self, socket, n) -> Partner.say(socket, 502, "bad"));

        assertThat(answer(client(partner.port(), "attempts-max = 4"), get("/x")).status())
                .isEqualTo(502);
        assertThat(partner.requests).hasSize(4);
    }

    @Test
    void failsWhenNobodyListens() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }

        Unreachable failure = failure(client(port), get("/x"));
        assertThat(failure).hasMessageContaining("no connection could be made");
        assertThat(failure.isUnsent()).isTrue();
        assertThat(gates.ends("unused")).isEqualTo(3);
    }

    @Test
    void takesNoAnswerThatIsTooLargeWhetherOrNotItSaysSo() throws IOException {
        Partner told = partner((self, socket, n) -> Partner.say(socket, 200, "x".repeat(2000)));
        Partner untold = partner((self, socket, n) ->
                self.drip(socket, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + "x".repeat(2000)));

        for (Partner partner : List.of(told, untold)) {
            Unreachable failure = failure(client(partner.port(), "answer-bytes-max = 1000"), get("/x"));

            assertThat(failure).hasMessage("the answer has more than 1000 bytes");
            assertThat(partner.requests).hasSize(1);
        }
    }

    @Test
    void doesNotTakeHalfAnAnswerForAWholeOne() throws IOException {
        Partner partner = partner((self, socket, n) -> {
            Partner.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half\":");
            return false;
        });

        assertThat(failure(client(partner.port()), ORDER)).hasMessageContaining("broke");
    }

    @Test
    void boundsWhatWaitsAndSendsNothingAfterItsDeadline() throws IOException {
        Partner partner = partner((self, socket, n) -> self.hang(socket));
        PartnerClient client =
                client(partner.port(), "timeout = 500 ms", "connections-max = 2", "queue-max = 3", "attempts-max = 1");
        List<CompletableFuture<Answer>> sent = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sent.add(send(client, ORDER).toCompletableFuture());
        }

        assertThat(failure(client, ORDER)).hasMessage("the queue for square is full");

        sent.forEach(each -> assertThatThrownBy(each::join).hasCauseInstanceOf(Unreachable.class));
        assertThat(partner.requests).hasSize(2);
        Eventually.holds(() -> registry.get(ClientMetrics.UNDER_WAY).gauge().value() == 0);
        Eventually.holds(() -> partner.cut.get() == 2);
        Eventually.holds(() -> registry.get(ClientMetrics.CONNECTIONS).gauge().value() == 0);
    }

    @Test
    void letsManyCallsShareFewConnections() throws IOException {
        Partner partner = partner((self, socket, n) -> Partner.say(socket, 200, "{}"));
        PartnerClient client = client(partner.port(), "connections-max = 3", "queue-max = 500");
        List<CompletableFuture<Answer>> sent = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            sent.add(send(client, get("/x?n=" + i)).toCompletableFuture());
        }

        assertThat(sent).allSatisfy(each -> assertThat(each.join().status()).isEqualTo(200));
        assertThat(partner.connections).hasValueLessThanOrEqualTo(3);
        assertThat(partner.requests).hasSize(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "//evil.example/x",
                "http://evil.example/x",
                "/x?u=http://evil.example",
                "/../admin",
                "/a/..",
                "/%2e%2E/admin",
                "/x y",
                "/x\r\nHost: evil",
                "/x%0d%0aHost:%20evil",
                "/x\\y",
                "/x#y",
                "@evil.example/",
                "/\u00e9"
            })
    void refusesPathsThatCouldLeadAway(String path) throws IOException {
        Partner partner = partner((self, socket, n) -> Partner.say(socket, 200, "{}"));

        assertThat(failure(client(partner.port()), get(path))).hasMessageStartingWith("refused to send: the path");
        assertThat(partner.connections).hasValue(0);
    }

    @Test
    void refusesHeadersAndMethodsThatCouldSmuggle() throws IOException {
        Partner partner = partner((self, socket, n) -> Partner.say(socket, 200, "{}"));
        PartnerClient client = client(partner.port());

        for (Request bad : List.of(
                new Request("GET", "/x", Map.of("X", "a\r\nHost: b"), null, true),
                new Request("GET", "/x", Map.of("X\r\nY", "a"), null, true),
                new Request("GET", "/x", Map.of("Host", "evil.example"), null, true),
                new Request("GET", "/x", Map.of("Transfer-Encoding", "chunked"), null, true),
                new Request("GET", "/x", Map.of("Content-Type", "nonsense"), null, true),
                new Request("CONNECT", "/x", Map.of(), null, true))) {
            Unreachable refused = failure(client, bad);
            assertThat(refused).hasMessageStartingWith("refused to send");
            assertThat(refused.isUnsent()).isTrue();
        }
        assertThat(partner.connections).hasValue(0);
    }

    @Test
    void callsOnlyPartnersThatAreConfigured() {
        PartnerClient client = client(1);

        assertThatThrownBy(() -> client.send(new TokenName(new PartnerName("toast"), "main"), KEYS, get("/x"))
                        .toCompletableFuture()
                        .join())
                .hasCauseInstanceOf(Unreachable.class)
                .hasMessageContaining("tournant.client.partners has no toast");
    }

    @Test
    void endsEverythingWhenItIsClosed() throws IOException {
        Partner partner = partner((self, socket, n) -> self.hang(socket));
        PartnerClient client = client(partner.port(), "connections-max = 1");
        CompletableFuture<Answer> held = send(client, ORDER).toCompletableFuture();
        CompletableFuture<Answer> waiting = send(client, ORDER).toCompletableFuture();
        Eventually.holds(() -> partner.requests.size() == 1);

        client.close();

        assertThatThrownBy(held::join).hasCauseInstanceOf(Unreachable.class);
        // Which of the two it hears of first is open.
        assertThatThrownBy(waiting::join)
                .hasCauseInstanceOf(Unreachable.class)
                .hasMessageMatching("(?s).*(the client is closed|the connection was cut).*");
        assertThat(failure(client, ORDER)).hasMessage("the client is closed");
        Eventually.holds(() -> partner.cut.get() == 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base-url = \"ftp://x\"",
                "base-url = \"http://user@x\"",
                "base-url = \"http://x/\"",
                "base-url = \"http://x?y\"",
                "connections-max = 0",
                "queue-max = -1",
                "timeout = 0 s",
                "answer-bytes-max = 0",
                "attempts-max = 11",
                "backoff-max = 1 ms"
            })
    void namesTheKeyThatIsWrong(String setting) {
        assertThatThrownBy(() -> client(1, setting))
                .hasMessageContaining("tournant.client.partners.square." + setting.substring(0, setting.indexOf(' ')));
    }
}
