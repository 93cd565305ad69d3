package dev.tournant.adapters.doordash;

import dev.tournant.model.Hours;
import dev.tournant.model.RecordId;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A menu as DoorDash has it: a deep tree, in which what stands in several places is there as often. Ids are ours.
 *
 * @param hours local time; no span runs past midnight, none overlaps another
 * @param active whether it is offered in those hours
 */
record MenuTree(
        RecordId id, String name, @Nullable String subtitle, boolean active, Hours hours, List<Section> sections) {
    MenuTree {
        sections = List.copyOf(sections);
    }

    /** Whether there is nothing on it. */
    boolean isEmpty() {
        return sections.isEmpty();
    }

    /** A category. The place among its like is its {@code sort}, from 0; so it is for all that has one. */
    record Section(RecordId id, String name, @Nullable String subtitle, boolean active, long sort, List<Dish> dishes) {
        Section {
            dishes = List.copyOf(dishes);
        }
    }

    /**
     * An item of a category.
     *
     * @param cents the price in hundredths of the store's currency, 0 or more
     * @param taxRate in percent; null where DoorDash decides
     */
    record Dish(
            RecordId id,
            String name,
            @Nullable String description,
            boolean active,
            long sort,
            long cents,
            @Nullable BigDecimal taxRate,
            boolean alcohol,
            List<Extra> extras) {
        Dish {
            extras = List.copyOf(extras);
        }
    }

    /**
     * A set of choices.
     *
     * @param max null for as many as one likes
     * @param each how often one choice may be taken; null where nothing is said
     */
    record Extra(
            RecordId id,
            String name,
            boolean active,
            long sort,
            long min,
            @Nullable Long max,
            @Nullable Long each,
            List<Choice> choices) {
        Extra {
            choices = List.copyOf(choices);
        }

        /** Whether what it asks for can be chosen. An extra that is not offered asks for nothing. */
        boolean canBeMet() {
            long times = each == null ? 1 : Math.max(1, each);
            long offered = choices.stream().filter(Choice::active).count() * times;
            return !active || (min <= offered && (max == null || min <= max));
        }

        Extra withSort(long place) {
            return new Extra(id, name, active, place, min, max, each, choices);
        }
    }

    /** An option of an extra, with extras of its own. */
    record Choice(
            RecordId id,
            String name,
            @Nullable String description,
            boolean active,
            long sort,
            long cents,
            @Nullable BigDecimal taxRate,
            boolean onByDefault,
            List<Extra> extras) {
        Choice {
            extras = List.copyOf(extras);
        }

        Choice withCents(long price) {
            return new Choice(id, name, description, active, sort, price, taxRate, onByDefault, extras);
        }

        Choice asHidden() {
            return new Choice(id, name, description, false, sort, cents, taxRate, false, extras);
        }
    }
}
