package dev.tournant.deploy.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What nodes say of themselves, counted by lines of their logs. */
final class Logs {
    /** Akka's replay filter, which drops an event that a second writer wrote. */
    static final String DISCARD = "rows that a former holder wrote last were left out";
    /** Akka's failure detector, which takes another node for gone. */
    static final String UNREACHABLE = "as UNREACHABLE [";

    private Logs() {}

    static long count(List<Path> logs, String text) {
        return logs.stream().mapToLong(log -> count(log, text)).sum();
    }

    private static long count(Path log, String text) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(text)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
