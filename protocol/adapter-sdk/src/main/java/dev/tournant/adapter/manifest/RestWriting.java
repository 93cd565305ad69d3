package dev.tournant.adapter.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Result;
import dev.tournant.adapter.Writing;
import dev.tournant.adapter.lens.Records;
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Kind;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Relations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a partner that takes one object a call, or several of a sort. What refers to something that the partner has not named yet waits
 * for the answer that names it.
 */
final class RestWriting implements Writing {
    private final Manifest manifest;
    private final WritingSpec spec;

    RestWriting(Manifest manifest, WritingSpec spec) {
        this.manifest = manifest;
        this.spec = spec;
    }

    @Override
    public List<String> madeIn() {
        return manifest.resources().values().stream()
                .filter(each -> each.contents().records().stream().anyMatch(spec::makes))
                .map(Resource::name)
                .toList();
    }

    /** What is told of the store, and of all else. */
    @Override
    public List<String> shownIn(Field<?> field) {
        return manifest.resources().values().stream()
                .filter(each -> each.contents().records().stream().anyMatch(name -> tells(name, field.kind())))
                .map(Resource::name)
                .toList();
    }

    private boolean tells(String name, Kind kind) {
        return spec.records().containsKey(name)
                && manifest.anyShapes()
                        .named(name)
                        .filter(each -> (each.shape().mapping().kind() == Kind.STORE) == (kind == Kind.STORE))
                        .isPresent();
    }

    @Override
    public boolean takes(Field<?> field) {
        return manifest.anyShapes().isTold(field);
    }

    @Override
    public FieldMap off() {
        return spec.off();
    }

    @Override
    public Map<RecordKey, Remote> seen(Payload payload) {
        return RestSeen.of(manifest, payload);
    }

    @Override
    public Plan plan(Difference difference) {
        return new Planning(difference).plan();
    }

    /** One plan while it is made. */
    private final class Planning {
        private final Difference difference;
        private final Names names;
        private final Shapes shapes;
        private final Records records;
        private final Placeholders placeholders;
        private final Map<RecordKey, FieldMap> wanted;
        private final Map<RecordKey, Outcome> settled = new HashMap<>();
        private final List<Call> calls = new ArrayList<>();
        private final Map<String, List<BatchCalls.Told>> batched = new TreeMap<>();

        Planning(Difference difference) {
            this.difference = difference;
            this.names = new Names(difference);
            this.shapes = manifest.shapes(difference.link(), difference.currency());
            this.placeholders = Placeholders.of(difference.link());
            this.wanted = new TreeMap<>(difference.wanted());
            Map<String, String> lists = new LinkedHashMap<>();
            manifest.wholes().forEach(name -> lists.put(name, name));
            this.records = shapes.records(new Contents(lists, Map.of()));
        }

        Plan plan() {
            refuseWhatCannotBeSaid();
            ObjectNode before = page();
            Records.Written written = written(before);
            Set<RecordKey> told = new TreeSet<>();
            for (String name : manifest.wholes()) {
                Map<JsonNode, JsonNode> old = new HashMap<>();
                before.path(name).forEach(each -> old.put(id(name, each), each));
                for (JsonNode each : written.document().path(name)) {
                    if (!each.equals(old.get(id(name, each)))) {
                        told.addAll(tell(name, (ObjectNode) each));
                    }
                }
            }
            batched.forEach(this::batch);
            removeWholes();
            wanted.keySet().stream().filter(key -> !told.contains(key)).forEach(key -> settled.put(key, Outcome.DONE));
            return new Plan(calls.isEmpty() ? List.of() : List.of(calls), settled);
        }

        /** Without the new records of which this partner takes none, and without what speaks of them. */
        private Records.Written written(ObjectNode before) {
            Records.Written written = put(before, wanted, nested());
            int size = wanted.size();
            written.homeless()
                    .forEach(key -> refuse(
                            names.ours(key),
                            "unsupported",
                            "this partner takes no such " + key.kind().json()));
            for (String name : manifest.wholes()) {
                if (!takesNew(name)) {
                    written.document().path(name).forEach(each -> refuseNew(name, (ObjectNode) each));
                }
            }
            refuseWhatCannotBeSaid();
            return wanted.size() == size ? written : written(before);
        }

        private boolean takesNew(String name) {
            WritingSpec.Calls templates = spec.records().get(name);
            return templates != null && (templates.create() != null || templates.batch() != null);
        }

        private void refuseNew(String name, ObjectNode object) {
            RestObject whole = new RestObject(described(name).shape(), object);
            if (Names.isTemporary(whole.key().id())) {
                whole.names().keySet().stream()
                        .map(names::ours)
                        .filter(wanted::containsKey)
                        .forEach(key -> refuse(key, "unsupported", "this partner takes no new " + name));
            }
        }

        private JsonNode id(String name, JsonNode object) {
            RecordId id = described(name).shape().id().get(object);
            return Plains.node(id == null ? null : id.value());
        }

        private Described described(String name) {
            return shapes.named(name).orElseThrow();
        }

        private void refuse(RecordKey key, String code, String why) {
            settled.put(key, new Outcome.GiveUp(code, why));
            wanted.remove(key);
        }

        /** What speaks of something that the partner does not have, and will not have, cannot stand. */
        private void refuseWhatCannotBeSaid() {
            int before;
            do {
                before = wanted.size();
                for (RecordKey key : Set.copyOf(wanted.keySet())) {
                    for (RecordKey each : spokenOf(key)) {
                        if (!names.has(each) || (names.isTemporary(each) && !wanted.containsKey(each))) {
                            refuse(key, "unknown-reference", whyUnknown(each));
                        }
                    }
                }
            } while (wanted.size() < before);
        }

        private String whyUnknown(RecordKey other) {
            String speaks = other.kind() == Kind.CATEGORY ? "it is in " : "it speaks of ";
            boolean isRefused = settled.get(other) instanceof Outcome.GiveUp;
            return speaks + other + ", which this partner " + (isRefused ? "cannot be told" : "does not have");
        }

        /** What a record refers to where that is told: what stands in a field that can only be read needs no name. */
        private Set<RecordKey> spokenOf(RecordKey key) {
            return Relations.of(shapes.told(wanted.getOrDefault(key, FieldMap.EMPTY)));
        }

        /** Removed records that stand inside the object of another. */
        private Set<RecordKey> nested() {
            Set<RecordKey> nested = new TreeSet<>();
            for (RecordKey key : difference.removed()) {
                Remote remote = difference.remotes().get(key);
                if (remote == null) {
                    settled.put(key, Outcome.DONE);
                } else if (remote.document() == null) {
                    nested.add(names.renamed(key));
                }
            }
            return nested;
        }

        /** The documents that were last seen, by the name of their record. */
        private ObjectNode page() {
            ObjectNode page = Documents.empty();
            Map<RecordKey, Remote> remotes = new TreeMap<>(difference.remotes());
            for (String name : manifest.wholes()) {
                ArrayNode list = page.putArray(name);
                remotes.forEach((key, remote) -> {
                    if (remote.document() != null
                            && key.kind() == described(name).shape().mapping().kind()) {
                        list.add(remote.document());
                    }
                });
            }
            return page;
        }

        private Records.Written put(ObjectNode page, Map<RecordKey, FieldMap> fields, Set<RecordKey> removed) {
            try {
                return records.put(page, renamed(fields), removed);
            } catch (InvalidValue e) {
                // One of them is to blame: each by itself, then all the others together.
                for (Map.Entry<RecordKey, FieldMap> each : Map.copyOf(fields).entrySet()) {
                    try {
                        records.put(page, renamed(Map.of(each.getKey(), each.getValue())), Set.of());
                    } catch (InvalidValue own) {
                        refuse(each.getKey(), "cannot-say", String.valueOf(own.getMessage()));
                    }
                }
                refuseWhatCannotBeSaid();
                return records.put(page, renamed(wanted), removed);
            }
        }

        private Map<RecordKey, FieldMap> renamed(Map<RecordKey, FieldMap> fields) {
            Map<RecordKey, FieldMap> renamed = new LinkedHashMap<>();
            fields.forEach((key, each) -> renamed.put(names.renamed(key), names.renamed(each)));
            return renamed;
        }

        /** The call that tells one object, if nothing in it is still without a name; what is dealt with either way. */
        private Set<RecordKey> tell(String name, ObjectNode object) {
            RestObject whole = new RestObject(described(name).shape(), object);
            Map<RecordKey, RecordId> about = new TreeMap<>();
            whole.names().forEach((theirs, place) -> {
                RecordKey ours = names.ours(theirs);
                if (wanted.containsKey(ours) || difference.removed().contains(ours)) {
                    about.put(ours, place);
                }
            });
            removedFrom(name, whole).forEach(key -> about.put(key, names.of(key)));
            boolean waits = about.keySet().stream()
                    .flatMap(key -> spokenOf(key).stream())
                    .anyMatch(key -> names.isTemporary(key) && !about.containsKey(key));
            if (!waits) {
                call(name, whole, about);
            }
            return about.keySet();
        }

        /** Records to be removed that stood in this object. */
        private Set<RecordKey> removedFrom(String name, RestObject whole) {
            Set<RecordKey> gone = new TreeSet<>();
            RecordKey owner = names.ours(whole.key());
            Remote remote = difference.remotes().get(owner);
            if (remote != null && remote.document() != null) {
                Set<RecordKey> before = new RestObject(described(name).shape(), remote.document())
                        .names()
                        .keySet();
                before.stream()
                        .map(names::ours)
                        .filter(difference.removed()::contains)
                        .forEach(gone::add);
            }
            return gone;
        }

        private void call(String name, RestObject whole, Map<RecordKey, RecordId> about) {
            WritingSpec.Calls templates = spec.records().get(name);
            boolean fresh = Names.isTemporary(whole.key().id());
            if (templates != null && templates.batch() != null) {
                batched.computeIfAbsent(name, unknown -> new ArrayList<>())
                        .add(new BatchCalls.Told(whole.withoutTemporaryNames(), about, fresh));
                return;
            }
            boolean patches = !fresh && templates != null && templates.patch() != null;
            Resources.Template template = templates == null
                    ? null
                    : fresh ? templates.create() : patches ? templates.patch() : templates.update();
            if (template == null) {
                about.keySet()
                        .forEach(key ->
                                settled.put(key, new Outcome.GiveUp("unsupported", "this partner takes no " + name)));
                return;
            }
            String path = placeholders.with("id", whole.key().id().value()).fillPath(template.path());
            Map<String, String> headers = keyed();
            Remote remote = difference.remotes().get(names.ours(whole.key()));
            addVersion(headers, remote);
            boolean repeatable = !fresh || spec.idempotencyHeader() != null;
            JsonNode body = whole.withoutTemporaryNames();
            JsonNode before = remote == null ? null : remote.document();
            String json = Documents.text(patches && before != null ? Patches.between(before, body) : body);
            calls.add(new Call(new Request(template.method(), path, headers, json, repeatable), about, spec.lock()));
        }

        /** Several objects a call. */
        private void batch(String name, List<BatchCalls.Told> told) {
            WritingSpec.Calls templates = spec.records().get(name);
            WritingSpec.Batch batch = templates == null ? null : templates.batch();
            if (batch == null) {
                return;
            }
            for (List<BatchCalls.Told> part : BatchCalls.parts(told, batch.most())) {
                String path = placeholders.fillPath(batch.call().path());
                Request bare = new Request(batch.call().method(), path, keyed(), null, true);
                calls.add(BatchCalls.of(batch, bare, part, spec.idempotencyHeader() != null, spec.lock()));
            }
        }

        private Map<String, String> keyed() {
            Map<String, String> headers = new HashMap<>(manifest.headers());
            if (spec.idempotencyHeader() != null) {
                headers.put(spec.idempotencyHeader(), difference.nonce() + "-" + calls.size());
            }
            return headers;
        }

        private void addVersion(Map<String, String> headers, @Nullable Remote remote) {
            if (spec.versionHeader() != null && remote != null && remote.version() != 0) {
                headers.put(spec.versionHeader(), "\"" + remote.version() + "\"");
            }
        }

        private void removeWholes() {
            for (RecordKey key : new TreeSet<>(difference.removed())) {
                Remote remote = difference.remotes().get(key);
                if (remote != null && remote.document() != null) {
                    remove(key, remote);
                }
            }
        }

        private void remove(RecordKey key, Remote remote) {
            Resources.Template template = manifest.wholes().stream()
                    .filter(name -> described(name).shape().mapping().kind() == key.kind())
                    .map(spec.records()::get)
                    .filter(calls -> calls != null && calls.remove() != null)
                    .map(WritingSpec.Calls::remove)
                    .findFirst()
                    .orElse(null);
            if (template == null) {
                settled.put(key, new Outcome.GiveUp("unsupported", "this partner lets no such record be removed"));
                return;
            }
            String path = placeholders.with("id", remote.id().value()).fillPath(template.path());
            Map<String, String> headers = new HashMap<>(manifest.headers());
            addVersion(headers, remote);
            Request request = new Request(template.method(), path, headers, null, true);
            calls.add(new Call(request, Map.of(key, remote.id()), spec.lock()));
        }
    }

    @Override
    public Result read(Call call, Answer answer) {
        return new RestResults(manifest, spec, call, answer).read();
    }

    @Override
    public Result unanswered(Call call, String why) {
        return call.request().repeatable()
                ? Writing.super.unanswered(call, why)
                : RestResults.unanswered(manifest, spec, call, why);
    }
}
