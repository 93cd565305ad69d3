package dev.tournant.deploy.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One line about what happens: payloads in, changes committed, records that wait in Kafka, and how old the oldest
 * catalogue change is that a merchant does not show yet.
 */
final class LiveLine {
    /** A node that hangs must not hold up the line for long. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
    /** Merchants asked for one line; those with the oldest changes come first. */
    private static final int MERCHANTS_ASKED_MAX = 20;

    private final Stack stack;
    private final WebClient web;
    private final Map<String, Deque<Instant>> open = new HashMap<>();
    private final Map<String, Instant> seen = new HashMap<>();

    LiveLine(Stack stack) {
        this.stack = stack;
        this.web = new WebClient(Map.of("Authorization", "Bearer " + stack.apiKey()), ANSWER_WITHIN);
    }

    String now() {
        double received = 0;
        double revisions = 0;
        double lag = 0;
        int up = stack.nodes().size();
        String url = "";
        for (NodeProcess node : stack.nodes()) {
            try {
                Map<String, Double> metrics = metrics(node);
                received += metrics.getOrDefault("tournant_ingest_received_total", 0.0);
                revisions += metrics.getOrDefault("tournant_merchant_revisions_total", 0.0);
                lag = Math.max(lag, metrics.getOrDefault("tournant_ingest_lag_records", 0.0));
                url = url.isEmpty() ? node.url() : url;
            } catch (IOException | IllegalStateException e) {
                // The line says how many nodes answer; why one does not stands in its log.
                up--;
            }
        }
        return String.format(
                Locale.ROOT,
                "%d/%d nodes   in %,.0f   committed %,.0f   lag %,.0f   oldest change not shown: %s",
                up,
                stack.nodes().size(),
                received,
                revisions,
                lag,
                url.isEmpty() ? "unknown" : oldest(url));
    }

    private Map<String, Double> metrics(NodeProcess node) throws IOException {
        return parse(web.get(node.managementUrl() + "/metrics").ok().body());
    }

    private static Map<String, Double> parse(String text) {
        Map<String, Double> values = new HashMap<>();
        for (String line : text.split("\n", -1)) {
            int space = line.lastIndexOf(' ');
            if (line.startsWith("tournant_") && space > 0) {
                String name = line.substring(0, space);
                int labels = name.indexOf('{');
                values.merge(
                        labels < 0 ? name : name.substring(0, labels),
                        Double.parseDouble(line.substring(space + 1)),
                        Double::sum);
            }
        }
        return values;
    }

    /** What the stand-in had last time we looked, and the merchant has not read by now, is not shown. */
    private String oldest(String url) {
        Instant now = Instant.now();
        try {
            noteChanges();
        } catch (IOException | IllegalStateException e) {
            return "unknown, the stand-in does not answer";
        }
        dropWhatIsShown(url);
        Duration oldest = stack.merchants().stream()
                .map(this::changes)
                .filter(changes -> !changes.isEmpty())
                .map(changes -> Duration.between(changes.getFirst(), now))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return oldest.isZero() ? "none" : String.format(Locale.ROOT, "%.1f s", oldest.toMillis() / 1000.0);
    }

    private void dropWhatIsShown(String url) {
        try {
            for (Stack.Merchant merchant : waiting()) {
                Instant shown = shown(url, merchant);
                changes(merchant).removeIf(change -> !change.isAfter(shown));
            }
        } catch (IOException | IllegalStateException e) {
            // A merchant that does not answer, as when its node died, shows nothing: its changes grow older.
            return;
        }
    }

    private void noteChanges() throws IOException {
        for (JsonNode seller : stack.standin().sellers()) {
            String id = seller.path("merchantId").asText();
            Instant latest = Instant.parse(seller.path("latestTime").asText());
            if (!latest.equals(seen.put(id, latest))) {
                open.computeIfAbsent(id, key -> new ArrayDeque<>()).add(latest);
            }
        }
    }

    private List<Stack.Merchant> waiting() {
        return stack.merchants().stream()
                .filter(merchant -> !changes(merchant).isEmpty())
                .sorted(Comparator.comparing(merchant -> changes(merchant).getFirst()))
                .limit(MERCHANTS_ASKED_MAX)
                .toList();
    }

    private Deque<Instant> changes(Stack.Merchant merchant) {
        return open.computeIfAbsent(merchant.seller(), key -> new ArrayDeque<>());
    }

    private Instant shown(String url, Stack.Merchant merchant) throws IOException {
        JsonNode summary = web.get(url + "/v1/merchants/" + merchant.id()).ok().json();
        for (JsonNode feed : summary.path("feeds")) {
            if (feed.path("resource").asText().equals("catalog")
                    && feed.path("cursor").isTextual()) {
                return Instant.parse(feed.path("cursor").asText());
            }
        }
        return Instant.EPOCH;
    }
}
