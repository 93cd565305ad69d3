package dev.tournant.cluster.schedule;

/**
 * What is believed of one resource.
 *
 * @param phase where it stands
 * @param underWay whether a poll of it is under way
 * @param changesPerSecond how often it changes
 * @param recall the share of its changes that a webhook tells of
 * @param precision the share of its webhooks that tell of a change
 * @param webhooksWork the probability that its webhooks work at all
 * @param fresh the probability that nothing has changed since it was last seen
 * @param unseenChanges expected since then
 * @param signals webhooks since then
 * @param seenAt the time as of which it was last seen
 * @param dueAt the time from which a poll of it is worth its price, or it may be tried again; infinite if it is not in
 *     the calendar
 * @param failures in a row
 */
public record Belief(
        Phase phase,
        boolean underWay,
        double changesPerSecond,
        double recall,
        double precision,
        double webhooksWork,
        double fresh,
        double unseenChanges,
        int signals,
        double seenAt,
        double dueAt,
        int failures) {}
