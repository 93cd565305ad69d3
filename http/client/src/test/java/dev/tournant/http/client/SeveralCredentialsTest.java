package dev.tournant.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Gates;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Outbound.Unreachable;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.auth.AuthScheme;
import dev.tournant.adapter.auth.ClientCredentials;
import dev.tournant.adapter.auth.Renewal;
import dev.tournant.adapter.auth.StaticHeader;
import dev.tournant.adapter.auth.TokenCall;
import dev.tournant.adapter.auth.TokenFields;
import dev.tournant.adapter.signature.PrefixedHeader;
import dev.tournant.http.client.token.TokenCalls;
import dev.tournant.http.client.token.Tokens;
import dev.tournant.http.client.token.TokensInMemory;
import dev.tournant.model.Direction;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Projection;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A link that names three sets of credentials, each with limits of its own at the partner. */
@Timeout(60)
class SeveralCredentialsTest {
    private static final PartnerName SQUARE = new PartnerName("square");
    private static final Link LINK = new Link(
            new LinkId("sq-1"), SQUARE, "M1", "L1", "main", List.of("second", "third"), Direction.READ, Projection.ALL);
    private static final Request GET = new Request("GET", "/x", Map.of(), null, true);
    private static final Request ORDER = new Request("POST", "/orders", Map.of(), "{}", false);
    private static final AuthScheme HEADER = new StaticHeader(PrefixedHeader.bearer(), "access-token");
    private static final AuthScheme TOKENS = new ClientCredentials(
            TokenCall.clientCredentials("/token", TokenCall.Format.FORM),
            TokenFields.standard(),
            new Renewal(Duration.ofMinutes(10), null),
            PrefixedHeader.bearer());
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration WAIT = Duration.ofSeconds(5);

    private static ActorTestKit kit;

    private final GatesInMemory gates = new GatesInMemory();
    private final Partner partner = new Partner(this::answer);
    /** Whose tokens the partner takes. */
    private volatile List<String> good = List.of("main", "second", "third");

    private volatile Instant now = Instant.parse("2026-11-22T10:00:00Z");

    SeveralCredentialsTest() throws IOException {}

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create("several", ConfigFactory.load());
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @AfterEach
    void close() throws IOException {
        partner.close();
        gates.allEnded();
    }

    private boolean answer(Partner self, Socket socket, int number) throws IOException {
        String request = self.requests.get(number);
        boolean known = good.stream().anyMatch(name -> request.contains("Bearer token-of-" + name));
        return Partner.say(socket, known ? 200 : 401, "{}");
    }

    private static Keyring secrets(AuthScheme scheme, String name) {
        return scheme == HEADER
                ? Keyring.of("access-token", "token-of-" + name)
                : Keyring.of("client-id", name, "client-secret", "secret-of-" + name);
    }

    /** A partner that gives tokens to those whom it knows. */
    private CompletableFuture<Answer> token(String name) {
        String body = good.contains(name)
                ? "{\"access_token\": \"token-of-" + name + "\", \"expires_in\": 3600}"
                : "{\"error\": \"invalid_client\"}";
        return CompletableFuture.completedFuture(new Answer(
                good.contains(name) ? 200 : 401, Map.of(), body.getBytes(StandardCharsets.UTF_8), Instant.now()));
    }

    private List<Integer> send(AuthScheme scheme, Request... requests) {
        return withClient(
                scheme,
                client -> Stream.of(requests)
                        .map(request -> status(client, request))
                        .toList());
    }

    private <T> T withClient(AuthScheme scheme, Function<AuthorisedClient, T> work) {
        Config config = ConfigFactory.parseString("base-url = \"http://127.0.0.1:" + partner.port() + "\"")
                .atPath("tournant.client.partners.square")
                .withFallback(ConfigFactory.parseResources("tournant-client.conf"))
                .resolve();
        ClientConfig settings = ClientConfig.read(config);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        TokenCalls calls = (name, keys, request) -> token(name.credentials());
        try (PartnerClient client = PartnerClient.create(kit.system(), settings, gates, registry)) {
            Tokens tokens = Tokens.create(
                    kit.system(), settings.tokens(), new TokensInMemory(System::nanoTime), calls, registry);
            return work.apply(new AuthorisedClient(
                    client,
                    Map.of(SQUARE, scheme),
                    name -> Optional.of(secrets(scheme, name)),
                    tokens,
                    () -> now,
                    kit.system().executionContext()));
        }
    }

    private List<String> asked() {
        return gates.asked.stream().map(each -> each.party().credentials()).toList();
    }

    @Test
    void aCallGoesOutWithTheFirstThatMayCallNow() {
        gates.refuseNext(Duration.ofSeconds(2));

        assertThat(send(HEADER, GET, GET)).containsExactly(200, 200);

        assertThat(asked()).containsExactly("main", "second", "main");
        assertThat(gates.asked.stream().map(GatesInMemory.Asked::within)).containsOnly(LOOK);
        assertThat(partner.requests.get(0)).contains("Bearer token-of-second");
        assertThat(partner.requests.get(1)).contains("Bearer token-of-main");
    }

    @Test
    void whereNoneMayItWaitsForTheOneThatMayFirst() {
        gates.refuseNext(Duration.ofSeconds(30));
        gates.refuseNext(Duration.ofSeconds(2));
        gates.refuseNext(Duration.ofSeconds(2));

        assertThat(send(HEADER, ORDER)).containsExactly(200);

        assertThat(asked()).containsExactly("main", "second", "third", "second");
        assertThat(gates.asked.get(3).within()).isEqualTo(WAIT);
        assertThat(partner.requests).hasSize(1).first().asString().contains("Bearer token-of-second");
    }

    @Test
    void aCallThatNoneMayMakeIsRefused() {
        for (int i = 0; i < 4; i++) {
            gates.refuseNext(Duration.ofSeconds(30 - i));
        }

        assertThatThrownBy(() -> send(HEADER, GET))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        Gates.Refused.class,
                        refused -> assertThat(refused.after()).isEqualTo(Duration.ofSeconds(27)));
        assertThat(partner.requests).isEmpty();
    }

    @Test
    void thoseThatThePartnerDoesNotTakeAreLeftOutWhileOthersWork() {
        good = List.of("second");
        List<Integer> answers = withClient(HEADER, client -> {
            int first = status(client, GET);
            int next = status(client, GET);
            now = now.plus(Duration.ofMinutes(2));
            good = List.of("main", "second");
            return List.of(first, next, status(client, GET));
        });

        assertThat(answers).containsExactly(200, 200, 200);
        assertThat(asked()).containsExactly("main", "second", "second", "main");
    }

    private static int status(AuthorisedClient client, Request request) {
        return client.send(LINK, request, Lane.MENU)
                .toCompletableFuture()
                .join()
                .status();
    }

    @Test
    void whatMayNotBeRepeatedGoesOutWithAnotherNextTime() {
        good = List.of("second");

        assertThat(send(HEADER, ORDER, ORDER)).containsExactly(401, 200);

        assertThat(asked()).containsExactly("main", "second");
    }

    @Test
    void somebodyIsToldWhenNoneWorks() {
        good = List.of();

        assertThat(send(HEADER, GET)).containsExactly(401);

        assertThat(asked()).containsExactly("main", "second", "third");
    }

    @Test
    void onesThatHaveToWaitAreTriedBeforeSomebodyIsTold() {
        good = List.of("third");
        gates.letNext();
        gates.refuseNext(Duration.ofSeconds(1));
        gates.refuseNext(Duration.ofSeconds(3));

        assertThat(send(HEADER, GET)).containsExactly(200);

        assertThat(asked()).containsExactly("main", "second", "third", "second", "third");
    }

    @Test
    void eachHasTokensOfItsOwn() {
        gates.refuseNext(Duration.ofSeconds(2));
        good = List.of("second");

        assertThat(send(TOKENS, GET, GET)).as("main has no token").containsExactly(200, 200);

        assertThat(asked()).containsExactly("second", "second", "second");
        assertThat(partner.requests).allSatisfy(sent -> assertThat(sent).contains("Bearer token-of-second"));
    }

    @Test
    void whereNoneHasATokenItSaysWhatIsWrongWithTheFirst() {
        good = List.of();

        assertThatThrownBy(() -> send(TOKENS, GET))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining("credentials \"main\": no token of square");
        assertThat(asked()).isEmpty();
    }
}
