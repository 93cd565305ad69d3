package dev.tournant.deploy.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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
    private final OpenChanges open;

    LiveLine(Stack stack) {
        this.stack = stack;
        this.open = new OpenChanges(
                stack.merchants().stream().map(Stack.Merchant::seller).collect(Collectors.toSet()));
        this.web = new WebClient(Map.of("Authorization", "Bearer " + stack.apiKey()), ANSWER_WITHIN);
    }

    String now() {
        double received = 0;
        double revisions = 0;
        double lag = 0;
        List<NodeProcess> up = new ArrayList<>();
        for (NodeProcess node : stack.nodes()) {
            Map<String, Double> metrics = metrics(node);
            if (!metrics.isEmpty()) {
                up.add(node);
            }
            received += metrics.getOrDefault("tournant_ingest_received_total", 0.0);
            revisions += metrics.getOrDefault("tournant_merchant_revisions_total", 0.0);
            lag = Math.max(lag, metrics.getOrDefault("tournant_ingest_lag_records", 0.0));
        }
        return String.format(
                Locale.ROOT,
                "%d/%d nodes   in %,.0f   committed %,.0f   lag %,.0f   oldest change not shown: %s",
                up.size(),
                stack.nodes().size(),
                received,
                revisions,
                lag,
                up.isEmpty() ? "unknown" : oldest(up.get(0).url()));
    }

    /** Empty when the node does not answer; why stands in its log. */
    private Map<String, Double> metrics(NodeProcess node) {
        try {
            return parse(web.get(node.managementUrl() + "/metrics").ok().body());
        } catch (IOException | IllegalStateException e) {
            return Map.of();
        }
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
        for (Stack.Merchant merchant : waiting()) {
            Optional<Instant> shown = shown(url, merchant);
            if (shown.isEmpty()) {
                break;
            }
            open.shown(merchant.seller(), shown.get());
        }
        Duration oldest = open.age(now);
        return oldest.isZero() ? "none" : String.format(Locale.ROOT, "%.1f s", oldest.toMillis() / 1000.0);
    }

    private void noteChanges() throws IOException {
        for (JsonNode seller : stack.standin().sellers()) {
            open.note(
                    seller.path("merchantId").asText(),
                    Instant.parse(seller.path("latestTime").asText()));
        }
    }

    private List<Stack.Merchant> waiting() {
        return stack.merchants().stream()
                .filter(merchant -> open.oldest(merchant.seller()).isPresent())
                .sorted(Comparator.comparing(
                        merchant -> open.oldest(merchant.seller()).orElseThrow()))
                .limit(MERCHANTS_ASKED_MAX)
                .toList();
    }

    /** Empty when the merchant does not answer, as when its node died: its changes then grow older. */
    private Optional<Instant> shown(String url, Stack.Merchant merchant) {
        JsonNode summary;
        try {
            summary = web.get(url + "/v1/merchants/" + merchant.id()).ok().json();
        } catch (IOException | IllegalStateException e) {
            return Optional.empty();
        }
        for (JsonNode feed : summary.path("feeds")) {
            if (feed.path("resource").asText().equals("catalog")
                    && feed.path("cursor").isTextual()) {
                return Optional.of(Instant.parse(feed.path("cursor").asText()));
            }
        }
        return Optional.of(Instant.EPOCH);
    }
}
