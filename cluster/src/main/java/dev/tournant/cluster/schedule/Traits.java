package dev.tournant.cluster.schedule;

/**
 * What is said of one resource when it is added.
 *
 * @param of its class
 * @param weight how much its freshness counts beside that of others; above 0
 * @param callsUnchanged calls that a poll takes when nothing has changed, as a first guess; the schedule learns it
 * @param callsChanged calls that a poll takes when something has: more than {@code callsUnchanged} where a cheap probe
 *     tells whether to fetch, the same where a whole snapshot is read each time
 * @param zoneOffsetSeconds its local time minus UTC: at what hour of its day it changes is learnt
 */
public record Traits(
        ResourceClass of, double weight, double callsUnchanged, double callsChanged, int zoneOffsetSeconds) {
    public Traits {
        Checks.above("weight", weight, 0);
        Checks.above("callsUnchanged", callsUnchanged, 0);
        Checks.atLeast("callsChanged", callsChanged, callsUnchanged);
    }
}
