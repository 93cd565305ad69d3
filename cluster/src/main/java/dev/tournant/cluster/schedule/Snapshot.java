package dev.tournant.cluster.schedule;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

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

    static byte[] write(PollSchedule schedule, double now) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 + 52 * schedule.table.top());
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(VERSION);
            out.writeDouble(now);
            schedule.price.write(out);
            schedule.audit.write(out);
            out.writeInt(schedule.sorts.size());
            for (int i = 0; i < schedule.sorts.size(); i++) {
                schedule.sorts.get(i).write(out);
            }
            out.writeInt(schedule.table.top());
            for (int id = 0; id < schedule.table.top(); id++) {
                write(schedule, id, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(PollSchedule schedule, int id, DataOutputStream out) throws IOException {
        Table table = schedule.table;
        out.writeByte(table.phase[id]);
        if (!table.isLive(id)) {
            return;
        }
        int signals = table.signals[id] + table.signalsAfter[id];
        boolean isFailing = table.failures[id] > 0;
        out.writeByte((isFailing ? FAILING : HELD_NOTHING) | (signals > 0 ? SIGNALLED : HELD_NOTHING));
        out.writeShort(table.sort[id]);
        out.writeByte(table.zone[id]);
        out.writeFloat(table.weight[id]);
        out.writeFloat(table.callsUnchanged[id]);
        out.writeFloat(table.callsChanged[id]);
        out.writeDouble(table.seenAt[id]);
        if (isFailing) {
            out.writeByte(table.failures[id]);
            out.writeDouble(table.at[id]);
            out.writeDouble(table.failingSince[id]);
        }
        if (signals > 0) {
            out.writeInt(signals);
        }
        if (table.isRead(id)) {
            schedule.beliefs.write(id, out);
        } else {
            out.writeInt(schedule.agenda.newcomers.read(id));
            out.writeInt(schedule.agenda.newcomers.wanted(id));
        }
    }

    static PollSchedule read(byte[] bytes, ScheduleSettings settings, double now) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readInt();
            if (version != VERSION) {
                throw new IllegalArgumentException("this is a snapshot of version " + version + ", not " + VERSION
                        + "; begin with a new schedule, which learns again");
            }
            PollSchedule schedule = new PollSchedule(settings, Math.max(now, in.readDouble()));
            schedule.price.read(in);
            schedule.audit.read(in);
            int sorts = in.readInt();
            for (int i = 0; i < sorts; i++) {
                schedule.sorts.add(Sort.read(in));
            }
            int top = in.readInt();
            schedule.reserve(top);
            for (int id = 0; id < top; id++) {
                read(schedule, id, in);
            }
            schedule.resumed(top);
            return schedule;
        } catch (IOException e) {
            throw new IllegalArgumentException("this snapshot is cut short or not one; begin with a new schedule", e);
        }
    }

    private static void read(PollSchedule schedule, int id, DataInputStream in) throws IOException {
        Table table = schedule.table;
        table.phase[id] = in.readByte();
        if (table.phase[id] < 0) {
            return;
        }
        int flags = in.readByte();
        table.sort[id] = in.readShort();
        table.zone[id] = in.readByte();
        table.weight[id] = in.readFloat();
        table.callsUnchanged[id] = in.readFloat();
        table.callsChanged[id] = in.readFloat();
        table.seenAt[id] = in.readDouble();
        table.at[id] = Double.NEGATIVE_INFINITY;
        if ((flags & FAILING) != 0) {
            table.failures[id] = in.readByte();
            table.at[id] = in.readDouble();
            table.failingSince[id] = in.readDouble();
        }
        if ((flags & SIGNALLED) != 0) {
            table.signals[id] = in.readInt();
        }
        if (table.isRead(id)) {
            schedule.beliefs.read(id, in);
        } else {
            schedule.beliefs.blank(id);
            int read = in.readInt();
            int wanted = in.readInt();
            if (wanted > 0) {
                schedule.agenda.newcomers.paged(id, read, wanted);
            }
        }
    }
}
