package dev.tournant.cluster.schedule;

/**
 * A pool as it might be.
 *
 * @param callsPerSecond that it admits
 * @param resourcesFactor times as many resources of the same sorts
 * @param webhooks whether there are any
 */
public record Supposition(double callsPerSecond, double resourcesFactor, boolean webhooks) {
    public Supposition {
        Checks.above("callsPerSecond", callsPerSecond, 0);
        Checks.above("resourcesFactor", resourcesFactor, 0);
    }
}
