package dev.tournant.conformance;

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
import dev.tournant.adapter.lens.Shape;
import dev.tournant.model.FieldMap;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Kind;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A bistro takes whole items, several in a call, under names that we choose. */
final class BistroWriting implements Writing {
    static final String WRITE = "/menu/items";
    static final String REMOVE = "/menu/gone";

    @Override
    public Map<RecordKey, Remote> seen(Payload payload) {
        Map<RecordKey, Remote> seen = new HashMap<>();
        try {
            each(Documents.object(payload.body()), seen);
        } catch (InvalidValue e) {
            return Map.of();
        }
        return seen;
    }

    private static void each(ObjectNode page, Map<RecordKey, Remote> into) {
        BistroMenu.RECORDS.read(page, new Records.Reader() {
            @Override
            public void object(String path, Shape shape, JsonNode object) {
                boolean nested = path.indexOf('.') > 0;
                try {
                    RecordKey key = shape.key(object);
                    long version = object.path("version").asLong();
                    into.put(key, new Remote(key.id(), version, nested ? null : (ObjectNode) object));
                } catch (InvalidValue e) {
                    // Reported where the page is read.
                    return;
                }
            }

            @Override
            public void trouble(String path, JsonNode found, String why) {}
        });
    }

    @Override
    public Plan plan(Difference difference) {
        Map<RecordKey, Outcome> settled = new TreeMap<>();
        Map<RecordKey, FieldMap> wanted = new TreeMap<>(difference.wanted());
        ObjectNode before = Documents.empty();
        ArrayNode objects = before.putArray("items");
        new TreeMap<>(difference.remotes()).values().forEach(remote -> {
            if (remote.document() != null) {
                objects.add(remote.document());
            }
        });
        for (RecordKey key : Set.copyOf(wanted.keySet())) {
            refusal(before, difference, key, wanted).ifPresent(no -> {
                settled.put(key, no);
                wanted.remove(key);
            });
        }
        JsonNode after = BistroMenu.RECORDS.put(before, wanted, Set.of()).document();
        List<ObjectNode> changed = new ArrayList<>();
        Set<JsonNode> old = new HashSet<>();
        before.path("items").forEach(old::add);
        after.path("items").forEach(each -> {
            if (!old.contains(each)) {
                changed.add((ObjectNode) each);
            }
        });
        List<Call> writes =
                changed.isEmpty() ? List.of() : List.of(write(changed, wanted.keySet(), difference.nonce()));
        wanted.keySet().stream()
                .filter(key -> writes.stream().noneMatch(call -> call.about().containsKey(key)))
                .forEach(key -> settled.put(key, Outcome.DONE));
        return new Plan(
                java.util.stream.Stream.of(writes, removals(difference, settled))
                        .filter(step -> !step.isEmpty())
                        .toList(),
                settled);
    }

    private static java.util.Optional<Outcome> refusal(
            ObjectNode before, Difference difference, RecordKey key, Map<RecordKey, FieldMap> wanted) {
        FieldMap fields = wanted.getOrDefault(key, FieldMap.EMPTY);
        if (key.kind() != Kind.ITEM) {
            return java.util.Optional.of(new Outcome.GiveUp("unsupported", "a bistro has items only"));
        }
        if (fields.isEmpty() && !difference.remotes().containsKey(key)) {
            return java.util.Optional.of(new Outcome.GiveUp("nothing-known", "an item needs a name"));
        }
        Set<RecordKey> known = new HashSet<>(difference.remotes().keySet());
        known.addAll(wanted.keySet());
        if (!known.containsAll(dev.tournant.model.Relations.of(fields))) {
            return java.util.Optional.of(new Outcome.GiveUp("unknown-reference", "its dish is not there"));
        }
        try {
            BistroMenu.RECORDS.put(before, Map.of(key, fields), Set.of());
            return java.util.Optional.empty();
        } catch (InvalidValue e) {
            return java.util.Optional.of(new Outcome.GiveUp("cannot-say", String.valueOf(e.getMessage())));
        }
    }

    static Call write(List<ObjectNode> objects, Set<RecordKey> records, String key) {
        ObjectNode body = Documents.empty().put("key", key);
        body.putArray("items").addAll(objects);
        Map<RecordKey, RecordId> about = new HashMap<>();
        for (ObjectNode object : objects) {
            object.findValuesAsText("id").forEach(id -> {
                RecordKey record = RecordKey.of(Kind.ITEM, id);
                if (records.contains(record)) {
                    about.put(record, record.id());
                }
            });
        }
        return new Call(new Request("POST", WRITE, Map.of(), Documents.text(body), true), about, "menu");
    }

    private static List<Call> removals(Difference difference, Map<RecordKey, Outcome> settled) {
        ObjectNode body = Documents.empty();
        ArrayNode ids = body.putArray("ids");
        Map<RecordKey, RecordId> about = new TreeMap<>();
        difference.removed().stream().sorted().forEach(key -> {
            if (difference.remotes().containsKey(key)) {
                ids.add(key.id().value());
                about.put(key, key.id());
            } else {
                settled.put(key, Outcome.DONE);
            }
        });
        Request request = new Request("POST", REMOVE, Map.of(), Documents.text(body), true);
        return about.isEmpty() ? List.of() : List.of(new Call(request, about, "menu"));
    }

    @Override
    public Result read(Call call, Answer answer) {
        Outcome general = Bistro.REFUSALS.outcome(answer);
        String code = Bistro.REFUSALS.code(answer);
        if (answer.status() == 200 && code.isEmpty()) {
            return done(call, answer);
        }
        if (code.equals("STALE")) {
            return all(call, new Outcome.ReadAgain(Bistro.MENU, "somebody else was faster"));
        }
        boolean several = general instanceof Outcome.GiveUp && call.about().size() > 1;
        return several && call.request().path().equals(WRITE) ? apart(call) : all(call, general);
    }

    private static Result all(Call call, Outcome outcome) {
        Map<RecordKey, Outcome> outcomes = new HashMap<>();
        call.about().keySet().forEach(key -> outcomes.put(key, outcome));
        return new Result(outcomes, Map.of(), List.of());
    }

    private static Result done(Call call, Answer answer) {
        Map<RecordKey, Remote> remotes = new HashMap<>();
        Map<RecordKey, Outcome> outcomes = new HashMap<>();
        ObjectNode body;
        try {
            body = Documents.object(answer.body());
        } catch (InvalidValue e) {
            return all(call, new Outcome.ReadAgain(Bistro.MENU, "the answer " + e.getMessage()));
        }
        each(body, remotes);
        Set<String> gone = new HashSet<>();
        body.path("ids").forEach(id -> gone.add(id.asText()));
        call.about()
                .forEach((key, name) -> outcomes.put(
                        key,
                        remotes.containsKey(key) || gone.contains(name.value())
                                ? Outcome.DONE
                                : new Outcome.ReadAgain(Bistro.MENU, "the answer does not mention " + name)));
        return new Result(outcomes, remotes, List.of());
    }

    private static Result apart(Call call) {
        ObjectNode sent = Documents.object(String.valueOf(call.request().json()).getBytes(StandardCharsets.UTF_8));
        List<Call> calls = new ArrayList<>();
        for (JsonNode each : sent.path("items")) {
            String key = sent.path("key").asText() + "." + calls.size();
            calls.add(write(List.of((ObjectNode) each), call.about().keySet(), key));
        }
        return calls.size() > 1
                ? new Result(Map.of(), Map.of(), calls)
                : all(call, new Outcome.GiveUp("refused", "the item is refused as a whole"));
    }
}
