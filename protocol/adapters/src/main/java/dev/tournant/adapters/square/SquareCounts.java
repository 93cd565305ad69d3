package dev.tournant.adapters.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.lens.Lens;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Instants;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Stock at Square: counts of variations. That something is sold out follows from a count of zero and cannot be said by
 * itself; modifiers have no stock.
 */
final class SquareCounts {
    private static final Outcome NO_UNTIL = new Outcome.GiveUp(
            "cannot-say",
            "Square brings an item back by its stock: set its status or quantity, and tell it again at that time");

    private static final Outcome NO_QUANTITY = new Outcome.GiveUp(
            "no-quantity",
            "Square puts an item on sale by its stock: set a quantity, or take it back at Square if it was marked sold out"
                    + " there");

    private static final Outcome NOT_TRACKED = new Outcome.GiveUp(
            "not-tracked",
            "Square takes an item off sale by its stock, and does not count this one: have its stock tracked, or mark it sold"
                    + " out at Square");

    private SquareCounts() {}

    /** Whether there is anything to say: that nothing is to happen at any time is so at Square. */
    static boolean isSaid(FieldMap fields) {
        return fields.has(Item.QUANTITY) || fields.has(Item.STATUS) || fields.get(Item.UNTIL) != null;
    }

    /** One count for each item that has to have one, so many in a call; what has none is settled as refused. */
    static List<Call> calls(
            Difference difference,
            SquareNames names,
            Map<RecordKey, FieldMap> stock,
            int most,
            Map<RecordKey, Outcome> settled) {
        String location = difference.link().location();
        Set<RecordId> modifiers = modifiers(difference);
        Set<RecordId> uncounted = uncounted(difference, location == null ? "" : location);
        Map<RecordKey, BigDecimal> counts = new TreeMap<>();
        stock.forEach((key, fields) -> {
            BigDecimal count = count(fields);
            if (!fields.has(Item.STATUS) && fields.get(Item.UNTIL) != null) {
                settled.put(key, NO_UNTIL);
            } else if (location == null || key.kind() != Kind.ITEM || modifiers.contains(names.of(key))) {
                settled.put(
                        key, new Outcome.GiveUp("no-stock", "Square counts variations at a location, nothing else"));
            } else if (isOff(fields) && uncounted.contains(names.of(key)) && !isToBeCounted(difference, key)) {
                settled.put(key, NOT_TRACKED);
            } else if (count == null) {
                settled.put(key, NO_QUANTITY);
            } else {
                counts.put(key, count);
            }
        });
        List<Call> calls = new ArrayList<>();
        List<RecordKey> keys = new ArrayList<>(counts.keySet());
        for (int from = 0; from < keys.size(); from += most) {
            List<RecordKey> part = keys.subList(from, Math.min(keys.size(), from + most));
            calls.add(call(difference, names, part, counts, String.valueOf(location), calls.size()));
        }
        return calls;
    }

    /** Zero takes an item off sale, and is the least that can be told; null where nothing says how many there are. */
    private static @Nullable BigDecimal count(FieldMap fields) {
        BigDecimal left = fields.get(Item.QUANTITY);
        return isOff(fields) ? BigDecimal.ZERO : left == null ? null : left.max(BigDecimal.ZERO);
    }

    private static boolean isOff(FieldMap fields) {
        SaleStatus status = fields.get(Item.STATUS);
        return status != null && status != SaleStatus.FOR_SALE;
    }

    private static boolean isToBeCounted(Difference difference, RecordKey key) {
        FieldMap wanted = difference.wanted().get(key);
        return wanted != null && Boolean.TRUE.equals(wanted.get(Item.STOCK_TRACKED));
    }

    /** Variations that are sold however many are left. */
    private static Set<RecordId> uncounted(Difference difference, String location) {
        Lens<Boolean> tracked = SquareMappings.tracked(location);
        Set<RecordId> uncounted = new HashSet<>();
        difference.remotes().values().forEach(remote -> {
            ObjectNode document = remote.document();
            if (document != null) {
                document.path("item_data").path("variations").forEach(each -> {
                    if (isUncounted(tracked, each)) {
                        uncounted.add(new RecordId(each.path("id").asText("none")));
                    }
                });
            }
        });
        return uncounted;
    }

    private static boolean isUncounted(Lens<Boolean> tracked, JsonNode variation) {
        try {
            return !Boolean.TRUE.equals(tracked.get(variation));
        } catch (InvalidValue e) {
            // Reported where the page is read; Square knows.
            return false;
        }
    }

    private static Set<RecordId> modifiers(Difference difference) {
        Set<RecordId> modifiers = new HashSet<>();
        difference.remotes().values().forEach(remote -> {
            ObjectNode document = remote.document();
            if (document != null) {
                document.path("modifier_list_data")
                        .path("modifiers")
                        .forEach(each ->
                                modifiers.add(new RecordId(each.path("id").asText("none"))));
            }
        });
        return modifiers;
    }

    private static Call call(
            Difference difference,
            SquareNames names,
            List<RecordKey> keys,
            Map<RecordKey, BigDecimal> counts,
            String location,
            int nth) {
        // The body bears the time, and Square refuses a key that comes with another body. A count twice is the same
        // count.
        String key = difference.nonce() + "-c" + nth + "-" + difference.now().getEpochSecond();
        ObjectNode body = Documents.empty().put("idempotency_key", key);
        body.put("ignore_unchanged_counts", true);
        ArrayNode changes = body.putArray("changes");
        Map<RecordKey, RecordId> about = new TreeMap<>();
        for (RecordKey counted : keys) {
            changes.addObject()
                    .put("type", "PHYSICAL_COUNT")
                    .putObject("physical_count")
                    .put("catalog_object_id", names.of(counted).value())
                    .put("state", "IN_STOCK")
                    .put("location_id", location)
                    .put(
                            "quantity",
                            counts.getOrDefault(counted, BigDecimal.ZERO).toPlainString())
                    .put("occurred_at", Instants.print(difference.now()));
            about.put(counted, names.of(counted));
        }
        return new Call(SquareWriting.request(SquareWriting.COUNT, body), about, "");
    }
}
