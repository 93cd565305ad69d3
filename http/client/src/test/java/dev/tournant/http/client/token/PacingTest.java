package dev.tournant.http.client.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tournant.adapter.auth.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PacingTest {
    private static final Instant START = ManualTime.START;

    private static Pacing pacing(String... settings) {
        return new Pacing(TokenWorld.config(settings));
    }

    private static long secondsToNext(Pacing pacing, List<Instant> askedAt, @Nullable Token last) {
        return Duration.between(START, pacing.nextAt(askedAt, last)).toSeconds();
    }

    @Test
    void theFirstRequestIsFree() {
        assertThat(pacing().nextAt(List.of(), null)).isEqualTo(Instant.MIN);
    }

    @Test
    void waitsTwiceAsLongAfterEachFailureUpToABound() {
        Pacing pacing = pacing("apart-min = 10 s", "apart-max = 1 m");
        List<Instant> askedAt = new ArrayList<>();
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            askedAt.add(START);
            waits.add(secondsToNext(pacing, askedAt, null));
        }
        assertThat(waits).containsExactly(10L, 20L, 40L, 60L, 60L);
    }

    @Test
    void failuresBeforeTheLastTokenAreForgotten() {
        Token token = new Token("a", null, START.plusSeconds(1), START.plusSeconds(3_600));
        assertThat(secondsToNext(pacing(), List.of(START, START, START), token)).isEqualTo(10);
    }

    @Test
    void inAnyHourTheyAreLimited() {
        Pacing toast = pacing("per-hour-max = 2", "apart-min = 1 s");
        List<Instant> askedAt = toast.with(toast.with(List.of(), START), START.plusSeconds(100));
        assertThat(secondsToNext(toast, askedAt, null)).isEqualTo(3_600);

        askedAt = toast.with(askedAt, START.plusSeconds(3_600));
        assertThat(askedAt).containsExactly(START.plusSeconds(100), START.plusSeconds(3_600));
        assertThat(secondsToNext(toast, askedAt, null)).isEqualTo(3_700);
    }

    /** Whatever happens and whenever somebody would like to ask. */
    @Test
    void neverAsksMoreOftenThanItMay() {
        Pacing pacing = pacing("per-hour-max = 7", "apart-min = 3 s", "apart-max = 30 s");
        List<Instant> askedAt = List.of();
        List<Instant> all = new ArrayList<>();
        for (int second = 0; second < 20_000; second++) {
            Instant now = START.plusSeconds(second);
            Token last = second % 3 == 0 ? null : new Token("a", null, now, now);
            if (!now.isBefore(pacing.nextAt(askedAt, last))) {
                askedAt = pacing.with(askedAt, now);
                all.add(now);
            }
        }
        assertThat(all).hasSizeGreaterThan(30);
        for (int i = 7; i < all.size(); i++) {
            assertThat(Duration.between(all.get(i - 7), all.get(i))).isGreaterThanOrEqualTo(Duration.ofHours(1));
        }
    }

    @Test
    void aBadSettingIsNamed() {
        assertThatThrownBy(() -> TokenWorld.config("lease = 10 s"))
                .hasMessage("tournant.client.partners.square.tokens.lease: must be longer than a call, timeout and"
                        + " gate-wait-max together: 10000 ms");
        assertThatThrownBy(() -> TokenWorld.config("per-hour-max = 0"))
                .hasMessage("tournant.client.partners.square.tokens.per-hour-max: must be 1 to 240");
        assertThatThrownBy(() -> TokenWorld.config("apart-max = 1 s"))
                .hasMessageEndingWith("apart-max: must not be below apart-min");
    }
}
