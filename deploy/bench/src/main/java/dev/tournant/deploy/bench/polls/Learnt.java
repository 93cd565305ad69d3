package dev.tournant.deploy.bench.polls;

import dev.tournant.cluster.schedule.PollSchedule;
import dev.tournant.cluster.schedule.ResourceClass;
import dev.tournant.cluster.schedule.ScheduleSettings;
import dev.tournant.cluster.schedule.Shares;
import dev.tournant.cluster.schedule.Traits;
import java.util.function.IntUnaryOperator;

/** Tournant's schedule, which is told nothing but how many calls there are. */
final class Learnt implements Policy {
    private static final double NEVER = Double.POSITIVE_INFINITY;

    /** As shipped, but for that of first reads, which are none. */
    static final Shares SHARES = new Shares(0.2, 0.05, 4, 0.75);

    final PollSchedule schedule;
    private final int first;

    Learnt(int size, ScheduleSettings settings, double maxAgeSeconds, boolean deaf) {
        this(size, settings, maxAgeSeconds, deaf, id -> 0);
    }

    /** @param zone the local time of a resource minus UTC, in seconds */
    Learnt(int size, ScheduleSettings settings, double maxAgeSeconds, boolean deaf, IntUnaryOperator zone) {
        this.schedule = new PollSchedule(settings, 0);
        this.deaf = deaf;
        ResourceClass one = new ResourceClass("partner", "menu", !deaf, 0, maxAgeSeconds, 0.9);
        this.first = schedule.addSeen(new Traits(one, 1, 1, 1, zone.applyAsInt(0)), 0, 0);
        for (int i = 1; i < size; i++) {
            schedule.addSeen(new Traits(one, 1, 1, 1, zone.applyAsInt(i)), 0, 0);
        }
    }

    private final boolean deaf;

    static ScheduleSettings settings(double lagWeight, double callsPerSecond, double halfLifeSeconds) {
        return new ScheduleSettings(
                lagWeight, callsPerSecond, 100, SHARES, halfLifeSeconds, 60, 3600, 86_400, NEVER, 1);
    }

    @Override
    public void signal(int id, double eventAt, double now) {
        if (!deaf) {
            schedule.signal(first + id, eventAt, now);
        }
    }

    @Override
    public int next(double now) {
        int id = schedule.next(now);
        return id == PollSchedule.NONE ? IDLE : id - first;
    }

    @Override
    public void polled(int id, boolean changed, double now) {
        schedule.started(first + id, now);
        schedule.polled(first + id, now, changed, 1, now);
    }
}
