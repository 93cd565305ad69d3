package dev.tournant.cluster.gate;

import dev.tournant.adapter.Lane;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a pool keeps, and what it may rely on. Its promise holds as far as these hold.
 *
 * @param name for reasons and reports
 * @param rules all are kept; at least one
 * @param permitLife how long after it was asked for a permit may be used, by the clock of whoever asked
 * @param pause the longest time between the last look at a permit and the bytes on the wire
 * @param requestLife the longest time from the bytes on the wire until the partner has counted the call, or never will
 * @param clockError by how much two clocks may differ in rate: 0.001 is a millisecond a second
 * @param waitingMax how many wishes may wait, by lane; a lane that is not named takes none that cannot go at once
 * @param laneFloor the share of grants that go to whoever has waited longest, whatever the lane: above 0, up to 1
 */
public record PoolSpec(
        String name,
        List<Rule> rules,
        Duration permitLife,
        Duration pause,
        Duration requestLife,
        double clockError,
        Map<Lane, Integer> waitingMax,
        double laneFloor) {}
