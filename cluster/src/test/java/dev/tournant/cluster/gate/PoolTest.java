package dev.tournant.cluster.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tournant.adapter.Lane;
import dev.tournant.adapter.News;
import dev.tournant.model.InvalidValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PoolTest {
    private static final long SECOND = 1_000_000_000;
    private static final End ANSWERED = new End.Answered(News.NONE);

    private static PoolSpec spec(double floor, int waiting, Rule... rules) {
        return spec(Duration.ofSeconds(100), floor, waiting, rules);
    }

    private static PoolSpec spec(Duration permitLife, double floor, int waiting, Rule... rules) {
        Map<Lane, Integer> most = new EnumMap<>(Lane.class);
        Arrays.stream(Lane.values()).forEach(lane -> most.put(lane, waiting));
        return new PoolSpec(
                "pool", List.of(rules), permitLife, Duration.ofSeconds(1), Duration.ofSeconds(30), 0, most, floor);
    }

    private static Pool pool(double floor, int waiting, Rule... rules) {
        return new Pool(spec(floor, waiting, rules), Start.EMPTY, 0);
    }

    private static Rule window(int calls) {
        return new Rule.Window(calls, Duration.ofSeconds(10));
    }

    private static List<Verdict> ask(Pool pool, long id, Lane lane, long now) {
        return pool.ask(new Wish(id, lane, now + 1_000 * SECOND), now);
    }

    private static List<Long> granted(List<Verdict> verdicts) {
        return verdicts.stream()
                .filter(Verdict.Grant.class::isInstance)
                .map(Verdict::id)
                .toList();
    }

    private static Verdict.Refuse refused(List<Verdict> verdicts) {
        assertThat(verdicts).hasSize(1);
        return (Verdict.Refuse) verdicts.get(0);
    }

    @Example
    void grantsWhatHasRoomAndTheRestAWindowAfterTheAnswers() {
        Pool pool = pool(0.1, 9, window(2));
        assertThat(granted(ask(pool, 1, Lane.MENU, 0))).containsExactly(1L);
        assertThat(granted(ask(pool, 2, Lane.MENU, 0))).containsExactly(2L);
        assertThat(ask(pool, 3, Lane.MENU, 0)).isEmpty();
        assertThat(pool.nextTick(0))
                .as("its deadline, as nothing else is known to come sooner")
                .isEqualTo(100 * SECOND);
        assertThat(pool.ended(1, ANSWERED, 3 * SECOND)).isEmpty();
        assertThat(pool.nextTick(3 * SECOND)).isEqualTo(13 * SECOND);
        assertThat(pool.tick(13 * SECOND - 1)).isEmpty();
        assertThat(granted(pool.tick(13 * SECOND))).containsExactly(3L);
        assertThat(pool.nextTick(13 * SECOND)).as("nobody waits").isEqualTo(Long.MAX_VALUE);
    }

    @Example
    void theMoreUrgentLaneGoesFirstAndWithinALaneWhoeverCameFirst() {
        Pool pool = pool(0.001, 9, new Rule.Concurrent(1));
        ask(pool, 1, Lane.MENU, 0);
        ask(pool, 2, Lane.RECONCILE, 0);
        ask(pool, 3, Lane.ORDER, 0);
        ask(pool, 4, Lane.RECONCILE, 0);
        ask(pool, 5, Lane.ORDER, 0);
        ask(pool, 6, Lane.PRICE, 0);
        assertThat(drain(pool, 1, 5)).containsExactly(3L, 5L, 6L, 2L, 4L);
    }

    private static List<Long> drain(Pool pool, long first, int many) {
        List<Long> order = new ArrayList<>();
        long last = first;
        for (int i = 0; i < many; i++) {
            last = granted(pool.ended(last, ANSWERED, i)).get(0);
            order.add(last);
        }
        return order;
    }

    @Property(tries = 500)
    void nobodyStarves(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int every) {
        Random random = new Random(seed);
        Pool pool = pool(1.0 / every, 1_000, new Rule.Concurrent(1));
        ask(pool, 0, Lane.ORDER, 0);
        int before = random.nextInt(10);
        LongStream.rangeClosed(1, before)
                .forEach(id -> ask(pool, id, Lane.values()[random.nextInt(Lane.values().length)], 0));
        long low = before + 1;
        ask(pool, low, Lane.RECONCILE, 0);
        long next = low + 1;
        long last = 0;
        int grants = 0;
        while (last != low) {
            // There are always more that are more urgent.
            ask(pool, next++, Lane.ORDER, 0);
            last = granted(pool.ended(last, ANSWERED, 0)).get(0);
            grants++;
        }
        assertThat(grants).isLessThanOrEqualTo((before + 1) * every);
    }

    /** Where more come than can go, all that are in line have waited for as long as a permit lives. */
    @Property(tries = 100)
    void anOverrunLaneLeavesTheOthersTheirShare(
            @ForAll @IntRange(min = 2, max = 20) int every, @ForAll @IntRange(min = 1, max = 5) int others) {
        Pool pool = new Pool(spec(Duration.ofSeconds(5), 1.0 / every, 1_000, new Rule.Concurrent(1)), Start.EMPTY, 0);
        Lane[] lanes = Lane.values();
        Map<Long, Lane> asked = new HashMap<>();
        int[] grants = new int[lanes.length];
        int[] waiting = new int[lanes.length];
        long last = 0;
        ask(pool, last, lanes[0], 0);
        long next = 1;
        int rounds = 2_000;
        for (int round = 1; round <= rounds; round++) {
            long now = round * SECOND / 10;
            List<Verdict> verdicts = new ArrayList<>();
            // Twice as many orders as can go, and in each of the other lanes one, which comes back when it is refused.
            for (int lane = 0; lane <= others; lane++) {
                while (waiting[lane] < (lane == 0 ? 200 : 1)) {
                    waiting[lane]++;
                    asked.put(next, lanes[lane]);
                    verdicts.addAll(ask(pool, next++, lanes[lane], now));
                }
            }
            verdicts.addAll(pool.ended(last, ANSWERED, now));
            for (Verdict verdict : verdicts) {
                int lane = Arrays.asList(lanes).indexOf(asked.get(verdict.id()));
                waiting[lane]--;
                if (verdict instanceof Verdict.Grant) {
                    grants[lane]++;
                    last = verdict.id();
                }
            }
        }
        for (int lane = 1; lane <= others; lane++) {
            // Less what it misses while it is away between a refusal and its next asking.
            assertThat(grants[lane]).as(lanes[lane].name()).isGreaterThanOrEqualTo(rounds / (every * others) * 2 / 3);
        }
    }

    @Example
    void aFullLaneTakesNoMore() {
        Pool pool = pool(0.1, 1, window(1));
        ask(pool, 1, Lane.ORDER, 0);
        ask(pool, 2, Lane.MENU, 0);
        Verdict.Refuse refuse = refused(ask(pool, 3, Lane.MENU, 0));
        assertThat(refuse.why()).isEqualTo("pool: as many wait in its lane as may");
        assertThat(refuse.after())
                .as("behind the one in flight and the one that waits")
                .isEqualTo(Duration.ofSeconds(20));
        assertThat(ask(pool, 4, Lane.ORDER, 0)).as("another lane").isEmpty();
        PoolView view = pool.view(0);
        assertThat(view.waiting()).containsEntry(Lane.MENU, 1).containsEntry(Lane.ORDER, 1);
        assertThat(view.refused()).containsEntry(Lane.MENU, 1L).containsEntry(Lane.ORDER, 0L);
    }

    @Example
    void whatCannotMakeItsDeadlineIsRefusedAtOnceWithTheTimeAtWhichItCould() {
        Pool pool = pool(0.1, 9, window(1));
        ask(pool, 1, Lane.ORDER, 0);
        pool.ended(1, ANSWERED, 2 * SECOND);
        Verdict.Refuse refuse = refused(pool.ask(new Wish(2, Lane.ORDER, 11 * SECOND), 5 * SECOND));
        assertThat(refuse.after()).isEqualTo(Duration.ofSeconds(7));
        assertThat(pool.ask(new Wish(3, Lane.ORDER, 13 * SECOND), 5 * SECOND)).isEmpty();
        assertThat(granted(pool.tick(12 * SECOND))).containsExactly(3L);
    }

    @Example
    void whoseDeadlinePassesIsRefusedThen() {
        Pool pool = pool(0.1, 9, new Rule.Concurrent(1));
        ask(pool, 1, Lane.ORDER, 0);
        pool.ask(new Wish(2, Lane.ORDER, 5 * SECOND), 0);
        pool.ask(new Wish(3, Lane.MENU, 4 * SECOND), 0);
        assertThat(pool.nextTick(0)).isEqualTo(4 * SECOND);
        assertThat(refused(pool.tick(4 * SECOND)).id()).isEqualTo(3);
        assertThat(refused(pool.ended(1, ANSWERED, 5 * SECOND)).id())
                .as("it is too late although there is room")
                .isEqualTo(2);
        assertThat(refused(pool.ask(new Wish(4, Lane.MENU, 5 * SECOND), 5 * SECOND))
                        .why())
                .isEqualTo("pool: its deadline had passed when it came");
    }

    @Example
    void noWishWaitsLongerThanItsPermitWouldLive() {
        Pool pool = pool(0.1, 9, new Rule.Concurrent(1));
        ask(pool, 1, Lane.ORDER, 0);
        pool.ask(new Wish(2, Lane.ORDER, Long.MAX_VALUE), 0);
        assertThat(pool.nextTick(0)).isEqualTo(100 * SECOND);
    }

    @Example
    void whoIsWithdrawnGetsNoVerdict() {
        Pool pool = pool(0.1, 9, new Rule.Concurrent(1));
        ask(pool, 1, Lane.ORDER, 0);
        ask(pool, 2, Lane.ORDER, 0);
        ask(pool, 3, Lane.ORDER, 0);
        assertThat(pool.ended(2, End.UNUSED, 0)).isEmpty();
        assertThat(granted(pool.ended(1, End.UNUSED, 0))).containsExactly(3L);
        assertThat(ask(pool, 3, Lane.ORDER, 0)).as("it is in flight already").isEmpty();
    }

    @Example
    void aCallWithoutAnswerCountsUntilThePartnerMustHaveCountedIt() {
        Pool pool = pool(0.1, 9, window(1));
        ask(pool, 1, Lane.ORDER, 0);
        pool.ended(1, End.LOST, 5 * SECOND);
        assertThat(pool.ended(1, End.UNUSED, 6 * SECOND)).as("lost stays lost").isEmpty();
        assertThat(pool.ask(new Wish(2, Lane.ORDER, 60 * SECOND), 6 * SECOND)).isEmpty();
        assertThat(pool.nextTick(6 * SECOND)).isEqualTo(36 * SECOND);
        assertThat(pool.tick(36 * SECOND)).as("it counts as answered now").isEmpty();
        assertThat(granted(pool.tick(46 * SECOND))).containsExactly(2L);
        assertThat(pool.view(46 * SECOND).lost()).isEqualTo(1);
    }

    @Example
    void aCallOfWhichNobodySpeaksAgainCountsForItsWholeLife() {
        Pool pool = pool(0.1, 9, window(1));
        ask(pool, 1, Lane.ORDER, 0);
        assertThat(refused(pool.ask(new Wish(2, Lane.ORDER, 140 * SECOND), 131 * SECOND))
                        .after())
                .isEqualTo(Duration.ofSeconds(10));
        pool.ended(1, ANSWERED, 132 * SECOND);
        assertThat(pool.view(132 * SECOND).strays()).isEqualTo(1);
    }

    @Example
    void aBucketGivesItsBurstAndThenWhatDrains() {
        Pool pool = pool(0.1, 9, new Rule.Bucket(3, 1, Duration.ofSeconds(2)));
        for (long id = 0; id < 3; id++) {
            assertThat(granted(ask(pool, id, Lane.ORDER, 0))).containsExactly(id);
            pool.ended(id, ANSWERED, 0);
        }
        ask(pool, 3, Lane.ORDER, 0);
        ask(pool, 4, Lane.ORDER, 0);
        assertThat(pool.nextTick(0)).isEqualTo(2 * SECOND);
        assertThat(granted(pool.tick(2 * SECOND))).containsExactly(3L);
        pool.ended(3, ANSWERED, 2 * SECOND);
        assertThat(granted(pool.tick(4 * SECOND))).containsExactly(4L);
    }

    @Example
    void aCallNeedsRoomInAllRules() {
        Pool pool = pool(0.1, 9, window(5), new Rule.Concurrent(1));
        ask(pool, 1, Lane.ORDER, 0);
        assertThat(ask(pool, 2, Lane.ORDER, 0)).isEmpty();
        assertThat(granted(pool.ended(1, ANSWERED, 1))).containsExactly(2L);
    }

    @Example
    void aNewHolderThatKnowsNothingWaitsForAllThatMayBeUnderWay() {
        PoolSpec spec = spec(0.1, 9, window(2), new Rule.Bucket(3, 1, Duration.ofSeconds(2)), new Rule.Concurrent(1));
        Pool pool = new Pool(spec, Start.FULL, 0);
        Verdict.Refuse refuse = refused(pool.ask(new Wish(1, Lane.ORDER, SECOND), 0));
        assertThat(refuse.after())
                .as("permit life, pause, request life, window")
                .isEqualTo(Duration.ofSeconds(141));
        assertThat(pool.view(0).rules()).extracting(PoolView.Used::use).containsExactly(2, 3, 1);
        assertThat(granted(ask(pool, 2, Lane.ORDER, 141 * SECOND))).containsExactly(2L);
    }

    @Example
    void aCleanHandOverKeepsWhatIsUsedAndWhoIsInFlight() {
        PoolSpec spec = spec(0.1, 9, window(2));
        Pool before = new Pool(spec, Start.EMPTY, 0);
        ask(before, 1, Lane.ORDER, 0);
        ask(before, 2, Lane.ORDER, 0);
        before.ended(1, ANSWERED, SECOND);
        Ledger ledger = before.ledger(4 * SECOND);
        assertThat(ledger.counts().get(0).answered()).containsExactly(new Ledger.Answered(3 * SECOND, 1));
        assertThat(ledger.inFlight()).containsExactly(new Ledger.Flight(2, 127 * SECOND, false));
        // Another clock, which says something else altogether.
        long now = -77 * SECOND;
        Pool pool = new Pool(spec, Start.of(ledger), now);
        assertThat(ask(pool, 3, Lane.ORDER, now)).isEmpty();
        assertThat(pool.ended(2, ANSWERED, now)).isEmpty();
        assertThat(pool.nextTick(now)).isEqualTo(now + 7 * SECOND);
        assertThat(granted(pool.tick(now + 7 * SECOND))).containsExactly(3L);
    }

    @Example
    void aRuleThatTheHolderBeforeDidNotKeepCountsAsFull() {
        Pool before = pool(0.1, 9, new Rule.Window(5, Duration.ofSeconds(1)));
        ask(before, 1, Lane.ORDER, 0);
        before.ended(1, ANSWERED, 0);
        Start left = Start.of(before.ledger(0));
        Pool longer = new Pool(spec(0.1, 9, new Rule.Window(5, Duration.ofSeconds(20))), left, 0);
        assertThat(refused(longer.ask(new Wish(2, Lane.ORDER, SECOND), 0)).after())
                .isEqualTo(Duration.ofSeconds(151));
        Pool fewer = new Pool(spec(0.1, 9, new Rule.Window(1, Duration.ofSeconds(1))), left, 0);
        assertThat(refused(fewer.ask(new Wish(3, Lane.ORDER, SECOND / 2), 0)).after())
                .isEqualTo(Duration.ofSeconds(1));
    }

    @Example
    void theCostOfMillionCallsADayIsAThousandPoints() {
        Rule.Window aDay = new Rule.Window(1_000_000, Duration.ofDays(1));
        Pool pool = pool(0.1, 9, aDay);
        long now = 0;
        for (long id = 0; id < 1_000_000; id++) {
            assertThat(pool.ask(new Wish(id, Lane.MENU, now + SECOND), now)).hasSize(1);
            now += 20_000_000;
            pool.ended(id, ANSWERED, now);
        }
        assertThat(pool.ledger(now).counts().get(0).answered()).hasSizeLessThanOrEqualTo(Answers.POINTS_MAX + 2);
        Verdict.Refuse refuse = refused(pool.ask(new Wish(-1, Lane.MENU, now + SECOND), now));
        Duration exactly = aDay.per().minusNanos(now).plusNanos(20_000_000);
        assertThat(refuse.after()).isBetween(exactly, exactly.plus(aDay.per().dividedBy(Answers.POINTS_MAX)));
    }

    @Example
    void whatCannotHoldIsRefusedByName() {
        assertThatThrownBy(() -> spec(0, 9, window(1)))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("lane-floor");
        assertThatThrownBy(() -> spec(0.1, -1, window(1))).hasMessageContaining("waiting-max.");
        assertThatThrownBy(() -> spec(0.1, 1)).hasMessageContaining("rules");
        assertThatThrownBy(() -> window(0)).hasMessageContaining("calls");
        assertThatThrownBy(() -> new Rule.Bucket(1_000_000, 1, Duration.ofDays(1)))
                .hasMessageContaining("calls");
    }
}
