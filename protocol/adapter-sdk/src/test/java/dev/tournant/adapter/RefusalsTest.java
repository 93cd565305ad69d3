package dev.tournant.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tournant.model.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RefusalsTest {
    private static final Instant NOW = Instant.parse("2026-02-01T09:05:00Z");
    private static final Refusals REFUSALS = Refusals.at("errors.0.code", "errors.0.detail")
            .withWaits(Wait.RETRY_AFTER, new Wait("X-Reset", Wait.Form.EPOCH_SECONDS))
            .withPassing("BUSY")
            .withUnauthorised("TOKEN_REVOKED");

    private static Answer answer(int status, String code, Map<String, String> headers) {
        String body = "{\"errors\":[{\"code\":\"" + code + "\",\"detail\":\"why\"}]}";
        return new Answer(status, headers, body.getBytes(StandardCharsets.UTF_8), NOW);
    }

    @Example
    void keepToTheMeaningsOfHttpAndKnowThePartnersWords() {
        assertThat(REFUSALS.outcome(answer(400, "BAD", Map.of())))
                .isEqualTo(new Outcome.GiveUp("BAD", "HTTP 400 BAD: why"));
        assertThat(REFUSALS.outcome(answer(400, "BUSY", Map.of()))).isInstanceOf(Outcome.TryLater.class);
        assertThat(REFUSALS.outcome(answer(503, "BAD", Map.of()))).isInstanceOf(Outcome.TryLater.class);
        assertThat(REFUSALS.outcome(answer(401, "BAD", Map.of()))).isInstanceOf(Outcome.NeedsReauthorisation.class);
        assertThat(REFUSALS.outcome(answer(400, "TOKEN_REVOKED", Map.of())))
                .isInstanceOf(Outcome.NeedsReauthorisation.class);
        Answer page = new Answer(404, Map.of(), "<html>".getBytes(StandardCharsets.UTF_8), NOW);
        assertThat(REFUSALS.outcome(page)).isEqualTo(new Outcome.GiveUp("http-404", "HTTP 404"));
    }

    @Example
    void waitForTheLongestThatTheAnswerNames() {
        long epoch = NOW.getEpochSecond();
        Map<String, String> both = Map.of("retry-after", "3", "x-reset", Long.toString(epoch + 9));
        assertThat(REFUSALS.outcome(answer(429, "", both)))
                .isEqualTo(new Outcome.TryLater(Duration.ofSeconds(9), "HTTP 429: why"));
    }

    @Example
    void waitAfterAFailureForRetryAfterOnly() {
        Map<String, String> reset = Map.of("x-reset", Long.toString(NOW.getEpochSecond() + 900));
        assertThat(REFUSALS.outcome(answer(503, "", reset)))
                .isEqualTo(new Outcome.TryLater(Duration.ZERO, "HTTP 503: why"));
        assertThat(REFUSALS.outcome(answer(503, "", Map.of("retry-after", "3"))))
                .isEqualTo(new Outcome.TryLater(Duration.ofSeconds(3), "HTTP 503: why"));
    }

    @Example
    void compareAPointInTimeWithThePartnersClock() {
        Map<String, String> headers =
                Map.of("x-reset", Long.toString(NOW.getEpochSecond() + 9), "date", "Sun, 01 Feb 2026 09:05:07 GMT");
        assertThat(REFUSALS.outcome(answer(429, "", headers)))
                .isEqualTo(new Outcome.TryLater(Duration.ofSeconds(2), "HTTP 429: why"));
    }

    @Property
    void neverThrowForWhatAPartnerMayAnswer(
            @ForAll @IntRange(min = 100, max = 999) int status, @ForAll byte[] body, @ForAll String text) {
        Answer any = new Answer(status, Map.of("retry-after", text, "x-reset", text, "date", text), body, NOW);
        assertThat(REFUSALS.outcome(any)).isNotInstanceOf(Outcome.Done.class);
    }

    @Example
    void limitsNameWhatIsWrongWithThem() {
        assertThatThrownBy(() -> Limit.rate("Menus", Limit.Scope.ACCOUNT, 1, Duration.ofSeconds(1)))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("menus-per-location");
        assertThatThrownBy(() -> Limit.concurrent("menus", Limit.Scope.ACCOUNT, 0))
                .hasMessageContaining("calls: must be from 1 to 1000000");
    }

    @Example
    void limitsCountSomeCallsOnly() {
        Limit menus = Limit.rate("menus", Limit.Scope.LOCATION, 1, Duration.ofSeconds(1))
                .only("GET", "/menus");
        assertThat(menus.counts(new Request("GET", "/menus/v2?x=1", Map.of(), null, true)))
                .isTrue();
        assertThat(menus.counts(new Request("PUT", "/menus/v2", Map.of(), "{}", true)))
                .isFalse();
        assertThat(menus.counts(new Request("GET", "/stock?of=/menus", Map.of(), null, true)))
                .isFalse();
    }
}
