package dev.tournant.cluster.merchant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Result;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.RemoteRecord;
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.Money;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.Presence;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A versioned point of sale: names of its own, temporary ids, batches that are taken whole or not, idempotency keys. Some
 * alter what they are told, at once or a moment later; some will not delete what is in use.
 */
final class SimTill extends SimPartner {
    static final String CATALOG = "catalog";
    static final String COUNTS = "counts";
    private static final List<Field<?>> DESCRIBED = List.of(Item.NAME, Item.SKU, Item.DESCRIPTION, Item.PRICE);
    private static final Money ROUGH = Money.of("3.00", "USD");
    private static final Money ROUNDED = Money.of("3.50", "USD");
    private static final Outcome LATER = new Outcome.TryLater(Duration.ofSeconds(2), "busy");

    private final Map<String, Answer> answered = new HashMap<>();
    private long versions = 1;
    private Altering altering = Altering.NOTHING;
    private @Nullable Random stubborn;
    private Telling telling = Telling.ALL;
    /** When what is on sale was counted last, by its own clock; of what was never counted nothing. */
    private final Map<String, Instant> counted = new HashMap<>();

    private @Nullable Instant lastCount;

    /** What it tells when it is asked. */
    enum Telling {
        ALL,
        /** What has a later version than the last that it told. */
        CHANGES,
        /** The same, and what is on sale apart from all else: without versions, since the last count that it told. */
        COUNTS_APART
    }

    /** When a value is made another one. */
    enum Altering {
        NOTHING,
        /** As it is written: at the version that is answered. */
        AT_ONCE,
        /** After the answer, at a version of its own. */
        LATER
    }

    SimTill(Link link, Duration skew, Random random) {
        super(link, skew, random);
    }

    /** What is altered: prices and descriptions. */
    static final Set<Field<?>> ALTERED = Set.of(Item.PRICE, Item.DESCRIPTION);

    void alters(Altering what) {
        altering = what;
    }

    void tells(Random how) {
        telling = Telling.values()[how.nextInt(Telling.values().length)];
    }

    private boolean countsApart() {
        return telling == Telling.COUNTS_APART;
    }

    /** Some of what it is to delete is in use. Null for nothing. */
    void refuses(@Nullable Random which) {
        stubborn = which;
    }

    boolean isAltering() {
        return altering != Altering.NOTHING;
    }

    /** A price is rounded, one description is dropped, and another one is never twice the same. */
    private FieldMap altered(FieldMap told) {
        FieldMap.Builder altered = FieldMap.builder(Kind.ITEM);
        if (ROUGH.equals(told.get(Item.PRICE))) {
            altered.put(Item.PRICE, ROUNDED);
        }
        if ("d1".equals(told.get(Item.DESCRIPTION))) {
            altered.put(Item.DESCRIPTION, null);
        }
        if ("d2".equals(told.get(Item.DESCRIPTION))) {
            altered.put(Item.DESCRIPTION, "d2 of " + versions);
        }
        return altered.build();
    }

    private boolean isAlteredTo(Field<?> field, @Nullable Object wanted, @Nullable Object shown) {
        if (!isAltering()) {
            return false;
        }
        if (field.equals(Item.PRICE)) {
            return ROUGH.equals(wanted) && ROUNDED.equals(shown);
        }
        boolean isDropped = "d1".equals(wanted) && shown == null;
        return field.equals(Item.DESCRIPTION)
                && (isDropped || ("d2".equals(wanted) && String.valueOf(shown).startsWith("d2 of ")));
    }

    @Override
    Traits traits() {
        Set<Capability> catalogue = Set.of(Capability.READ_CATALOGUE, Capability.WRITE_CATALOGUE);
        Set<Capability> stock = Set.of(
                Capability.READ_CATALOGUE, Capability.WRITE_CATALOGUE, Capability.READ_STOCK, Capability.WRITE_STOCK);
        // It counts nothing, and says only what is off.
        return new Traits(
                countsApart() ? List.of(CATALOG, COUNTS) : List.of(CATALOG),
                countsApart() ? stock : catalogue,
                Optional.of(Scope.CHANGES),
                Optional.empty(),
                List.of(CATALOG),
                field -> List.of(countsApart() && isStock(field) ? COUNTS : CATALOG),
                Set.of(Item.QUANTITY),
                FieldMap.EMPTY,
                Traits.Withholding.NEVER);
    }

    @Override
    public Plan plan(Difference difference) {
        List<ObjectNode> objects = new ArrayList<>();
        Map<RecordKey, RecordId> about = new HashMap<>();
        List<Call> counts = new ArrayList<>();
        new TreeMap<>(difference.wanted()).forEach((key, wanted) -> {
            Remote remote = difference.remotes().get(key);
            FieldMap fields = countsApart() ? described(wanted) : wanted;
            if (countsApart() && remote != null && wanted.has(Item.STATUS)) {
                counts.add(count(key, remote.id(), wanted));
            }
            if (fields.isEmpty() && remote != null) {
                return;
            }
            String id = remote == null ? "#" + key.id() : remote.id().value();
            ObjectNode object = object().put("id", id).put("version", remote == null ? 0 : remote.version());
            object.set("fields", json(fields));
            objects.add(object);
            about.put(key, new RecordId(id));
        });
        Map<RecordKey, Outcome> settled = new HashMap<>();
        Map<RecordKey, RecordId> gone = new HashMap<>();
        ArrayNode ids = object().putArray("ids");
        for (RecordKey key : new TreeSet<>(difference.removed())) {
            Remote remote = difference.remotes().get(key);
            if (remote == null) {
                settled.put(key, Outcome.DONE);
            } else {
                gone.put(key, remote.id());
                ids.add(remote.id().value());
            }
        }
        List<List<Call>> steps = new ArrayList<>();
        if (!objects.isEmpty()) {
            steps.add(List.of(upsert(difference.nonce(), objects, about)));
        }
        if (!gone.isEmpty()) {
            ObjectNode body = object();
            body.set("ids", ids);
            steps.add(List.of(new Call(request("/delete", body), gone, CATALOG)));
        }
        if (!counts.isEmpty()) {
            steps.add(counts);
        }
        return new Plan(steps, settled);
    }

    private static FieldMap described(FieldMap wanted) {
        FieldMap.Builder described = FieldMap.builder(Kind.ITEM);
        DESCRIBED.stream().filter(wanted::has).forEach(field -> described.put(field, wanted.get(field)));
        return described.build();
    }

    private static Call count(RecordKey key, RecordId id, FieldMap wanted) {
        ObjectNode body = object().put("id", id.value());
        body.set(
                "fields",
                json(FieldMap.builder(Kind.ITEM)
                        .put(Item.STATUS, wanted.get(Item.STATUS))
                        .build()));
        return new Call(request("/count", body), Map.of(key, id), "");
    }

    private static Call upsert(String key, List<ObjectNode> objects, Map<RecordKey, RecordId> about) {
        ObjectNode body = object().put("key", key);
        body.putArray("objects").addAll(objects);
        return new Call(request("/upsert", body), about, CATALOG);
    }

    @Override
    Answer take(Request request, Instant now) {
        JsonNode body = body(request);
        if (request.path().equals("/delete")) {
            if (stubborn != null && stubborn.nextBoolean()) {
                return answer(403, object(), now);
            }
            body.path("ids").forEach(id -> {
                Thing thing = things.get(id.asText());
                if (thing != null && !thing.deleted) {
                    delete(thing, now);
                }
            });
            return answer(200, object(), now);
        }
        if (request.path().equals("/count")) {
            String id = body.path("id").asText();
            Thing thing = things.get(id);
            if (thing != null && !thing.deleted) {
                thing.fields = thing.fields.with(fields(body.path("fields")));
                count(id, now);
            }
            return answer(200, object(), now);
        }
        String key = body.path("key").asText();
        Answer known = answered.get(key);
        if (known != null) {
            return known;
        }
        Answer answer = upsert(body, now);
        if (answer.status() == 200) {
            answered.put(key, answer);
        }
        return answer;
    }

    /** No two counts are of one moment. */
    private void count(String id, Instant now) {
        Instant last = lastCount;
        Instant at = clock(now);
        lastCount = last == null || last.isBefore(at) ? at : last.plusMillis(1);
        counted.put(id, lastCount);
    }

    private void delete(Thing thing, Instant now) {
        thing.deleted = true;
        thing.version = ++versions;
        thing.at = clock(now);
    }

    private Answer upsert(JsonNode body, Instant now) {
        for (JsonNode each : body.path("objects")) {
            Thing thing = things.get(each.path("id").asText());
            boolean isNew = each.path("id").asText().startsWith("#");
            if (isBad(fields(each.path("fields")))) {
                return answer(400, object(), now);
            }
            if (!isNew
                    && (thing == null
                            || thing.deleted
                            || thing.version != each.path("version").asLong())) {
                return answer(409, object(), now);
            }
        }
        ObjectNode answer = object();
        for (JsonNode each : body.path("objects")) {
            String id = each.path("id").asText();
            Thing thing = things.get(id);
            String name = id;
            if (thing == null) {
                name = newName("T");
                noteMade(id, name);
                thing = new Thing(FieldMap.EMPTY, 0, now);
                things.put(name, thing);
            }
            thing.fields = thing.fields.with(fields(each.path("fields")));
            thing.version = ++versions;
            thing.at = clock(now);
            answer.putObject(id).put("id", name).put("version", thing.version);
            FieldMap altered = altered(fields(each.path("fields")));
            if (isAltering() && !altered.isEmpty()) {
                thing.fields = thing.fields.with(altered);
                thing.version = altering == Altering.LATER ? ++versions : thing.version;
            }
        }
        return answer(200, answer, now);
    }

    @Override
    public Result read(Call call, Answer answer) {
        return switch (answer.status()) {
            case 200 -> done(call, body(answer));
            case 409 -> all(call, new Outcome.ReadAgain(CATALOG, "changed"));
            case 400 -> halved(call);
            case 403 -> all(call, new Outcome.GiveUp("in-use", "some of it is in use"));
            default -> all(call, LATER);
        };
    }

    private static Result all(Call call, Outcome outcome) {
        Map<RecordKey, Outcome> outcomes = new HashMap<>();
        call.about().keySet().forEach(key -> outcomes.put(key, outcome));
        return new Result(outcomes, Map.of(), List.of());
    }

    private static Result done(Call call, JsonNode body) {
        Map<RecordKey, Remote> remotes = new HashMap<>();
        call.about().forEach((key, id) -> {
            JsonNode now = body.get(id.value());
            if (now != null) {
                remotes.put(
                        key,
                        new Remote(
                                new RecordId(now.path("id").asText()),
                                now.path("version").asLong(),
                                null));
            }
        });
        return new Result(all(call, Outcome.DONE).outcomes(), remotes, List.of());
    }

    private static Result halved(Call call) {
        JsonNode body = body(call.request());
        List<ObjectNode> objects = new ArrayList<>();
        body.path("objects").forEach(each -> objects.add((ObjectNode) each));
        if (objects.size() == 1) {
            return all(call, new Outcome.GiveUp("bad-name", "names have no exclamation marks"));
        }
        List<Call> halves = new ArrayList<>();
        int half = objects.size() / 2;
        for (List<ObjectNode> part : List.of(objects.subList(0, half), objects.subList(half, objects.size()))) {
            Map<RecordKey, RecordId> about = new HashMap<>(call.about());
            about.values()
                    .removeIf(id -> part.stream()
                            .noneMatch(each -> each.path("id").asText().equals(id.value())));
            halves.add(upsert(body.path("key").asText() + "." + halves.size(), part, about));
        }
        return new Result(Map.of(), Map.of(), halves);
    }

    @Override
    List<Snapshot> read(String resource) {
        return read(resource, null);
    }

    @Override
    @Nullable
    String until(String resource) {
        Instant last = lastCount;
        return switch (telling) {
            case ALL -> null;
            case CHANGES -> Long.toString(versions);
            case COUNTS_APART ->
                resource.equals(CATALOG) ? Long.toString(versions) : last == null ? null : last.toString();
        };
    }

    private List<Snapshot> counts(@Nullable String since) {
        List<RecordDelta> deltas = new ArrayList<>();
        counted.forEach((id, at) -> {
            Thing thing = things.get(id);
            if (thing != null && !thing.deleted && (since == null || at.isAfter(Instant.parse(since)))) {
                deltas.add(RecordDelta.set(item(id), stamp(at), 0, all(thing.fields, List.of(Item.STATUS))));
            }
        });
        Said said = new Said(List.of(new PartnerEvent("", deltas, List.of())), List.of(), List.of());
        return List.of(asked -> said);
    }

    @Override
    List<Snapshot> read(String resource, @Nullable String since) {
        if (resource.equals(COUNTS)) {
            return counts(since);
        }
        List<Field<?>> shown = countsApart() ? DESCRIBED : FIELDS;
        List<RecordDelta> deltas = new ArrayList<>();
        List<RemoteRecord> remotes = new ArrayList<>();
        things.forEach((id, thing) -> {
            if (since != null && thing.version <= Long.parseLong(since)) {
                return;
            }
            deltas.add(
                    thing.deleted
                            ? RecordDelta.deleted(item(id), stamp(thing.at), thing.version, Presence.TOMBSTONE)
                            : RecordDelta.set(item(id), stamp(thing.at), thing.version, all(thing.fields, shown)));
            if (!thing.deleted) {
                remotes.add(new RemoteRecord(item(id), new RecordId(id), thing.version, null));
            }
        });
        int half = deltas.size() / 2;
        Said first = new Said(List.of(new PartnerEvent("", deltas.subList(0, half), List.of())), remotes, List.of());
        Said second = new Said(
                List.of(new PartnerEvent("", deltas.subList(half, deltas.size()), List.of())), List.of(), List.of());
        return List.of(asked -> first, asked -> second);
    }

    @Override
    List<Said> edit(SimWorld world, Instant now) {
        List<Map.Entry<String, Thing>> live = live();
        int what = random.nextInt(10);
        String resource = CATALOG;
        if (live.isEmpty() || what == 0) {
            String id = newName("T");
            things.put(id, new Thing(world.newItem(link.id().value()), ++versions, clock(now)));
        } else {
            Map.Entry<String, Thing> one = live.get(random.nextInt(live.size()));
            Thing thing = one.getValue();
            if (what == 1) {
                delete(thing, now);
                world.noteDeleted(this, thing);
                world.log("till deletes " + one.getKey());
            } else {
                FieldMap edit = world.edited(link.id().value());
                FieldMap changes = changes(thing, edit);
                thing.fields = thing.fields.with(edit);
                if (countsApart() && edit.has(Item.STATUS)) {
                    count(one.getKey(), now);
                    resource = COUNTS;
                } else {
                    thing.version = ++versions;
                    thing.at = clock(now);
                }
                world.noteEdit(this, thing, changes);
                world.log("till edits " + one.getKey() + " " + edit);
            }
        }
        PartnerEvent event = new PartnerEvent(newId("te"), List.of(), List.of(resource));
        return List.of(new Said(List.of(event), List.of(), List.of()));
    }

    @Override
    boolean shows(FieldMap fields, @Nullable Thing thing) {
        if (thing == null) {
            // Whether it is on sale is told only of what is there, and makes nothing by itself.
            return countsApart() && described(fields).isEmpty();
        }
        return FIELDS.stream()
                .allMatch(field -> same(fields, thing.fields, List.of(field))
                        || isAlteredTo(field, fields.get(field), thing.fields.get(field)));
    }
}
