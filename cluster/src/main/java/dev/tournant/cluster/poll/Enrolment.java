package dev.tournant.cluster.poll;

import dev.tournant.cluster.poll.PollerMessage.Feed;
import dev.tournant.cluster.poll.Timetable.Name;
import dev.tournant.cluster.schedule.PollSchedule;
import dev.tournant.cluster.schedule.Traits;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Who has what to read in a pool, as merchants and rounds say: gives each a number in the schedule, and takes it back. */
final class Enrolment {
    /** What else is kept by numbers. */
    interface Leaving {
        void left(int id, double now);
    }

    private final Kinds kinds;
    private final Roster roster;
    private final PollSchedule schedule;
    private final Leaving leaving;

    Enrolment(Kinds kinds, Roster roster, PollSchedule schedule, Leaving leaving) {
        this.kinds = kinds;
        this.roster = roster;
        this.schedule = schedule;
        this.leaving = leaving;
    }

    /** These are all that a merchant has here, whose local time minus UTC is {@code zone} seconds. */
    void has(MerchantId merchant, List<Feed> feeds, int zone, double now) {
        Set<Name> wanted = new HashSet<>();
        feeds.forEach(feed -> wanted.add(new Name(merchant, feed)));
        roster.of(merchant).forEach((id, name) -> {
            if (!wanted.contains(name)) {
                remove(id, now);
            }
        });
        wanted.forEach(name -> entered(name, zone, false, now));
    }

    /** Its number. What is new here may have been read long ago, and is believed to be as old as can be, unless it was not. */
    int entered(Name name, int zone, boolean isUnread, double now) {
        Integer known = roster.id(name);
        if (known != null) {
            schedule.locate(known, zone, now);
            return known;
        }
        Traits traits = kinds.traits(name.feed(), zone);
        double longAgo = now - PollSettings.seconds(kinds.of(name.feed()).maxAge());
        int id = isUnread ? schedule.add(traits, now) : schedule.addSeen(traits, longAgo, now);
        roster.enter(id, name);
        return id;
    }

    /** There is no such thing to read. */
    void gone(MerchantId merchant, LinkId link, String resource, double now) {
        roster.of(merchant).forEach((id, name) -> {
            if (name.feed().link().equals(link) && name.feed().resource().equals(resource)) {
                remove(id, now);
            }
        });
    }

    private void remove(int id, double now) {
        if (roster.remove(id)) {
            leaving.left(id, now);
            schedule.remove(id);
        }
    }
}
