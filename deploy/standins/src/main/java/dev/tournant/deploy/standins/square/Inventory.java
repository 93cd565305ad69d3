package dev.tournant.deploy.standins.square;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Json;
import dev.tournant.deploy.standins.core.Ticks;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The stock of one seller: a quantity for each variation, location and state. Not safe for threads: the seller guards it.
 *
 * <p>Changes count by the client's {@code occurred_at}: what happened before the last physical count is already in that
 * count, and moves nothing. When a tracked variation comes to zero, its {@code sold_out} at that location is set, and unset
 * when stock returns; both are changes of the catalogue.
 */
final class Inventory {
    static final String IN_STOCK = "IN_STOCK";

    /** States that Square holds no count for: an adjustment into them is stock leaving, out of them stock arriving. */
    private static final Set<String> UNTRACKED_STATES = Set.of("NONE", "SOLD", "UNLINKED_RETURN", "CUSTOM");

    /** What is counted. */
    record Key(String variation, String location, String state) {}

    /** @param countedAt when the last physical count happened by the client's clock, epoch ms */
    record Count(BigDecimal quantity, long calculatedAt, long countedAt) {}

    private final Map<Key, Count> counts = new LinkedHashMap<>();
    private final Ticks ticks;
    private final Catalogue catalogue;
    private final Consumer<List<ObjectNode>> onChange;

    Inventory(Ticks ticks, Catalogue catalogue, Consumer<List<ObjectNode>> onChange) {
        this.ticks = ticks;
        this.catalogue = catalogue;
        this.onChange = onChange;
    }

    Map<Key, Count> counts() {
        return Collections.unmodifiableMap(counts);
    }

    void restore(Key key, Count count) {
        counts.put(key, count);
        ticks.startAfter(count.calculatedAt());
    }

    void seed(Key key, BigDecimal quantity, long at) {
        counts.put(key, new Count(quantity, at, at));
        ticks.startAfter(at);
    }

    int size() {
        return counts.size();
    }

    Optional<BigDecimal> quantity(Key key) {
        return Optional.ofNullable(counts.get(key)).map(Count::quantity);
    }

    /** Counts of variations that still exist, newest first. */
    List<ObjectNode> newestFirst(java.util.function.BiPredicate<Key, Count> wanted) {
        return counts.entrySet().stream()
                .filter(entry -> wanted.test(entry.getKey(), entry.getValue()))
                .filter(entry -> catalogue.findLive(entry.getKey().variation()).isPresent())
                .sorted(Comparator.comparingLong((Map.Entry<Key, Count> entry) ->
                                entry.getValue().calculatedAt())
                        .reversed())
                .map(entry -> json(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** A change as asked for: {@code quantity} replaces (physical count) or is added (adjustment). */
    record Change(Key key, BigDecimal quantity, boolean physical, long occurredAt) {}

    /** Applies changes in the order in which they happened, and tells of those that moved something. */
    void apply(List<Change> changes, boolean ignoreUnchanged) {
        Set<Key> moved = new java.util.LinkedHashSet<>();
        changes.stream().sorted(Comparator.comparingLong(Change::occurredAt)).forEach(change -> {
            if (move(change, ignoreUnchanged)) {
                moved.add(change.key());
            }
        });
        if (moved.isEmpty()) {
            return;
        }
        markSoldOut(moved);
        List<ObjectNode> told = new ArrayList<>();
        moved.forEach(key -> find(key).ifPresent(told::add));
        onChange.accept(told);
    }

    Optional<ObjectNode> find(Key key) {
        return Optional.ofNullable(counts.get(key)).map(count -> json(key, count));
    }

    static boolean isCounted(String state) {
        return !UNTRACKED_STATES.contains(state);
    }

    /** Counts of variations that are gone are of no use to anyone. */
    void forget(Set<String> variations) {
        counts.keySet().removeIf(key -> variations.contains(key.variation()));
    }

    private boolean move(Change change, boolean ignoreUnchanged) {
        Count before = counts.getOrDefault(change.key(), new Count(BigDecimal.ZERO, 0, 0));
        if (change.occurredAt() < before.countedAt()) {
            return false;
        }
        BigDecimal after =
                change.physical() ? change.quantity() : before.quantity().add(change.quantity());
        boolean same = counts.containsKey(change.key()) && after.compareTo(before.quantity()) == 0;
        if (same && ignoreUnchanged) {
            return false;
        }
        counts.put(
                change.key(),
                new Count(after, ticks.next(), change.physical() ? change.occurredAt() : before.countedAt()));
        return true;
    }

    private void markSoldOut(Set<Key> moved) {
        Draft draft = catalogue.draft();
        for (Key key : moved) {
            Count count = counts.get(key);
            if (count == null || !key.state().equals(IN_STOCK)) {
                continue;
            }
            boolean out = count.quantity().signum() <= 0;
            Optional<ObjectNode> variation = catalogue.findLive(key.variation());
            if (variation.isPresent()
                    && Overrides.isTracked(variation.get(), key.location())
                    && Overrides.isSoldOut(variation.get(), key.location()) != out) {
                draft.edit(key.variation())
                        .ifPresent(copy -> Overrides.at(copy, key.location()).put("sold_out", out));
            }
        }
        draft.commit();
    }

    private static ObjectNode json(Key key, Count count) {
        ObjectNode json = Json.object();
        json.put("catalog_object_id", key.variation());
        json.put("catalog_object_type", Shape.VARIATION);
        json.put("state", key.state());
        json.put("location_id", key.location());
        json.put("quantity", text(count.quantity()));
        json.put("calculated_at", Json.time(count.calculatedAt()));
        return json;
    }

    static String text(BigDecimal quantity) {
        return quantity.signum() == 0 ? "0" : quantity.stripTrailingZeros().toPlainString();
    }
}
