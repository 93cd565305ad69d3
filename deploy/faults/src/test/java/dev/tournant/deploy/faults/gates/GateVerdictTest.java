package dev.tournant.deploy.faults.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tournant.adapter.Limit;
import dev.tournant.deploy.faults.gates.GateTrial.Kept;
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
                quiet.setting(),
                CALLS,
                quiet.limits(),
                quiet.quiet(),
                quiet.whole(),
                Duration.ofSeconds(15),
                List.of("leave"));

        assertThat(complaints(waited)).singleElement().asString().contains("15.0 s", "10 s is the most");
        assertThat(GateVerdict.complaints(waited, false)).isEmpty();
    }

    @Test
    void expectsNothingOfATokenBucket() {
        Setting setting = setting(GateTrial.BUCKET, Network.STALLS, LimitSet.WINDOW);
        Stretch brief = share(1.2, 5);
        List<Kept> over = List.of(kept(setting.limits().get(0), 200, 5_000, 60));

        assertThat(complaints(new Seen(
                        setting, CALLS, over, brief, new Stretch(CALLS, brief.time()), Duration.ZERO, List.of())))
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

    @Test
    void complainsOfEachLimitThatIsOver() {
        Setting setting = setting(GateTrial.GATE, Network.LOOPBACK, LimitSet.MIXED);
        List<Kept> limits = setting.limits().stream()
                .map(each -> kept(each, GateVerdict.most(each) + 1, 3, 5))
                .toList();

        assertThat(complaints(mixed(setting, limits)))
                .containsExactly(
                        "3 windows are over the limit \"app\"",
                        "3 windows are over the limit \"location\"",
                        "3 calls are over the limit \"bucket\"",
                        "3 calls are over the limit \"at-once\"",
                        "3 calls are over the limit \"lock\"",
                        "3 windows are over the limit \"quota\"");
    }

    @Test
    void complainsOfALimitThatWasNeverFullOrNeverHadRoomAgain() {
        Setting setting = setting(GateTrial.GATE, Network.LOOPBACK, LimitSet.MIXED);
        Limit app = setting.limits().get(0);
        Limit bucket = setting.limits().get(2);

        assertThat(complaints(mixed(setting, List.of(kept(app, 270, 0, 1.1), kept(bucket, 30, 0, 1.1)))))
                .isEmpty();
        assertThat(complaints(mixed(setting, List.of(kept(app, 269, 0, 1.1), kept(bucket, 30, 0, 1)))))
                .containsExactly(
                        "the limit \"app\" was used up to 269 of 300 and 1.1 times: nothing is shown of it; give more --calls",
                        "the limit \"bucket\" was used up to 30 of 30 and 1.0 times: nothing is shown of it; give more"
                                + " --calls");
    }

    @Test
    void expectsLessOfLimitsWhosePartsAreFullAtDifferentTimes() {
        Setting whole = setting(GateTrial.GATE, Network.LOOPBACK, LimitSet.MIXED);
        Setting divided = new Setting(
                whole.limiter(), whole.network(), whole.set(), CALLS, 10, 100, whole.per(), 4, 0, whole.seed());
        Limit bucket = whole.limits().get(2);

        assertThat(complaints(mixed(whole, List.of(kept(bucket, 21, 0, 5))))).hasSize(1);
        assertThat(complaints(mixed(divided, List.of(kept(bucket, 21, 0, 5))))).isEmpty();
        assertThat(complaints(mixed(divided, List.of(kept(bucket, 20, 0, 5))))).hasSize(1);
    }

    @Test
    void doesNotJudgeTheShareOfTheWidestLimit() {
        Setting setting = setting(GateTrial.GATE, Network.LOOPBACK, LimitSet.MIXED);

        assertThat(setting.allowedPerSecond()).isCloseTo(600, within(1e-9));
        assertThat(complaints(mixed(setting, List.of()))).isEmpty();
    }

    private static Seen mixed(Setting setting, List<Kept> limits) {
        Stretch whole = new Stretch(CALLS, Duration.ofMinutes(5));
        return new Seen(setting, CALLS, limits, share(0.1, 60), whole, Duration.ZERO, List.of());
    }

    private static Seen seen(Network network, int calls, int over, Stretch quiet) {
        Setting setting = setting(GateTrial.GATE, network, LimitSet.WINDOW);
        Stretch whole = new Stretch(calls, Duration.ofMinutes(2));
        List<Kept> limits = List.of(kept(setting.limits().get(0), 100, over, 60));
        return new Seen(setting, calls, limits, quiet, whole, Duration.ZERO, List.of());
    }

    private static Setting setting(String limiter, Network network, LimitSet set) {
        return new Setting(limiter, network, set, CALLS, 10, 100, Duration.ofSeconds(1), 1, 0, 1);
    }

    private static Kept kept(Limit limit, int most, int over, double uses) {
        return new Kept(limit, new Counted(CALLS, most, over), uses, 0);
    }

    private static List<String> complaints(Seen seen) {
        return GateVerdict.complaints(seen, true);
    }
}
