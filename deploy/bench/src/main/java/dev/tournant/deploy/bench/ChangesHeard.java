package dev.tournant.deploy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.deploy.stack.WebClient;
import dev.tournant.messages.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.OptionalLong;

/** When names of items were heard of on a merchant's stream of changes: a reader that costs the node next to nothing. */
final class ChangesHeard implements AutoCloseable {
    /** The oldest are forgotten: what is waited for is always among the newest. */
    private static final int NAMES_MAX = 20_000;

    private static final String DATA = "data:";

    private static final String ID = "id:";
    private static final Duration OPEN_AGAIN = Duration.ofMillis(200);

    private final WebClient web;
    private final String url;
    private final Map<String, Long> heard = new LinkedHashMap<>();
    private volatile InputStream stream;
    private volatile boolean closed;
    private volatile String last = "0";

    private ChangesHeard(WebClient web, String url) throws IOException, InterruptedException {
        this.web = web;
        this.url = url;
        this.stream = open();
    }

    /** @param url of the merchant; its changes are read from the first on */
    static ChangesHeard of(WebClient web, String url) throws IOException, InterruptedException {
        ChangesHeard changes = new ChangesHeard(web, url);
        Thread reader = new Thread(changes::read, "changes");
        reader.setDaemon(true);
        reader.start();
        return changes;
    }

    private InputStream open() throws IOException, InterruptedException {
        HttpResponse<InputStream> response = web.raw()
                .send(
                        web.request(
                                "GET",
                                url + "/changes",
                                "",
                                Map.of("Accept", "text/event-stream", "Last-Event-ID", last)),
                        HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new IOException("the stream of changes is not given: HTTP " + response.statusCode());
        }
        return response.body();
    }

    /** Streams end when their merchant moves; they go on from where they ended. */
    private void read() {
        while (!closed) {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith(DATA)) {
                        note(Json.text().readTree(line.substring(DATA.length())), System.nanoTime());
                    } else if (line.startsWith(ID)) {
                        last = line.substring(ID.length()).strip();
                    }
                }
            } catch (IOException e) {
                // Closed, or broken off.
            }
            openAgain();
        }
    }

    private void openAgain() {
        while (!closed) {
            try {
                TwoSides.pause(OPEN_AGAIN);
                stream = open();
                return;
            } catch (IOException e) {
                // The node is not there, or has no answer yet.
            } catch (InterruptedException e) {
                closed = true;
            }
        }
    }

    private synchronized void note(JsonNode revision, long nanos) {
        revision.findValuesAsText("name").forEach(name -> heard.put(name, nanos));
        Iterator<Entry<String, Long>> oldest = heard.entrySet().iterator();
        while (heard.size() > NAMES_MAX) {
            oldest.next();
            oldest.remove();
        }
    }

    /** When it was heard of last, as {@link System#nanoTime}; empty while it was not. */
    synchronized OptionalLong at(String name) {
        Long nanos = heard.get(name);
        return nanos == null ? OptionalLong.empty() : OptionalLong.of(nanos);
    }

    @Override
    public void close() {
        closed = true;
        try {
            stream.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
