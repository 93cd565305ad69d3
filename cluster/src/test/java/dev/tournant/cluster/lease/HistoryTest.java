package dev.tournant.cluster.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HistoryTest {
    private static final int HISTORIES = 4_000;

    @Property(tries = HISTORIES)
    void neverDoesOneActWhileAnotherMay(@ForAll long seed) {
        assertThat(new History(seed, History.Mutant.NONE).run().actsTooLate).isZero();
    }

    @Test
    void theHistoriesAreWorthTheName() {
        long[] counts = new long[3];
        LongStream.range(0, 500).forEach(seed -> {
            History history = new History(seed, History.Mutant.NONE).run();
            counts[0] += history.wasEnded() ? 1 : 0;
            counts[1] += history.halted ? 0 : 1;
            counts[2] += history.acts;
        });
        assertThat(counts[0]).as("leases that were seen to run out").isGreaterThan(50);
        assertThat(counts[1]).as("leases that held to the end").isGreaterThan(50);
        assertThat(counts[2]).as("acts").isGreaterThan(100_000);
    }

    /** If this fails, the histories above prove nothing. */
    @ParameterizedTest
    @EnumSource(value = History.Mutant.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void catchesAProtocolThatIsBuiltWrong(History.Mutant mutant) {
        OptionalLong caught = LongStream.range(0, HISTORIES)
                .filter(seed -> new History(seed, mutant).run().actsTooLate > 0)
                .findFirst();
        assertThat(caught).as("a history in which two acted").isPresent();
    }
}
