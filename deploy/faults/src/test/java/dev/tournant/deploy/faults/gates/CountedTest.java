package dev.tournant.deploy.faults.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tournant.adapter.Limit;
import dev.tournant.adapter.Limit.Scope;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The judge of each kind of limit, beside a slower one that takes its definition at its word. */
class CountedTest {
    private static final long MILLI = 1_000_000;

    @Provide
    Arbitrary<List<Stay>> stays() {
        Arbitrary<Long> times = Arbitraries.longs().between(0, 300);
        return Combinators.combine(times, times, times)
                .as((arrived, toCount, toAnswer) -> new Stay(
                        arrived * MILLI,
                        (arrived + toCount % 40) * MILLI,
                        (arrived + 1 + toCount % 40 + toAnswer % 40) * MILLI))
                .list()
                .ofMaxSize(40);
    }

    @Property(tries = 500)
    void countsWhatLookingAtEachWindowCounts(
            @ForAll("stays") List<Stay> stays,
            @ForAll @IntRange(min = 1, max = 8) int limit,
            @ForAll @IntRange(min = 1, max = 50) int millis) {
        Counted seen = Counted.of(Limit.rate("calls", Scope.LOCATION, limit, Duration.ofMillis(millis)), stays);

        long[] sizes = stays.stream()
                .mapToLong(begin -> stays.stream()
                        .filter(each ->
                                each.counted() >= begin.counted() && each.counted() < begin.counted() + millis * MILLI)
                        .count())
                .toArray();
        assertThat(seen.calls()).isEqualTo(stays.size());
        assertThat(seen.most()).isEqualTo(most(sizes));
        assertThat(seen.over() > 0).isEqualTo(most(sizes) > limit);
    }

    /** The level is the most, over all earlier instants, of what came since then less what drained since then. */
    @Property(tries = 500)
    void findsTheLevelOfTheBucket(
            @ForAll("stays") List<Stay> stays,
            @ForAll @IntRange(min = 1, max = 8) int burst,
            @ForAll @IntRange(min = 1, max = 50) int millisEach) {
        Duration each = Duration.ofMillis(millisEach);
        Counted seen = Counted.of(Limit.bucket("calls", Scope.LOCATION, burst, 1, each), stays);

        List<Long> times = stays.stream().map(Stay::counted).sorted().toList();
        double highest = 0;
        for (int to = 0; to < times.size(); to++) {
            for (int from = 0; from <= to; from++) {
                double drained = (times.get(to) - times.get(from)) / (double) (millisEach * MILLI);
                highest = Math.max(highest, to - from + 1 - drained);
            }
        }
        assertThat((double) seen.most()).isCloseTo(Math.ceil(highest - 1e-6), within(1e-9));
        assertThat(seen.over() > 0).isEqualTo(highest > burst + 1e-6);
    }

    @Property(tries = 500)
    void countsWhoIsThereAsEachComes(@ForAll("stays") List<Stay> stays, @ForAll @IntRange(min = 1, max = 8) int limit) {
        Counted seen = Counted.of(Limit.concurrent("calls", Scope.LOCATION, limit), stays);

        long[] there = stays.stream()
                .mapToLong(comes -> stays.stream()
                        .filter(each -> each.arrived() <= comes.arrived() && each.answered() > comes.arrived())
                        .count())
                .toArray();
        assertThat(seen.most()).isEqualTo(most(there));
        assertThat(seen.over() > 0).isEqualTo(most(there) > limit);
    }

    @Example
    void countsInTimeOnlyWhatIsCountedAndAtOnceWhatIsThere() {
        List<Stay> stays =
                List.of(new Stay(1, 2, 3), new Stay(2, 5, Stay.NOT_YET), new Stay(4, Stay.NOT_YET, Stay.NOT_YET));

        assertThat(Counted.of(Limit.rate("calls", Scope.LOCATION, 1, Duration.ofSeconds(1)), stays))
                .isEqualTo(new Counted(2, 2, 1));
        assertThat(Counted.of(Limit.concurrent("calls", Scope.LOCATION, 1), stays))
                .isEqualTo(new Counted(3, 2, 2));
    }

    @Example
    void findsNothingWrongWithAQuotaThatBeginsAnew() {
        Limit quota = Limit.rate("quota", Scope.LOCATION, 3, LimitSet.QUOTA_PER);
        List<Stay> stays = IntStream.range(0, 6)
                .mapToLong(call -> call / 3 * LimitSet.QUOTA_PER.toNanos() + call % 3)
                .mapToObj(at -> new Stay(at, at, at))
                .toList();

        assertThat(Counted.of(quota, stays)).isEqualTo(new Counted(6, 3, 0));
    }

    private static long most(long[] sizes) {
        return Arrays.stream(sizes).max().orElse(0);
    }
}
