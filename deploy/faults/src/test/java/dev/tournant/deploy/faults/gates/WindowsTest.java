package dev.tournant.deploy.faults.gates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class WindowsTest {
    @Property(tries = 500)
    void countsWhatLookingAtEachWindowCounts(
            @ForAll @Size(max = 40) List<@LongRange(min = 0, max = 300) Long> instants,
            @ForAll @IntRange(min = 1, max = 8) int limit,
            @ForAll @LongRange(min = 1, max = 50) long window) {
        long[] times = instants.stream().mapToLong(Long::longValue).toArray();
        Windows seen = Windows.of(times, limit, window);

        LongStream sizes = Arrays.stream(times)
                .map(begin -> Arrays.stream(times)
                        .filter(each -> each >= begin && each < begin + window)
                        .count());
        long[] all = sizes.toArray();
        assertThat(seen.most()).isEqualTo(Arrays.stream(all).max().orElse(0));
        assertThat(seen.over() > 0).isEqualTo(Arrays.stream(all).anyMatch(size -> size > limit));
    }
}
