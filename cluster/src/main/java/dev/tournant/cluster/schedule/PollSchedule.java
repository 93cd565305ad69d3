package dev.tournant.cluster.schedule;

/**
 * Decides which resource of a limit pool to poll next. Mutable and not thread-safe.
 *
 * <p>Times are seconds of any one clock that only goes forward, such as those since 1970 (hours of the day are taken from
 * it); where {@code now} goes back it counts as standing still. Resources are told apart by the number that {@link #add}
 * gave; {@link #remove} sets the number free to be given again, so nothing may be told of it after that. All methods but
 * {@link #belief} ignore a number that is not in use.
 *
 * <p>A poll: {@link #next} names a resource, {@link #started} says that it is being asked for, and one of {@link
 * #polled}, {@link #failed} and {@link #paged} says how that ended. {@code next} names the resource again until it was
 * started. Several polls may be under way, of different resources.
 *
 * <p>How it is decided: each resource has a value of being polled now, which only grows until it is polled. The calendar
 * holds when each reaches the threshold ({@link Price}); those that did are ready, and the most valuable goes first. The
 * threshold follows the budget by itself. A signal moves one entry. Keys that the moving threshold or newer beliefs have
 * put in the wrong are mended one a poll, in turn, and when they come up.
 */
public final class PollSchedule {
    /** No resource. */
    public static final int NONE = -1;

    final ScheduleSettings settings;
    final Table table = new Table();
    final Beliefs beliefs;
    final Sorts sorts = new Sorts();
    final Price price;
    final Audit audit;
    final Agenda agenda;
    private final Learning learning;
    private final Failures failures;
    private final Placing placing;
    private final Overview overview;

    private double clock;

    public PollSchedule(ScheduleSettings settings, double now) {
        this.settings = settings;
        this.clock = now;
        this.beliefs = new Beliefs(settings.forgetHalfLifeSeconds());
        this.price = new Price(settings.callsPerSecond(), settings.worthSeconds());
        this.audit = new Audit(settings.auditEvery(), settings.seed());
        this.agenda = new Agenda(table, settings.newcomerShare());
        Valuation valuation = new Valuation(table, beliefs, settings.lagWeight());
        this.overview = new Overview(table, beliefs, valuation, sorts);
        this.learning = new Learning(table, beliefs, audit);
        this.failures = new Failures(settings, table);
        this.placing = new Placing(table, beliefs, sorts, price, agenda, learning, valuation);
    }

    /** A schedule as {@link #snapshot} left it; polls that were under way then are forgotten. */
    public static PollSchedule restore(byte[] snapshot, ScheduleSettings settings, double now) {
        return Snapshot.read(snapshot, settings, now);
    }

    /** A resource of which nothing was read yet; it waits for its first read, in the newcomers' share. */
    public int add(Traits traits, double now) {
        clock(now);
        int id = enter(traits, Table.NEVER);
        agenda.queue(id);
        return id;
    }

    /** A resource that was read whole as of that time. */
    public int addSeen(Traits traits, double seenAt, double now) {
        clock(now);
        int id = enter(traits, Math.min(seenAt, clock));
        placing.key(id, clock);
        return id;
    }

    private int enter(Traits traits, double seenAt) {
        if (table.isFull()) {
            reserve(table.room() + (table.room() >> 3) + 16);
        }
        int number = sorts.number(traits.of());
        Sort sort = sorts.get(number);
        int id = table.take();
        table.enter(id, traits, number, seenAt);
        sorts.count(sort, 1);
        sort.pool.guess(price.callsPerSecond / table.live());
        beliefs.born(id, sort.pool);
        return id;
    }

    /** The table was filled in from a snapshot. */
    void resumed(int ids) {
        table.filled(ids);
        for (int id = 0; id < ids; id++) {
            if (table.isLive(id)) {
                beliefs.resumed(id, sort(id).pool);
                sorts.count(sort(id), 1);
            }
        }
        for (int id = 0; id < ids; id++) {
            if (table.isLive(id)) {
                beliefs.weigh(id, sort(id).pool, 0);
                settle(id);
            }
        }
    }

    void reserve(int ids) {
        table.reserve(ids);
        beliefs.reserve(ids);
        agenda.reserve(ids);
    }

    public void remove(int id) {
        if (!table.isLive(id)) {
            return;
        }
        Sort sort = sort(id);
        agenda.take(id);
        agenda.newcomers.done(id);
        audit.forget(id);
        beliefs.gone(id, sort.pool);
        sorts.count(sort, -1);
        table.give(id);
    }

    /** How much its freshness counts from now on: by business hours, say. */
    public void weigh(int id, double weight, double now) {
        clock(now);
        if (table.isLive(id)) {
            table.weight[id] = (float) Checks.above("weight", weight, 0);
            placing.rekey(id, clock);
        }
    }

    /** Its local time minus UTC, from now on: where clocks were changed, or it has moved. */
    public void locate(int id, int zoneOffsetSeconds, double now) {
        clock(now);
        if (table.isLive(id) && table.locate(id, zoneOffsetSeconds)) {
            placing.rekey(id, clock);
        }
    }

    /**
     * A webhook says that something may have changed. One about a time at or before that as of which the resource was
     * last seen moves nothing; so does one with a version that the caller knows already, which is not to be passed on.
     *
     * @param eventAt when it changed, by the partner's word; {@code now} if unknown
     */
    public void signal(int id, double eventAt, double now) {
        clock(now);
        if (!table.isLive(id)) {
            return;
        }
        learning.signalled(id, sort(id), eventAt, clock);
        if (!table.isRead(id) || eventAt <= table.seenAt[id]) {
            return;
        }
        if (table.place[id] == Table.UNDER_WAY && eventAt > table.at[id]) {
            table.signalsAfter[id]++;
            return;
        }
        table.signals[id]++;
        placing.signalled(id, clock);
    }

    /** A webhook carried all that the resource is, as of that time: as good as a poll. */
    public void covered(int id, double asOf, double now) {
        clock(now);
        if (!table.isLive(id) || asOf <= table.seenAt[id]) {
            return;
        }
        Sort sort = sort(id);
        sort.guard.heard(clock);
        learning.covered(id, asOf, sort);
        agenda.newcomers.done(id);
        if (table.place[id] != Table.UNDER_WAY && table.phase(id) != Phase.HELD) {
            failures.none(id);
            settle(id);
        }
    }

    /** An operator asks for it: it is the next one, unless it is held or under way. */
    public void refresh(int id, double now) {
        clock(now);
        if (table.isLive(id) && table.phase(id) != Phase.HELD && table.place[id] != Table.UNDER_WAY) {
            agenda.ready(id, Placing.WANTED);
        }
    }

    /**
     * It is to be read for a reason that says nothing of how often it changes: before whatever only may have changed, behind
     * first reads in their share and what is too old. Nothing is learnt from that, and one that backs off goes on doing so.
     */
    public void expect(int id, double now) {
        clock(now);
        if (table.isLive(id)) {
            placing.expected(id);
        }
    }

    /** Whether it was never read whole. */
    public boolean isNewcomer(int id) {
        return table.isLive(id) && !table.isRead(id);
    }

    /** Whether first reads may begin; until then newcomers wait, but for one that {@link #refresh} asked for. */
    public void welcome(boolean newcomers) {
        agenda.newcomers.welcome(newcomers);
    }

    /** The resource to poll now, or {@link #NONE} until {@link #nextAt} or until something is told. */
    public int next(double now) {
        clock(now);
        placing.wake(clock);
        if (agenda.ready.firstKey() <= -Placing.WANTED) {
            return agenda.ready.first();
        }
        if (agenda.newcomers.mayGo()) {
            return agenda.newcomers.first();
        }
        if (agenda.ready.firstKey() <= -Placing.AGED) {
            return agenda.ready.first();
        }
        int drawn = audit.isDue() ? audit.draw(table.top(), id -> placing.canBePolled(id, clock)) : NONE;
        if (drawn != NONE) {
            return drawn;
        }
        if (!agenda.ready.isEmpty()) {
            return agenda.ready.first();
        }
        if (agenda.newcomers.areWelcome()) {
            return agenda.newcomers.first();
        }
        // Nothing is worth its price: the one that will be first, as calls that are not made are lost.
        int early = placing.early(clock);
        if (early == NONE) {
            price.idle();
        }
        return early;
    }

    /** When {@link #next} will have a resource at the latest if nothing is told before; infinite if never. */
    public double nextAt(double now) {
        return next(now) == NONE ? Math.min(agenda.later.firstKey(), placing.earlyAt()) : clock;
    }

    /** It is being asked for. */
    public void started(int id, double now) {
        clock(now);
        if (!table.isLive(id) || table.place[id] == Table.UNDER_WAY) {
            return;
        }
        boolean isNewcomer = !table.isRead(id);
        agenda.take(id);
        table.place[id] = Table.UNDER_WAY;
        table.at[id] = clock;
        agenda.newcomers.polled(isNewcomer);
        audit.started(id);
        price.made(table.callsUnchanged[id], table.live(), clock);
        price.polled(agenda.ready.size(), table.live());
        placing.mend(clock);
        sorts.watch(clock);
    }

    /** One page of a newcomer's first read is done; the rest comes in its turn. Ends what {@link #started} began. */
    public void paged(int id, int pagesRead, int pagesWanted, double now) {
        clock(now);
        if (table.isLive(id) && table.place[id] == Table.UNDER_WAY) {
            agenda.newcomers.paged(id, pagesRead, pagesWanted);
            agenda.queue(id);
        }
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
        if (!table.isLive(id)) {
            return;
        }
        learning.polled(id, Math.min(asOf, clock), changed, calls, sort(id));
        agenda.newcomers.done(id);
        agenda.take(id);
        if (table.phase(id) != Phase.HELD) {
            failures.none(id);
        }
        settle(id);
    }

    /** No poll of it is under way: it goes where it belongs, unless it is held. */
    private void settle(int id) {
        if (table.phase(id) != Phase.HELD) {
            placing.seat(id, clock);
        }
    }

    /**
     * It could not be read. Its staleness goes on counting.
     *
     * @param retryAt the time before which to ask again is pointless; {@code now} if the partner did not say
     */
    public void failed(int id, double retryAt, double now) {
        clock(now);
        if (!table.isLive(id)) {
            return;
        }
        audit.forget(id);
        table.signals[id] += table.signalsAfter[id];
        table.signalsAfter[id] = 0;
        agenda.take(id);
        if (table.phase(id) != Phase.HELD) {
            agenda.later(id, failures.one(id, retryAt, clock));
        }
    }

    /** It is not asked for until it is released. */
    public void hold(int id, double now) {
        clock(now);
        if (table.isLive(id)) {
            audit.forget(id);
            table.phase[id] = Phase.HELD.number();
            if (table.place[id] != Table.UNDER_WAY) {
                agenda.take(id);
            }
        }
    }

    /** Ends {@link #hold}, backing off and parking. */
    public void release(int id, double now) {
        clock(now);
        Phase phase = table.isLive(id) ? table.phase(id) : Phase.WATCHED;
        if (phase == Phase.WATCHED || phase == Phase.NEWCOMER) {
            return;
        }
        double began = table.at[id];
        failures.none(id);
        if (table.place[id] == Table.UNDER_WAY) {
            table.at[id] = began;
        } else {
            settle(id);
        }
    }

    private Sort sort(int id) {
        return sorts.get(table.sort[id]);
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
        return overview.belief(id, agenda.due(id), clock);
    }

    /** How the pool stands: takes milliseconds, or tenths of a second with a million resources. */
    public PoolFreshness freshness(double now) {
        clock(now);
        return overview.pool(agenda, price, audit, clock);
    }

    /** What the pool would come to, by what is believed of its resources. Takes tenths of a second. */
    public Forecast suppose(Supposition supposition, double now) {
        clock(now);
        return overview.suppose(supposition, settings.lagWeight());
    }

    /** All that was learnt, to be kept somewhere. */
    public byte[] snapshot(double now) {
        clock(now);
        return Snapshot.write(this, clock);
    }

    /** Bytes of all that grows with the number of resources. */
    long bytes() {
        return table.bytes() + beliefs.bytes() + agenda.bytes();
    }
}
