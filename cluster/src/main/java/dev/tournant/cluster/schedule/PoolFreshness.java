package dev.tournant.cluster.schedule;

import java.util.List;

/**
 * How a pool stands. Freshness is the share of resources whose copy is up to date, by weight.
 *
 * @param resources in the pool
 * @param callsPerSecond as measured
 * @param fresh the believed share, of all that have been read; 1 if none has
 * @param bound what no schedule of so many calls can exceed of those that can be polled, if the beliefs are right
 * @param ratio of the share of these that is believed fresh to the bound
 * @param price by how much freshness, as a sum over resources by weight, would rise with one more call a second
 * @param threshold the value of a poll from which it is made, in seconds of freshness a call
 * @param ready resources that are worth a poll and wait for their turn
 * @param audited polls of resources drawn by lot
 * @param auditedFresh the share of these in which nothing had changed; NaN without any
 * @param auditedError its standard error
 * @param classes each class
 */
public record PoolFreshness(
        int resources,
        double callsPerSecond,
        double fresh,
        double bound,
        double ratio,
        double price,
        double threshold,
        int ready,
        long audited,
        double auditedFresh,
        double auditedError,
        List<ClassFreshness> classes) {
    public PoolFreshness {
        classes = List.copyOf(classes);
    }
}
