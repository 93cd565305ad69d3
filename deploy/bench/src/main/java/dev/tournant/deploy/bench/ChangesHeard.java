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

    private final InputStream stream;
    private final Map<String, Long> heard = new LinkedHashMap<>();

    private ChangesHeard(InputStream stream) {
        this.stream = stream;
    }

    /** @param url of the merchant; its changes are read from the first on */
    static ChangesHeard of(WebClient web, String url) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = web.raw()
                .send(
                        web.request("GET", url + "/changes", "", Map.of("Accept", "text/event-stream")),
                        HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new IllegalStateException("the stream of changes is not given: HTTP " + response.statusCode());
        }
        ChangesHeard changes = new ChangesHeard(response.body());
        Thread reader = new Thread(changes::read, "changes");
        reader.setDaemon(true);
        reader.start();
        return changes;
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(DATA)) {
                    note(Json.text().readTree(line.substring(DATA.length())), System.nanoTime());
                }
            }
        } catch (IOException e) {
            // Closed, or broken off: who waits for a name then says that it did not come.
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
        try {
            stream.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
