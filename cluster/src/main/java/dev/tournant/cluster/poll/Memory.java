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
 * A timetable as it is kept. The bytes: a version, the calls, how many names and each with its number and the webhooks that
 * were heard of, then the schedule's own bytes. Version 1 had no webhooks.
 */
final class Memory {
    private static final int VERSION = 2;
    private static final long UNKNOWN = -1;

    /**
     * One resource.
     *
     * @param webhooks that were heard of, by its merchant's count; -1 where that is not known
     */
    record Known(Timetable.Name name, long webhooks) {}

    private final double callsPerSecond;
    private final Map<Integer, Known> names;
    private final byte[] schedule;

    Memory(double callsPerSecond, Map<Integer, Known> names, byte[] schedule) {
        this.callsPerSecond = callsPerSecond;
        this.names = names;
        this.schedule = schedule;
    }

    double callsPerSecond() {
        return callsPerSecond;
    }

    /** Resources by their numbers in the schedule. */
    Map<Integer, Known> names() {
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
            for (Map.Entry<Integer, Known> each : memory.names.entrySet()) {
                Timetable.Name name = each.getValue().name();
                Feed feed = name.feed();
                out.writeInt(each.getKey());
                out.writeUTF(name.merchant().value());
                out.writeUTF(feed.link().value());
                out.writeUTF(feed.partner().value());
                out.writeUTF(feed.resource());
                out.writeLong(each.getValue().webhooks());
            }
            out.writeInt(memory.schedule.length);
            out.write(memory.schedule);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Throws {@link IllegalArgumentException} for bytes that are of no version up to this one. */
    static Memory read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readInt();
            if (version < 1 || version > VERSION) {
                throw new IllegalArgumentException("a memory of version " + version + ", not of 1 to " + VERSION);
            }
            double callsPerSecond = in.readDouble();
            int count = in.readInt();
            Map<Integer, Known> names = new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                int id = in.readInt();
                MerchantId merchant = new MerchantId(in.readUTF());
                LinkId link = new LinkId(in.readUTF());
                PartnerName partner = new PartnerName(in.readUTF());
                Timetable.Name name = new Timetable.Name(merchant, new Feed(link, partner, in.readUTF()));
                names.put(id, new Known(name, version > 1 ? in.readLong() : UNKNOWN));
            }
            byte[] schedule = in.readNBytes(in.readInt());
            return new Memory(callsPerSecond, names, schedule);
        } catch (IOException e) {
            throw new IllegalArgumentException("a memory that is cut short", e);
        }
    }
}
