package dev.tournant.cluster.poll;

import dev.tournant.adapter.Lane;
import dev.tournant.cluster.merchant.ReadPlan.Importance;
import dev.tournant.cluster.merchant.ReadPlan.Trouble;
import dev.tournant.cluster.merchant.ReadPlan.Why;
import dev.tournant.cluster.poll.PollerMessage.Feed;
import dev.tournant.cluster.schedule.Belief;
import dev.tournant.cluster.schedule.Forecast;
import dev.tournant.cluster.schedule.Phase;
import dev.tournant.cluster.schedule.PollSchedule;
import dev.tournant.cluster.schedule.PoolFreshness;
import dev.tournant.cluster.schedule.ResourceClass;
import dev.tournant.cluster.schedule.Supposition;
import dev.tournant.cluster.schedule.Traits;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which merchants of one pool are to read what, and when: gives the resources of a {@link PollSchedule} their names, and
 * hands out no more polls than the pool's share of calls pays for. Pure: no clock, no I/O; times are seconds since 1970.
 */
final class Timetable {
    /** One resource of one merchant. */
    record Name(MerchantId merchant, Feed feed) {}

    /**
     * Somebody is to read something now.
     *
     * @param by the pool
     * @param pause between two pages, so that a long first read leaves calls for others
     */
    record Order(String by, Name name, Lane lane, Duration pause) {}

    /** An order takes no longer to arrive than this. */
    private static final double ARRIVES_SECONDS = 5;

    private final String pool;
    private final PollSettings settings;
    private final Predicate<Feed> subscribed;
    private final Roster roster = new Roster();
    private final Announcements announced = new Announcements();
    private final UnderWay underWay;
    private final Calls calls;

    private final Reminders weights = new Reminders();
    private final Reminders releases = new Reminders();
    private PollSchedule schedule;

    /** @param subscribed whether a feed's partner sends webhooks */
    Timetable(String pool, PollSettings settings, Predicate<Feed> subscribed, double now) {
        this.pool = pool;
        this.settings = settings;
        this.subscribed = subscribed;
        this.underWay = new UnderWay(PollSettings.seconds(settings.readWithin()));
        this.calls = new Calls(settings, underWay, now);
        this.schedule = new PollSchedule(settings.schedule(calls.perSecond(), pool.hashCode()), now);
    }

    /** One as {@link #memory} left it. Throws {@link IllegalArgumentException} if it cannot be read. */
    static Timetable of(byte[] memory, String pool, PollSettings settings, Predicate<Feed> subscribed, double now) {
        Timetable timetable = new Timetable(pool, settings, subscribed, now);
        Memory read = Memory.read(memory);
        timetable.calls.earned(read.callsPerSecond(), now);
        timetable.schedule =
                PollSchedule.restore(read.schedule(), settings.schedule(read.callsPerSecond(), pool.hashCode()), now);
        read.names().forEach((id, known) -> {
            timetable.roster.enter(id, known.name());
            timetable.announced.remember(id, known.webhooks());
            if (timetable.schedule.belief(id, now).phase() == Phase.HELD) {
                // When it was to be tried again nobody remembers.
                timetable.schedule.release(id, now);
            }
        });
        return timetable;
    }

    /** All that was learnt. */
    byte[] memory(double now) {
        Map<Integer, Memory.Known> names = new LinkedHashMap<>();
        roster.all().forEach((id, name) -> names.put(id, new Memory.Known(name, announced.heard(id))));
        return Memory.write(new Memory(calls.perSecond(), names, schedule.snapshot(now)));
    }

    boolean isEmpty() {
        return roster.size() == 0;
    }

    int underWay() {
        return underWay.size();
    }

    /** What the pool's limits allow. */
    void allowed(double limit, double now) {
        calls.allowed(limit, now);
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
    private int entered(Name name, int zone, boolean isUnread, double now) {
        Integer known = roster.id(name);
        if (known != null) {
            schedule.locate(known, zone, now);
            return known;
        }
        Traits traits = traits(name, zone);
        double longAgo = now - PollSettings.seconds(kind(name).maxAge());
        int id = isUnread ? schedule.add(traits, now) : schedule.addSeen(traits, longAgo, now);
        roster.enter(id, name);
        return id;
    }

    private PollSettings.OfKind kind(Name name) {
        return settings.of(name.feed().partner().value(), name.feed().resource());
    }

    private Traits traits(Name name, int zone) {
        Feed feed = name.feed();
        PollSettings.OfKind kind = kind(name);
        ResourceClass of = new ResourceClass(
                feed.partner().value(),
                feed.resource(),
                subscribed.test(feed),
                PollSettings.seconds(kind.minInterval()),
                PollSettings.seconds(kind.maxAge()),
                kind.objective());
        return new Traits(of, kind.weight(), 1, 1, zone);
    }

    private void remove(int id, double now) {
        if (roster.remove(id)) {
            announced.forget(id);
            calls.end(id, 1, now);
            weights.forget(id);
            releases.forget(id);
            schedule.remove(id);
        }
    }

    /** @param webhooks that its merchant has counted in all */
    void wanted(Name name, int zone, Why reason, long webhooks, double at, double now) {
        Integer known = roster.id(name);
        if (known != null && reason == Why.FIRST && !schedule.isNewcomer(known) && !underWay.has(known)) {
            // Nobody said before that it was never read: it has its turn among those.
            remove(known, now);
        }
        int id = entered(name, zone, reason == Why.FIRST, now);
        forgotten(id, now);
        announced.because(id, reason);
        for (int news = announced.news(id, reason, webhooks); news > 0; news--) {
            schedule.signal(id, at, now);
        }
        // A node of an older version says SIGNAL for both, and no number.
        if (reason == Why.OURS || (reason == Why.SIGNAL && webhooks == 0)) {
            schedule.expect(id, now);
        } else if (reason == Why.ASKED) {
            schedule.refresh(id, now);
        }
    }

    /** Whoever wants to read is not reading: where it was told to, it died before or since. */
    private void forgotten(int id, double now) {
        if (underWay.silent(id, now) > ARRIVES_SECONDS) {
            calls.end(id, 1, now);
            schedule.failed(id, now, now);
            schedule.release(id, now);
        }
    }

    void read(Name name, double asOf, boolean changed, int took, Importance importance, double now) {
        Integer id = roster.id(name);
        if (id == null) {
            return;
        }
        calls.end(id, took, now);
        announced.read(id);
        if (releases.has(id)) {
            // Somebody has authorised us.
            ofLink(name).forEach(each -> released(each, now));
        }
        schedule.release(id, now);
        schedule.polled(id, Math.min(asOf, now), changed, Math.max(1, took), now);
        double usual = kind(name).weight();
        schedule.weigh(id, usual * importance.weight(), now);
        if (importance.until() != null) {
            weights.remind(id, importance.until().toEpochMilli() / 1e3, usual * importance.then());
        }
    }

    /** A webhook carried all of it. */
    void covered(Name name, double asOf, double now) {
        Integer id = roster.id(name);
        if (id != null) {
            schedule.covered(id, Math.min(asOf, now), now);
        }
    }

    void broke(Name name, Trouble trouble, double retryAt, double now) {
        Integer id = roster.id(name);
        if (id == null) {
            return;
        }
        calls.end(id, 1, now);
        if (trouble == Trouble.CROWDED && !releases.has(id)) {
            // It says nothing of the resource.
            schedule.release(id, now);
        }
        schedule.failed(id, Math.max(retryAt, now), now);
        if (trouble == Trouble.UNAUTHORISED) {
            // Asking again is pointless until somebody has authorised us, and nobody tells us that.
            double again = now + PollSettings.seconds(settings.unauthorisedRetry());
            ofLink(name).forEach(each -> {
                schedule.hold(each, now);
                releases.remind(each, again, 0);
            });
        }
    }

    /** All that is read with the same authorisation as this: that of its link. */
    private List<Integer> ofLink(Name name) {
        List<Integer> ids = new ArrayList<>();
        roster.of(name.merchant()).forEach((id, each) -> {
            if (each.feed().link().equals(name.feed().link())) {
                ids.add(id);
            }
        });
        return ids;
    }

    private void released(int id, double now) {
        releases.forget(id);
        schedule.release(id, now);
    }

    /** There is no such thing to read. */
    void gone(MerchantId merchant, LinkId link, String resource, double now) {
        roster.of(merchant).forEach((id, name) -> {
            if (name.feed().link().equals(link) && name.feed().resource().equals(resource)) {
                remove(id, now);
            }
        });
    }

    /** It is being read still. */
    void reading(Name name, double now) {
        Integer id = roster.id(name);
        if (id != null) {
            underWay.goesOn(id, now);
        }
    }

    /** How many resources of a merchant are read as soon as can be. */
    int refresh(MerchantId merchant, @Nullable LinkId link, double now) {
        int count = 0;
        for (Map.Entry<Integer, Name> each : roster.of(merchant).entrySet()) {
            if (link == null || each.getValue().feed().link().equals(link)) {
                announced.because(each.getKey(), Why.ASKED);
                released(each.getKey(), now);
                schedule.refresh(each.getKey(), now);
                count++;
            }
        }
        return count;
    }

    /** What is to be read now, as far as there are calls for it. */
    List<Order> orders(double now) {
        overdue(now);
        weights.due(now, (id, weight) -> schedule.weigh(id, weight, now));
        releases.due(now, (id, nothing) -> schedule.release(id, now));
        List<Order> orders = new ArrayList<>();
        while (calls.isLeft(now)) {
            schedule.welcome(calls.isLeftForNewcomers());
            int id = schedule.next(now);
            Name name = roster.name(id);
            if (name == null) {
                return orders;
            }
            schedule.started(id, now);
            Duration pause = calls.begin(id, schedule.isNewcomer(id), now);
            orders.add(new Order(pool, name, lane(announced.why(id)), pause));
        }
        return orders;
    }

    /** What its partner announced or somebody waits for goes before what only might have changed. */
    private static Lane lane(@Nullable Why reason) {
        return reason == null ? Lane.RECONCILE : Lane.MENU;
    }

    private void overdue(double now) {
        underWay.overdue(now).forEach(id -> {
            calls.end(id, 1, now);
            schedule.failed(id, now, now);
        });
    }

    /** When {@link #orders} is due at the latest, if nothing is told before; infinite if never. */
    double nextAt(double now) {
        double next = Math.min(underWay.nextAt(), Math.min(weights.nextAt(), releases.nextAt()));
        schedule.welcome(calls.isLeftForNewcomers());
        return Math.min(next, Math.max(calls.nextAt(now), schedule.nextAt(now)));
    }

    double callsPerSecond() {
        return calls.perSecond();
    }

    PoolFreshness freshness(double now) {
        return schedule.freshness(now);
    }

    Forecast suppose(Supposition supposition, double now) {
        return schedule.suppose(supposition, now);
    }

    /** What is believed of a merchant's resources at some links. */
    Map<Name, Belief> beliefs(MerchantId merchant, Set<LinkId> links, double now) {
        Map<Name, Belief> beliefs = new LinkedHashMap<>();
        roster.of(merchant).forEach((id, name) -> {
            if (links.contains(name.feed().link())) {
                beliefs.put(name, schedule.belief(id, now));
            }
        });
        return beliefs;
    }
}
