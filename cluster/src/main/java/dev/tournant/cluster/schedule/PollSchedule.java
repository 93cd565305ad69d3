package dev.tournant.cluster.schedule;

/**
 * Decides which resource of a limit pool to poll next. Mutable and not thread-safe.
 *
 * <p>Times are seconds of any one clock that only goes forward, such as those since 1970; where {@code now} goes back it
 * counts as standing still. Resources are told apart by the number that {@link #add} gave, which is given again after
 * {@link #remove}.
 *
 * <p>A poll: {@link #next} names a resource, {@link #started} says that it is being asked for, and one of {@link
 * #polled}, {@link #failed} and {@link #paged} says how that ended. {@code next} names the resource again until it was
 * started. Several polls may be under way, of different resources.
 */
public final class PollSchedule {
    /** No resource. */
    public static final int NONE = -1;

    public PollSchedule(ScheduleSettings settings, double now) {
        throw new UnsupportedOperationException();
    }

    /** A schedule as {@link #snapshot} left it; polls that were under way then are forgotten. */
    public static PollSchedule restore(byte[] snapshot, ScheduleSettings settings, double now) {
        throw new UnsupportedOperationException();
    }

    /** A resource of which nothing was read yet; it waits for its first read, in the newcomers' share. */
    public int add(Traits traits, double now) {
        throw new UnsupportedOperationException();
    }

    /** A resource that was read whole as of that time. */
    public int addSeen(Traits traits, double seenAt, double now) {
        throw new UnsupportedOperationException();
    }

    public void remove(int id) {}

    /** How much its freshness counts from now on: by business hours, say. */
    public void weigh(int id, double weight, double now) {}

    /**
     * A webhook says that something may have changed. One about a time at or before that as of which the resource was
     * last seen moves nothing; so does one with a version that the caller knows already, which is not to be passed on.
     *
     * @param eventAt when it changed, by the partner's word; {@code now} if unknown
     */
    public void signal(int id, double eventAt, double now) {}

    /** A webhook carried all that the resource is, as of that time: as good as a poll. */
    public void covered(int id, double asOf, double now) {}

    /** An operator asks for it: it is the next one. */
    public void refresh(int id, double now) {}

    /** The resource to poll now, or {@link #NONE} until {@link #nextAt} or until something is told. */
    public int next(double now) {
        throw new UnsupportedOperationException();
    }

    /** When {@link #next} will have a resource at the latest if nothing is told before; infinite if never. */
    public double nextAt(double now) {
        throw new UnsupportedOperationException();
    }

    /** It is being asked for. */
    public void started(int id, double now) {}

    /** One page of a newcomer's first read is done; the rest comes in its turn. Ends what {@link #started} began. */
    public void paged(int id, int pagesRead, int pagesWanted, double now) {}

    /**
     * It was read whole.
     *
     * @param asOf the time as of which the answer is true: when the call was sent, if the partner does not say
     * @param changed whether it differed from what was known
     * @param calls that it took
     */
    public void polled(int id, double asOf, boolean changed, double calls, double now) {}

    /**
     * It could not be read. Its staleness goes on counting.
     *
     * @param retryAt the time before which to ask again is pointless; {@code now} if the partner did not say
     */
    public void failed(int id, double retryAt, double now) {}

    /** It is not asked for until it is released. */
    public void hold(int id, double now) {}

    /** Ends {@link #hold} and parking. */
    public void release(int id, double now) {}

    public int size() {
        throw new UnsupportedOperationException();
    }

    public Belief belief(int id, double now) {
        throw new UnsupportedOperationException();
    }

    /** How the pool stands: takes milliseconds, or tenths of a second with a million resources. */
    public PoolFreshness freshness(double now) {
        throw new UnsupportedOperationException();
    }

    /** What the pool would come to. Takes tens of milliseconds. */
    public Forecast suppose(Supposition supposition, double now) {
        throw new UnsupportedOperationException();
    }

    /** All that was learnt, to be kept somewhere. */
    public byte[] snapshot(double now) {
        throw new UnsupportedOperationException();
    }
}
