package dev.tournant.cluster.schedule;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;

/**
 * A schedule as bytes, about 50 a resource. What was learnt is kept to a hundredth, as its own errors are larger; times, costs
 * and weights are kept in full. Other versions are refused: a schedule that begins anew has learnt most of it after a few
 * polls a resource.
 */
final class Snapshot {
    private static final int VERSION = 1;
    private static final int HELD_NOTHING = 0;
    private static final int FAILING = 1;
    private static final int SIGNALLED = 2;

    private Snapshot() {}

    static byte[] write(Parts parts, double now) {
        ByteArrayOutputStream bytes =
                new ByteArrayOutputStream(64 + 52 * parts.table().top());
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(VERSION);
            out.writeDouble(now);
            parts.price().write(out);
            parts.audit().write(out);
            out.writeInt(parts.sorts().size());
            for (int i = 0; i < parts.sorts().size(); i++) {
                parts.sorts().get(i).write(out);
            }
            out.writeInt(parts.table().top());
            for (int id = 0; id < parts.table().top(); id++) {
                write(parts, id, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(Parts parts, int id, DataOutputStream out) throws IOException {
        Table table = parts.table();
        out.writeByte(table.phaseNumber(id));
        if (!table.isLive(id)) {
            return;
        }
        int signals = table.signals(id) + table.signalsAfter(id);
        boolean isFailing = table.failures(id) > 0;
        out.writeByte((isFailing ? FAILING : HELD_NOTHING) | (signals > 0 ? SIGNALLED : HELD_NOTHING));
        out.writeShort(table.sort(id));
        out.writeByte(table.zone(id));
        out.writeFloat(table.weight(id));
        out.writeFloat(table.callsUnchanged(id));
        out.writeFloat(table.callsChanged(id));
        out.writeDouble(table.seenAt(id));
        if (isFailing) {
            out.writeByte(table.failures(id));
            out.writeDouble(table.at(id));
            out.writeDouble(table.failingSince(id));
        }
        if (signals > 0) {
            out.writeInt(signals);
        }
        if (table.isRead(id)) {
            parts.beliefs().write(id, out);
        } else {
            // Pages of a first read, once: how far it is its merchant says.
            out.writeLong(0);
        }
    }

    static PollSchedule read(byte[] bytes, ScheduleSettings settings, UnaryOperator<ResourceClass> today, double now) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readInt();
            if (version != VERSION) {
                throw new IllegalArgumentException("this is a snapshot of version " + version + ", not " + VERSION
                        + "; begin with a new schedule, which learns again");
            }
            double written = in.readDouble();
            PollSchedule schedule = new PollSchedule(settings, now);
            Parts parts = schedule.parts;
            parts.price().read(in);
            parts.audit().read(in);
            int[] sorts = new int[in.readInt()];
            for (int i = 0; i < sorts.length; i++) {
                sorts[i] = parts.sorts().enter(Sort.read(in, today));
            }
            int top = in.readInt();
            schedule.reserve(top);
            for (int id = 0; id < top; id++) {
                read(parts, sorts, id, in);
            }
            // By a clock that was ahead nothing would be due until ours is there.
            parts.table().earlier(Math.max(0, written - now));
            parts.sorts().earlier(Math.max(0, written - now));
            schedule.resumed(top);
            return schedule;
        } catch (IOException e) {
            throw new IllegalArgumentException("this snapshot is cut short or not one; begin with a new schedule", e);
        }
    }

    private static void read(Parts parts, int[] sorts, int id, DataInputStream in) throws IOException {
        Table table = parts.table();
        table.phaseNumber(id, in.readByte());
        if (table.phaseNumber(id) < 0) {
            return;
        }
        int flags = in.readByte();
        table.sort(id, (short) sorts[in.readShort()]);
        table.zone(id, in.readByte());
        table.weight(id, in.readFloat());
        table.callsUnchanged(id, in.readFloat());
        table.callsChanged(id, in.readFloat());
        table.seenAt(id, in.readDouble());
        table.at(id, Double.NEGATIVE_INFINITY);
        if ((flags & FAILING) != 0) {
            table.failures(id, in.readByte());
            table.at(id, in.readDouble());
            table.failingSince(id, in.readDouble());
        }
        if ((flags & SIGNALLED) != 0) {
            table.signals(id, in.readInt());
        }
        if (table.isRead(id)) {
            parts.beliefs().read(id, in);
        } else {
            parts.beliefs().blank(id);
            in.readLong();
        }
    }
}
