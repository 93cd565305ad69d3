package dev.tournant.cluster.schedule;

import java.util.function.UnaryOperator;

/**
 * Decides which resource of a limit pool to poll next. Mutable and not thread-safe.
 *
 * <p>Times are seconds of any one clock that only goes forward, such as those since 1970 (hours of the day are taken from
 * it); where {@code now} goes back it counts as standing still. Resources are told apart by the number that {@link #add}
 * gave; {@link #remove} sets the number free to be given again, so nothing may be told of it after that. All methods but
 * {@link #belief} ignore a number that is not in use.
 *
 * <p>A poll: {@link #next} names a resource, {@link #started} says that it is being asked for, and one of {@link
 * #polled}, {@link #failed} and {@link #deferred} says how that ended. {@code next} names the resource again until it was
 * started. Several polls may be under way, of different resources.
 *
 * <p>How it is decided: each resource has a value of being polled now, which only grows until it is polled. The calendar
 * holds when each reaches the threshold ({@link Price}); those that did are ready, and the most valuable goes first. The
 * threshold follows the budget by itself. A signal moves one entry. Keys that the moving threshold or newer beliefs have
 * put in the wrong are mended one a poll, in turn, and when they come up. First reads, what failed and what nears its maximum age
 * are not chosen by value, and have their {@link Shares}.
 */
public final class PollSchedule {
    /** No resource. */
    public static final int NONE = -1;

    final Parts parts;
    private final Table table;
    private final Roll roll;
    private final Turns turns;
    private final Outcomes outcomes;

    private double clock;

    public PollSchedule(ScheduleSettings settings, double now) {
        this.parts = Parts.of(settings);
        this.table = parts.table();
        this.roll = new Roll(parts);
        this.turns = new Turns(parts);
        this.outcomes = new Outcomes(parts);
        this.clock = now;
    }

    /** A schedule as {@link #snapshot} left it; polls that were under way then are forgotten. */
    public static PollSchedule restore(byte[] snapshot, ScheduleSettings settings, double now) {
        return restore(snapshot, settings, of -> of, now);
    }

    /**
     * The same where what holds for a class may have been set otherwise since.
     *
     * @param today what each class is now
     */
    public static PollSchedule restore(
            byte[] snapshot, ScheduleSettings settings, UnaryOperator<ResourceClass> today, double now) {
        return Snapshot.read(snapshot, settings, today, now);
    }

    /** A resource of which nothing was read yet; it waits for its first read, in the newcomers' share. */
    public int add(Traits traits, double now) {
        clock(now);
        int id = roll.enter(traits, Table.NEVER);
        parts.agenda().queue(id);
        return id;
    }

    /** A resource that was read whole as of that time. */
    public int addSeen(Traits traits, double seenAt, double now) {
        clock(now);
        int id = roll.enter(traits, Math.min(seenAt, clock));
        parts.placing().key(id, clock);
        return id;
    }

    /** Room for so many, and those of them that were filled in. */
    void reserve(int ids) {
        roll.reserve(ids);
    }

    /** The table was filled in from a snapshot. */
    void resumed(int ids) {
        roll.resumed(ids, clock);
    }

    public void remove(int id) {
        roll.remove(id);
    }

    /** Nothing of it was read after all: it waits for its first read as one that is new, and so does what is learnt of it. */
    public void unread(int id, double now) {
        clock(now);
        roll.unread(id, clock);
    }

    /** How much its freshness counts from now on: by business hours, say. */
    public void weigh(int id, double weight, double now) {
        clock(now);
        roll.weigh(id, weight, clock);
    }

    /** Its local time minus UTC, from now on: where clocks were changed, or it has moved. */
    public void locate(int id, int zoneOffsetSeconds, double now) {
        clock(now);
        roll.locate(id, zoneOffsetSeconds, clock);
    }

    /**
     * A webhook says that something may have changed. One about a time at or before that as of which the resource was
     * last seen moves nothing; so does one with a version that the caller knows already, which is not to be passed on.
     *
     * @param eventAt when it changed, by the partner's word; {@code now} if unknown
     */
    public void signal(int id, double eventAt, double now) {
        clock(now);
        outcomes.signal(id, eventAt, clock);
    }

    /**
     * Whether all webhooks of a partner seem to have broken down, also where too few are heard here to tell. To be said now and then.
     *
     * @param silentSince since when; NaN if they have not, as far as is known
     */
    public void webhooks(String partner, double silentSince, double now) {
        clock(now);
        parts.sorts().told(partner, silentSince, clock);
    }

    /** A webhook carried all that the resource is, as of that time: as good as a poll. */
    public void covered(int id, double asOf, double now) {
        clock(now);
        outcomes.covered(id, asOf, clock);
    }

    /**
     * An operator asks for it: it is the next one, unless it is held. Where a poll of it is under way another one follows, if what that
     * one brings is older than the question, but for a first read, which may take hours.
     */
    public void refresh(int id, double now) {
        clock(now);
        outcomes.refresh(id, clock);
    }

    /** Whether an operator asked for it who has not seen it yet. */
    public boolean isWanted(int id) {
        return parts.wanted().has(id);
    }

    /**
     * It is to be read for a reason that says nothing of how often it changes: before whatever only may have changed, behind
     * first reads, what failed and what is too old in their shares. Nothing is learnt from that, and one that backs off goes on doing so.
     */
    public void expect(int id, double now) {
        clock(now);
        if (table.isLive(id)) {
            parts.placing().expected(id);
        }
    }

    /** Whether it was never read whole. */
    public boolean isNewcomer(int id) {
        return table.isLive(id) && !table.isRead(id);
    }

    /** So many calls a second are admitted, as far as is known; above 0. What was measured says more. */
    public void expects(double callsPerSecond) {
        parts.price().expects(Checks.above("callsPerSecond", callsPerSecond, 0));
    }

    /** Whether first reads may begin; until then newcomers wait, but for one that {@link #refresh} asked for. */
    public void welcome(boolean newcomers) {
        parts.agenda().newcomers.welcome(newcomers);
    }

    /** The resource to poll now, or {@link #NONE} until {@link #nextAt} or until something is told. */
    public int next(double now) {
        clock(now);
        return turns.next(clock);
    }

    /** When {@link #next} will have a resource at the latest if nothing is told before; infinite if never. */
    public double nextAt(double now) {
        clock(now);
        return turns.nextAt(clock);
    }

    /** It is being asked for. */
    public void started(int id, double now) {
        clock(now);
        turns.started(id, clock);
    }

    /**
     * It was read whole.
     *
     * @param asOf the time as of which the answer is true: when the call was sent, if the partner does not say
     * @param changed whether it differed from what was known
     * @param calls that it took
     */
    public void polled(int id, double asOf, boolean changed, double calls, double now) {
        clock(now);
        outcomes.polled(id, asOf, changed, calls, clock);
    }

    /**
     * It could not be read. Its staleness goes on counting.
     *
     * @param retryAt the time before which to ask again is pointless; {@code now} if the partner did not say
     */
    public void failed(int id, double retryAt, double now) {
        clock(now);
        outcomes.failed(id, retryAt, clock);
    }

    /** It was not asked for after all, and may be from that time on: nothing is wrong with it. */
    public void deferred(int id, double until, double now) {
        clock(now);
        outcomes.deferred(id, until, clock);
    }

    /** It is not asked for until it is released, or to be tried again. */
    public void hold(int id, double now) {
        clock(now);
        outcomes.hold(id);
    }

    /** Ends {@link #hold} in doubt: it is tried in the share of what failed. */
    public void tryAgain(int id, double now) {
        clock(now);
        outcomes.tryAgain(id, clock);
    }

    /** Ends {@link #hold}, backing off and parking. */
    public void release(int id, double now) {
        clock(now);
        outcomes.release(id, clock);
    }

    private void clock(double now) {
        clock = Math.max(clock, now);
    }

    public int size() {
        return table.live();
    }

    /** What is believed of a resource, which must be one. */
    public Belief belief(int id, double now) {
        clock(now);
        if (!table.isLive(id)) {
            throw new IllegalArgumentException("there is no resource " + id);
        }
        return parts.overview().belief(id, parts.agenda().due(id), clock);
    }

    /** How the pool stands: takes milliseconds, or tenths of a second with a million resources. */
    public PoolFreshness freshness(double now) {
        clock(now);
        return parts.overview().pool(parts.agenda(), parts.price(), parts.audit(), clock);
    }

    /** What the pool would come to, by what is believed of its resources. Takes tenths of a second. */
    public Forecast suppose(Supposition supposition, double now) {
        clock(now);
        return parts.overview().suppose(supposition, parts.settings());
    }

    /** All that was learnt, to be kept somewhere. */
    public byte[] snapshot(double now) {
        clock(now);
        return Snapshot.write(parts, clock);
    }

    /** Bytes of all that grows with the number of resources. */
    long bytes() {
        return parts.bytes();
    }
}
