package dev.tournant.cluster.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Three nodes send as much as they are let, through a gate whose holder ends at any moment, cleanly or not, to a partner
 * that counts. Messages take their time, come in any order, or never; so do requests and answers. In virtual time, so
 * each of thousands of histories can be repeated from its seed.
 */
class GateSimulationTest {
    @Property(tries = 300)
    void aWindowIsNeverExceeded(@ForAll long seed) {
        GateSimulation run = new GateSimulation(seed, new Rule.Window(5, Duration.ofSeconds(1)));
        run.run();
        assertThat(run.mostInAWindow()).as("seed %d", seed).isLessThanOrEqualTo(5);
        assertThat(run.sent()).as("seed %d", seed).isPositive();
    }

    @Property(tries = 300)
    void aBucketNeverFlowsOver(@ForAll long seed) {
        GateSimulation run = new GateSimulation(seed, new Rule.Bucket(6, 3, Duration.ofSeconds(1)));
        run.run();
        assertThat(run.highestLevel(3)).as("seed %d", seed).isLessThanOrEqualTo(6.000_001);
        assertThat(run.sent()).as("seed %d", seed).isPositive();
    }

    @Property(tries = 300)
    void neverMoreAtOneTimeThanMayBe(@ForAll long seed) {
        GateSimulation run = new GateSimulation(seed, new Rule.Concurrent(2));
        run.run();
        assertThat(run.mostAtOnce()).as("seed %d", seed).isLessThanOrEqualTo(2);
        assertThat(run.sent()).as("seed %d", seed).isPositive();
    }
}
