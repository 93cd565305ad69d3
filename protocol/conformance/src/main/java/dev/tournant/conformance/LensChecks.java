package dev.tournant.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.lens.Records;
import dev.tournant.adapter.lens.Shape;
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Money;
import dev.tournant.model.Presence;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The laws of reading and writing, for adapters whose documents are made of lenses. */
final class LensChecks {
    private LensChecks() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "lenses-are-what-is-read-by",
                        "the records that the lenses see are those that are read",
                        null,
                        LensChecks::agree),
                new Check("get-put", "writing what was read changes nothing", null, LensChecks::getPut),
                new Check(
                        "put-get",
                        "what was written is what is read, and nothing else changes",
                        null,
                        LensChecks::putGet),
                new Check(
                        "money-is-exact",
                        "a price that was written is read to the last digit",
                        null,
                        LensChecks::money),
                new Check(
                        "unknown-members-survive",
                        "members that nobody knows are the same after a write",
                        null,
                        LensChecks::unknown));
    }

    /** A sample, and what the lenses see in it; of a record that stands there twice, nothing. */
    private record Page(
            Sample sample, ObjectNode document, Records records, Map<RecordKey, FieldMap> fields, Set<RecordKey> all) {}

    private static List<Page> pages(Trial trial) {
        List<Page> pages = new ArrayList<>();
        boolean any = false;
        for (String resource : trial.adapter().resources()) {
            Records records = trial.adapter()
                    .records(trial.link(), trial.subject().currency(), resource)
                    .orElse(null);
            any |= records != null;
            for (Sample sample : trial.subject().samples().of(resource)) {
                JsonNode tree = sample.tree().orElse(null);
                if (records != null && tree instanceof ObjectNode document) {
                    pages.add(page(trial, sample, document, records));
                }
            }
        }
        if (!any) {
            throw new NothingToCheck("Adapter.records() gives no lenses for any resource");
        }
        return pages;
    }

    private static Page page(Trial trial, Sample sample, ObjectNode document, Records records) {
        Map<RecordKey, FieldMap> found = read(trial, sample, document, records);
        Set<RecordKey> all = new TreeSet<>(found.keySet());
        Map<RecordKey, RecordDelta> read = trial.records(sample);
        found.keySet()
                .removeIf(key -> !read.containsKey(key)
                        || Objects.requireNonNull(read.get(key)).presence() != Presence.PRESENT);
        return new Page(sample, document, records, found, all);
    }

    private static Map<RecordKey, FieldMap> read(Trial trial, Sample sample, JsonNode document, Records records) {
        return trial.guarded(sample, "Records.read", () -> {
            Map<RecordKey, FieldMap> found = new LinkedHashMap<>();
            records.read(document, new Records.Reader() {
                @Override
                public void object(String path, Shape shape, JsonNode object) {
                    try {
                        found.put(shape.key(object), shape.mapping().get(object));
                    } catch (InvalidValue unreadable) {
                        throw Trial.broken(sample, path, "cannot be read by its lens: " + unreadable.getMessage());
                    }
                }

                @Override
                public void trouble(String path, JsonNode object, String why) {
                    throw Trial.broken(sample, path, "cannot be told to be an object: " + why);
                }
            });
            return found;
        });
    }

    private static void agree(Trial trial) {
        for (Page page : pages(trial)) {
            trial.records(page.sample).forEach((key, delta) -> {
                trial.count();
                FieldMap seen = page.fields.get(key);
                if (delta.presence() == Presence.PRESENT && !delta.fields().equals(seen)) {
                    throw Trial.broken(
                            page.sample,
                            key,
                            "is read as " + delta.fields() + ", but the lenses see "
                                    + (page.all.contains(key) ? String.valueOf(seen) : "no such record"));
                }
            });
        }
    }

    private static JsonNode put(Trial trial, Page page, JsonNode document, Map<RecordKey, FieldMap> fields) {
        return trial.guarded(
                page.sample,
                "Records.put",
                () -> page.records.put(document, fields, Set.of()).document());
    }

    private static void getPut(Trial trial) {
        for (Page page : pages(trial)) {
            trial.count();
            JsonNode after = put(trial, page, page.document, page.fields);
            same(page.sample, page.document, after, "after what was read is written back");
            page.fields.forEach((key, fields) -> {
                trial.count();
                same(
                        page.sample,
                        page.document,
                        put(trial, page, page.document, Map.of(key, fields)),
                        "after what was read of " + key + " is written back");
            });
        }
    }

    private static void same(Sample sample, JsonNode before, JsonNode after, String when) {
        if (before.equals(after)) {
            return;
        }
        Place first = Place.all(before).stream()
                .filter(place ->
                        !place.of(before).isContainerNode() && !place.of(before).equals(place.of(after)))
                .findFirst()
                .or(() -> Place.all(after).stream()
                        .filter(place -> !place.of(after).equals(place.of(before)))
                        .reduce((one, later) -> later))
                .orElse(Place.TOP);
        throw Trial.broken(sample, first, "is " + first.of(after) + " " + when + "; before it was " + first.of(before));
    }

    private static void putGet(Trial trial) {
        List<Page> pages = pages(trial);
        for (int nth = 0; nth < trial.effort().casesMax(); nth++) {
            Page page = trial.pick(pages);
            List<RecordKey> keys = new ArrayList<>(page.fields.keySet());
            if (!keys.isEmpty()) {
                RecordKey key = trial.pick(keys);
                FieldMap fields = Objects.requireNonNull(page.fields.get(key));
                if (!fields.isEmpty()) {
                    int index = trial.random().nextInt(fields.size());
                    Object value = Values.other(fields.value(index), trial.random());
                    if (value != null) {
                        written(trial, page, key, fields.field(index), value, false);
                    }
                }
            }
        }
    }

    private static void money(Trial trial) {
        for (Page page : pages(trial)) {
            page.fields.forEach((key, fields) -> {
                for (int i = 0; i < fields.size(); i++) {
                    if (fields.value(i) instanceof Money price && !isReadOnly(page, key, fields.field(i), price)) {
                        for (int nth = 0; nth < 20 && trial.more(); nth++) {
                            Money other = Values.price(price.currency(), trial.random());
                            written(trial, page, key, fields.field(i), other, true);
                        }
                    }
                }
            });
        }
    }

    /** A price of a whole unit more leaves the document as it is: none is ever written. */
    private static boolean isReadOnly(Page page, RecordKey key, Field<?> field, Money price) {
        FieldMap more = FieldMap.builder(key.kind())
                .put(field, Values.changed(price).get(0))
                .build();
        try {
            return page.records
                    .put(page.document, Map.of(key, more), Set.of())
                    .document()
                    .equals(page.document);
        } catch (InvalidValue refused) {
            return false;
        }
    }

    /** Writes one value and reads all again. A lens may refuse a value, and one that is read only may leave it. */
    private static void written(
            Trial trial, Page page, RecordKey key, Field<?> field, Object value, boolean mustBeTaken) {
        FieldMap told = FieldMap.builder(key.kind()).put(field, value).build();
        // As the model holds it: 17.30 is 17.3.
        Object kept = Objects.requireNonNull(told.value(0));
        JsonNode after;
        try {
            after = page.records.put(page.document, Map.of(key, told), Set.of()).document();
        } catch (InvalidValue refused) {
            return;
        }
        trial.count();
        Sample changed = page.sample.changed("with " + field.name() + " of " + key + " written as " + value, after);
        Map<RecordKey, FieldMap> now = read(trial, changed, after, page.records);
        page.fields.forEach(
                (each, before) -> compare(changed, key, field, kept, mustBeTaken, each, before, now.get(each)));
    }

    private static void compare(
            Sample changed,
            RecordKey key,
            Field<?> field,
            Object value,
            boolean mustBeTaken,
            RecordKey each,
            FieldMap before,
            @Nullable FieldMap now) {
        if (now == null) {
            throw Trial.broken(changed, each, "is gone after the write");
        }
        for (int i = 0; i < before.size(); i++) {
            Field<?> other = before.field(i);
            Object found = now.get(other);
            boolean mine = each.equals(key) && other == field;
            boolean kept = Objects.equals(found, before.value(i));
            if (mine && !value.equals(found) && (mustBeTaken || !kept)) {
                throw Trial.broken(
                        changed, each + " " + other.name(), "was written as " + value + ", but is read as " + found);
            }
            if (!mine && !kept) {
                throw Trial.broken(
                        changed,
                        each + " " + other.name(),
                        "changes from " + before.value(i) + " to " + found + ", though only " + field.name() + " of "
                                + key + " was written");
            }
        }
    }

    private static void unknown(Trial trial) {
        for (Page page : pages(trial)) {
            Planted planted = Planted.in(page.document, trial.random());
            Map<RecordKey, FieldMap> renamed = new LinkedHashMap<>();
            page.fields.forEach((key, fields) -> Values.renamed(key, fields).ifPresent(name -> renamed.put(key, name)));
            trial.count();
            JsonNode after = put(trial, page, planted.document(), renamed);
            planted.missingIn(after).forEach(place -> {
                throw Trial.broken(
                        page.sample.changed("with unknown members", planted.document()),
                        place,
                        "is a member that nobody knows, and is gone after names were written: write into the document"
                                + " that is there instead of making a new one");
            });
        }
    }
}
