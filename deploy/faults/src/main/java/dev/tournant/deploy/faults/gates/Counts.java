package dev.tournant.deploy.faults.gates;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a {@link CountingPartner} tells of its counts. */
final class Counts {
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);

    private final HttpClient web = HttpClient.newHttpClient();
    private final String url;

    Counts(String url) {
        this.url = url;
    }

    /** How many calls there had been at an instant, for all locations. */
    record Count(long atNanos, int calls) {
        int callsUntil(Count later) {
            return later.calls - calls;
        }

        Stretch until(Count later) {
            return new Stretch(callsUntil(later), Duration.ofNanos(later.atNanos - atNanos));
        }
    }

    /** What was counted for a limit by this name, of one application or location. */
    record OfLimit(String limit, Counted counted) {}

    boolean isUp() {
        try {
            ask("/callers");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a node has called. */
    boolean knows(String caller) {
        return answer("/callers").lines().anyMatch(caller::equals);
    }

    Count now() {
        int calls = locations().values().stream().mapToInt(Integer::intValue).sum();
        return new Count(System.nanoTime(), calls);
    }

    /** How many calls were counted for each location. */
    Map<String, Integer> locations() {
        return words("/locations")
                .collect(Collectors.toMap(words -> words.get(0), words -> Integer.parseInt(words.get(1))));
    }

    /** One for each limit and whoever it counts apart. */
    List<OfLimit> limits() {
        return words("/limits")
                .map(words -> new OfLimit(
                        words.get(0),
                        new Counted(
                                Integer.parseInt(words.get(2)),
                                Integer.parseInt(words.get(3)),
                                Integer.parseInt(words.get(4)))))
                .toList();
    }

    private Stream<List<String>> words(String path) {
        return answer(path).lines().filter(line -> !line.isBlank()).map(line -> List.of(line.split(" ", -1)));
    }

    private String answer(String path) {
        try {
            return ask(path);
        } catch (IOException e) {
            throw new UncheckedIOException("the partner does not answer", e);
        }
    }

    private String ask(String path) throws IOException {
        try {
            return web.send(
                            HttpRequest.newBuilder(URI.create(url + path))
                                    .timeout(ANSWERS_WITHIN)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
