package dev.tournant.cluster.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/**
 * Three nodes send as much as they are let, through gates whose holders end at any moment, cleanly or not, to a partner
 * that counts, refuses calls and says of its limits what it likes. Messages take their time, come in any order, or never; so
 * do requests and answers. In virtual time, so each history can be repeated from its seed. There are {@value #USUAL} for each
 * kind of limit, other ones each time; {@code -Dtournant.gate.histories=1000} makes thousands. Of quotas
 * holders end most of all about the moment when calls are set aside; in roll-outs they have histories of their own, {@link
 * QuotaHistory}.
 */
class GateSimulationTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int USUAL = 50;

    private static void histories(LongConsumer history) {
        new Random().longs(Integer.getInteger("tournant.gate.histories", USUAL)).forEach(history);
    }

    private static GateSimulation run(long seed, int parts, Rule... rules) {
        GateSimulation run = new GateSimulation(seed, parts, rules);
        run.run();
        assertThat(run.sent()).as("seed %d", seed).isPositive();
        return run;
    }

    @Test
    void aWindowIsNeverExceeded() {
        histories(seed -> {
            GateSimulation run = run(seed, 1, new Rule.Window(5, SECOND));
            assertThat(run.mostInAWindow(SECOND)).as("seed %d", seed).isLessThanOrEqualTo(5);
        });
    }

    @Test
    void aBucketNeverFlowsOver() {
        histories(seed -> {
            GateSimulation run = run(seed, 1, new Rule.Bucket(6, 3, SECOND));
            assertThat(run.highestLevel(3)).as("seed %d", seed).isLessThanOrEqualTo(6.000_001);
        });
    }

    @Test
    void neverMoreAtOneTimeThanMayBe() {
        histories(seed -> {
            GateSimulation run = run(seed, 1, new Rule.Concurrent(2));
            assertThat(run.mostAtOnce()).as("seed %d", seed).isLessThanOrEqualTo(2);
        });
    }

    @Test
    void allLimitsOfACallAreKept() {
        histories(seed -> {
            Duration twoSeconds = SECOND.multipliedBy(2);
            GateSimulation run =
                    run(seed, 1, new Rule.Concurrent(3), new Rule.Window(7, twoSeconds), new Rule.Bucket(6, 3, SECOND));
            assertThat(run.mostAtOnce()).as("seed %d", seed).isLessThanOrEqualTo(3);
            assertThat(run.mostInAWindow(twoSeconds)).as("seed %d", seed).isLessThanOrEqualTo(7);
            assertThat(run.highestLevel(3)).as("seed %d", seed).isLessThanOrEqualTo(6.000_001);
        });
    }

    @Test
    void partsTogetherKeepTheWhole() {
        histories(seed -> {
            GateSimulation run = run(seed, 3, new Rule.Window(9, SECOND), new Rule.Bucket(12, 6, SECOND));
            assertThat(run.mostInAWindow(SECOND)).as("seed %d", seed).isLessThanOrEqualTo(9);
            assertThat(run.highestLevel(6)).as("seed %d", seed).isLessThanOrEqualTo(12.000_001);
        });
    }

    @Test
    void aQuotaIsNeverExceededWhoeverEndsWhenCallsAreSetAside() {
        Duration quarter = Duration.ofMinutes(15);
        AtomicInteger sent = new AtomicInteger();
        histories(seed -> {
            GateSimulation run = new GateSimulation(seed, 300, 1, new Rule.Window(30, quarter));
            run.run();
            assertThat(run.mostInAWindow(quarter)).as("seed %d", seed).isLessThanOrEqualTo(30);
            sent.addAndGet(run.sent());
        });
        assertThat(sent.get()).as("calls in all histories").isGreaterThan(30 * USUAL);
    }
}
