package dev.tournant.cluster.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Limit;
import dev.tournant.adapter.Limit.Scope;
import dev.tournant.adapter.News;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PartsTest {
    private static final int COUNT = 4;
    private static final Parts PARTS = new Parts(2_000, COUNT);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static News left(int remaining) {
        return new News(false, Duration.ZERO, null, remaining, SECOND);
    }

    /** What the parts allow together once each has heard what is left, where they and others have used so many. */
    private static int allowed(Limit limit, int[] used, int byOthers) {
        int left = limit.calls() - byOthers;
        for (int each : used) {
            left -= each;
        }
        News news = Parts.news(left(Math.max(0, left)), COUNT);
        int allowed = 0;
        for (int part = 0; part < COUNT; part++) {
            Lowering lowering = new Lowering(PARTS.part(limit, part).calls(), SECOND.toNanos());
            lowering.told(news, used[part], 0);
            allowed += lowering.limit(0);
        }
        return allowed;
    }

    @Property
    void allPartsTogetherLeaveOthersWhatTheyHaveUsed(
            @ForAll long seed,
            @ForAll @IntRange(max = 4_000) int byOthers,
            @ForAll @IntRange(min = 2_000, max = 4_000) int calls) {
        int[] used = new Random(seed).ints(COUNT, 0, calls / COUNT + 1).toArray();
        Limit limit = Limit.rate("calls", Scope.APPLICATION, calls, SECOND);
        int own = used[0] + used[1] + used[2] + used[3];
        // Of what is used up already nothing can be given back, and 1 is the least that a part allows.
        assertThat(allowed(limit, used, byOthers)).isLessThanOrEqualTo(Math.max(calls - byOthers, own) + COUNT);
    }

    @Example
    void partsThatUseTheLimitEvenlyAndAloneAreNotLowered() {
        Limit limit = Limit.rate("calls", Scope.APPLICATION, 4_000, SECOND);
        assertThat(allowed(limit, new int[] {700, 700, 700, 700}, 0)).isEqualTo(4_000);
        assertThat(allowed(limit, new int[] {700, 700, 700, 700}, 1_000)).isEqualTo(3_000);
    }

    @Example
    void noneAreLeftForAPartOnlyWhenNoneAreForAll() {
        assertThat(Parts.news(left(3), COUNT).remaining()).isEqualTo(1);
        assertThat(Parts.news(left(0), COUNT).remaining()).isZero();
        assertThat(Parts.concernsAll(left(3))).isFalse();
        assertThat(Parts.concernsAll(left(0))).isTrue();
    }
}
