package dev.tournant.cluster.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimingsTest {
    private static final Config DEFAULTS = config("");

    private static Config config(String set) {
        return ConfigFactory.parseString(set)
                .withFallback(ConfigFactory.parseResources("tournant-cluster.conf"))
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
    }

    @Test
    void derivesAllFromThePauseThatIsTolerated() {
        Config config = config("tournant.lease.pause-tolerated = 6s");
        Timings timings = Timings.of(config);
        assertThat(timings)
                .isEqualTo(new Timings(
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(9),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        0.001));
        Config over = timings.over(config);
        assertThat(over.getDuration("akka.cluster.failure-detector.acceptable-heartbeat-pause"))
                .hasSeconds(6);
        assertThat(over.getDuration("akka.cluster.split-brain-resolver.stable-after"))
                .hasSeconds(7);
        assertThat(over.getDuration("akka.cluster.down-removal-margin")).hasMillis(1);
        assertThat(over.getString("akka.cluster.split-brain-resolver.active-strategy"))
                .isEqualTo("lease-majority");
        assertThat(over.getString("akka.cluster.sharding.use-lease")).isEqualTo("tournant.lease.shard");
        assertThat(Timings.of(over)).as("once more is the same").isEqualTo(timings);
    }

    @ParameterizedTest
    @ValueSource(strings = {"500ms", "1s", "2s", "3s", "6s", "15s", "40s", "120s"})
    void whatIsDerivedNeverContradictsItself(String pause) {
        Timings timings = Timings.of(config("tournant.lease.pause-tolerated = " + pause));
        assertThat(timings.ttl()).isGreaterThan(timings.pauseTolerated());
        assertThat(timings.heartbeatPause().plus(timings.stableAfter())).isGreaterThanOrEqualTo(timings.endSeenAfter());
    }

    /** In nanoseconds, and with what an operator may set besides. */
    @Property
    void whatIsWrittenIntoTheConfigurationIsAcceptedAndTheSame(
            @ForAll @LongRange(min = 500_000_000L, max = 120_000_000_000L) long pause,
            @ForAll @LongRange(min = 1, max = 10_000_000_000L) long request) {
        Config config = ConfigFactory.parseMap(Map.of(
                        "tournant.lease.pause-tolerated", pause + "ns", "tournant.lease.request-life", request + "ns"))
                .withFallback(DEFAULTS);
        Timings timings = Timings.of(config);
        assertThat(Timings.of(timings.over(config))).isEqualTo(timings);
    }

    @Test
    void roundsUpToWhatAConfigurationCanHold() {
        Config config = config("tournant.lease.pause-tolerated = 3s");
        Config over = Timings.of(config).over(config);
        assertThat(over.getDuration("akka.cluster.split-brain-resolver.stable-after"))
                .hasMillis(5006);
    }

    @Test
    void leavesAkkaAsItIsWhereTheLeaseIsOff() {
        Config config = config("tournant.lease.enforced = off");
        Config over = Timings.of(config).over(config);
        assertThat(over.getString("akka.cluster.sharding.use-lease")).isEmpty();
        assertThat(over.getString("akka.cluster.split-brain-resolver.active-strategy"))
                .isEqualTo("keep-majority");
        assertThat(over.getString("akka.cluster.down-removal-margin")).isEqualTo("off");
        assertThat(over.getDuration("akka.cluster.failure-detector.acceptable-heartbeat-pause"))
                .hasSeconds(4);
    }

    @Test
    void takesWhatAnOperatorSetsWhereItHolds() {
        Timings timings = Timings.of(config("""
                akka.cluster.failure-detector.acceptable-heartbeat-pause = 8s
                akka.cluster.split-brain-resolver.stable-after = 10s
                tournant.lease.ttl = 12s
                """));
        assertThat(timings.heartbeatPause()).hasSeconds(8);
        assertThat(timings.stableAfter()).hasSeconds(10);
        assertThat(timings.ttl()).hasSeconds(12);
    }

    @Test
    void refusesADetectorThatIsQuickerThanThePause() {
        refuses(
                "akka.cluster.failure-detector.acceptable-heartbeat-pause = 3s",
                "akka.cluster.failure-detector.acceptable-heartbeat-pause",
                "tournant.lease.pause-tolerated");
    }

    @Test
    void refusesALeaseThatDoesNotOutliveThePause() {
        refuses("tournant.lease.ttl = 5s", "tournant.lease.ttl", "tournant.lease.pause-tolerated");
    }

    @Test
    void refusesAResolverThatIsQuickerThanTheLease() {
        refuses(
                "akka.cluster.split-brain-resolver.stable-after = 2s",
                "akka.cluster.split-brain-resolver.stable-after",
                "tournant.lease.ttl");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tournant.lease.pause-tolerated = 1ms",
                "tournant.lease.pause-tolerated = 1h",
                "tournant.lease.request-life = 0s",
                "tournant.lease.clock-rate-error = 0",
                "tournant.lease.clock-rate-error = 0.5"
            })
    void refusesWhatMakesNoSense(String set) {
        refuses(set, set.substring(0, set.indexOf(' ')));
    }

    private static void refuses(String set, String... named) {
        assertThatThrownBy(() -> Timings.of(config(set)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(named);
    }
}
