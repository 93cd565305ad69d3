package dev.tournant.adapters.square;

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
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How Square is told. Objects of the catalogue first, then what is no more, then stock, which needs the ids that the
 * first calls bring. Square lets one write to a catalogue happen at a time, so these calls bear a lock.
 */
final class SquareWriting implements Writing {
    static final String UPSERT = "/v2/catalog/batch-upsert";
    static final String DELETE = "/v2/catalog/batch-delete";
    static final String COUNT = "/v2/inventory/changes/batch-create";

    private static final String CATALOG_LOCK = "catalog";
    private static final int DELETES_MAX = 200;
    private static final int COUNTS_MAX = 100;
    static final Set<Field<?>> STOCK = Set.of(Item.QUANTITY, Item.STATUS, Item.UNTIL);

    /** Square says itself that what has run out is sold out, and until when only where it was said there. */
    private static final FieldMap OFF = FieldMap.builder(Kind.ITEM)
            .set(Item.STATUS, SaleStatus.PAUSED)
            .clear(Item.UNTIL)
            .set(Item.QUANTITY, BigDecimal.ZERO)
            .build();

    @Override
    public FieldMap off() {
        return OFF;
    }

    @Override
    public List<String> madeIn() {
        return List.of(SquareFetch.CATALOG);
    }

    /** Counts stand apart; the catalogue says what is sold out, too. */
    @Override
    public List<String> shownIn(Field<?> field) {
        return STOCK.contains(field)
                ? List.of(SquareFetch.CATALOG, SquareFetch.INVENTORY)
                : List.of(SquareFetch.CATALOG);
    }

    @Override
    public Map<RecordKey, Remote> seen(Payload payload) {
        if (!SquareFetch.CATALOG.equals(payload.resource())) {
            return Map.of();
        }
        ObjectNode page;
        try {
            page = Documents.object(payload.body());
        } catch (InvalidValue e) {
            return Map.of();
        }
        Map<RecordKey, Remote> seen = new HashMap<>();
        String location = payload.link().location();
        SquareShapes.forLocation(location == null ? "" : location).read(page, new Records.Reader() {
            @Override
            public void object(String path, Shape shape, JsonNode object) {
                try {
                    RecordKey key = shape.key(object);
                    boolean nested = path.indexOf('.') > 0;
                    seen.put(key, SquareResults.remote(object, nested ? null : (ObjectNode) object));
                } catch (InvalidValue e) {
                    // Reported where the page is read into records.
                    return;
                }
            }

            @Override
            public void trouble(String path, JsonNode found, String why) {}
        });
        return seen;
    }

    @Override
    public Plan plan(Difference difference) {
        Map<RecordKey, FieldMap> moves = SquareMoves.of(difference);
        SquareNames names = new SquareNames(difference, moves.keySet());
        Map<RecordKey, Outcome> settled = new HashMap<>();
        Map<RecordKey, FieldMap> catalogue = new HashMap<>(moves);
        Map<RecordKey, FieldMap> stock = new TreeMap<>();
        difference.wanted().forEach((key, fields) -> {
            FieldMap counted = part(fields, true);
            FieldMap described = names.isTemporary(key) ? priced(part(fields, false)) : part(fields, false);
            if (!described.isEmpty() || names.isTemporary(key)) {
                catalogue.merge(key, described, FieldMap::with);
            }
            if (SquareCounts.isSaid(counted) && !names.isTemporary(key)) {
                stock.put(key, counted);
            }
            if (!catalogue.containsKey(key) && !stock.containsKey(key)) {
                settled.put(key, Outcome.DONE);
            }
        });
        SquareUpserts upserts = new SquareUpserts(difference, names, catalogue);
        List<Call> writes = upserts(catalogue.keySet(), names, upserts.objects(), difference.nonce());
        List<Call> deletes = deletes(difference, settled);
        List<Call> counts = SquareCounts.calls(difference, names, stock, COUNTS_MAX, settled);
        upserts.settled().forEach((key, outcome) -> {
            // What is told in its description may still have to be told in its stock.
            if (!stock.containsKey(key) || outcome instanceof Outcome.GiveUp) {
                settled.put(key, outcome);
            }
        });
        List<List<Call>> steps = new ArrayList<>();
        for (List<Call> step : List.of(writes, deletes, counts)) {
            if (!step.isEmpty()) {
                steps.add(step);
            }
        }
        return new Plan(steps, settled);
    }

    /** Square wants to be told how a new thing is priced; a price that is given is a fixed one unless somebody says else. */
    private static FieldMap priced(FieldMap created) {
        boolean isSilent = !created.isEmpty()
                && created.field(0).kind() == Kind.ITEM
                && created.get(Item.PRICE) != null
                && created.get(Item.PRICING) == null;
        return isSilent ? created.with(FieldMap.of(Item.PRICING, Item.Pricing.FIXED)) : created;
    }

    private static FieldMap part(FieldMap fields, boolean stock) {
        if (fields.isEmpty()) {
            return fields;
        }
        FieldMap.Builder part = FieldMap.builder(fields.field(0).kind());
        for (int i = 0; i < fields.size(); i++) {
            if (STOCK.contains(fields.field(i)) == stock) {
                part.put(fields.field(i), fields.value(i));
            }
        }
        return part.build();
    }

    private static List<Call> upserts(Set<RecordKey> told, SquareNames names, List<ObjectNode> objects, String nonce) {
        Map<RecordId, RecordKey> records = new HashMap<>();
        told.forEach(key -> records.put(names.of(key), key));
        List<Call> calls = new ArrayList<>();
        for (List<ObjectNode> batch : SquareBatches.batches(objects)) {
            calls.add(upsert(batch, records, nonce + "-u" + calls.size()));
        }
        return calls;
    }

    static Call upsert(List<ObjectNode> batch, Map<RecordId, RecordKey> records, String key) {
        ObjectNode body = Documents.empty().put("idempotency_key", key);
        body.putArray("batches").addObject().putArray("objects").addAll(batch);
        Map<RecordKey, RecordId> about = new HashMap<>();
        for (ObjectNode object : batch) {
            for (JsonNode each : SquareBatches.objects(object)) {
                RecordId name = new RecordId(each.path("id").asText());
                RecordKey record = records.get(name);
                if (record != null) {
                    about.put(record, name);
                }
            }
        }
        return new Call(request(UPSERT, body), about, CATALOG_LOCK);
    }

    private static List<Call> deletes(Difference difference, Map<RecordKey, Outcome> settled) {
        List<Call> calls = new ArrayList<>();
        Map<RecordKey, RecordId> about = new TreeMap<>();
        for (RecordKey key : new TreeSet<>(difference.removed())) {
            Remote remote = difference.remotes().get(key);
            if (remote == null || !SquareNames.isLive(remote) || key.kind() == Kind.STORE) {
                settled.put(key, Outcome.DONE);
            } else {
                about.put(key, remote.id());
            }
            if (about.size() == DELETES_MAX) {
                calls.add(delete(about));
                about.clear();
            }
        }
        if (!about.isEmpty()) {
            calls.add(delete(about));
        }
        return calls;
    }

    private static Call delete(Map<RecordKey, RecordId> about) {
        ObjectNode body = Documents.empty();
        ArrayNode ids = body.putArray("object_ids");
        about.values().forEach(id -> ids.add(id.value()));
        return new Call(request(DELETE, body), about, CATALOG_LOCK);
    }

    static Request request(String path, ObjectNode body) {
        // Idempotency keys make upserts and counts repeatable; deleting twice deletes nothing more.
        return new Request("POST", path, SquareFetch.headers(), Documents.text(body), true);
    }

    @Override
    public Result read(Call call, Answer answer) {
        return new SquareResults(call, answer).read();
    }
}
