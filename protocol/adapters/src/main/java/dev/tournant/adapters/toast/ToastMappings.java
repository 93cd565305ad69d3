package dev.tournant.adapters.toast;

import static dev.tournant.adapter.lens.Lenses.at;
import static dev.tournant.adapter.lens.Lenses.readOnly;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.lens.Lens;
import dev.tournant.adapter.lens.Lenses;
import dev.tournant.adapter.lens.Lists;
import dev.tournant.adapter.lens.Mapping;
import dev.tournant.adapter.lens.Words;
import dev.tournant.model.Bound;
import dev.tournant.model.Category;
import dev.tournant.model.Hours;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Menu;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.TriState;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the objects of Toast's menus look, each by itself; what depends on where they stand is put together around them.
 * Toast takes no menus from anybody, so all of it is read only.
 */
final class ToastMappings {
    /** What Toast writes where somebody left the name of an item blank. */
    private static final String NO_NAME = "Missing name";

    private static final Lens<String> NAME = readOnly(node -> {
        String name = at(Toast.TEXT, "name").get(node);
        return NO_NAME.equals(name) ? null : name;
    });
    private static final Lens<String> DESCRIPTION = at(Toast.TEXT, "description");

    /** Where guests of ordering partners see it; the older word goes with the newer one for a while. */
    private static final List<String> PARTNERS = List.of("ORDERING_PARTNERS", "GRUBHUB");

    private static final Lens<List<String>> CHANNELS = at(Lists.each(Lenses.TEXT), "visibility");

    /** What the till shows is no menu of a guest: only what ordering partners are to show is visible. */
    static final Lens<TriState> VISIBLE = readOnly(node -> {
        List<String> channels = CHANNELS.get(node);
        return channels == null ? TriState.UNSET : TriState.of(PARTNERS.stream().anyMatch(channels::contains));
    });

    static final Mapping MENU = Mapping.of(Kind.MENU)
            .field(Menu.NAME, NAME)
            .field(Menu.DESCRIPTION, DESCRIPTION)
            .field(Menu.HOURS, at(readOnly(ToastMappings::availability), "availability"))
            .field(Menu.VISIBLE, VISIBLE)
            .build();

    static final Mapping CATEGORY = Mapping.of(Kind.CATEGORY)
            .field(Category.NAME, NAME)
            .field(Category.DESCRIPTION, DESCRIPTION)
            .field(Category.VISIBLE, VISIBLE)
            .build();

    /** An item on a menu, and an option, which is an item too. */
    static final Mapping ITEM = Mapping.of(Kind.ITEM)
            .field(Item.NAME, NAME)
            .field(Item.DESCRIPTION, DESCRIPTION)
            .field(Item.SKU, at(Toast.TEXT, "sku"))
            .field(
                    Item.PRICING,
                    at(Words.open(Map.of("OPEN_PRICE", Item.Pricing.OPEN), Item.Pricing.FIXED), "pricingStrategy"))
            .field(Item.VISIBLE, VISIBLE)
            .build();

    static final Mapping GROUP = Mapping.of(Kind.MODIFIER_GROUP)
            .field(ModifierGroup.NAME, NAME)
            .field(ModifierGroup.MIN, readOnly(ToastMappings::least))
            .field(ModifierGroup.MAX, readOnly(ToastMappings::most))
            .field(ModifierGroup.VISIBLE, VISIBLE)
            .build();

    private static final Lens<Boolean> ALWAYS = at(Lenses.BOOL, "alwaysAvailable");
    private static final Lens<List<Hours.Span>> SCHEDULE = at(Toast.SCHEDULE, "schedule");
    private static final Lens<Bound> MIN = at(Words.bound(Map.of(), Bound.UNSET), "minSelections");
    private static final Lens<Bound> MAX = at(Words.bound(Map.of(), Bound.UNSET), "maxSelections");

    private ToastMappings() {}

    /** Null is always, in the model too; a menu without any time is never there. */
    private static @Nullable Hours availability(JsonNode availability) {
        Boolean always = ALWAYS.get(availability);
        List<Hours.Span> spans = SCHEDULE.get(availability);
        boolean silent = always == null && spans == null;
        return silent || Boolean.TRUE.equals(always)
                ? null
                : new Hours(null, spans == null ? List.of() : spans, List.of());
    }

    /** A group that requires a choice asks for one at least. */
    private static Bound least(JsonNode group) {
        Bound min = MIN.get(group);
        boolean none = min == null || min.equals(Bound.UNSET) || min.equals(Bound.NONE);
        return !none && min != null ? min : Toast.says(group, "requiredMode", "REQUIRED") ? Bound.at(1) : Bound.NONE;
    }

    /** Null is no limit, but for a group of which one is chosen. */
    private static Bound most(JsonNode group) {
        Bound max = MAX.get(group);
        if (max != null && !max.equals(Bound.UNSET)) {
            return max;
        }
        JsonNode several = group.path("isMultiSelect");
        return several.isBoolean() && !several.booleanValue() ? Bound.at(1) : Bound.UNLIMITED;
    }
}
