package dev.tournant.adapter.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Documents;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** How answers to token requests are read, and when a token is to be renewed. */
class TokenTest {
    private static final Instant NOW = Instant.parse("2026-02-01T09:05:00Z");
    private static final Token BEFORE = new Token("old", "refresh-old", NOW.minusSeconds(60), NOW);

    private static Answer answer(int status, String body, Map<String, String> headers) {
        return new Answer(status, headers, body.getBytes(StandardCharsets.UTF_8), NOW);
    }

    private static TokenReply read(OAuth2 scheme, int status, String body) {
        return scheme.read(answer(status, body, Map.of()), BEFORE, NOW);
    }

    private static Token token(OAuth2 scheme, String body) {
        return ((TokenReply.Granted) read(scheme, 200, body)).token();
    }

    @Example
    void readsTokensInThePartnersWords() {
        assertThat(
                        token(
                                PartnerAuth.TOAST,
                                "{\"status\":\"SUCCESS\",\"token\":{\"tokenType\":\"Bearer\",\"accessToken\":\"a\",\"expiresIn\":86400}}"))
                .isEqualTo(new Token("a", "refresh-old", NOW, NOW.plusSeconds(86_400)));
        assertThat(token(PartnerAuth.UBER, "{\"access_token\":\"a\",\"expires_in\":\"60\"}")
                        .expiresAt())
                .isEqualTo(NOW.plusSeconds(60));
        assertThat(token(PartnerAuth.DELIVERECT, "{\"access_token\":\"a\",\"expires_at\":1769940000}")
                        .expiresAt())
                .isEqualTo(Instant.ofEpochSecond(1_769_940_000));
        assertThat(token(PartnerAuth.SQUARE, "{\"access_token\":\"a\",\"expires_at\":\"2026-03-03T09:05:00Z\"}")
                        .expiresAt())
                .isEqualTo(Instant.parse("2026-03-03T09:05:00Z"));
    }

    @Example
    void takesARefreshTokenThatWasReplacedAndKeepsOneThatWasNot() {
        assertThat(token(PartnerAuth.SQUARE, "{\"access_token\":\"a\",\"refresh_token\":\"new\"}")
                        .refresh())
                .isEqualTo("new");
        assertThat(token(PartnerAuth.SQUARE, "{\"access_token\":\"a\"}").refresh())
                .isEqualTo("refresh-old");
    }

    @Example
    void supposesALifetimeWhereNoneIsSaidAndCutsOneThatIsAbsurd() {
        assertThat(token(PartnerAuth.UBER, "{\"access_token\":\"a\"}").expiresAt())
                .isEqualTo(NOW.plusSeconds(3_600));
        assertThat(token(PartnerAuth.UBER, "{\"access_token\":\"a\",\"expires_in\":9999999999}")
                        .expiresAt())
                .isEqualTo(NOW.plus(Duration.ofDays(3_653)));
    }

    @Example
    void triesLaterWhenAnAnswerMakesNoSense() {
        assertLater(200, "<html>", "HTTP 200 without access_token");
        assertLater(200, "{\"access_token\":{}}", "HTTP 200 without access_token");
        assertLater(
                200,
                "{\"access_token\":\"a\",\"expires_in\":0}",
                "HTTP 200, expires_in: says that the token has expired");
        assertLater(
                200, "{\"access_token\":\"a\",\"expires_in\":\"-1\"}", "HTTP 200, expires_in: must be whole seconds");
        assertLater(
                200,
                "{\"access_token\":\"a\\r\\nEvil: 1\"}",
                "HTTP 200, access_token: must be printable ASCII, at most 16384 characters, to stand in a header");
    }

    @Example
    void tellsTroubleThatPassesFromTroubleThatStays() {
        for (int status : new int[] {408, 425, 429, 500, 502, 503, 504}) {
            assertLater(status, "", "HTTP " + status);
        }
        assertLater(400, "{\"error\":\"temporarily_unavailable\"}", "HTTP 400 temporarily_unavailable");
        assertRefused(400, "{\"error\":\"invalid_grant\"}", "invalid_grant", "HTTP 400 invalid_grant");
        assertRefused(200, "{\"error\":\"invalid_client\"}", "invalid_client", "HTTP 200 invalid_client");
        for (int status : new int[] {301, 400, 401, 403, 404}) {
            assertRefused(status, "{}", "http-" + status, "HTTP " + status);
        }
    }

    @Example
    void repeatsNoWordThatItDoesNotKnow() {
        assertRefused(401, "{\"error\":\"bad secret: olo secret\"}", "http-401", "HTTP 401");
    }

    private static void assertLater(int status, String body, String why) {
        assertThat(read(PartnerAuth.UBER, status, body)).isEqualTo(new TokenReply.TryLater(Duration.ZERO, why));
    }

    private static void assertRefused(int status, String body, String code, String why) {
        assertThat(read(PartnerAuth.UBER, status, body)).isEqualTo(new TokenReply.Refused(code, why));
    }

    @Example
    void obeysRetryAfterInSecondsAndAsADate() {
        assertThat(retryAfter("7")).isEqualTo(Duration.ofSeconds(7));
        assertThat(retryAfter("Sun, 01 Feb 2026 09:06:00 GMT")).isEqualTo(Duration.ofMinutes(1));
        assertThat(retryAfter("Sun, 1 Feb 2026 09:06:00 GMT")).isEqualTo(Duration.ofMinutes(1));
        assertThat(retryAfter("Sun, 01 Feb 2026 09:04:00 GMT")).isZero();
        assertThat(retryAfter("1.5")).as("no RFC has it, and partners send it").isEqualTo(Duration.ofMillis(1_500));
        assertThat(retryAfter("99999999999999999")).isEqualTo(Duration.ofDays(1));
        for (String none : new String[] {"", "-1", "soon", "9".repeat(60)}) {
            assertThat(retryAfter(none)).isZero();
        }
    }

    private static Duration retryAfter(String text) {
        Answer answer = answer(429, "", Map.of("retry-after", text));
        return ((TokenReply.TryLater) PartnerAuth.UBER.read(answer, null, NOW)).after();
    }

    @Property(tries = 500)
    void neverThrowsForWhatAPartnerMayAnswer(
            @ForAll @IntRange(min = 100, max = 999) int status, @ForAll byte[] body, @ForAll String text) {
        Answer any = new Answer(status, Map.of("retry-after", text), body, NOW);
        assertThat(PartnerAuth.SQUARE.read(any, null, NOW)).isNotInstanceOf(TokenReply.Granted.class);
        String json = Documents.text(Documents.empty().put("access_token", text).put("expires_at", text));
        assertThat(PartnerAuth.SQUARE.read(answer(status, json, Map.of()), null, NOW))
                .isNotNull();
    }

    @Example
    void renewsByTheMarginAndByAge() {
        Token token = new Token("a", null, NOW, NOW.plus(Duration.ofDays(30)));
        Renewal toast = PartnerAuth.TOAST.renewal();
        assertThat(toast.phase(token, token.expiresAt().minusSeconds(61))).isEqualTo(Renewal.Phase.FRESH);
        assertThat(toast.phase(token, token.expiresAt().minusSeconds(60))).isEqualTo(Renewal.Phase.DUE);
        assertThat(toast.phase(token, token.expiresAt())).isEqualTo(Renewal.Phase.EXPIRED);
        assertThat(PartnerAuth.SQUARE.renewal().renewAt(token)).isEqualTo(NOW.plus(Duration.ofDays(7)));
    }

    @Property(tries = 500)
    void neverRenewsBeforeHalfALifeNorAfterTheEnd(
            @ForAll @LongRange(min = 1, max = 10_000_000) long life,
            @ForAll @LongRange(min = 1, max = 2_592_000) long margin) {
        Token token = new Token("a", null, NOW, NOW.plusSeconds(life));
        Renewal renewal = new Renewal(Duration.ofSeconds(margin), null);
        Duration due = Duration.between(NOW, renewal.renewAt(token));
        assertThat(due).isBetween(Duration.ofSeconds(life).dividedBy(2), Duration.ofSeconds(life));
        assertThat(renewal.phase(token, NOW)).isEqualTo(Renewal.Phase.FRESH);
    }

    @Example
    void saysWhichFieldIsWrong() {
        assertThatThrownBy(() -> new Renewal(Duration.ZERO, null))
                .hasMessage("margin: must be from PT1S to PT720H, not PT0S");
        assertThatThrownBy(() -> new Renewal(Duration.ofMinutes(1), Duration.ZERO))
                .hasMessage("age-max: must be from PT1M to PT8784H, not PT0S");
        TokenFields standard = TokenFields.standard();
        assertThatThrownBy(() -> new TokenFields(
                        standard.accessToken(),
                        null,
                        standard.expiry(),
                        standard.error(),
                        standard.lasting(),
                        standard.lasting()))
                .hasMessageMatching("passing: has the word [a-z_]+, which is among the lasting ones too");
    }
}
