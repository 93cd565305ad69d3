package dev.tournant.cluster.schedule;

import java.util.Arrays;

/** What is known of each resource but beliefs: its part of the {@link Lines}, a resource's number is its place. */
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
    private static final byte UNUSED = -1;

    private static final int SEEN_AT = Lines.TABLE;
    private static final int AT = SEEN_AT + Double.BYTES;
    private static final int SIGNALS = AT + Double.BYTES;
    private static final int SIGNALS_AFTER = SIGNALS + Integer.BYTES;
    private static final int WEIGHT = SIGNALS_AFTER + Integer.BYTES;
    private static final int CALLS_UNCHANGED = WEIGHT + Float.BYTES;
    private static final int CALLS_CHANGED = CALLS_UNCHANGED + Float.BYTES;
    private static final int SORT = CALLS_CHANGED + Float.BYTES;
    private static final int PLACE = SORT + Short.BYTES;
    private static final int PHASE = PLACE + Byte.BYTES;
    private static final int FAILURES = PHASE + Byte.BYTES;
    private static final int ZONE = FAILURES + Byte.BYTES;
    private static final int FAILING_SINCE = Lines.BELIEFS - Double.BYTES;

    private final Lines lines;
    private int[] free = new int[0];
    private int freed;
    private int top;
    private int live;

    Table(Lines lines) {
        this.lines = lines;
    }

    /** Numbers in use are below this. */
    int top() {
        return top;
    }

    int live() {
        return live;
    }

    boolean isLive(int id) {
        return id >= 0 && id < top && phaseNumber(id) >= 0;
    }

    /** A free number; the caller sees that there is room. */
    int take() {
        live++;
        return freed > 0 ? free[--freed] : top++;
    }

    boolean isFull() {
        return freed == 0 && top == lines.room();
    }

    void give(int id) {
        live--;
        phaseNumber(id, UNUSED);
        place(id, NOWHERE);
        if (freed == free.length) {
            free = Arrays.copyOf(free, freed + (freed >> 1) + 8);
        }
        free[freed++] = id;
    }

    /** Every number up to {@code top} that is not in use is free, after they were filled in from a snapshot. */
    void filled(int ids) {
        top = ids;
        live = 0;
        freed = 0;
        for (int id = ids - 1; id >= 0; id--) {
            live++;
            if (phaseNumber(id) < 0) {
                give(id);
            }
        }
    }

    /** All that was noted, as by a clock that is so many seconds behind the one by which it was. */
    void earlier(double seconds) {
        if (seconds == 0) {
            return;
        }
        for (int id = 0; id < lines.room(); id++) {
            seenAt(id, seenAt(id) - seconds);
            at(id, at(id) - seconds);
            failingSince(id, failingSince(id) - seconds);
        }
    }

    void enter(int id, Traits traits, int sortNumber, double seen) {
        phase(id, Phase.WATCHED);
        place(id, NOWHERE);
        sort(id, (short) sortNumber);
        failures(id, (byte) 0);
        locate(id, traits.zoneOffsetSeconds());
        weight(id, (float) traits.weight());
        callsUnchanged(id, (float) traits.callsUnchanged());
        callsChanged(id, (float) traits.callsChanged());
        seenAt(id, seen);
        at(id, Double.NEGATIVE_INFINITY);
        signals(id, 0);
        signalsAfter(id, 0);
    }

    /** As if it had just come, but for whether it is held or under way. */
    void unread(int id) {
        seenAt(id, NEVER);
        signals(id, 0);
        signalsAfter(id, 0);
        if (phase(id) != Phase.HELD) {
            phase(id, Phase.WATCHED);
            failures(id, (byte) 0);
        }
        if (place(id) != UNDER_WAY) {
            at(id, Double.NEGATIVE_INFINITY);
        }
    }

    Phase phase(int id) {
        Phase kept = Phase.of(phaseNumber(id));
        return kept == Phase.WATCHED && !isRead(id) ? Phase.NEWCOMER : kept;
    }

    void phase(int id, Phase phase) {
        phaseNumber(id, phase.number());
    }

    /** Number of its {@link Phase}, for newcomers that of the watched; below 0: there is none of that number. */
    byte phaseNumber(int id) {
        return lines.getByte(id, PHASE);
    }

    void phaseNumber(int id, byte number) {
        lines.setByte(id, PHASE, number);
    }

    /** What it waits in. */
    byte place(int id) {
        return lines.getByte(id, PLACE);
    }

    void place(int id, byte place) {
        lines.setByte(id, PLACE, place);
    }

    /** The number of its class. */
    short sort(int id) {
        return lines.getShort(id, SORT);
    }

    void sort(int id, short number) {
        lines.setShort(id, SORT, number);
    }

    byte failures(int id) {
        return lines.getByte(id, FAILURES);
    }

    void failures(int id, byte count) {
        lines.setByte(id, FAILURES, count);
    }

    /** Since when it fails, if it does. */
    double failingSince(int id) {
        return lines.getDouble(id, FAILING_SINCE);
    }

    void failingSince(int id, double since) {
        lines.setDouble(id, FAILING_SINCE, since);
    }

    float weight(int id) {
        return lines.getFloat(id, WEIGHT);
    }

    void weight(int id, float weight) {
        lines.setFloat(id, WEIGHT, weight);
    }

    float callsUnchanged(int id) {
        return lines.getFloat(id, CALLS_UNCHANGED);
    }

    void callsUnchanged(int id, float calls) {
        lines.setFloat(id, CALLS_UNCHANGED, calls);
    }

    float callsChanged(int id) {
        return lines.getFloat(id, CALLS_CHANGED);
    }

    void callsChanged(int id, float calls) {
        lines.setFloat(id, CALLS_CHANGED, calls);
    }

    /** Time as of which it was last seen, or {@link #NEVER}. */
    double seenAt(int id) {
        return lines.getDouble(id, SEEN_AT);
    }

    void seenAt(int id, double time) {
        lines.setDouble(id, SEEN_AT, time);
    }

    /** Whether it was ever read whole. */
    boolean isRead(int id) {
        return seenAt(id) > NEVER;
    }

    /** While a poll is under way, when it began; else the time before which it is not to be asked for. */
    double at(int id) {
        return lines.getDouble(id, AT);
    }

    void at(int id, double time) {
        lines.setDouble(id, AT, time);
    }

    /** Signals since it was seen, or before the poll under way began. */
    int signals(int id) {
        return lines.getInt(id, SIGNALS);
    }

    void signals(int id, int count) {
        lines.setInt(id, SIGNALS, count);
    }

    /** Signals after the poll under way began. */
    int signalsAfter(int id) {
        return lines.getInt(id, SIGNALS_AFTER);
    }

    void signalsAfter(int id, int count) {
        lines.setInt(id, SIGNALS_AFTER, count);
    }

    /** Quarters of an hour from UTC. */
    byte zone(int id) {
        return lines.getByte(id, ZONE);
    }

    void zone(int id, byte quarters) {
        lines.setByte(id, ZONE, quarters);
    }

    /** Whether its local time was another. */
    boolean locate(int id, int zoneOffsetSeconds) {
        byte before = zone(id);
        zone(id, (byte) Math.round(zoneOffsetSeconds / (double) ZONE_SECONDS));
        return zone(id) != before;
    }

    double zoneSeconds(int id) {
        return zone(id) * (double) ZONE_SECONDS;
    }

    long bytes() {
        return 4L * free.length;
    }
}
