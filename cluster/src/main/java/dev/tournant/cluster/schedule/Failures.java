package dev.tournant.cluster.schedule;

/** Backing off and parking, a resource on its own. */
final class Failures {
    private final ScheduleSettings settings;
    private final Table table;

    Failures(ScheduleSettings settings, Table table) {
        this.settings = settings;
        this.table = table;
    }

    /** It failed; returns when to ask again. */
    double one(int id, double retryAt, double now) {
        if (table.failures(id) == 0) {
            table.failingSince(id, now);
        }
        table.failures(id, (byte) Math.min(Byte.MAX_VALUE, table.failures(id) + 1));
        boolean isParked = now - table.failingSince(id) >= settings.parkAfterSeconds();
        table.phase(id, isParked ? Phase.PARKED : Phase.BACKING_OFF);
        double wait = isParked
                ? settings.parkedRetrySeconds()
                : Math.min(
                        settings.retryMostSeconds(), Math.scalb(settings.retryFirstSeconds(), table.failures(id) - 1));
        table.at(id, Math.max(retryAt, now + wait));
        return table.at(id);
    }

    /** Nobody knows whether it still fails. */
    void doubted(int id, double now) {
        if (table.failures(id) == 0) {
            table.failures(id, (byte) 1);
            table.failingSince(id, now);
        }
        table.phase(id, Phase.BACKING_OFF);
    }

    /** All is well with it. */
    void none(int id) {
        table.failures(id, (byte) 0);
        table.at(id, Double.NEGATIVE_INFINITY);
        table.phase(id, Phase.WATCHED);
    }
}
