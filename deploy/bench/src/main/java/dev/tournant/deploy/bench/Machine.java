package dev.tournant.deploy.bench;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What a figure is worth nothing without. */
final class Machine {
    private Machine() {}

    static void print(String bench, String[] args) {
        System.out.printf(
                "%s, %s%n%d CPUs, load %.1f before we began; %s %s, JDK %s; Akka %s, Kafka clients %s%n",
                args.length == 1 ? bench : String.join(" ", args),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Runtime.version(),
                akka.Version.current(),
                org.apache.kafka.common.utils.AppInfoParser.getVersion());
    }
}
