package dev.tournant.deploy.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * CPU time, user and system, that processes have used since they started; the kernel counts in steps of 10 ms.
 *
 * @param used by the name of the process
 */
record Cpu(Map<String, Duration> used) {
    Cpu {
        used = Map.copyOf(used);
    }

    /** @param pids by the name of the process */
    static Cpu now(Map<String, Long> pids) {
        Map<String, Duration> used = new LinkedHashMap<>();
        pids.forEach((name, pid) -> used.put(
                name,
                ProcessHandle.of(pid)
                        .flatMap(process -> process.info().totalCpuDuration())
                        .orElseThrow(() -> new IllegalStateException(name + " has ended"))));
        return new Cpu(used);
    }

    /** What was used from {@code earlier} until this; processes that were not there then count from their start. */
    Cpu since(Cpu earlier) {
        Map<String, Duration> difference = new LinkedHashMap<>();
        used.forEach((name, now) -> difference.put(name, now.minus(earlier.used.getOrDefault(name, Duration.ZERO))));
        return new Cpu(difference);
    }

    /** What was used in both. */
    Cpu plus(Cpu other) {
        Map<String, Duration> sum = new LinkedHashMap<>(used);
        other.used.forEach((name, more) -> sum.merge(name, more, Duration::plus));
        return new Cpu(sum);
    }

    double seconds() {
        return used.values().stream().mapToDouble(Cpu::seconds).sum();
    }

    double seconds(String name) {
        return seconds(used.getOrDefault(name, Duration.ZERO));
    }

    /** Microseconds for each of {@code operations}. */
    double microsEach(long operations) {
        return operations == 0 ? 0 : seconds() * 1e6 / operations;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /** How many threads a process has now; 0 once it has ended. */
    static int threads(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith("Threads:"))
                    .mapToInt(line ->
                            Integer.parseInt(line.substring("Threads:".length()).strip()))
                    .findFirst()
                    .orElse(0);
        } catch (java.nio.file.NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
