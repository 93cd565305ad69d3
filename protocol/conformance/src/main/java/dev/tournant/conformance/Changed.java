package dev.tournant.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.lens.Records;
import dev.tournant.adapter.lens.Shape;
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Fields;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Item;
import dev.tournant.model.RecordKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Another value of one field of each record: its name, or where the partner cannot be told names, its price, its status or
 * what else it can be told. What can be told is seen by writing it into the samples: a field that is read only leaves them as
 * they are. Where an adapter does not say how its documents look ({@code Adapter.records()}), any field is taken to be told.
 */
final class Changed {
    private final Trial trial;

    private Changed(Trial trial) {
        this.trial = trial;
    }

    /** Of each of these records that can be told anything; the same for the same records. */
    static Map<RecordKey, FieldMap> of(Trial trial, Map<RecordKey, FieldMap> records) {
        return new Changed(trial).found(records);
    }

    private Map<RecordKey, FieldMap> found(Map<RecordKey, FieldMap> records) {
        Map<RecordKey, Deque<FieldMap>> left = new TreeMap<>();
        records.forEach((key, fields) -> left.put(key, others(key, fields)));
        Map<RecordKey, FieldMap> found = new TreeMap<>();
        left.values().removeIf(Deque::isEmpty);
        while (!left.isEmpty()) {
            Map<RecordKey, FieldMap> next = new TreeMap<>();
            left.forEach((key, others) -> next.put(key, others.remove()));
            next.keySet().removeAll(untold(next));
            found.putAll(next);
            left.keySet().removeAll(next.keySet());
            left.values().removeIf(Deque::isEmpty);
        }
        return found;
    }

    /** The name first: most partners can be told that, and a wrong one is seen at once. */
    private static Deque<FieldMap> others(RecordKey key, FieldMap fields) {
        Set<Field<?>> order = new LinkedHashSet<>();
        Fields.of(key.kind()).find("name").ifPresent(order::add);
        order.add(Item.PRICE);
        for (int i = 0; i < fields.size(); i++) {
            order.add(fields.field(i));
        }
        Deque<FieldMap> others = new ArrayDeque<>();
        for (Field<?> field : order) {
            Object value = fields.get(field);
            if (value != null) {
                Values.changed(value)
                        .forEach(other -> others.add(
                                FieldMap.builder(key.kind()).put(field, other).build()));
            }
        }
        return others;
    }

    /** Those that leave every page as it was on which the record stands. */
    private Set<RecordKey> untold(Map<RecordKey, FieldMap> wanted) {
        Set<RecordKey> untold = new TreeSet<>();
        Set<RecordKey> told = new TreeSet<>();
        for (Sample sample : trial.subject().samples().clean()) {
            Optional<Records> records = sample.resource() == null
                    ? Optional.empty()
                    : trial.adapter().records(trial.link(), trial.subject().currency(), sample.resource());
            JsonNode document = sample.tree().orElse(null);
            if (records.isPresent() && document != null) {
                Map<RecordKey, FieldMap> before = read(records.get(), document);
                Map<RecordKey, FieldMap> here = new TreeMap<>(wanted);
                here.keySet().retainAll(before.keySet());
                Map<RecordKey, FieldMap> after = written(records.get(), document, here);
                here.keySet().forEach(key -> (same(before, after, key) ? untold : told).add(key));
            }
        }
        untold.removeAll(told);
        return untold;
    }

    private static boolean same(Map<RecordKey, FieldMap> before, Map<RecordKey, FieldMap> after, RecordKey key) {
        return before.getOrDefault(key, FieldMap.EMPTY).equals(after.get(key));
    }

    /** What is read after all of it was written, as far as each can be said. */
    private static Map<RecordKey, FieldMap> written(
            Records records, JsonNode document, Map<RecordKey, FieldMap> wanted) {
        try {
            return read(records, records.put(document, wanted, Set.of()).document());
        } catch (InvalidValue oneOfThem) {
            Map<RecordKey, FieldMap> all = read(records, document);
            wanted.forEach((key, fields) -> {
                try {
                    JsonNode one =
                            records.put(document, Map.of(key, fields), Set.of()).document();
                    all.put(key, read(records, one).getOrDefault(key, FieldMap.EMPTY));
                } catch (InvalidValue itself) {
                    // No word for this value: it stays as it is.
                    return;
                }
            });
            return all;
        }
    }

    private static Map<RecordKey, FieldMap> read(Records records, JsonNode document) {
        Map<RecordKey, FieldMap> found = new HashMap<>();
        records.read(document, new Records.Reader() {
            @Override
            public void object(String path, Shape shape, JsonNode object) {
                try {
                    found.put(shape.key(object), shape.mapping().get(object, trouble -> {}));
                } catch (InvalidValue nameless) {
                    // Other checks are about what cannot be read.
                    return;
                }
            }

            @Override
            public void trouble(String path, JsonNode object, String why) {}
        });
        return found;
    }
}
