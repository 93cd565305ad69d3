package dev.tournant.cluster.schedule;

import java.util.Arrays;

/** What is known of each resource but beliefs: flat arrays, a resource's number is its place. */
final class Table {
    /** What a resource waits in. */
    static final byte NOWHERE = 0;

    static final byte CALENDAR = 1;
    static final byte READY = 2;
    static final byte LATER = 3;
    static final byte QUEUE = 4;
    static final byte UNDER_WAY = 5;
    static final byte FAILING = 6;
    static final byte FAILING_UNREAD = 7;

    static final double NEVER = Double.NEGATIVE_INFINITY;
    private static final int ZONE_SECONDS = 900;

    byte[] place = new byte[0];

    /** Number of its {@link Phase}, for newcomers that of the watched; -1: there is none of that number. */
    byte[] phase = new byte[0];

    short[] sort = new short[0];
    byte[] failures = new byte[0];

    /** Quarters of an hour from UTC. */
    byte[] zone = new byte[0];

    float[] weight = new float[0];
    float[] callsUnchanged = new float[0];
    float[] callsChanged = new float[0];

    /** Time as of which it was last seen, or {@link #NEVER}. */
    double[] seenAt = new double[0];

    /** While a poll is under way, when it began; else the time before which it is not to be asked for. */
    double[] at = new double[0];

    double[] failingSince = new double[0];

    /** Signals since it was seen, or before the poll under way began; and after that. */
    int[] signals = new int[0];

    int[] signalsAfter = new int[0];

    private int[] free = new int[0];
    private int freed;
    private int top;
    private int live;

    int room() {
        return phase.length;
    }

    /** Numbers in use are below this. */
    int top() {
        return top;
    }

    int live() {
        return live;
    }

    boolean isLive(int id) {
        return id >= 0 && id < top && phase[id] >= 0;
    }

    /** A free number; the caller sees that there is room. */
    int take() {
        live++;
        return freed > 0 ? free[--freed] : top++;
    }

    boolean isFull() {
        return freed == 0 && top == room();
    }

    void give(int id) {
        live--;
        phase[id] = -1;
        place[id] = NOWHERE;
        if (freed == free.length) {
            free = Arrays.copyOf(free, freed + (freed >> 1) + 8);
        }
        free[freed++] = id;
    }

    void reserve(int ids) {
        place = Arrays.copyOf(place, ids);
        phase = Arrays.copyOf(phase, ids);
        sort = Arrays.copyOf(sort, ids);
        failures = Arrays.copyOf(failures, ids);
        zone = Arrays.copyOf(zone, ids);
        weight = Arrays.copyOf(weight, ids);
        callsUnchanged = Arrays.copyOf(callsUnchanged, ids);
        callsChanged = Arrays.copyOf(callsChanged, ids);
        seenAt = Arrays.copyOf(seenAt, ids);
        at = Arrays.copyOf(at, ids);
        failingSince = Arrays.copyOf(failingSince, ids);
        signals = Arrays.copyOf(signals, ids);
        signalsAfter = Arrays.copyOf(signalsAfter, ids);
    }

    /** Every number up to {@code top} that is not in use is free, after they were filled in from a snapshot. */
    void filled(int ids) {
        top = ids;
        live = 0;
        freed = 0;
        for (int id = ids - 1; id >= 0; id--) {
            live++;
            if (phase[id] < 0) {
                give(id);
            }
        }
    }

    /** All that was noted, as by a clock that is so many seconds behind the one by which it was. */
    void earlier(double seconds) {
        if (seconds == 0) {
            return;
        }
        for (int id = 0; id < phase.length; id++) {
            seenAt[id] -= seconds;
            at[id] -= seconds;
            failingSince[id] -= seconds;
        }
    }

    void enter(int id, Traits traits, int sortNumber, double seen) {
        phase[id] = Phase.WATCHED.number();
        place[id] = NOWHERE;
        sort[id] = (short) sortNumber;
        failures[id] = 0;
        locate(id, traits.zoneOffsetSeconds());
        weight[id] = (float) traits.weight();
        callsUnchanged[id] = (float) traits.callsUnchanged();
        callsChanged[id] = (float) traits.callsChanged();
        seenAt[id] = seen;
        at[id] = Double.NEGATIVE_INFINITY;
        signals[id] = 0;
        signalsAfter[id] = 0;
    }

    /** As if it had just come, but for whether it is held or under way. */
    void unread(int id) {
        seenAt[id] = NEVER;
        signals[id] = 0;
        signalsAfter[id] = 0;
        if (phase(id) != Phase.HELD) {
            phase[id] = Phase.WATCHED.number();
            failures[id] = 0;
        }
        if (place[id] != UNDER_WAY) {
            at[id] = Double.NEGATIVE_INFINITY;
        }
    }

    Phase phase(int id) {
        Phase kept = Phase.of(phase[id]);
        return kept == Phase.WATCHED && !isRead(id) ? Phase.NEWCOMER : kept;
    }

    /** Whether it was ever read whole. */
    boolean isRead(int id) {
        return seenAt[id] > NEVER;
    }

    /** Whether its local time was another. */
    boolean locate(int id, int zoneOffsetSeconds) {
        byte before = zone[id];
        zone[id] = (byte) Math.round(zoneOffsetSeconds / (double) ZONE_SECONDS);
        return zone[id] != before;
    }

    double zoneSeconds(int id) {
        return zone[id] * (double) ZONE_SECONDS;
    }

    long bytes() {
        return 50L * room() + 4L * free.length;
    }
}
