package dev.tournant.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Refusals;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.auth.StaticHeader;
import dev.tournant.adapter.auth.Token;
import dev.tournant.adapter.signature.PrefixedHeader;
import dev.tournant.http.client.token.TokenCalls;
import dev.tournant.http.client.token.Tokens;
import dev.tournant.http.client.token.TokensInMemory;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerName;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a partner echoes of our credentials stays where it was heard. */
@Timeout(60)
class RedactionTest {
    private static final PartnerName SQUARE = new PartnerName("square");
    private static final Link LINK = new Link(new LinkId("sq-1"), SQUARE, "M1", "L1", "main");
    private static final Request GET = new Request("GET", "/x", Map.of(), null, true);
    /** Words of a language, which no guess at what looks like a token would find. */
    private static final Keyring KEYS = Keyring.of(
            "access-token", "correct-horse battery", "client-id", "our-application", "client-secret", "p\"ss/wörd+");

    private static ActorTestKit kit;

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create("redaction", ConfigFactory.load());
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    private static Answer answer(int status, String body) {
        return new Answer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8), Instant.EPOCH);
    }

    private static String text(Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static Redaction redaction(Map<String, String> added) {
        return new Redaction(KEYS, null, GET, new Request("GET", "/x", added, null, true));
    }

    /** It says in its error, and in a header, what it was sent. */
    private static boolean echo(Partner self, java.net.Socket socket, int number) throws IOException {
        String sent = self.requests
                .get(number)
                .lines()
                .filter(line -> line.startsWith("Authorization: "))
                .findFirst()
                .orElseThrow();
        return Partner.say(
                socket, 422, "{\"code\": \"bad\", \"message\": \"cannot read " + sent + "\"}", "X-Sent: " + sent);
    }

    @Test
    void anErrorThatEchoesTheAuthorisationTellsNobody() throws IOException {
        GatesInMemory gates = new GatesInMemory();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (Partner partner = new Partner(RedactionTest::echo)) {
            Config config = ConfigFactory.parseString("base-url = \"http://127.0.0.1:" + partner.port() + "\"")
                    .atPath("tournant.client.partners.square")
                    .withFallback(ConfigFactory.parseResources("tournant-client.conf"))
                    .resolve();
            ClientConfig settings = ClientConfig.read(config);
            try (PartnerClient client = PartnerClient.create(kit.system(), settings, gates, registry)) {
                TokenCalls none = (name, keys, request) -> CompletableFuture.failedFuture(new IOException("no tokens"));
                Tokens tokens = Tokens.create(
                        kit.system(), settings.tokens(), new TokensInMemory(System::nanoTime), none, registry);
                AuthorisedClient authorised = new AuthorisedClient(
                        client,
                        Map.of(SQUARE, new StaticHeader(PrefixedHeader.bearer(), "access-token")),
                        name -> Optional.of(KEYS),
                        tokens,
                        InstantSource.system(),
                        Runnable::run);
                Answer answer = authorised
                        .send(LINK, GET, Lane.MENU)
                        .toCompletableFuture()
                        .join();

                assertThat(partner.requests.get(0)).contains("correct-horse battery");
                assertThat(text(answer)).contains("cannot read Authorization: Bearer […]");
                assertThat(answer.headers().toString()).doesNotContain("correct-horse");
                Outcome outcome = Refusals.at("code", "message").outcome(answer);
                assertThat(outcome)
                        .isEqualTo(new Outcome.GiveUp("bad", "HTTP 422 bad: cannot read Authorization: Bearer […]"));
            }
        }
        gates.allEnded();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p\"ss/wörd+",
                "{\"id\": \"p\\\"ss/wörd+\"}",
                "https://us.example/?secret=p%22ss%2Fw%C3%B6rd%2B",
                "Basic cCJzcy93w7ZyZCs=",
                "twice correct-horse battery and correct-horse battery",
            })
    void whateverFormItIsEchoedIn(String body) {
        assertThat(text(redaction(Map.of()).of(answer(400, body))))
                .contains("[…]")
                .doesNotContain("wörd", "W%C3", "cCJzcy93w7ZyZCs", "horse");
    }

    @Test
    void whatIsMadeOfSecretsIsOne() {
        String jwt = "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJ1cyJ9.c2lnbmF0dXJl";
        Redaction redaction = redaction(Map.of(
                "authorization", "Bearer " + jwt, "X-Date", "2026-11-22T18:00:49.000000000Z", "X-At", "18:00:49"));
        assertThat(text(redaction.of(answer(401, "no good: " + jwt)))).isEqualTo("no good: […]");
        String dated = "{\"updated\": \"2026-11-22T18:00:49.000000000Z\"}";
        assertThat(text(redaction.of(answer(200, dated))))
                .as("times stand in documents")
                .isEqualTo(dated);
    }

    @Test
    void anAnswerThatEchoesNothingIsTheSame() {
        Answer page = answer(200, "{\"name\": \"our-application\", \"Bearer\": 1}");
        assertThat(redaction(Map.of("Authorization", "Bearer x")).of(page)).isSameAs(page);
        Token token = new Token("access-canary", "refresh-canary", Instant.EPOCH, Instant.MAX);
        Redaction both = new Redaction(Keyring.of("client-id", "short"), token, GET, GET);
        assertThat(text(both.of(answer(500, "access-canary refresh-canary short"))))
                .isEqualTo("[…] […] short");
    }
}
