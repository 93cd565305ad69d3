package dev.tournant.cluster.poll;

import dev.tournant.cluster.poll.PollerMessage.Feed;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.PartnerName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A timetable as it is kept. The bytes: a version, the calls, how many names and each with its number, then the schedule's
 * own bytes.
 */
final class Memory {
    private static final int VERSION = 1;

    private final double callsPerSecond;
    private final Map<Integer, Timetable.Name> names;
    private final byte[] schedule;

    Memory(double callsPerSecond, Map<Integer, Timetable.Name> names, byte[] schedule) {
        this.callsPerSecond = callsPerSecond;
        this.names = names;
        this.schedule = schedule;
    }

    double callsPerSecond() {
        return callsPerSecond;
    }

    /** Resources by their numbers in the schedule. */
    Map<Integer, Timetable.Name> names() {
        return names;
    }

    /** As the schedule itself wrote it. */
    byte[] schedule() {
        return schedule;
    }

    static byte[] write(Memory memory) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(VERSION);
            out.writeDouble(memory.callsPerSecond);
            out.writeInt(memory.names.size());
            for (Map.Entry<Integer, Timetable.Name> each : memory.names.entrySet()) {
                Feed feed = each.getValue().feed();
                out.writeInt(each.getKey());
                out.writeUTF(each.getValue().merchant().value());
                out.writeUTF(feed.link().value());
                out.writeUTF(feed.partner().value());
                out.writeUTF(feed.resource());
            }
            out.writeInt(memory.schedule.length);
            out.write(memory.schedule);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Throws {@link IllegalArgumentException} for bytes that are none of this version. */
    static Memory read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readInt();
            if (version != VERSION) {
                throw new IllegalArgumentException("a memory of version " + version + ", not " + VERSION);
            }
            double callsPerSecond = in.readDouble();
            int count = in.readInt();
            Map<Integer, Timetable.Name> names = new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                int id = in.readInt();
                MerchantId merchant = new MerchantId(in.readUTF());
                LinkId link = new LinkId(in.readUTF());
                PartnerName partner = new PartnerName(in.readUTF());
                names.put(id, new Timetable.Name(merchant, new Feed(link, partner, in.readUTF())));
            }
            byte[] schedule = in.readNBytes(in.readInt());
            return new Memory(callsPerSecond, names, schedule);
        } catch (IOException e) {
            throw new IllegalArgumentException("a memory that is cut short", e);
        }
    }
}
