package dev.tournant.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Reading;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Presence;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Documents that differ from a sample in one thing: the rest of them is read all the same. */
final class ReadingChecks {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** What looks like a word of an enum. */
    private static final Pattern WORD = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)+|[A-Z]{4,}");

    private ReadingChecks() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "unknown-members-ignored",
                        "members that nobody knows change nothing in what is read",
                        null,
                        ReadingChecks::unknownMembers),
                new Check(
                        "unknown-words-reported",
                        "an unknown word of an enum is reported with its path, and the rest is read",
                        null,
                        ReadingChecks::unknownWords),
                new Check(
                        "wrong-types-reported",
                        "a value of a wrong type is reported with its path, and the rest is read",
                        null,
                        ReadingChecks::wrongTypes));
    }

    private static void unknownMembers(Trial trial) {
        for (Sample sample : trial.subject().samples().clean()) {
            JsonNode document = sample.tree().orElse(null);
            if (document == null) {
                continue;
            }
            Reading before = trial.read(sample);
            for (Place place : objects(document)) {
                if (!trial.more()) {
                    return;
                }
                trial.count();
                JsonNode planted = document.deepCopy();
                ((ObjectNode) place.of(planted)).putObject("x_kit_unknown").put("kept", 1);
                Sample changed = sample.changed("with an unknown member at " + place, planted);
                if (!trial.read(changed).equals(before)) {
                    throw Trial.broken(
                            changed, place + ".x_kit_unknown", "changes what is read: " + trial.read(changed));
                }
            }
        }
    }

    private static List<Place> objects(JsonNode document) {
        List<Place> objects = new ArrayList<>(List.of(Place.TOP));
        objects.addAll(Place.all(document));
        objects.removeIf(place -> !place.of(document).isObject() || Place.isTable(place.of(document)));
        return objects;
    }

    private static void unknownWords(Trial trial) {
        for (Sample sample : trial.subject().samples().clean()) {
            Case base = Case.of(trial, sample);
            for (Place place : Place.leaves(base.document)) {
                if (trial.more() && isWord(trial, base, place.of(base.document))) {
                    trial.count();
                    base.read(trial, place, JSON.textNode("X_KIT_NEWER_VERSION"), false);
                }
            }
        }
    }

    /** Names are no words: one that is unknown is another record's, account's or location's. */
    private static boolean isWord(Trial trial, Case base, JsonNode value) {
        String text = value.asText();
        boolean name = text.equals(trial.link().account())
                || text.equals(trial.link().location())
                || base.records.keySet().stream()
                        .anyMatch(key -> key.id().value().equals(text));
        return value.isTextual() && !name && WORD.matcher(text).matches();
    }

    private static void wrongTypes(Trial trial) {
        List<Sample> samples = trial.subject().samples().clean();
        int share = Math.max(1, trial.effort().casesMax() / Math.max(1, samples.size()));
        for (Sample sample : samples) {
            Case base = Case.of(trial, sample);
            List<Place> places = Place.all(base.document);
            for (int nth = 0; nth < share && !places.isEmpty(); nth++) {
                trial.count();
                Place place = trial.pick(places);
                base.read(trial, place, wrong(trial, place.of(base.document)), true);
            }
        }
    }

    /** Of another type than what stands there; never null, which says "has none" everywhere. */
    private static JsonNode wrong(Trial trial, JsonNode right) {
        List<JsonNode> values = new ArrayList<>();
        if (!right.isTextual()) {
            values.add(JSON.textNode("x kit"));
        }
        if (!right.isNumber()) {
            values.add(JSON.numberNode(7));
        }
        if (!right.isBoolean()) {
            values.add(JSON.booleanNode(true));
        }
        if (!right.isArray()) {
            values.add(JSON.arrayNode().add(1));
        }
        if (!right.isObject()) {
            values.add(JSON.objectNode().put("a", 1));
        }
        return trial.pick(values);
    }

    /** A sample that can be read, and where its records stand. */
    private record Case(
            Sample sample, JsonNode document, RecordLists lists, Map<RecordKey, RecordDelta> records, int ends) {
        static Case of(Trial trial, Sample sample) {
            return new Case(
                    sample,
                    sample.tree().orElseGet(JSON::objectNode),
                    RecordLists.of(trial, sample),
                    trial.records(sample),
                    trial.read(sample).jobs().size());
        }

        /** Reads the sample with one value replaced, and compares. */
        void read(Trial trial, Place place, JsonNode value, boolean mustBeReported) {
            Sample changed = sample.changed("with " + value + " at " + place, place.set(document, value));
            Reading reading = trial.read(changed);
            Map<RecordKey, RecordDelta> now = Trial.records(reading);
            others(trial, place, changed, now);
            boolean reported = !reading.unreadable().isEmpty();
            if (!reported && mustBeReported && reading.jobs().size() < ends) {
                throw Trial.broken(changed, place, "makes the end of a job vanish without a report");
            }
            if (!reported) {
                nothingLost(place, changed, now, mustBeReported);
            }
            if (reported && reading.unreadable().stream().noneMatch(each -> isNear(each.path(), place))) {
                throw Trial.broken(
                        changed,
                        place,
                        "is what is wrong, but what is reported is another place: " + reading.unreadable());
            }
        }

        private static boolean isNear(String reported, Place place) {
            String path = place.toString();
            return reported.equals("$") || path.startsWith(reported) || reported.startsWith(path);
        }

        /** Records that stand in other elements of the document, and in those alone, are read as ever. */
        private void others(Trial trial, Place place, Sample changed, Map<RecordKey, RecordDelta> now) {
            Optional<Place> element = lists.element(place);
            if (element.isEmpty()) {
                return;
            }
            Sample without =
                    sample.changed("without " + element.get(), element.get().without(document));
            Map<RecordKey, RecordDelta> rest = trial.records(without);
            rest.forEach((key, delta) -> {
                RecordDelta found = now.get(key);
                boolean inBoth = !delta.equals(records.get(key));
                boolean asEver = delta.equals(found) || Objects.equals(records.get(key), found);
                if (found == null || (!asEver && !inBoth)) {
                    throw Trial.broken(
                            changed,
                            place,
                            found == null
                                    ? "keeps " + key + " from being read, which stands elsewhere in the document"
                                    : "changes " + key + ", which stands elsewhere, to " + found);
                }
            });
        }

        /** What nobody reports is not lost either: a name that cannot be read is not a name that was taken away. */
        private void nothingLost(Place place, Sample changed, Map<RecordKey, RecordDelta> now, boolean mustBeReported) {
            boolean renamed = now.keySet().stream().anyMatch(key -> !records.containsKey(key));
            records.forEach((key, before) -> {
                RecordDelta after = now.get(key);
                if (after == null) {
                    if (mustBeReported && !renamed) {
                        throw Trial.broken(changed, place, "makes " + key + " vanish without a report");
                    }
                    return;
                }
                if (mustBeReported && before.presence() == Presence.PRESENT && after.presence() != Presence.PRESENT) {
                    throw Trial.broken(changed, place, "deletes " + key + " without a report");
                }
                if (after.presence() == Presence.PRESENT) {
                    fieldsKept(place, changed, key, before.fields(), after.fields());
                }
            });
        }

        private static void fieldsKept(Place place, Sample changed, RecordKey key, FieldMap before, FieldMap after) {
            for (int i = 0; i < before.size(); i++) {
                if (before.value(i) != null && after.get(before.field(i)) == null) {
                    throw Trial.broken(
                            changed,
                            place,
                            "clears " + before.field(i).name() + " of " + key + " without a report: it was "
                                    + before.value(i));
                }
            }
        }
    }
}
