package dev.tournant.cluster.schedule;

/**
 * Resources that are alike: what is learnt of one helps with the others, and figures are given by class. Two classes
 * with equal components are one.
 *
 * @param partner whom the resources are asked of
 * @param kind what is asked for, such as a menu or stock
 * @param subscribed whether the partner was asked to send webhooks for them
 * @param minIntervalSeconds two polls of a resource never start closer than this; 0 for no such rule
 * @param maxAgeSeconds no resource goes unpolled for longer, as long as the budget allows that for all; infinite for no
 *     such rule
 * @param objective the share of resources that should be fresh at any moment, from 0 to below 1
 */
public record ResourceClass(
        String partner,
        String kind,
        boolean subscribed,
        double minIntervalSeconds,
        double maxAgeSeconds,
        double objective) {
    public ResourceClass {
        Checks.atLeast("minIntervalSeconds", minIntervalSeconds, 0);
        if (!(maxAgeSeconds > minIntervalSeconds)) {
            throw new IllegalArgumentException("maxAgeSeconds must be above minIntervalSeconds, not " + maxAgeSeconds);
        }
        if (!(objective >= 0 && objective < 1)) {
            throw new IllegalArgumentException("objective must be from 0 to below 1, not " + objective);
        }
    }
}
