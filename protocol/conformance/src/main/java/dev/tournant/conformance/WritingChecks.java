package dev.tournant.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Writing;
import dev.tournant.model.FieldMap;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Kind;
import dev.tournant.model.RecordKey;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is told to a partner, made of what it holds. */
final class WritingChecks {
    private WritingChecks() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "unchanged-needs-no-call",
                        "telling a partner what it said itself costs no call",
                        Capability.WRITE_CATALOGUE,
                        WritingChecks::unchanged),
                new Check(
                        "changes-are-told",
                        "a new name, or what else can be told, is in a call about its record",
                        Capability.WRITE_CATALOGUE,
                        WritingChecks::told),
                new Check(
                        "unknown-members-sent-back",
                        "where an object is sent whole, members that nobody knows go with it",
                        Capability.WRITE_CATALOGUE,
                        WritingChecks::unknown),
                new Check(
                        "nested-versions-sent-back",
                        "where an object is sent whole, the versions of all that is nested in it go with it",
                        Capability.WRITE_CATALOGUE,
                        WritingChecks::versions),
                new Check(
                        "plans-account-for-all",
                        "each record of a difference is in a call, settled, or waits for an earlier step",
                        null,
                        WritingChecks::accounted));
    }

    static List<Call> calls(Plan plan) {
        return plan.steps().stream().flatMap(List::stream).toList();
    }

    static Optional<ObjectNode> body(Call call) {
        String json = call.request().json();
        try {
            return json == null
                    ? Optional.empty()
                    : Optional.of(Documents.object(json.getBytes(StandardCharsets.UTF_8)));
        } catch (InvalidValue form) {
            return Optional.empty();
        }
    }

    private static void unchanged(Trial trial) {
        Known known = Known.of(trial);
        Map<RecordKey, FieldMap> wanted = known.described();
        if (wanted.isEmpty()) {
            throw new Broken(new Finding(
                    "all samples",
                    "seen()",
                    "keeps nothing of what the partner holds, so nothing that is there already can be written",
                    null));
        }
        Plan plan = trial.plan(known.difference(wanted, Set.of()));
        wanted.forEach((key, fields) -> trial.count());
        for (Call call : calls(plan)) {
            call.about().keySet().forEach(key -> equalsWhatIsThere(known, call, key));
        }
        Set<Kind> taken = new HashSet<>();
        wanted.keySet().stream()
                .filter(key -> !(plan.settled().get(key) instanceof Outcome.GiveUp))
                .forEach(key -> taken.add(key.kind()));
        wanted.forEach((key, fields) -> {
            // A kind of which nothing is taken is none that this partner is told.
            if (taken.contains(key.kind()) && plan.settled().get(key) instanceof Outcome.GiveUp no) {
                throw new Broken(new Finding(
                        "a plan for what the samples say", key.toString(), "is refused as it is: " + no, null));
            }
        });
    }

    private static void equalsWhatIsThere(Known known, Call call, RecordKey key) {
        Remote remote = known.remotes().get(key);
        ObjectNode document = remote == null ? null : remote.document();
        JsonNode sent = body(call).map(JsonNode.class::cast).orElse(JsonNodeFactory.instance.missingNode());
        boolean same = document != null
                && Place.all(sent).stream().anyMatch(place -> place.of(sent).equals(document));
        if (!same) {
            throw new Broken(new Finding(
                    "a plan for what the samples say",
                    key.toString(),
                    "is as it should be, but a call is made of it that differs from what was seen: " + call.request()
                            + ". Seen was " + document,
                    call.request().json()));
        }
    }

    private static void told(Trial trial) {
        Known known = Known.of(trial);
        known.changes().forEach((key, fields) -> {
            trial.count();
            Plan plan = trial.plan(known.difference(Map.of(key, fields), Set.of()));
            Outcome settled = plan.settled().get(key);
            // What stands in none of the documents that the partner holds, it has no place for.
            boolean none = trial.isOnlyTold()
                    && settled instanceof Outcome.Done
                    && !known.isHeld(String.valueOf(fields.value(0)).replace(Values.RENAMED, ""));
            boolean refused = settled instanceof Outcome.GiveUp || none;
            boolean told = calls(plan).stream()
                    .anyMatch(call -> call.about().containsKey(key)
                            && says(call, fields.value(0), known.remotes().get(key)));
            if (!refused && !told) {
                throw new Broken(new Finding(
                        "a plan for another " + fields.field(0).name() + " of one record",
                        key + " " + fields.field(0).name(),
                        "is neither in a call about the record nor refused; settled is " + plan.settled()
                                + ", calls are " + calls(plan),
                        null));
            }
        });
    }

    /** A text stands in it as it is; of what has a form of its own, it is seen that something else is told than was seen. */
    private static boolean says(Call call, @Nullable Object value, @Nullable Remote remote) {
        if (value instanceof String text) {
            return String.valueOf(call.request().json()).contains(text);
        }
        ObjectNode seen = remote == null ? null : remote.document();
        return body(call).filter(body -> !body.isEmpty() && !body.equals(seen)).isPresent();
    }

    /** For each record: the object in a sample that is sent whole when the record gets a new name. */
    @FunctionalInterface
    private interface Sent {
        void check(Sample page, RecordKey renamed, ObjectNode original, JsonNode sent, Call call);
    }

    /** Renames each record of a sample, and compares each object in the calls with the one in the sample. */
    private static void eachSent(Trial trial, boolean plant, Sent check) {
        for (Sample sample : trial.subject().samples().clean()) {
            JsonNode document = sample.tree().orElse(null);
            if (sample.resource() != null && document != null) {
                Planted planted = Planted.in(document, trial.random());
                Sample page = plant ? sample.changed("with unknown members", planted.document()) : sample;
                sent(trial, page, plant ? planted.document() : document, check);
            }
        }
    }

    private static void sent(Trial trial, Sample page, JsonNode document, Sent check) {
        Known known = Known.of(trial);
        Map<RecordKey, Remote> remotes = new TreeMap<>(known.remotes());
        Map<RecordKey, Remote> here = trial.seen(page);
        remotes.putAll(here);
        known.changes().forEach((key, name) -> {
            if (here.containsKey(key) || trial.isOnlyTold()) {
                Plan plan = trial.plan(known.difference(Map.of(key, name), Set.of(), Known.NONCE, remotes));
                for (Call call : calls(plan)) {
                    if (isPatch(trial, call)) {
                        continue;
                    }
                    body(call)
                            .ifPresent(sent -> here.forEach((of, remote) -> {
                                JsonNode original = remote.document() == null ? null : original(document, remote);
                                JsonNode whole = original == null ? null : sent(sent, original, remote);
                                if (whole == null && call.about().containsKey(of)) {
                                    // What is told about the record alone need not bear its id.
                                    original = remote.document();
                                    whole = original == null || 2 * common(sent, original) < original.size()
                                            ? null
                                            : sent;
                                }
                                if (whole != null && original instanceof ObjectNode was) {
                                    trial.count();
                                    check.check(page, key, was, whole, call);
                                }
                            }));
                }
            }
        });
    }

    /** The object of a document that a remote was made of: it bears its id and its version, if there is one. */
    private static @Nullable JsonNode original(JsonNode document, Remote remote) {
        List<JsonNode> objects = Stream.concat(Stream.of(Place.TOP), Place.all(document).stream())
                .map(place -> place.of(document))
                .filter(node -> node.isObject() && bears(node, remote))
                .toList();
        // Others may speak of it, and be as old.
        Optional<JsonNode> itself =
                objects.stream().filter(node -> node.equals(remote.document())).findFirst();
        return itself.or(() -> objects.stream().max(Comparator.comparingInt(JsonNode::size)))
                .orElse(null);
    }

    /** The same object in a request: it has the same id in the same place, and at least half of the same members. */
    private static @Nullable JsonNode sent(JsonNode request, JsonNode original, Remote remote) {
        // The whole body is the object where a partner takes one object a call.
        return Stream.concat(Stream.of(Place.TOP), Place.all(request).stream())
                .map(place -> place.of(request))
                .filter(node -> node.isObject()
                        && isNamedAlike(node, original, remote.id().value()))
                .filter(node -> 2 * common(node, original) >= original.size())
                .max(Comparator.comparingInt(node -> common(node, original)))
                .orElse(null);
    }

    /** Another object may speak of this one, by another member. */
    private static boolean isNamedAlike(JsonNode one, JsonNode other, String id) {
        for (Iterator<String> names = one.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (one.path(name).asText().equals(id) && other.path(name).asText().equals(id)) {
                return true;
            }
        }
        return false;
    }

    private static int common(JsonNode one, JsonNode other) {
        int common = 0;
        for (Iterator<String> names = one.fieldNames(); names.hasNext(); ) {
            common += other.has(names.next()) ? 1 : 0;
        }
        return common;
    }

    private static boolean bears(JsonNode object, Remote remote) {
        return bears(object, remote.id().value())
                && (remote.version() == 0 || bears(object, String.valueOf(remote.version())));
    }

    private static boolean bears(JsonNode object, String value) {
        for (JsonNode member : object) {
            if (member.isValueNode() && member.asText().equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static void unknown(Trial trial) {
        eachSent(trial, true, (page, key, original, sent, call) -> {
            for (Place place : Place.all(original)) {
                String token = place.of(original).path("kept").asText();
                if (token.startsWith("kit-token-") && !sent.toString().contains(token)) {
                    throw Trial.broken(
                            page,
                            place,
                            "is a member that nobody knows of the object of which " + key + " is part, and is not sent"
                                    + " back with it in " + call.request() + ": the partner would take it away");
                }
            }
        });
    }

    /** An object, and the objects nested in it, each with its version. */
    private static Set<String> versions(Known known, JsonNode object) {
        Set<String> found = new LinkedHashSet<>();
        for (Remote remote : known.remotes().values()) {
            if (remote.version() != 0 && (bears(object, remote) || original(object, remote) != null)) {
                found.add(remote.id() + " at version " + remote.version());
            }
        }
        return found;
    }

    private static void versions(Trial trial) {
        Known known = Known.of(trial);
        boolean any = known.remotes().values().stream().anyMatch(remote -> remote.version() != 0);
        if (!any) {
            throw new NothingToCheck("seen() finds no versions: the partner has none");
        }
        eachSent(trial, false, (page, key, original, sent, call) -> {
            Set<String> missing = versions(known, original);
            missing.removeAll(versions(known, sent));
            if (!missing.isEmpty()) {
                throw Trial.broken(
                        page,
                        "version",
                        "of " + missing + " is not sent back in " + call.request() + ", which tells a change of " + key
                                + ": the partner would refuse the object, or overwrite what others wrote");
            }
        });
    }

    /** A partner that is told whole documents replaces them, whatever the method is called. */
    static boolean isPatch(Trial trial, Call call) {
        return call.request().method().equals("PATCH") && trial.writing().scope() == Writing.Scope.CHANGES;
    }

    private static void accounted(Trial trial) {
        trial.writing();
        Known known = Known.of(trial);
        Map<RecordKey, FieldMap> everything = new TreeMap<>(known.changes());
        everything.putAll(known.copies());
        known.stocked().forEach((key, fields) -> everything.merge(key, fields, Known::over));
        List<RecordKey> keys = List.copyOf(everything.keySet());
        for (int nth = 0; nth < Math.min(50, trial.effort().casesMax()); nth++) {
            trial.count();
            Map<RecordKey, FieldMap> wanted = new TreeMap<>();
            Set<RecordKey> removed = new HashSet<>();
            keys.forEach(key -> {
                int draw = trial.random().nextInt(3);
                if (draw == 0) {
                    wanted.put(key, everything.getOrDefault(key, FieldMap.EMPTY));
                } else if (draw == 1) {
                    removed.add(key);
                }
            });
            Plan plan = trial.plan(known.difference(wanted, removed));
            Set<RecordKey> missing = new HashSet<>(wanted.keySet());
            missing.addAll(removed);
            missing.removeAll(plan.settled().keySet());
            calls(plan).forEach(call -> missing.removeAll(call.about().keySet()));
            if (!missing.isEmpty() && plan.steps().isEmpty()) {
                throw new Broken(new Finding(
                        "a plan for " + wanted.size() + " wanted and " + removed.size() + " removed records",
                        missing.toString(),
                        "is neither in a call nor settled, and there is no step to wait for",
                        null));
            }
        }
    }
}
