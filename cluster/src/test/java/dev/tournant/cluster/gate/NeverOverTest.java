package dev.tournant.cluster.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** No rule is ever broken at the partner; and the histories that show it break those that only seem to keep it. */
class NeverOverTest {
    private static final int HISTORIES_UNTIL_CAUGHT = 500;

    private static Rule.Window window(long seed) {
        Random random = new Random(seed);
        return new Rule.Window(1 + random.nextInt(6), Duration.ofMillis(100 + random.nextInt(1_500)));
    }

    private static Rule.Bucket bucket(long seed) {
        Random random = new Random(seed);
        return new Rule.Bucket(
                1 + random.nextInt(6), 1 + random.nextInt(6), Duration.ofMillis(100 + random.nextInt(1_500)));
    }

    private static Rule.Concurrent concurrent(long seed) {
        return new Rule.Concurrent(1 + new Random(seed).nextInt(4));
    }

    private static final History.First POOL = (spec, now) -> Keeper.pool(new Pool(spec, Start.EMPTY, now));

    private static void keeps(long seed, List<Rule> rules, boolean holdersChange) {
        Partner partner = new History(seed, History.spec(seed, rules), POOL, holdersChange).run();
        for (Rule rule : rules) {
            assertThat(partner.over(rule)).as("%s, seed %d", rule, seed).isZero();
        }
    }

    @Property(tries = 4_000, shrinking = ShrinkingMode.OFF)
    void aWindow(@ForAll long seed) {
        keeps(seed, List.of(window(seed)), false);
    }

    @Property(tries = 4_000, shrinking = ShrinkingMode.OFF)
    void aBucket(@ForAll long seed) {
        keeps(seed, List.of(bucket(seed)), false);
    }

    @Property(tries = 2_000, shrinking = ShrinkingMode.OFF)
    void callsAtOneTime(@ForAll long seed) {
        keeps(seed, List.of(concurrent(seed)), true);
    }

    @Property(tries = 4_000, shrinking = ShrinkingMode.OFF)
    void aWindowWhoeverHoldsIt(@ForAll long seed) {
        keeps(seed, List.of(window(seed)), true);
    }

    @Property(tries = 4_000, shrinking = ShrinkingMode.OFF)
    void aBucketWhoeverHoldsIt(@ForAll long seed) {
        keeps(seed, List.of(bucket(seed)), true);
    }

    @Property(tries = 2_000, shrinking = ShrinkingMode.OFF)
    void allRulesTogether(@ForAll long seed) {
        keeps(seed, List.of(window(seed), window(~seed), bucket(seed), concurrent(seed)), true);
    }

    private static void caught(LongFunction<Rule> rules, History.First mutant, boolean holdersChange) {
        for (long seed = 0; seed < HISTORIES_UNTIL_CAUGHT; seed++) {
            Rule rule = rules.apply(seed);
            History history = new History(seed, History.spec(seed, List.of(rule)), mutant, holdersChange);
            if (history.run().over(rule) > 0) {
                return;
            }
        }
        throw new AssertionError("no history of " + HISTORIES_UNTIL_CAUGHT + " broke its rule");
    }

    @Example
    void catchesAWindowThatCountsWhenCallsAreSent() {
        caught(NeverOverTest::window, Mutants::countsWhenSent, false);
    }

    @Example
    void catchesAWindowThatForgetsCallsInFlight() {
        caught(NeverOverTest::window, Mutants::forgetsInFlight, false);
    }

    @Example
    void catchesATokenBucketInPlaceOfAWindow() {
        caught(NeverOverTest::window, Mutants::tokenBucket, false);
    }

    @Example
    void catchesABucketThatIsFedWhenCallsAreSent() {
        caught(NeverOverTest::bucket, Mutants::tokenBucket, false);
    }

    @Example
    void catchesABucketThatForgetsCallsInFlight() {
        caught(NeverOverTest::bucket, Mutants::forgetsInFlight, false);
    }

    @Example
    void catchesLostCallsThatNoLongerCount() {
        caught(NeverOverTest::window, Mutants::forgetsLost, false);
        caught(NeverOverTest::bucket, Mutants::forgetsLost, false);
        caught(NeverOverTest::concurrent, Mutants::forgetsLost, false);
    }

    @Example
    void catchesAnUncleanTakeOverThatBeginsEmpty() {
        caught(NeverOverTest::window, Mutants::beginsEmpty, true);
        caught(NeverOverTest::bucket, Mutants::beginsEmpty, true);
        caught(NeverOverTest::concurrent, Mutants::beginsEmpty, true);
    }

    @Example
    void catchesAHandOverThatForgetsCallsInFlight() {
        caught(NeverOverTest::window, Mutants::leavesInFlightBehind, true);
        caught(NeverOverTest::bucket, Mutants::leavesInFlightBehind, true);
        caught(NeverOverTest::concurrent, Mutants::leavesInFlightBehind, true);
    }

    @Example
    void catchesATakeOverThatDoesNotWaitForPermitsStillInUse() {
        caught(NeverOverTest::window, Mutants::forgetsOldPermits, true);
        caught(NeverOverTest::bucket, Mutants::forgetsOldPermits, true);
    }
}
