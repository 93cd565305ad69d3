package dev.tournant.deploy.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rule of {@code tournant.changes}: all of the history, in order, word for word; what was sent may come again. */
final class Published {
    private static final int SHOWN_CHARS = 160;

    private Published() {}

    /** What is wrong first; empty if all is well. */
    static Optional<String> difference(List<JsonNode> history, List<JsonNode> published) {
        long seen = 0;
        for (JsonNode each : published) {
            long number = each.path("number").asLong();
            if (number < 1 || number > seen + 1) {
                return Optional.of("revision " + number + " is published after " + seen);
            }
            if (number > history.size()) {
                return Optional.of("revision " + number + " is published, and is not in the history");
            }
            if (!each.equals(history.get((int) number - 1))) {
                return Optional.of("revision " + number + " is published with other words than in the history: "
                        + words(each, history.get((int) number - 1)));
            }
            seen = Math.max(seen, number);
        }
        return seen == history.size()
                ? Optional.empty()
                : Optional.of("published up to revision " + seen + " of " + history.size());
    }

    /** The first field that differs. */
    private static String words(JsonNode published, JsonNode kept) {
        for (Map.Entry<String, JsonNode> field : kept.properties()) {
            JsonNode other = published.path(field.getKey());
            if (!other.equals(field.getValue())) {
                return field.getKey() + " is " + cut(other) + ", not " + cut(field.getValue());
            }
        }
        return "a field more";
    }

    private static String cut(JsonNode value) {
        String text = value.toString();
        return text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS) + "…";
    }
}
