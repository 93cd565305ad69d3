package dev.tournant.cluster.schedule;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What is kept of each resource, side by side: a line of two cache lines' length each, in one array. The beginning is the
 * {@link Table}'s, the rest the {@link Beliefs}', and each of them names its fields. A decision looks at a handful of resources out of
 * perhaps a million, and memory brings each of them once, not once a field. Where they stand in heaps is kept apart ({@link
 * IndexedHeap.Places}), as a decision moves dozens of those, and nothing else of them.
 *
 * <p>Fields are told by their bytes from the line's beginning, a multiple of their size. All that is new is 0.
 */
final class Lines {
    /** Where the table's fields begin. */
    static final int TABLE = 0;

    /** Where the fields of beliefs begin. */
    static final int BELIEFS = 56;

    private static final int LINE = 128;

    private static final VarHandle DOUBLES =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.nativeOrder());
    private static final VarHandle FLOATS =
            MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.nativeOrder());
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());

    private byte[] lines = new byte[0];

    int room() {
        return lines.length / LINE;
    }

    void reserve(int ids) {
        lines = Arrays.copyOf(lines, Math.multiplyExact(ids, LINE));
    }

    long bytes() {
        return lines.length;
    }

    double getDouble(int id, int field) {
        return (double) DOUBLES.get(lines, id * LINE + field);
    }

    void setDouble(int id, int field, double value) {
        DOUBLES.set(lines, id * LINE + field, value);
    }

    float getFloat(int id, int field) {
        return (float) FLOATS.get(lines, id * LINE + field);
    }

    void setFloat(int id, int field, float value) {
        FLOATS.set(lines, id * LINE + field, value);
    }

    int getInt(int id, int field) {
        return (int) INTS.get(lines, id * LINE + field);
    }

    void setInt(int id, int field, int value) {
        INTS.set(lines, id * LINE + field, value);
    }

    short getShort(int id, int field) {
        return (short) SHORTS.get(lines, id * LINE + field);
    }

    void setShort(int id, int field, short value) {
        SHORTS.set(lines, id * LINE + field, value);
    }

    byte getByte(int id, int field) {
        return lines[id * LINE + field];
    }

    void setByte(int id, int field, byte value) {
        lines[id * LINE + field] = value;
    }
}
