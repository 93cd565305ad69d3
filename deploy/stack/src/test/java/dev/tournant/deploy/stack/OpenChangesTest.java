package dev.tournant.deploy.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenChangesTest {
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private final OpenChanges changes = new OpenChanges(Set.of("mine", "other"));

    private static Instant second(int second) {
        return START.plusSeconds(second);
    }

    @Test
    void tellsTheOldestThatIsNotShown() {
        changes.note("mine", second(1));
        changes.note("mine", second(1));
        changes.note("mine", second(3));
        changes.note("other", second(2));
        assertThat(changes.size()).isEqualTo(3);
        assertThat(changes.age(second(10))).isEqualTo(Duration.ofSeconds(9));

        changes.shown("mine", second(2));

        assertThat(changes.oldest("mine")).contains(second(3));
        assertThat(changes.age(second(10))).isEqualTo(Duration.ofSeconds(8));

        changes.shown("mine", second(3));
        changes.shown("other", second(3));

        assertThat(changes.oldest("mine")).isEmpty();
        assertThat(changes.age(second(10))).isZero();
    }

    @Test
    void keepsNothingOfASellerWithoutAMerchant() {
        for (int i = 0; i < 10; i++) {
            changes.note("nobody's", second(i));
        }
        assertThat(changes.size()).isZero();
        assertThat(changes.oldest("nobody's")).isEmpty();
    }

    @Test
    void keepsTheOldestAndTheLatestOfAMerchantThatNeverReads() {
        int all = OpenChanges.OPEN_MAX + 10;
        for (int i = 0; i < all; i++) {
            changes.note("mine", second(i));
        }
        assertThat(changes.size()).isEqualTo(OpenChanges.OPEN_MAX);
        assertThat(changes.oldest("mine")).contains(second(0));

        changes.shown("mine", second(all - 2));

        assertThat(changes.oldest("mine")).contains(second(all - 1));
    }
}
