package dev.tournant.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Gates;
import dev.tournant.adapter.Gates.Pass;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Outbound.Unreachable;
import dev.tournant.adapter.Party;
import dev.tournant.adapter.Request;
import dev.tournant.http.client.token.TokenName;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerName;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** After each test every pass that was given must have ended, and once. */
@Timeout(60)
class GatedCallTest {
    private static final PartnerName SQUARE = new PartnerName("square");
    private static final Link LINK = new Link(new LinkId("sq-1"), SQUARE, "M1", "L1", "main");
    private static final Keyring KEYS = Keyring.of("client-id", "canary-id", "application", "tournant-eu");
    private static final Request GET = new Request("GET", "/x", Map.of(), null, true);
    private static final Request ORDER = new Request("POST", "/orders", Map.of(), "{}", false);
    private static ActorTestKit kit;

    private final GatesInMemory gates = new GatesInMemory();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create("gated", ConfigFactory.load());
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
                .withFallback(
                        ConfigFactory.parseString("base-url = \"http://127.0.0.1:" + port + "\", backoff-min = 10 ms"))
                .atPath("tournant.client.partners.square")
                .withFallback(ConfigFactory.parseString("tournant.client.egress = nat-1"))
                .withFallback(ConfigFactory.parseResources("tournant-client.conf"))
                .resolve();
        PartnerClient client = PartnerClient.create(kit.system(), ClientConfig.read(config), gates, registry);
        opened.add(client);
        return client;
    }

    private static CompletableFuture<Answer> send(PartnerClient client, Request request, Lane lane) {
        return client.send(LINK, KEYS, request, lane).toCompletableFuture();
    }

    private static int status(PartnerClient client, Request request) {
        return send(client, request, Lane.MENU).join().status();
    }

    private static Throwable failure(PartnerClient client, Request request) {
        try {
            throw new AssertionError("was answered with " + status(client, request));
        } catch (CompletionException e) {
            return e.getCause();
        }
    }

    @Test
    void everyAttemptHasAPassOfItsOwn() throws IOException {
        Partner partner = partner((self, socket, n) -> switch (n) {
            case 0 -> Partner.say(socket, 503, "busy");
            case 1 -> Partner.reset(socket);
            default -> Partner.say(socket, 200, "{}");
        });

        assertThat(status(client(partner.port()), GET)).isEqualTo(200);

        assertThat(partner.requests).hasSize(3);
        assertThat(gates.passes.stream().map(each -> each.ends))
                .containsExactly(List.of("answered"), List.of("lost"), List.of("answered"));
        assertThat(registry.get(ClientMetrics.PASSES)
                        .tag("end", "answered")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void tellsTheGateWhoAsksForWhatAndWhatTheAnswerWas() throws IOException {
        Partner partner = partner((self, socket, n) -> Partner.say(socket, 429, "slow", "Retry-After: 30"));
        PartnerClient client = client(partner.port(), "gate-wait-max = 3 s");

        assertThat(status(client, GET)).isEqualTo(429);

        GatesInMemory.Asked asked = gates.asked.get(0);
        assertThat(asked.party()).isEqualTo(new Party(SQUARE, "main", "tournant-eu", "nat-1", "M1", "L1"));
        assertThat(asked.request()).isEqualTo(GET);
        assertThat(asked.lane()).isEqualTo(Lane.MENU);
        assertThat(asked.within()).isEqualTo(Duration.ofSeconds(3));
        Answer told = gates.passes.get(0).answer;
        assertThat(told).isNotNull();
        assertThat(told.status()).isEqualTo(429);
        assertThat(told.header("retry-after")).hasValue("30");
    }

    @Test
    void tokensPassTheGateForTheirCredentialsFirstOfAll() throws IOException {
        Partner partner = partner((self, socket, n) -> Partner.say(socket, 200, "{}"));

        client(partner.port())
                .send(new TokenName(SQUARE, "main"), KEYS, ORDER)
                .toCompletableFuture()
                .join();

        assertThat(gates.asked.get(0).lane()).isEqualTo(Lane.ORDER);
        assertThat(gates.asked.get(0).party()).isEqualTo(new Party(SQUARE, "main", "tournant-eu", "nat-1", null, null));
    }

    @Test
    void sendsNothingThatTheGateRefuses() throws IOException {
        Partner partner = partner((self, socket, n) -> Partner.say(socket, 200, "{}"));
        PartnerClient client = client(partner.port());
        gates.refuseNext(Duration.ofSeconds(7));

        assertThat(failure(client, GET))
                .isInstanceOfSatisfying(
                        Gates.Refused.class,
                        refused -> assertThat(refused.after()).hasSeconds(7));

        assertThat(partner.connections).hasValue(0);
        assertThat(registry.get(ClientMetrics.GATE_REFUSED)
                        .tag("lane", "menu")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aGateThatFailsIsAGateThatRefuses() throws IOException {
        Partner partner = partner((self, socket, n) -> Partner.say(socket, 200, "{}"));
        PartnerClient client = client(partner.port());
        gates.holdNext().completeExceptionally(new IllegalStateException("broken"));

        assertThat(failure(client, GET)).isInstanceOf(Gates.Refused.class);
        assertThat(partner.connections).hasValue(0);
    }

    @Test
    void whatWasSentBeforeARefusalIsNotForgotten() throws IOException {
        Partner busy = partner((self, socket, n) -> Partner.say(socket, 503, "busy"));
        Partner broken = partner((self, socket, n) -> Partner.reset(socket));

        gates.letNext();
        gates.refuseNext(Duration.ofSeconds(7));
        assertThat(status(client(busy.port()), GET)).isEqualTo(503);

        gates.letNext();
        gates.refuseNext(Duration.ofSeconds(7));
        assertThat(failure(client(broken.port()), GET)).isInstanceOf(Unreachable.class);
    }

    @Test
    void whatWasSentBeforeItsPassesRanOutMayHaveArrived() throws IOException {
        Partner broken = partner((self, socket, n) -> Partner.reset(socket));
        gates.letNext();
        gates.staleNext(100);

        assertThat(failure(client(broken.port()), GET))
                .isInstanceOfSatisfying(
                        Unreachable.class, lost -> assertThat(lost.isUnsent()).isFalse());
    }

    @Test
    void aPassThatIsOverIsReplacedBeforeAnythingIsSent() throws IOException {
        Partner partner = partner((self, socket, n) -> Partner.say(socket, 200, "{}"));
        gates.staleNext(2);

        assertThat(status(client(partner.port(), "attempts-max = 1"), ORDER)).isEqualTo(200);

        assertThat(partner.requests).hasSize(1);
        assertThat(gates.ends("unused")).isEqualTo(2);
    }

    @Test
    void passesThatAreAlwaysOverEndTheCall() throws IOException {
        Partner partner = partner((self, socket, n) -> Partner.say(socket, 200, "{}"));
        gates.staleNext(100);

        assertThat(failure(client(partner.port()), GET)).hasMessage("its pass was over before it could be sent");

        assertThat(partner.requests).isEmpty();
        assertThat(gates.passes).hasSize(4);
    }

    @Test
    void aPassThatComesTooLateIsGivenBack() throws IOException {
        Partner partner = partner((self, socket, n) -> Partner.say(socket, 200, "{}"));
        PartnerClient client = client(partner.port(), "gate-wait-max = 50 ms");
        CompletableFuture<Pass> never = gates.holdNext();

        assertThat(failure(client, GET)).isInstanceOf(Gates.Refused.class).hasMessage("the gate does not answer");

        never.complete(gates.pass());
        assertThat(gates.ends("unused")).isEqualTo(1);
        assertThat(partner.connections).hasValue(0);
    }

    @Test
    void waitingAtTheGateDoesNotUseUpTheTimeout() throws IOException {
        Partner partner = partner((self, socket, n) -> Partner.say(socket, 200, "{}"));
        PartnerClient client = client(partner.port(), "timeout = 300 ms", "gate-wait-max = 20 s");
        CompletableFuture<Pass> held = gates.holdNext();

        CompletableFuture<Answer> answer = send(client, GET, Lane.MENU);
        CompletableFuture.delayedExecutor(600, TimeUnit.MILLISECONDS).execute(() -> held.complete(gates.pass()));

        assertThat(answer.join().status()).isEqualTo(200);
    }

    @Test
    void whereNobodyListensNothingWasSentAndEvenAnOrderIsTriedAgain() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }

        assertThat(failure(client(port, "attempts-max = 2"), ORDER))
                .hasMessageContaining("no connection could be made");

        assertThat(gates.passes).hasSize(2);
        assertThat(gates.ends("unused")).isEqualTo(2);
    }

    @Test
    void whatWaitsForAConnectionInVainIsUnusedAndWhatHangsIsLost() throws IOException {
        Partner partner = partner((self, socket, n) -> self.hang(socket));
        PartnerClient client = client(partner.port(), "timeout = 300 ms", "connections-max = 1", "attempts-max = 1");

        List<CompletableFuture<Answer>> all =
                List.of(send(client, ORDER, Lane.MENU), send(client, ORDER, Lane.MENU), send(client, GET, Lane.MENU));

        assertThat(all).allSatisfy(each -> assertThatThrownBy(each::join).hasCauseInstanceOf(Unreachable.class));
        assertThat(partner.requests).hasSize(1);
        assertThat(gates.ends("lost")).isEqualTo(1);
        assertThat(gates.ends("unused")).isEqualTo(2);
    }

    @Test
    void anAnswerThatIsTooLargeOrBreaksOffIsLost() throws IOException {
        Partner large = partner((self, socket, n) -> Partner.say(socket, 200, "x".repeat(2000)));
        Partner half = partner((self, socket, n) -> {
            Partner.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half\":");
            return false;
        });

        failure(client(large.port(), "answer-bytes-max = 1000"), GET);
        failure(client(half.port()), ORDER);

        assertThat(gates.passes.stream().map(each -> each.ends)).containsExactly(List.of("lost"), List.of("lost"));
    }

    @Test
    void closingEndsEveryPass() throws IOException {
        Partner partner = partner((self, socket, n) -> self.hang(socket));
        PartnerClient client = client(partner.port(), "connections-max = 1");
        CompletableFuture<Answer> sent = send(client, ORDER, Lane.MENU);
        CompletableFuture<Answer> waiting = send(client, ORDER, Lane.MENU);
        CompletableFuture<Pass> held = gates.holdNext();
        CompletableFuture<Answer> atTheGate = send(client, ORDER, Lane.MENU);
        Eventually.holds(() -> partner.requests.size() == 1);

        client.close();
        held.complete(gates.pass());

        assertThat(List.of(sent, waiting, atTheGate))
                .allSatisfy(each -> assertThatThrownBy(each::join).hasCauseInstanceOf(Unreachable.class));
        assertThat(gates.ends("lost")).isEqualTo(1);
        assertThat(gates.ends("unused")).isEqualTo(2);
    }

    @Test
    void theMoreUrgentGetsTheNextConnection() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Partner partner = partner((self, socket, n) -> {
            await(go);
            return Partner.say(socket, 200, "{}");
        });
        PartnerClient client = client(partner.port(), "connections-max = 1");
        List<CompletableFuture<Answer>> all = new ArrayList<>();
        all.add(send(client, GET, Lane.MENU));
        Eventually.holds(() -> partner.requests.size() == 1);
        all.add(send(client, new Request("GET", "/reconcile", Map.of(), null, true), Lane.RECONCILE));
        Eventually.holds(() -> gates.passes.size() == 2);
        all.add(send(client, new Request("GET", "/order", Map.of(), null, true), Lane.ORDER));
        Eventually.holds(() -> gates.passes.size() == 3);

        go.countDown();
        all.forEach(CompletableFuture::join);

        assertThat(partner.requests.stream().map(each -> each.split(" ", 3)[1]))
                .containsExactly("/x", "/order", "/reconcile");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aFullLaneLeavesRoomForAnother() throws IOException {
        Partner partner = partner((self, socket, n) -> Partner.say(socket, 200, "{}"));
        PartnerClient client = client(partner.port(), "connections-max = 1", "queue-max = 1");
        CompletableFuture<Pass> one = gates.holdNext();
        CompletableFuture<Pass> two = gates.holdNext();
        CompletableFuture<Answer> first = send(client, GET, Lane.RECONCILE);
        CompletableFuture<Answer> second = send(client, GET, Lane.RECONCILE);

        assertThatThrownBy(send(client, GET, Lane.RECONCILE)::join)
                .hasMessageContaining("the queue for square is full");
        assertThat(send(client, GET, Lane.ORDER).join().status()).isEqualTo(200);

        one.complete(gates.pass());
        two.complete(gates.pass());
        assertThat(first.join().status()).isEqualTo(200);
        assertThat(second.join().status()).isEqualTo(200);
    }

    @Test
    void refusesCredentialsWhoseApplicationIsNoName() throws IOException {
        Partner partner = partner((self, socket, n) -> Partner.say(socket, 200, "{}"));
        Keyring bad = Keyring.of("application", "canary secret");

        assertThatThrownBy(
                        client(partner.port()).send(LINK, bad, GET, Lane.MENU).toCompletableFuture()::join)
                .hasCauseInstanceOf(Unreachable.class)
                .hasMessageContaining("credentials \"main\": application: must have")
                .hasMessageNotContaining("canary");
    }
}
