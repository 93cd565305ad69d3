package dev.tournant.cluster.gate;

import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a pool keeps, and what it may rely on. Its promise holds as far as these hold.
 *
 * @param name for reasons and reports
 * @param rules all are kept; 1 to {@value #RULES_MAX}
 * @param permitLife how long after it was asked for a permit may be used, by the clock of whoever asked; up to an hour.
 *     No wish waits longer
 * @param pause the longest time between the last look at a permit and the bytes on the wire; up to an hour
 * @param requestLife the longest time from the bytes on the wire until the partner has counted the call, or never will;
 *     up to a day
 * @param clockError by how much two clocks may differ in rate, up to {@value #CLOCK_ERROR_MAX}: 0.001 is a millisecond a
 *     second
 * @param waitingMax how many wishes may wait, by lane, up to {@value #WAITING_MAX}; a lane that is not named takes none
 *     that cannot go at once
 * @param laneFloor the share of grants that go to whoever has waited longest, whatever the lane: from
 *     {@value #LANE_FLOOR_MIN} to 1
 */
public record PoolSpec(
        String name,
        List<Rule> rules,
        Duration permitLife,
        Duration pause,
        Duration requestLife,
        double clockError,
        Map<Lane, Integer> waitingMax,
        double laneFloor) {
    public static final int RULES_MAX = 8;
    public static final int WAITING_MAX = 100_000;
    public static final double CLOCK_ERROR_MAX = 0.1;
    public static final double LANE_FLOOR_MIN = 0.001;

    public PoolSpec {
        rules = Settings.list("rules", rules, 1, RULES_MAX);
        Settings.duration("permit-life", permitLife, Duration.ofMillis(1), Duration.ofHours(1));
        Settings.duration("pause", pause, Duration.ZERO, Duration.ofHours(1));
        Settings.duration("request-life", requestLife, Duration.ZERO, Duration.ofDays(1));
        if (!(clockError >= 0 && clockError <= CLOCK_ERROR_MAX)) {
            throw Settings.wrong("clock-error", "must be from 0 to " + CLOCK_ERROR_MAX + ", not " + clockError);
        }
        waitingMax = Map.copyOf(waitingMax);
        waitingMax.forEach((lane, most) -> {
            if (most < 0 || most > WAITING_MAX) {
                throw Settings.wrong(lane.text(), "must be from 0 to " + WAITING_MAX + ", not " + most)
                        .under("waiting-max");
            }
        });
        if (!(laneFloor >= LANE_FLOOR_MIN && laneFloor <= 1)) {
            throw Settings.wrong("lane-floor", "must be from " + LANE_FLOOR_MIN + " to 1, not " + laneFloor);
        }
    }
}
