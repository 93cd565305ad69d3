package dev.tournant.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tournant.adapter.Limit.Scope;
import dev.tournant.model.InvalidValue;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LimitTest {
    private static final Wait RESET = new Wait("X-Reset", Wait.Form.EPOCH_SECONDS);

    @Test
    void aBucketHasATimeInWhichItDrains() {
        Limit bucket = Limit.bucket("calls", Scope.TOKEN, 40, 2, Duration.ofSeconds(1));
        assertThat(bucket.burst()).isEqualTo(40);
        assertThat(bucket.only("GET", "/items").burst()).isEqualTo(40);
        assertThat(Limit.drains(40, 2, Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(20));
        assertThatThrownBy(() -> new Limit("calls", Scope.TOKEN, null, "/", 2, null, 40, LimitHeaders.NONE))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("burst: is of a bucket");
        assertThatThrownBy(() -> Limit.bucket("calls", Scope.TOKEN, 0, 2, Duration.ofSeconds(1)))
                .hasMessageContaining("burst: must be from 1 to 1000000");
        assertThatThrownBy(() -> Limit.bucket("calls", Scope.TOKEN, 1_000_000, 1, Duration.ofDays(31)))
                .hasMessageContaining("burst: takes more than");
    }

    @Test
    void headersHaveNamesThatMayBeHeaders() {
        LimitHeaders headers = new LimitHeaders("X-Limit", "X-Left", RESET, null, Set.of());
        assertThat(headers.remaining()).isEqualTo("x-left");
        assertThat(headers.where("X-Which", "GLOBAL").words()).containsExactly("global");
        assertThat(Limit.concurrent("writes", Scope.ACCOUNT, 1).toldIn(headers).told())
                .isEqualTo(headers);
        assertThatThrownBy(() -> new LimitHeaders("X Limit", null, null, null, Set.of()))
                .hasMessageContaining("limit: must be the name of a header");
        assertThatThrownBy(() -> new LimitHeaders("X-Limit", null, RESET, null, Set.of()))
                .hasMessageContaining("reset: is when the remaining calls are replaced");
        assertThatThrownBy(() -> new LimitHeaders("X-Limit", null, null, "X-Which", Set.of()))
                .hasMessageContaining("words: must have 1 to 16");
        assertThatThrownBy(() -> new LimitHeaders("X-Limit", null, null, null, Set.of("global")))
                .hasMessageContaining("words: must have");
    }
}
