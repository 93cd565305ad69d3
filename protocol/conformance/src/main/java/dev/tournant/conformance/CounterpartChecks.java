package dev.tournant.conformance;

import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Outcome;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Money;
import dev.tournant.model.Placement;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Relations;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Round trips through a stand-in, or an account at the partner itself. */
final class CounterpartChecks {
    private static final int RECORDS = 40;

    private CounterpartChecks() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "round-trip-reads",
                        "all that the counterpart holds is read to its end",
                        null,
                        CounterpartChecks::reads),
                catalogue("round-trip-changes", "changed records are read back as told", CounterpartChecks::changes),
                catalogue("round-trip-new", "new records are read back as told", CounterpartChecks::fresh),
                catalogue("round-trip-removed", "removed records are gone", CounterpartChecks::removed),
                catalogue(
                        "round-trip-bad-record",
                        "one bad record does not keep others from arriving",
                        CounterpartChecks::bad),
                new Check(
                        "round-trip-stock",
                        "told stock is read back",
                        Capability.WRITE_STOCK,
                        CounterpartChecks::stock));
    }

    static Check catalogue(String id, String name, Check.Rule rule) {
        return new Check(id, name, Capability.WRITE_CATALOGUE, rule);
    }

    private static void reads(Trial trial) {
        Known known = Dialogue.of(trial).fetch();
        Set<RecordKey> read =
                trial.isOnlyTold() ? known.remotes().keySet() : known.records().keySet();
        read.forEach(key -> trial.count());
        if (read.isEmpty()) {
            throw new Broken(new Finding(
                    "the conversation with the counterpart", "$", "no record is read from all it holds", null));
        }
    }

    /** New names and prices for some of what is there. */
    static Map<RecordKey, FieldMap> some(Trial trial, Known known) {
        Map<RecordKey, FieldMap> some = new TreeMap<>();
        known.tellable().forEach((key, name) -> {
            if (some.size() < RECORDS) {
                some.put(key, name);
            }
        });
        known.described().forEach((key, fields) -> {
            Money price = fields.get(Item.PRICE);
            if (price != null && some.size() < 2 * RECORDS) {
                FieldMap other = FieldMap.of(Item.PRICE, Values.menuPrice(price.currency(), trial.random()));
                some.merge(key, other, Known::over);
            }
        });
        return some;
    }

    private static void changes(Trial trial) {
        Dialogue dialogue = Dialogue.of(trial);
        Known before = dialogue.fetch();
        Map<RecordKey, FieldMap> wanted = some(trial, before);
        Map<RecordKey, Outcome> outcomes = dialogue.tell(wanted, Set.of());
        allDone(wanted.keySet(), outcomes);
        Known after = dialogue.fetch();
        dialogue.expect(wanted, outcomes, after);
        before.records().forEach((key, fields) -> {
            FieldMap now = after.records().get(key);
            if (!wanted.containsKey(key) && !fields.equals(now)) {
                throw Dialogue.broken(key, "was not told anything, but changed from " + fields + " to " + now);
            }
        });
    }

    static void allDone(Set<RecordKey> keys, Map<RecordKey, Outcome> outcomes) {
        for (RecordKey key : keys) {
            Outcome outcome = outcomes.get(key);
            if (!(outcome instanceof Outcome.Done)) {
                throw Dialogue.broken(key, "was to be changed; what became of it is " + outcome);
            }
        }
    }

    /** Dishes with all that belongs to them, or other records that stand by themselves, as new ones. */
    static Map<RecordKey, FieldMap> family(Known known) {
        Map<RecordKey, FieldMap> copies = known.copies();
        Map<RecordKey, FieldMap> family = new TreeMap<>();
        copies.forEach((key, fields) -> {
            Placement dish = fields.get(Item.VARIATION_OF);
            if (dish != null && !family.containsKey(key) && family.size() < RECORDS) {
                // Some partners number variations by their place, so none of them may be missing.
                copies.forEach((other, its) -> {
                    Placement in = its.get(Item.VARIATION_OF);
                    if (in != null && in.in().equals(dish.in())) {
                        add(other, copies, family);
                    }
                });
            }
        });
        if (family.isEmpty()) {
            copies.keySet().stream().limit(RECORDS).forEach(key -> add(key, copies, family));
        }
        return family;
    }

    private static void add(RecordKey key, Map<RecordKey, FieldMap> from, Map<RecordKey, FieldMap> into) {
        FieldMap fields = from.get(key);
        if (fields != null && into.putIfAbsent(key, fields) == null) {
            Relations.of(fields).forEach(each -> add(each, from, into));
        }
    }

    private static void fresh(Trial trial) {
        Dialogue dialogue = Dialogue.of(trial);
        Map<RecordKey, FieldMap> wanted = family(dialogue.fetch());
        Map<RecordKey, Outcome> outcomes = dialogue.tell(wanted, Set.of());
        dialogue.expect(wanted, outcomes, dialogue.fetch());
        if (trial.cases() == 0) {
            throw Dialogue.broken(
                    wanted.keySet().stream().findFirst().orElse(RecordKey.of(Kind.ITEM, "none")),
                    "is new, and neither it nor any other is taken: " + outcomes);
        }
    }

    private static void removed(Trial trial) {
        Dialogue dialogue = Dialogue.of(trial);
        Map<RecordKey, FieldMap> wanted = family(dialogue.fetch());
        dialogue.tell(wanted, Set.of());
        Set<RecordKey> made = new TreeSet<>(wanted.keySet());
        if (!trial.isOnlyTold()) {
            made.retainAll(dialogue.remotes().keySet());
        }
        Map<RecordKey, Outcome> outcomes = dialogue.tell(Map.of(), made);
        Known after = dialogue.fetch();
        if (trial.isOnlyTold()) {
            allDone(made, outcomes);
            dialogue.expectGone(made);
        }
        for (RecordKey key : made) {
            if (outcomes.get(key) instanceof Outcome.Done) {
                trial.count();
                if (after.records().containsKey(new RecordKey(key.kind(), dialogue.name(key)))) {
                    throw Dialogue.broken(key, "is told as removed, but still there when all is fetched again");
                }
            }
        }
    }

    private static void bad(Trial trial) {
        Dialogue dialogue = Dialogue.of(trial);
        Known before = dialogue.fetch();
        RecordKey lost = RecordKey.of(Kind.ITEM, "kit-lost");
        Map<RecordKey, FieldMap> wanted = some(trial, before);
        Set<RecordKey> good = Set.copyOf(wanted.keySet());
        wanted.put(lost, trial.isOnlyTold() ? priceless(before) : nowhere());
        Map<RecordKey, Outcome> outcomes = dialogue.tell(wanted, Set.of());
        allDone(good, outcomes);
        if (!(outcomes.get(lost) instanceof Outcome.GiveUp)) {
            throw Dialogue.broken(lost, "is a record that cannot be told; what became of it is " + outcomes.get(lost));
        }
        wanted.remove(lost);
        dialogue.expect(wanted, outcomes, dialogue.fetch());
    }

    private static FieldMap nowhere() {
        return FieldMap.builder(Kind.ITEM)
                .set(Item.NAME, "Lost")
                .set(Item.VARIATION_OF, new Placement(new RecordId("kit-nowhere"), 0))
                .build();
    }

    /** Where a dish stands, and without a price: what stands nowhere is not told to somebody who is told menus. */
    private static FieldMap priceless(Known known) {
        FieldMap.Builder fields = FieldMap.builder(Kind.ITEM).set(Item.NAME, "Lost");
        known.records().values().stream()
                .map(each -> each.get(Item.CATEGORIES))
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(categories -> fields.set(Item.CATEGORIES, categories));
        return fields.build();
    }

    private static void stock(Trial trial) {
        Dialogue dialogue = Dialogue.of(trial);
        Map<RecordKey, FieldMap> wanted = new TreeMap<>();
        dialogue.fetch().records().forEach((key, fields) -> {
            if (fields.get(Item.QUANTITY) != null && wanted.size() < RECORDS) {
                BigDecimal quantity = BigDecimal.valueOf(1 + trial.random().nextInt(500));
                wanted.put(key, FieldMap.of(Item.QUANTITY, quantity));
            }
        });
        Map<RecordKey, Outcome> outcomes = dialogue.tell(wanted, Set.of());
        allDone(wanted.keySet(), outcomes);
        dialogue.expect(wanted, outcomes, dialogue.fetch());
    }
}
