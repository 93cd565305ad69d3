package dev.tournant.deploy.faults;

import dev.tournant.deploy.local.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** The directory of one run: empty before it, and of no use after it but for the logs. */
public final class Workplace {
    private static final String MARK = "made-by-tournant-faults";
    private static final String LOGS = "logs";

    private Workplace() {}

    /** What {@code --data} says of the folder that somebody is in, or the folder of this name in the checkout's target. */
    public static Path at(Map<String, String> given, String name) {
        String data = given.get("--data");
        Path place = data == null ? Checkout.path("deploy/faults/target/" + name) : Path.of(data);
        return place.toAbsolutePath();
    }

    /**
     * Makes it, or empties it.
     *
     * @throws IllegalArgumentException where the directory holds something else than an earlier run
     */
    public static Path empty(Path path) throws IOException {
        if (Files.exists(path)) {
            try (Stream<Path> inside = Files.list(path)) {
                if (!Files.exists(path.resolve(MARK)) && inside.findAny().isPresent()) {
                    throw new IllegalArgumentException(path + " holds something that no run made; give another --data");
                }
            }
            delete(path);
        }
        Files.createDirectories(path);
        Files.createFile(path.resolve(MARK));
        return path;
    }

    /** Leaves the logs. */
    public static void tidy(Path path) throws IOException {
        try (Stream<Path> inside = Files.list(path)) {
            for (Path each : inside.toList()) {
                String name = each.getFileName().toString();
                if (!name.equals(LOGS) && !name.equals(MARK)) {
                    delete(each);
                }
            }
        }
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
