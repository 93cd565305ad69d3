package dev.tournant.deploy.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.deploy.stack.NodeProcess;
import dev.tournant.deploy.stack.Stack;
import dev.tournant.deploy.stack.WebClient;
import dev.tournant.messages.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What one fresh node makes of the journal, after all nodes that wrote it are gone. */
final class Replay {
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(90);
    private static final Duration CAUGHT_UP_WITHIN = Duration.ofMinutes(2);
    private static final Duration PUBLISHED_WITHIN = Duration.ofSeconds(30);
    private static final Duration STREAMED_WITHIN = Duration.ofSeconds(30);
    private static final int PAGE = 500;
    private static final int LOOKS_MAX = 5;

    private final Stack stack;
    private final NodeProcess node;

    private Replay(Stack stack, NodeProcess node) {
        this.stack = stack;
        this.node = node;
    }

    /**
     * Lets the node take in what is left in Kafka, and reads everything.
     *
     * @param node the only one that runs
     * @throws IllegalStateException where a merchant does not answer at all
     */
    static Map<String, History> by(Stack stack, NodeProcess node) throws IOException {
        return new Replay(stack, node).all();
    }

    private Map<String, History> all() throws IOException {
        try (Topic topic = new Topic(stack.kafka().hostPort())) {
            if (!Wait.until(CAUGHT_UP_WITHIN, () -> topic.pending() == 0)) {
                System.out.println("    " + topic.pending() + " records are still pending in Kafka");
            }
            Map<String, Long> heads = heads();
            Map<String, List<JsonNode>> changes = published(topic, heads);
            // Something may have been fetched meanwhile.
            for (int i = 0; i < LOOKS_MAX && !heads.equals(heads()); i++) {
                heads = heads();
                changes = published(topic, heads);
            }
            Map<String, History> histories = new HashMap<>();
            for (Map.Entry<String, Long> head : heads.entrySet()) {
                String merchant = head.getKey();
                histories.put(
                        merchant,
                        new History(
                                head.getValue(),
                                revisions(merchant, head.getValue()),
                                records(merchant),
                                changes.getOrDefault(merchant, List.of())));
            }
            return histories;
        }
    }

    private static Map<String, List<JsonNode>> published(Topic topic, Map<String, Long> heads) {
        Wait.until(PUBLISHED_WITHIN, () -> {
            Map<String, Long> newest = Topic.newest(topic.changes());
            return heads.entrySet().stream()
                    .allMatch(head -> newest.getOrDefault(head.getKey(), 0L) >= head.getValue());
        });
        return topic.changes();
    }

    private Map<String, Long> heads() {
        Map<String, Long> heads = new HashMap<>();
        for (Stack.Merchant merchant : stack.merchants()) {
            String id = merchant.id().value();
            if (!Wait.until(ANSWERED_WITHIN, () -> {
                heads.put(
                        id,
                        stack.web().get(url(id)).ok().json().path("revision").asLong());
                return true;
            })) {
                throw new IllegalStateException(
                        "the fresh node does not answer for " + id + " within " + ANSWERED_WITHIN.toSeconds()
                                + " s; see " + node.process().log());
            }
        }
        return heads;
    }

    private String url(String merchant) {
        return node.url() + "/v1/merchants/" + merchant;
    }

    /** As far as the stream goes; a stream that breaks or stalls ends the list. */
    private List<JsonNode> revisions(String merchant, long head) throws IOException {
        List<JsonNode> found = new ArrayList<>();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (InputStream stream = open(url(merchant) + "/changes?after=0")) {
            Future<?> unused = clock.schedule(
                    () -> {
                        stream.close();
                        return true;
                    },
                    STREAMED_WITHIN.toSeconds(),
                    TimeUnit.SECONDS);
            BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            for (String line = ""; line != null && found.size() < head; line = lines.readLine()) {
                if (line.startsWith("data:")) {
                    found.add(Json.text().readTree(line.substring("data:".length())));
                }
            }
        } catch (IOException e) {
            // What is missing is found by whoever compares.
            System.out.println("    the stream of " + merchant + " ends at revision " + found.size() + ": " + e);
        } finally {
            clock.shutdownNow();
        }
        return found;
    }

    private InputStream open(String url) throws IOException {
        WebClient web = stack.web();
        try {
            return web.raw()
                    .send(
                            web.request("GET", url, "", Map.of("Accept", "text/event-stream")),
                            HttpResponse.BodyHandlers.ofInputStream())
                    .body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private Set<String> records(String merchant) throws IOException {
        Set<String> ids = new HashSet<>();
        String next = url(merchant) + "/records/item?limit=" + PAGE;
        while (!next.isEmpty()) {
            JsonNode page = stack.web().get(next).ok().json();
            page.path("records").forEach(record -> ids.add(record.path("id").asText()));
            String path = page.path("next").asText("");
            next = path.isEmpty() || path.equals("null") ? "" : node.url() + path;
        }
        return ids;
    }
}
