package dev.tournant.cluster.poll;

import dev.tournant.cluster.poll.Timetable.Name;
import dev.tournant.cluster.schedule.PollSchedule;
import java.util.ArrayList;
import java.util.List;

/**
 * What is left alone for want of an authorisation, by the numbers of its resources: all of a link, as its resources share that. They
 * are tried again together after a while; the first that is read releases the others.
 */
final class Withheld {
    private final double retrySeconds;
    private final Roster roster;
    private final PollSchedule schedule;
    private final Reminders releases = new Reminders();

    Withheld(double retrySeconds, Roster roster, PollSchedule schedule) {
        this.retrySeconds = retrySeconds;
        this.roster = roster;
        this.schedule = schedule;
    }

    boolean has(int id) {
        return releases.has(id);
    }

    /** Asking again is pointless until somebody has authorised us, and nobody tells us that. */
    void refused(Name name, double now) {
        ofLink(name).forEach(each -> {
            schedule.hold(each, now);
            releases.remind(each, now + retrySeconds, 0);
        });
    }

    /** Somebody has authorised us. */
    void authorised(Name name, double now) {
        ofLink(name).forEach(each -> release(each, now));
    }

    private List<Integer> ofLink(Name name) {
        List<Integer> ids = new ArrayList<>();
        roster.of(name.merchant()).forEach((id, each) -> {
            if (each.feed().link().equals(name.feed().link())) {
                ids.add(id);
            }
        });
        return ids;
    }

    /** It may be asked for, though it failed. */
    void release(int id, double now) {
        releases.forget(id);
        schedule.release(id, now);
    }

    void forget(int id) {
        releases.forget(id);
    }

    /** Those whose time is over may be tried, though most of them will be refused again. */
    void due(double now) {
        releases.due(now, (id, nothing) -> schedule.tryAgain(id, now));
    }

    double nextAt() {
        return releases.nextAt();
    }
}
