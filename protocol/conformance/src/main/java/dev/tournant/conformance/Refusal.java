package dev.tournant.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.FieldPath;
import dev.tournant.adapter.Refusals;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Wait;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** An answer that is no success, and what it is called in a report. */
record Refusal(String name, Answer answer) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern PLACE = Pattern.compile("[0-9]{1,4}");
    private static final int[] STATUSES = {400, 401, 403, 404, 408, 409, 413, 422, 425, 429, 500, 502, 503, 504};
    /** A code that no partner knows. */
    static final String CODE = "KIT_REFUSES";

    Sample about(Request asked) {
        return Sample.of("the answer " + name + " to " + asked, null, answer.body());
    }

    /** Every status with bodies of every sort. */
    static List<Refusal> all(Trial trial) {
        List<Refusal> all = new ArrayList<>();
        for (int status : STATUSES) {
            bodies(trial).forEach((how, body) -> all.add(of(trial, status, how, body, Map.of())));
        }
        return all;
    }

    private static Map<String, String> bodies(Trial trial) {
        Map<String, String> bodies = new LinkedHashMap<>();
        bodies.put("without a body", "");
        bodies.put("with HTML", "<html><body>Sorry</body></html>");
        bodies.put("with truncated JSON", "{\"errors\":[{\"code\":\"KIT");
        bodies.put("with a list", "[]");
        bodies.put("with an empty object", "{}");
        bodies.put("with an unknown code", Documents.text(coded(trial.adapter().refusals(), CODE)));
        return bodies;
    }

    /** Answers of status 200 that are no documents. */
    static List<Refusal> garbage(Trial trial, boolean emptyToo) {
        List<Refusal> all = new ArrayList<>();
        bodies(trial).forEach((how, body) -> {
            boolean none = body.isEmpty() && !emptyToo;
            if (!body.startsWith("{\"") && !body.equals("{}") && !body.equals("[]") && !none) {
                all.add(of(trial, 200, how, body, Map.of()));
            }
        });
        all.add(of(trial, 200, "with truncated JSON", "{\"errors\":[{\"code\":\"KIT", Map.of()));
        return all;
    }

    static Refusal coded(Trial trial, int status, String code) {
        String body = Documents.text(coded(trial.adapter().refusals(), code));
        return of(trial, status, "with the code " + code, body, Map.of());
    }

    static Refusal waiting(Trial trial, Wait wait, Duration wish) {
        Instant until = trial.subject().at().plus(wish);
        String value = switch (wait.form()) {
            case SECONDS_OR_DATE -> String.valueOf(wish.toSeconds());
            case MILLIS -> String.valueOf(wish.toMillis());
            case EPOCH_SECONDS -> String.valueOf(until.getEpochSecond());
            case EPOCH_MILLIS -> String.valueOf(until.toEpochMilli());
        };
        return of(trial, 429, "with " + wait.header() + ": " + value, "{}", Map.of(wait.header(), value));
    }

    static Refusal of(Trial trial, int status, String how, String body, Map<String, String> headers) {
        return new Refusal(
                "HTTP " + status + " " + how,
                new Answer(
                        status,
                        headers,
                        body.getBytes(StandardCharsets.UTF_8),
                        trial.subject().at()));
    }

    /** An error as the partner words it, made from where the adapter looks for its code. */
    private static ObjectNode coded(Refusals refusals, String code) {
        return worded(refusals, code, "made up by the kit");
    }

    /** The body of an error that says this. */
    static String detailed(Refusals refusals, String detail) {
        return Documents.text(worded(refusals, CODE, detail));
    }

    private static ObjectNode worded(Refusals refusals, String code, String detail) {
        ObjectNode document = JSON.objectNode();
        if (!refusals.code().isEmpty()) {
            put(document, refusals.code().get(0), code);
        }
        if (!refusals.detail().isEmpty()) {
            put(document, refusals.detail().get(0), detail);
        }
        return document;
    }

    private static void put(ObjectNode document, FieldPath path, String value) {
        JsonNode around = document;
        List<String> names = path.names();
        for (int i = 0; i < names.size(); i++) {
            boolean last = i == names.size() - 1;
            JsonNode before = around.isArray() ? around.path(index(names.get(i))) : around.path(names.get(i));
            JsonNode next = last
                    ? JSON.textNode(value)
                    : before.isContainerNode()
                            ? before
                            : PLACE.matcher(names.get(i + 1)).matches() ? JSON.arrayNode() : JSON.objectNode();
            set(around, names.get(i), next);
            around = next;
        }
    }

    private static int index(String name) {
        return Integer.parseInt(name);
    }

    private static void set(JsonNode around, String name, JsonNode value) {
        if (around instanceof ArrayNode list) {
            while (list.size() <= index(name)) {
                list.addNull();
            }
            list.set(index(name), value);
        } else if (around instanceof ObjectNode object) {
            object.set(name, value);
        }
    }
}
