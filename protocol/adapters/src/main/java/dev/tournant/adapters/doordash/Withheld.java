package dev.tournant.adapters.doordash;

import dev.tournant.adapters.doordash.MenuTree.Choice;
import dev.tournant.adapters.doordash.MenuTree.Dish;
import dev.tournant.adapters.doordash.MenuTree.Extra;
import dev.tournant.adapters.doordash.MenuTree.Section;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.TriState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Why nobody can order an item on menus as they are told, though its own values say that it is for sale: it is hidden, where it
 * stands is, or it asks for what nobody can choose.
 */
final class Withheld {
    private static final int NAMED_MAX = 5;

    private final List<MenuTree> menus = new ArrayList<>();

    Withheld(List<Menus.Made> made) {
        made.forEach(each -> {
            MenuTree tree = each.tree();
            if (tree != null) {
                menus.add(tree);
            }
        });
    }

    /** A clause for people; empty where it can be ordered somewhere, and where it stands on no menu. */
    Optional<String> why(RecordKey key, Map<RecordKey, FieldMap> shown) {
        FieldMap fields = shown.get(key);
        if (key.kind() != Kind.ITEM || fields == null) {
            return Optional.empty();
        }
        // What is a dish of its own is asked about as such, wherever it may be chosen besides.
        List<String> why = reasons(fields, dish -> dish.id().equals(key.id()) ? Part.of(dish) : null);
        List<String> all = why.isEmpty() ? reasons(fields, dish -> chosen(key.id(), dish.extras())) : why;
        return all.contains("") ? Optional.empty() : all.stream().findFirst();
    }

    /** One for each place where it stands; empty text where it can be ordered. */
    private List<String> reasons(FieldMap fields, Function<Dish, @Nullable Part> find) {
        List<String> reasons = new ArrayList<>();
        for (MenuTree menu : menus) {
            for (Section section : menu.sections()) {
                for (Dish dish : section.dishes()) {
                    Part part = find.apply(dish);
                    if (part != null) {
                        reasons.add(why(fields, part, dish, section, menu));
                    }
                }
            }
        }
        return reasons;
    }

    /** A dish or a choice. */
    private record Part(boolean active, List<Extra> extras) {
        static Part of(Dish dish) {
            return new Part(dish.active(), dish.extras());
        }
    }

    private static @Nullable Part chosen(RecordId id, List<Extra> extras) {
        for (Extra extra : extras) {
            for (Choice choice : extra.choices()) {
                Part within = choice.id().equals(id)
                        ? new Part(choice.active(), choice.extras())
                        : chosen(id, choice.extras());
                if (within != null) {
                    return within;
                }
            }
        }
        return null;
    }

    /** Empty where it can be ordered there, and where its own values keep it off. */
    private static String why(FieldMap fields, Part part, Dish dish, Section section, MenuTree menu) {
        if (fields.get(Item.VISIBLE) == TriState.NO) {
            return "it is hidden";
        }
        if (!part.active) {
            return asks(part.extras);
        }
        if (!dish.active()) {
            return new RecordKey(Kind.ITEM, dish.id()) + ", in which it is chosen, cannot be ordered";
        }
        if (!section.active()) {
            return new RecordKey(Kind.CATEGORY, section.id()) + " or what that stands in is hidden";
        }
        return menu.active()
                ? ""
                : new RecordKey(Kind.MENU, menu.id()) + " is hidden, or is not for delivery or pick-up";
    }

    /** The first extra that asks for more than can be chosen; empty for none. */
    private static String asks(List<Extra> extras) {
        for (Extra extra : extras) {
            if (!extra.canBeMet()) {
                return "it asks for " + extra.min() + " of " + named(extra) + ", and too few of these can be chosen: "
                        + off(extra);
            }
        }
        return "";
    }

    /** Variations become an extra that no record is called by. */
    private static String named(Extra extra) {
        boolean isMadeUp = extra.id().value().startsWith(Kitchen.SIZES);
        return isMadeUp ? "its variations" : new RecordKey(Kind.MODIFIER_GROUP, extra.id()) + " (" + extra.name() + ")";
    }

    private static String off(Extra extra) {
        List<String> off = new ArrayList<>();
        for (Choice each : extra.choices()) {
            if (!each.active()) {
                String why = asks(each.extras());
                off.add(new RecordKey(Kind.ITEM, each.id()) + " (" + each.name() + ") is off"
                        + (why.isEmpty() ? "" : ", as " + why));
            }
        }
        if (off.isEmpty()) {
            return "it offers " + extra.choices().size();
        }
        int more = off.size() - NAMED_MAX;
        return String.join("; ", off.subList(0, Math.min(NAMED_MAX, off.size())))
                + (more > 0 ? "; and " + more + " more" : "");
    }
}
