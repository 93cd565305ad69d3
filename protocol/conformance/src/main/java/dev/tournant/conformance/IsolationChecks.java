package dev.tournant.conformance;

import dev.tournant.adapter.Call;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Result;
import dev.tournant.model.Bound;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Menu;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.Money;
import dev.tournant.model.Placement;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One bad record does not keep the others from being told. */
final class IsolationChecks {
    private IsolationChecks() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "bad-record-refused-alone",
                        "a record that cannot be told is settled by itself, and the others go out",
                        Capability.WRITE_CATALOGUE,
                        IsolationChecks::planned),
                new Check(
                        "blamed-record-found",
                        "a call that fails because of one record ends with that one refused and the others told",
                        null,
                        IsolationChecks::blamed));
    }

    private static Map<String, Map<RecordKey, FieldMap>> bad(Known known) {
        Map<String, Map<RecordKey, FieldMap>> bad = new LinkedHashMap<>();
        RecordKey fresh = RecordKey.of(Kind.ITEM, "kit-bad");
        FieldMap lost = FieldMap.builder(Kind.ITEM)
                .set(Item.NAME, "Lost")
                .set(Item.VARIATION_OF, new Placement(new RecordId("kit-nowhere"), 0))
                .build();
        bad.put("a record that speaks of one that nobody knows", Map.of(fresh, lost));
        bad.put("a dish that nothing is known of but its name", Map.of(fresh, FieldMap.of(Item.NAME, "Bare")));
        bad.put("a menu", Map.of(RecordKey.of(Kind.MENU, "kit-bad"), FieldMap.of(Menu.NAME, "Bad")));
        bad.put("a record without fields", Map.of(fresh, FieldMap.EMPTY));
        bad.put(
                "a group with endless choices",
                Map.of(
                        RecordKey.of(Kind.MODIFIER_GROUP, "kit-bad"),
                        FieldMap.builder(Kind.MODIFIER_GROUP)
                                .set(ModifierGroup.NAME, "Bad")
                                .set(ModifierGroup.MIN, Bound.at(10_000))
                                .set(ModifierGroup.MAX, Bound.UNLIMITED)
                                .build()));
        known.described().entrySet().stream()
                .filter(each -> each.getValue().get(Item.PRICE) != null)
                .findFirst()
                .ifPresent(each -> {
                    bad.put(
                            "a price in another currency",
                            Map.of(each.getKey(), FieldMap.of(Item.PRICE, Money.of("1", "XAF"))));
                    bad.put(
                            "a price with eight decimals",
                            Map.of(each.getKey(), FieldMap.of(Item.PRICE, Money.of("0.00000001", "USD"))));
                    bad.put(
                            "a name of 512 characters",
                            Map.of(each.getKey(), FieldMap.of(Item.NAME, "\"<é😀".repeat(102))));
                });
        return bad;
    }

    private static void planned(Trial trial) {
        Known known = Known.of(trial);
        bad(known).forEach((what, record) -> {
            trial.count();
            RecordKey key = record.keySet().iterator().next();
            Map<RecordKey, FieldMap> good = new TreeMap<>(known.changes());
            good.remove(key);
            Set<RecordKey> alone = told(trial.plan(known.difference(good, Set.of())));
            Map<RecordKey, FieldMap> both = new TreeMap<>(good);
            both.putAll(record);
            Plan plan = trial.plan(known.difference(both, Set.of()));
            Set<RecordKey> lost = new TreeSet<>(alone);
            lost.removeAll(told(plan));
            String document = "a plan for " + good.size() + " changes and " + what + " (" + key + ")";
            if (!lost.isEmpty()) {
                throw new Broken(new Finding(
                        document,
                        lost.iterator().next().toString(),
                        "is told without " + key + ", but not with it: one bad record takes " + lost.size()
                                + " others with it. Settled is "
                                + plan.settled().get(lost.iterator().next()),
                        null));
            }
            if (!told(plan).contains(key) && !plan.settled().containsKey(key)) {
                throw new Broken(new Finding(document, key.toString(), "is neither told nor settled", null));
            }
        });
    }

    private static Set<RecordKey> told(Plan plan) {
        Set<RecordKey> told = new HashSet<>();
        plan.steps()
                .forEach(step -> step.forEach(call -> told.addAll(call.about().keySet())));
        return told;
    }

    /** The partner refuses every call that holds one certain record, and does not say which. */
    private static void blamed(Trial trial) {
        trial.writing();
        Known known = Known.of(trial);
        for (Map<RecordKey, FieldMap> wanted : List.of(known.tellable(), known.stocked())) {
            Plan plan = trial.plan(known.difference(wanted, Set.of()));
            for (List<Call> step : plan.steps()) {
                for (Call call : step) {
                    Set<RecordKey> about = new TreeSet<>(call.about().keySet());
                    about.retainAll(wanted.keySet());
                    if (about.size() > 1) {
                        about.stream().limit(8).forEach(bad -> blamed(trial, call, bad));
                    }
                }
            }
        }
    }

    private static void blamed(Trial trial, Call first, RecordKey bad) {
        trial.count();
        Refusal refusal = Refusal.coded(trial, 400, Refusal.CODE);
        Sample about = refusal.about(first.request());
        Map<RecordKey, Outcome> outcomes = new HashMap<>();
        Deque<Call> waiting = new ArrayDeque<>(List.of(first));
        int most = 4 * first.about().size() + 4;
        for (int made = 0; !waiting.isEmpty(); made++) {
            Call call = waiting.remove();
            if (made > most) {
                throw Trial.broken(
                        about,
                        "instead",
                        "are more than " + most + " calls for " + first.about().size() + " records");
            }
            if (call.about().containsKey(bad)) {
                Result result = trial.result(call, refusal.answer(), about.name());
                RefusalChecks.accounted(call, result, about);
                outcomes.putAll(result.outcomes());
                waiting.addAll(result.instead());
            } else {
                call.about().keySet().forEach(key -> outcomes.put(key, Outcome.DONE));
            }
        }
        outcomes.forEach((key, outcome) -> {
            // What is sent in one piece with the bad record shares its fate, so only most of them need be told.
            if (key.equals(bad) && outcome instanceof Outcome.Done) {
                throw Trial.broken(about, key, "is done, though every call with it was refused");
            }
        });
        long refused = outcomes.values().stream()
                .filter(outcome -> !(outcome instanceof Outcome.Done))
                .count();
        if (refused == outcomes.size()) {
            throw Trial.broken(
                    about,
                    bad,
                    "is to blame, and all " + refused + " records of the call are given up with it: give smaller calls"
                            + " in Result.instead() that find out which one it is");
        }
    }
}
