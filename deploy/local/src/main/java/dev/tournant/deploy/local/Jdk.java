package dev.tournant.deploy.local;

import java.util.ArrayList;
import java.util.List;

/** The Java that children run on, which is the Java of this JVM. */
final class Jdk {
    private static final int WANTED = 17;
    private static final int HEAP_AT_START_MIB = 128;
    private static final int SERIAL_GC_HEAP_MIB_MAX = 2048;

    private Jdk() {}

    static void check() {
        check(Runtime.version().feature());
    }

    static void check(int feature) {
        if (feature != WANTED) {
            throw new CannotStart(
                    "The local stack runs on JDK 17, because Cassandra 5.0 supports no newer one; this is JDK "
                            + feature + " at " + System.getProperty("java.home")
                            + ". Set JAVA_HOME to a JDK 17 and start again.");
        }
    }

    /** Flags every server gets. {@code quickStart} leaves the optimizing compiler out. */
    static List<String> flags(int heapMiB, boolean quickStart) {
        List<String> flags = new ArrayList<>();
        flags.add("-Xmx" + heapMiB + "m");
        // Else a sixty-fourth of the machine's memory, which Cassandra, where it may, locks into RAM at once.
        flags.add("-Xms" + Math.min(heapMiB, HEAP_AT_START_MIB) + "m");
        flags.add("-Xshare:auto");
        if (heapMiB <= SERIAL_GC_HEAP_MIB_MAX) {
            flags.add("-XX:+UseSerialGC");
        }
        if (quickStart) {
            flags.add("-XX:TieredStopAtLevel=1");
        }
        flags.add("-XX:+ExitOnOutOfMemoryError");
        flags.add("-Dfile.encoding=UTF-8");
        return flags;
    }
}
