package dev.tournant.deploy.faults;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** What a figure is worth nothing without. */
final class Machine {
    private Machine() {}

    static void print(String[] args) {
        System.out.printf(
                Locale.ROOT,
                "%s, %s; %d CPUs, load %.1f before we began; %s %s, JDK %s%n",
                String.join(" ", args),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Runtime.version());
    }
}
