package dev.tournant.deploy.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One line about what happens: payloads in, changes committed, records that wait in Kafka, and how old the oldest
 * catalogue change is that a merchant does not show yet.
 */
final class LiveLine {
    private final Stack stack;
    private final Map<String, Deque<Instant>> open = new HashMap<>();

    LiveLine(Stack stack) {
        this.stack = stack;
    }

    String now() {
        double received = 0;
        double revisions = 0;
        double lag = 0;
        int up = stack.nodes().size();
        for (NodeProcess node : stack.nodes()) {
            try {
                Map<String, Double> metrics = metrics(node);
                received += metrics.getOrDefault("tournant_ingest_received_total", 0.0);
                revisions += metrics.getOrDefault("tournant_merchant_revisions_total", 0.0);
                lag = Math.max(lag, metrics.getOrDefault("tournant_ingest_lag_records", 0.0));
            } catch (IOException e) {
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
                oldest());
    }

    private static Map<String, Double> parse(String text) {
        Map<String, Double> values = new HashMap<>();
        for (String line : text.split("\n", -1)) {
            int space = line.lastIndexOf(' ');
            if (!line.startsWith("#") && space > 0) {
                String name = line.substring(0, space);
                values.merge(name, Double.parseDouble(line.substring(space + 1)), Double::sum);
            }
        }
        return values;
    }

    private Map<String, Double> metrics(NodeProcess node) throws IOException {
        return parse(stack.web().get(node.managementUrl() + "/metrics").ok().body());
    }

    /** What the stand-in had last time we looked, and the merchant has not read by now, is not shown. */
    private String oldest() {
        Instant now = Instant.now();
        Duration oldest = Duration.ZERO;
        try {
            for (JsonNode seller : stack.standin().sellers()) {
                open.computeIfAbsent(seller.path("merchantId").asText(), id -> new ArrayDeque<>())
                        .add(Instant.parse(seller.path("latestTime").asText()));
            }
            for (Stack.Merchant merchant : stack.merchants()) {
                Deque<Instant> changes = open.getOrDefault(merchant.seller(), new ArrayDeque<>());
                Instant shown = shown(merchant);
                changes.removeIf(change -> !change.isAfter(shown));
                Instant first = changes.peekFirst();
                if (first != null && Duration.between(first, now).compareTo(oldest) > 0) {
                    oldest = Duration.between(first, now);
                }
            }
        } catch (IOException | IllegalStateException e) {
            return "unknown, " + e.getMessage();
        }
        return oldest.isZero() ? "none" : String.format(Locale.ROOT, "%.1f s", oldest.toMillis() / 1000.0);
    }

    private Instant shown(Stack.Merchant merchant) throws IOException {
        JsonNode summary = stack.web()
                .get(merchant.hookNode().url() + "/v1/merchants/" + merchant.id())
                .ok()
                .json();
        for (JsonNode feed : summary.path("feeds")) {
            if (feed.path("resource").asText().equals("catalog")
                    && feed.path("cursor").isTextual()) {
                return Instant.parse(feed.path("cursor").asText());
            }
        }
        return Instant.EPOCH;
    }
}
