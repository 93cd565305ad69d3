package dev.tournant.deploy.local;

import java.time.Duration;

/**
 * What one server may use, and how long it may take.
 *
 * @param heapMiB largest heap
 * @param quickStart leaves the optimizing compiler out: right for tests, which are over before it has paid; wrong for
 *     measurements
 * @param startTimeout how long until the server must answer
 * @param stopTimeout how long it may take to end by itself before it is killed
 * @param diskFreeMiBMin free space below which it is not started; 0 for no check
 */
public record ServerLimits(
        int heapMiB, boolean quickStart, Duration startTimeout, Duration stopTimeout, int diskFreeMiBMin) {

    private static final int HEAP_MIB_MIN = 128;
    private static final int DISK_FREE_MIB_MIN = 2048;

    public ServerLimits {
        if (heapMiB < HEAP_MIB_MIN) {
            throw new IllegalArgumentException("heapMiB must be at least " + HEAP_MIB_MIN + ", and is " + heapMiB);
        }
        positive("startTimeout", startTimeout);
        positive("stopTimeout", stopTimeout);
        if (diskFreeMiBMin < 0) {
            throw new IllegalArgumentException("diskFreeMiBMin must be 0 or more, and is " + diskFreeMiBMin);
        }
    }

    /** Two minutes to start, fifteen seconds to stop, 2 GiB of free disk, all compilers. */
    public static ServerLimits ofHeapMiB(int heapMiB) {
        return new ServerLimits(heapMiB, false, Duration.ofMinutes(2), Duration.ofSeconds(15), DISK_FREE_MIB_MIN);
    }

    public ServerLimits withHeapMiB(int value) {
        return new ServerLimits(value, quickStart, startTimeout, stopTimeout, diskFreeMiBMin);
    }

    public ServerLimits withQuickStart(boolean value) {
        return new ServerLimits(heapMiB, value, startTimeout, stopTimeout, diskFreeMiBMin);
    }

    public ServerLimits withStartTimeout(Duration value) {
        return new ServerLimits(heapMiB, quickStart, value, stopTimeout, diskFreeMiBMin);
    }

    public ServerLimits withStopTimeout(Duration value) {
        return new ServerLimits(heapMiB, quickStart, startTimeout, value, diskFreeMiBMin);
    }

    public ServerLimits withDiskFreeMiBMin(int value) {
        return new ServerLimits(heapMiB, quickStart, startTimeout, stopTimeout, value);
    }

    static int port(String name, int port) {
        if (port != 0 && (port < 1024 || port > 65_535)) {
            throw new IllegalArgumentException(name + " must be 0 (any free port) or 1024 to 65535, and is " + port);
        }
        return port;
    }

    static void different(String first, int port, String second, int other) {
        if (port != 0 && port == other) {
            throw new IllegalArgumentException(first + " and " + second + " must differ, and are both " + port);
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be more than zero, and is " + value);
        }
    }
}
