package dev.tournant.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Webhooks;
import dev.tournant.model.InvalidValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Documents that nobody would send on purpose, and somebody will. */
final class MalformedChecks {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** Nobody needs more statements than a document has room for. */
    private static final int BYTES_PER_RESULT_MIN = 2;

    private static final int RESULTS_FREE = 16;
    private static final int LONG_TEXT_CHARS = 100_000;
    private static final int DEPTH = 100_000;

    private MalformedChecks() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "truncated-documents",
                        "a document that ends too early is reported, and nothing is thrown",
                        null,
                        MalformedChecks::truncated),
                new Check(
                        "garbled-documents",
                        "bytes that are no UTF-8, no JSON or no object are reported, and nothing is thrown",
                        null,
                        MalformedChecks::garbled),
                new Check(
                        "extreme-values",
                        "endless numbers, long texts and deep nesting anywhere are borne",
                        null,
                        MalformedChecks::extreme),
                new Check(
                        "long-documents",
                        "a document of thousands of records is read, with no more results than it has room for",
                        null,
                        MalformedChecks::tooLong),
                new Check(
                        "malformed-webhook-parts",
                        "a webhook that names no account is refused by name of what is missing",
                        Capability.WEBHOOKS,
                        MalformedChecks::parts));
    }

    private static void truncated(Trial trial) {
        List<Sample> samples = trial.subject().samples().clean();
        for (int nth = 0; nth < trial.effort().casesMax() && !samples.isEmpty(); nth++) {
            Sample sample = trial.pick(samples);
            int length = sample.body().length == 0 ? 0 : trial.random().nextInt(sample.body().length);
            byte[] body = java.util.Arrays.copyOf(sample.body(), length);
            Sample cut = sample.changed("cut after " + length + " bytes", body);
            // Of a file that ends with a newline, all that matters may still be there.
            if (cut.tree().isEmpty()) {
                trial.count();
                reported(trial, cut);
            }
        }
    }

    private static void reported(Trial trial, Sample sample) {
        Reading reading = bounded(trial, sample);
        if (reading.unreadable().isEmpty()) {
            throw Trial.broken(sample, "$", "is taken as if it were whole: nothing is reported as unreadable");
        }
    }

    private static void garbled(Trial trial) {
        for (Sample sample : trial.subject().samples().clean()) {
            Map<String, byte[]> bodies = new TreeMap<>();
            bodies.put("emptied", new byte[0]);
            bodies.put("replaced by HTML", "<html>Bad gateway</html>".getBytes(StandardCharsets.UTF_8));
            bodies.put("replaced by a list", "[]".getBytes(StandardCharsets.UTF_8));
            bodies.put("replaced by null", "null".getBytes(StandardCharsets.UTF_8));
            bodies.put("replaced by text", "\"text\"".getBytes(StandardCharsets.UTF_8));
            bodies.put(
                    "in UTF-16", new String(sample.body(), StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16));
            bodies.put(
                    "twice",
                    new String(sample.body(), StandardCharsets.UTF_8).repeat(2).getBytes(StandardCharsets.UTF_8));
            bodies.forEach((how, body) -> {
                trial.count();
                Sample changed = sample.changed(how, body);
                if (!changed.isLike(sample)) {
                    reported(trial, changed);
                } else {
                    bounded(trial, changed);
                }
            });
        }
        flipped(trial);
    }

    /** Bytes that are no UTF-8, at random places. */
    private static void flipped(Trial trial) {
        List<Sample> samples = trial.subject().samples().clean();
        for (int nth = 0; nth < trial.effort().casesMax() && !samples.isEmpty(); nth++) {
            Sample sample = trial.pick(samples);
            byte[] body = sample.body().clone();
            if (body.length > 0) {
                trial.count();
                int at = trial.random().nextInt(body.length);
                body[at] = (byte) trial.random().nextInt(256);
                bounded(trial, sample.changed("with byte " + at + " replaced by " + body[at], body));
            }
        }
    }

    private static void extreme(Trial trial) {
        List<Sample> samples = trial.subject().samples().clean();
        for (int nth = 0; nth < trial.effort().casesMax() && !samples.isEmpty(); nth++) {
            Sample sample = trial.pick(samples);
            JsonNode document = sample.tree().orElseGet(JSON::objectNode);
            List<Place> places = Place.all(document);
            if (!places.isEmpty()) {
                trial.count();
                Place place = trial.pick(places);
                JsonNode value = trial.pick(extremes());
                String shown = value.toString();
                bounded(
                        trial,
                        sample.changed(
                                "with " + shown.substring(0, Math.min(30, shown.length())) + " at " + place,
                                place.set(document, value)));
            }
        }
        trial.count();
        for (String resource : resources(trial)) {
            for (String deep : List.of("[".repeat(DEPTH), "{\"a\":".repeat(DEPTH))) {
                String name = "a document nested " + DEPTH + " levels deep";
                Sample sample = new Sample(
                        name,
                        resource.isEmpty() ? null : resource,
                        deep.getBytes(StandardCharsets.UTF_8),
                        Map.of(),
                        null,
                        null);
                reported(trial, sample);
            }
        }
    }

    private static List<String> resources(Trial trial) {
        List<String> all = new ArrayList<>(trial.adapter().resources());
        if (trial.can(Capability.WEBHOOKS)) {
            all.add("");
        }
        return all;
    }

    private static List<JsonNode> extremes() {
        return List.of(
                JSON.numberNode(new BigDecimal("1E+999999999")),
                JSON.numberNode(new BigDecimal("1E-999999999")),
                JSON.numberNode(Long.MAX_VALUE),
                JSON.numberNode(Long.MIN_VALUE),
                JSON.numberNode(-1),
                JSON.textNode(""),
                JSON.textNode("\u0000"),
                JSON.textNode("\ud83d"),
                JSON.textNode("\u202e\ufeff\u0301"),
                JSON.textNode("+999999999-12-31T23:59:59Z"),
                JSON.textNode("x".repeat(LONG_TEXT_CHARS)),
                JSON.nullNode(),
                JSON.arrayNode().addNull().add(1).add("x"),
                JSON.objectNode());
    }

    private static void tooLong(Trial trial) {
        for (Sample sample : trial.subject().samples().clean()) {
            int records = trial.records(sample).size();
            if (records > 0 && !RecordLists.of(trial, sample).lists().isEmpty()) {
                trial.count();
                int times = trial.effort().recordsMax() / records + 1;
                Sample longer = sample.changed(
                        "with all its records " + times + " times",
                        RecordLists.of(trial, sample).times(times));
                Reading reading = bounded(trial, longer);
                if (!Trial.records(reading)
                        .keySet()
                        .containsAll(trial.records(sample).keySet())) {
                    throw Trial.broken(longer, "$", "loses records: " + reading.unreadable());
                }
            }
        }
    }

    /** A reading, whose size has to be bounded by that of the document. */
    private static Reading bounded(Trial trial, Sample sample) {
        Reading reading = trial.read(sample);
        long results = reading.unreadable().size();
        results += reading.events().stream()
                .mapToLong(event -> event.deltas().size())
                .sum();
        long most = RESULTS_FREE + (long) sample.body().length / BYTES_PER_RESULT_MIN;
        if (results > most) {
            throw Trial.broken(
                    sample, "$", "is read into " + results + " results, but has room for " + most + " at most");
        }
        String resource = sample.resource();
        if (resource != null) {
            Fetch fetch = new Fetch(trial.link(), resource, null);
            trial.turn(fetch, trial.open(fetch), sample);
        }
        if (resource != null && trial.adapter().writing().isPresent()) {
            trial.seen(sample);
        }
        return reading;
    }

    private static void parts(Trial trial) {
        Webhooks webhooks = trial.adapter().webhooks().orElseThrow();
        for (String body : List.of("", "{}", "[]", "<html>", "{\"a\":1}", "\ud83d")) {
            trial.count();
            Sample sample = Sample.of("a webhook of " + body, null, body.getBytes(StandardCharsets.UTF_8));
            trial.guarded(sample, "Webhooks.parts", () -> {
                try {
                    return webhooks.parts(sample.body());
                } catch (InvalidValue refused) {
                    return List.of();
                }
            });
        }
    }
}
