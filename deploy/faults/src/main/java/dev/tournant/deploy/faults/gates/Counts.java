package dev.tournant.deploy.faults.gates;

import dev.tournant.deploy.faults.gates.GateTrial.Setting;
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

/** What a {@link CountingPartner} tells of its counts. */
final class Counts {
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);

    private final HttpClient web = HttpClient.newHttpClient();
    private final String url;
    private final String windows;

    Counts(String url, Setting setting) {
        this.url = url;
        this.windows =
                "/windows?limit=" + setting.limit() + "&millis=" + setting.per().toMillis();
    }

    /** How many calls of all pools there had been at an instant. */
    record Count(long atNanos, int calls) {
        int callsUntil(Count later) {
            return later.calls - calls;
        }

        Stretch until(Count later) {
            return new Stretch(callsUntil(later), Duration.ofNanos(later.atNanos - atNanos));
        }
    }

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
        int calls = pools().values().stream().mapToInt(Windows::calls).sum();
        return new Count(System.nanoTime(), calls);
    }

    /** What was counted of each pool. */
    Map<String, Windows> pools() {
        return answer(windows)
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> List.of(line.split(" ", -1)))
                .collect(Collectors.toMap(
                        words -> words.get(0),
                        words -> new Windows(
                                Integer.parseInt(words.get(1)),
                                Integer.parseInt(words.get(2)),
                                Integer.parseInt(words.get(3)))));
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
