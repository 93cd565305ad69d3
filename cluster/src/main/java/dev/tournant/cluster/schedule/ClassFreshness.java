package dev.tournant.cluster.schedule;

/**
 * How one class stands. Shares are of its resources, each counted once whatever its weight.
 *
 * @param of the class
 * @param resources in it, those of all phases
 * @param newcomers waiting for their first read
 * @param failing that cannot be read now: backing off, parked or held
 * @param parked those of them that have failed for long
 * @param held those of them that are not asked for until somebody has done something
 * @param fresh the share that is believed fresh, of those that have been read; 1 if none has
 * @param ageP50Seconds half of those that have been read were seen within this time
 * @param ageP90Seconds nine in ten were
 * @param ageP99Seconds and so on
 * @param ageMaxSeconds the oldest
 * @param starved resources that went unpolled for longer than the class allows
 * @param audited polls of resources drawn by lot
 * @param auditedFresh the share of them in which nothing had changed: an unbiased estimate; NaN without any
 * @param errorBudgetLeft what is left of the staleness that the objective allows, over about the last thirty days: 1
 *     untouched, 0 used up, negative beyond
 * @param changesPerSecond of all its resources together
 * @param recall of their webhooks
 * @param precision of their webhooks
 * @param webhooksSilent whether they seem to have broken down
 */
public record ClassFreshness(
        ResourceClass of,
        int resources,
        int newcomers,
        int failing,
        int parked,
        int held,
        double fresh,
        double ageP50Seconds,
        double ageP90Seconds,
        double ageP99Seconds,
        double ageMaxSeconds,
        int starved,
        long audited,
        double auditedFresh,
        double errorBudgetLeft,
        double changesPerSecond,
        double recall,
        double precision,
        boolean webhooksSilent) {}
