package dev.tournant.cluster.poll;

import dev.tournant.cluster.merchant.ReadPlan.Importance;
import dev.tournant.cluster.schedule.PollSchedule;

/** How much resources count, by business hours: now, and from a later time on. */
final class Weights {
    private final PollSchedule schedule;
    private final Reminders changes = new Reminders();

    Weights(PollSchedule schedule) {
        this.schedule = schedule;
    }

    /** @param usual what is set for its kind */
    void set(int id, double usual, Importance importance, double now) {
        schedule.weigh(id, usual * importance.weight(), now);
        if (importance.until() != null) {
            changes.remind(id, importance.until().toEpochMilli() / 1e3, usual * importance.then());
        }
    }

    void due(double now) {
        changes.due(now, (id, weight) -> schedule.weigh(id, weight, now));
    }

    void forget(int id) {
        changes.forget(id);
    }

    double nextAt() {
        return changes.nextAt();
    }
}
