package dev.tournant.cluster.poll;

import dev.tournant.adapter.Lane;
import dev.tournant.cluster.merchant.ReadPlan.FirstRead;
import dev.tournant.cluster.merchant.ReadPlan.Importance;
import dev.tournant.cluster.merchant.ReadPlan.Trouble;
import dev.tournant.cluster.merchant.ReadPlan.Why;
import dev.tournant.cluster.poll.PollerMessage.Feed;
import dev.tournant.cluster.schedule.Forecast;
import dev.tournant.cluster.schedule.Phase;
import dev.tournant.cluster.schedule.PollSchedule;
import dev.tournant.cluster.schedule.PoolFreshness;
import dev.tournant.cluster.schedule.ScheduleSettings;
import dev.tournant.cluster.schedule.Supposition;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.PartnerName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which merchants of one pool are to read what, and when: gives the resources of a {@link PollSchedule} their names, and
 * hands out no more polls than the pool's share of calls pays for. Pure: no clock, no I/O; times are seconds since 1970.
 */
final class Timetable {
    /** One resource of one merchant. */
    record Name(MerchantId merchant, Feed feed) {}

    /** An order takes no longer to arrive than this. */
    private static final double ARRIVES_SECONDS = 5;

    private final String pool;
    private final Kinds kinds;
    private final Roster roster = new Roster();
    private final Announcements announced = new Announcements();
    private final UnderWay underWay;
    private final Calls calls;
    private final PollSchedule schedule;
    private final Withheld withheld;
    private final Weights weights;
    private final Enrolment enrolment;
    /** How far first readings are, by their merchants' word. */
    private final Map<Integer, FirstRead> firsts = new HashMap<>();

    /** @param subscribed which partners send webhooks */
    Timetable(String pool, PollSettings settings, Predicate<PartnerName> subscribed, double now) {
        this(
                pool,
                new Kinds(settings, subscribed),
                new PollSchedule(settings.schedule(settings.unlimitedCallsPerSecond(), pool.hashCode()), now),
                now);
    }

    private Timetable(String pool, Kinds kinds, PollSchedule schedule, double now) {
        PollSettings settings = kinds.settings();
        this.pool = pool;
        this.kinds = kinds;
        this.underWay = new UnderWay(
                PollSettings.seconds(settings.arriveWithin()), PollSettings.seconds(settings.readWithin()));
        this.calls = new Calls(settings, underWay, now);
        this.schedule = schedule;
        this.weights = new Weights(schedule);
        this.enrolment = new Enrolment(kinds, roster, schedule, this::left);
        this.withheld = new Withheld(PollSettings.seconds(settings.unauthorisedRetry()), roster, schedule);
    }

    /**
     * One as {@link #memory} left it, for what is set by now. Throws {@link IllegalArgumentException} if it cannot be read.
     */
    static Timetable of(
            byte[] memory, String pool, PollSettings settings, Predicate<PartnerName> subscribed, double now) {
        Kinds kinds = new Kinds(settings, subscribed);
        Memory read = Memory.read(memory);
        ScheduleSettings ofPool = settings.schedule(read.callsPerSecond(), pool.hashCode());
        PollSchedule learnt = PollSchedule.restore(read.schedule(), ofPool, kinds::today, now);
        Timetable timetable = new Timetable(pool, kinds, learnt, now);
        timetable.calls.earned(read.callsPerSecond(), now);
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
        return size() == 0;
    }

    /** How many resources there are. */
    int size() {
        return roster.size();
    }

    int underWay() {
        return underWay.size();
    }

    /** Those under way that are first reads. */
    int firstReads() {
        return calls.firstReads();
    }

    /** What the pool's limits allow. */
    void allowed(double limit, double now) {
        calls.allowed(limit, now);
        schedule.expects(calls.perSecond());
    }

    /** These are all that a merchant has here, whose local time minus UTC is {@code zone} seconds. */
    void has(MerchantId merchant, List<Feed> feeds, int zone, double now) {
        enrolment.has(merchant, feeds, zone, now);
    }

    private void left(int id, double now) {
        announced.forget(id);
        calls.end(id, 1, now);
        weights.forget(id);
        withheld.forget(id);
        firsts.remove(id);
    }

    /**
     * A merchant wants to read; returns how many webhooks that tells of which nobody had heard of.
     *
     * @param webhooks that its merchant has counted in all
     */
    int wanted(Name name, int zone, Why reason, long webhooks, double at, double now) {
        Integer known = roster.id(name);
        if (known != null && reason == Why.FIRST && !schedule.isNewcomer(known)) {
            // Nobody said before that it was never read: it has its turn among those, also if it was told to read
            // already.
            firsts.remove(known);
            schedule.unread(known, now);
            if (underWay.has(known)) {
                ended(known, now);
            }
        }
        int id = enrolment.entered(name, zone, reason == Why.FIRST, now);
        forgotten(id, now);
        announced.because(id, reason);
        int news = announced.news(id, reason, webhooks);
        for (int i = 0; i < news; i++) {
            schedule.signal(id, at, now);
        }
        // A node of an older version says SIGNAL for both, and no number.
        if (reason == Why.OURS || (reason == Why.SIGNAL && webhooks == 0)) {
            schedule.expect(id, now);
        } else if (reason == Why.ASKED && !underWay.has(id)) {
            schedule.refresh(id, now);
        }
        return news;
    }

    /** Whether the webhooks of partners seem to have broken down, by what is heard of them in other pools as well. */
    void webhooks(ToDoubleFunction<PartnerName> silentSeconds, double now) {
        for (PartnerName partner : roster.partners()) {
            schedule.webhooks(partner.value(), now - silentSeconds.applyAsDouble(partner), now);
        }
    }

    /** Whoever wants to read is not reading: where it was told to, it died before or since. */
    private void forgotten(int id, double now) {
        if (underWay.silent(id, now) > ARRIVES_SECONDS) {
            ended(id, now);
        }
    }

    private void ended(int id, double now) {
        calls.end(id, 1, now);
        schedule.failed(id, now, now);
        if (!withheld.has(id)) {
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
        firsts.remove(id);
        if (withheld.has(id)) {
            withheld.authorised(name, now);
        }
        schedule.release(id, now);
        schedule.polled(id, Math.min(asOf, now), changed, Math.max(1, took), now);
        weights.set(id, kinds.of(name.feed()).weight(), importance, now);
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
        if (trouble == Trouble.CROWDED && !withheld.has(id)) {
            // It says nothing of the resource.
            schedule.deferred(id, Math.max(retryAt, now), now);
            return;
        }
        schedule.failed(id, Math.max(retryAt, now), now);
        if (trouble == Trouble.UNAUTHORISED) {
            withheld.refused(name, now);
        }
    }

    /** There is no such thing to read. */
    void gone(MerchantId merchant, LinkId link, String resource, double now) {
        enrolment.gone(merchant, link, resource, now);
    }

    /**
     * It is being read still. Where nobody here has told it to, a poller before this one did, and it counts as what it is.
     *
     * @param first how far it is if that is for the first time; null else, or where its merchant does not tell
     */
    void reading(Name name, @Nullable FirstRead first, double now) {
        Integer known = roster.id(name);
        // Its local time the next round will tell.
        int id = known == null ? enrolment.entered(name, 0, first != null, now) : known;
        if (first != null) {
            schedule.unread(id, now);
            firsts.put(id, first);
        }
        if (!underWay.has(id)) {
            schedule.started(id, now);
        }
        calls.goesOn(id, schedule.isNewcomer(id), first, now);
    }

    /** How many resources of a merchant are read as soon as can be. */
    int refresh(MerchantId merchant, @Nullable LinkId link, double now) {
        int count = 0;
        for (Map.Entry<Integer, Name> each : roster.of(merchant).entrySet()) {
            if (link == null || each.getValue().feed().link().equals(link)) {
                announced.because(each.getKey(), Why.ASKED);
                withheld.release(each.getKey(), now);
                schedule.refresh(each.getKey(), now);
                count++;
            }
        }
        return count;
    }

    /** What is to be read now, as far as there are calls for it. */
    List<Order> orders(double now) {
        overdue(now);
        weights.due(now);
        withheld.due(now);
        List<Order> orders = new ArrayList<>();
        while (calls.isLeft(now)) {
            schedule.welcome(calls.isLeftForNewcomers());
            int id = schedule.next(now);
            if (id == PollSchedule.NONE) {
                return orders;
            }
            Name name = roster.name(id);
            if (name == null) {
                // Nobody's: it must not keep the others from their turns.
                schedule.remove(id);
                continue;
            }
            schedule.started(id, now);
            Duration pause = calls.begin(id, schedule.isNewcomer(id), now);
            orders.add(new Order(pool, name, lane(id), pause));
        }
        return orders;
    }

    /** What its partner announced or somebody waits for goes before what only might have changed. */
    private Lane lane(int id) {
        return announced.why(id) == null && !schedule.isWanted(id) ? Lane.RECONCILE : Lane.MENU;
    }

    private void overdue(double now) {
        underWay.overdue(now).forEach(id -> {
            calls.end(id, 1, now);
            schedule.failed(id, now, now);
        });
    }

    /** When {@link #orders} is due at the latest, if nothing is told before; infinite if never. */
    double nextAt(double now) {
        double next = Math.min(underWay.nextAt(), Math.min(weights.nextAt(), withheld.nextAt()));
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

    /** How a merchant's resources at some links stand. */
    Map<Name, Standing> standings(MerchantId merchant, Set<LinkId> links, double now) {
        Map<Name, Standing> standings = new LinkedHashMap<>();
        roster.of(merchant).forEach((id, name) -> {
            if (links.contains(name.feed().link())) {
                standings.put(name, new Standing(schedule.belief(id, now), firsts.get(id)));
            }
        });
        return standings;
    }
}
