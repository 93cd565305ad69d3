package dev.tournant.deploy.bench.polls;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Runs a policy through a world, exactly, event by event, and measures window by window. */
final class Simulation {
    /** What came of a window: the share of fresh resources over time, and the mean lag of a change in seconds. */
    record Window(double from, double to, double fresh, double lagSeconds, double oldestSeconds, int polls) {}

    private final World world;
    private final double[] since;
    private final double[] polledAt;
    private final int[] unseen;
    private double fresh;
    private double lag;
    private double oldest;
    private int changes;
    private int polls;
    private int event;

    private Simulation(World world) {
        this.world = world;
        this.since = new double[world.size];
        this.polledAt = new double[world.size];
        this.unseen = new int[world.size];
    }

    /**
     * @param slotsPerSecond polls a second, at a time
     * @param ends of the windows, ascending
     */
    static Window[] run(World world, Policy policy, DoubleUnaryOperator slotsPerSecond, double... ends) {
        return new Simulation(world).run(policy, slotsPerSecond, ends);
    }

    private Window[] run(Policy policy, DoubleUnaryOperator slotsPerSecond, double[] ends) {
        Window[] windows = new Window[ends.length];
        double from = 0;
        double slot = 1 / slotsPerSecond.applyAsDouble(0);
        for (int w = 0; w < ends.length; w++) {
            begin();
            while (slot < ends[w]) {
                happen(slot, policy);
                poll(policy, slot);
                slot += 1 / slotsPerSecond.applyAsDouble(slot);
            }
            happen(ends[w], policy);
            windows[w] = end(from, ends[w]);
            policy.windowEnds(ends[w]);
            from = ends[w];
        }
        return windows;
    }

    private void begin() {
        fresh = 0;
        lag = 0;
        oldest = 0;
        changes = 0;
        polls = 0;
    }

    private void happen(double until, Policy policy) {
        List<World.Event> events = world.events();
        while (event < events.size() && events.get(event).at() <= until) {
            World.Event each = events.get(event++);
            if (each.isSignal()) {
                policy.signal(each.id(), each.of(), each.at());
            } else {
                pass(each.id(), each.at());
                unseen[each.id()]++;
                changes++;
            }
        }
    }

    private void pass(int id, double now) {
        double seconds = now - since[id];
        fresh += unseen[id] == 0 ? seconds : 0;
        lag += unseen[id] * seconds;
        since[id] = now;
    }

    private void poll(Policy policy, double now) {
        int id = policy.next(now);
        if (id == Policy.IDLE) {
            return;
        }
        pass(id, now);
        boolean changed = unseen[id] > 0;
        unseen[id] = 0;
        oldest = Math.max(oldest, now - polledAt[id]);
        polledAt[id] = now;
        polls++;
        policy.polled(id, changed, now);
    }

    private Window end(double from, double to) {
        for (int id = 0; id < world.size; id++) {
            pass(id, to);
        }
        double longest = to - Arrays.stream(polledAt).min().orElse(to);
        return new Window(
                from,
                to,
                fresh / (world.size * (to - from)),
                lag / Math.max(1, changes),
                Math.max(oldest, longest),
                polls);
    }
}
