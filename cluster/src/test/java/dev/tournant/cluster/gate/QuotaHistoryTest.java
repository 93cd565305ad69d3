package dev.tournant.cluster.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whoever holds a quota, by whatever other rules besides, it is kept. */
class QuotaHistoryTest {
    @Property(tries = 500)
    void aLongWindowIsNeverExceededWhateverElseItsHoldersKeep(@ForAll long seed) {
        QuotaHistory history = new QuotaHistory(seed);
        history.run();
        assertThat(history.mostInAWindow()).as("seed %d", seed).isLessThanOrEqualTo(QuotaHistory.RULE.calls());
    }

    @Example
    void theHistoriesSendManyCalls() {
        int sent = LongStream.range(0, 20)
                .mapToObj(QuotaHistory::new)
                .peek(QuotaHistory::run)
                .mapToInt(QuotaHistory::sent)
                .sum();
        assertThat(sent).isGreaterThan(2_000);
    }
}
