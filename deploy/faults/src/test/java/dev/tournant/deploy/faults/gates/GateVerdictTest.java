package dev.tournant.deploy.faults.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tournant.deploy.faults.gates.GateTrial.Seen;
import dev.tournant.deploy.faults.gates.GateTrial.Setting;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The judge of gates, with 10 pools of 100 a second. */
class GateVerdictTest {
    private static final int CALLS = 60_000;

    @Test
    void findsNothingWhereTheLimitIsKeptAndUsed() {
        assertThat(complaints(seen(Network.LOOPBACK, CALLS, 0, share(0.86, 60))))
                .isEmpty();
        assertThat(complaints(seen(Network.STALLS, CALLS, 0, share(0.66, 60)))).isEmpty();
    }

    @Test
    void complainsOfAWindowThatIsOver() {
        assertThat(complaints(seen(Network.LOOPBACK, CALLS, 1, share(0.9, 60))))
                .singleElement()
                .asString()
                .contains("1 windows are over");
    }

    @Test
    void complainsWhenTooLittleOfTheLimitIsUsed() {
        assertThat(complaints(seen(Network.LOOPBACK, CALLS, 0, share(0.84, 60))))
                .singleElement()
                .asString()
                .contains("0.84 of the limit", "0.85 is the least");
        assertThat(complaints(seen(Network.STALLS, CALLS, 0, share(0.64, 60)))).hasSize(1);
    }

    @Test
    void doesNotJudgeTheShareWhereTheMachineIsBusy() {
        assertThat(GateVerdict.complaints(seen(Network.LOOPBACK, CALLS, 0, share(0.1, 60)), false))
                .isEmpty();
    }

    @Test
    void complainsWhenItSawTooLittle() {
        assertThat(complaints(seen(Network.LOOPBACK, CALLS, 0, share(1, 19))))
                .singleElement()
                .asString()
                .contains("for 19 s", "20 s are needed");
        assertThat(complaints(seen(Network.LOOPBACK, CALLS - 1, 0, share(1, 60))))
                .singleElement()
                .asString()
                .contains("59,999 calls");
    }

    @Test
    void complainsWhenPoolsStandStillWhileANodeLeaves() {
        Seen quiet = seen(Network.LOOPBACK, CALLS, 0, share(1, 60));
        Seen waited = new Seen(
                quiet.setting(), CALLS, 100, 0, quiet.quiet(), quiet.whole(), Duration.ofSeconds(15), List.of("leave"));

        assertThat(complaints(waited)).singleElement().asString().contains("15.0 s", "10 s is the most");
        assertThat(GateVerdict.complaints(waited, false)).isEmpty();
    }

    @Test
    void expectsNothingOfATokenBucket() {
        Setting setting = new Setting(GateTrial.BUCKET, Network.STALLS, CALLS, 10, 100, Duration.ofSeconds(1), 1, 0, 1);
        Stretch brief = share(1.2, 5);

        assertThat(complaints(new Seen(
                        setting, CALLS, 200, 5_000, brief, new Stretch(CALLS, brief.time()), Duration.ZERO, List.of())))
                .isEmpty();
    }

    @Test
    void tellsTheShareOfWhatIsAllowed() {
        assertThat(new Stretch(850, Duration.ofSeconds(10)).share(100)).isCloseTo(0.85, within(1e-9));
        assertThat(new Stretch(0, Duration.ZERO).share(100)).isZero();
    }

    private static Stretch share(double share, int seconds) {
        return new Stretch((int) (share * seconds * 1_000), Duration.ofSeconds(seconds));
    }

    private static Seen seen(Network network, int calls, int over, Stretch quiet) {
        Setting setting = new Setting(GateTrial.GATE, network, CALLS, 10, 100, Duration.ofSeconds(1), 1, 0, 1);
        Stretch whole = new Stretch(calls, Duration.ofMinutes(2));
        return new Seen(setting, calls, 100, over, quiet, whole, Duration.ZERO, List.of());
    }

    private static List<String> complaints(Seen seen) {
        return GateVerdict.complaints(seen, true);
    }
}
