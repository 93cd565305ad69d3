package dev.tournant.cluster.sync;

import dev.tournant.model.Category;
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.GroupUse;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.Option;
import dev.tournant.model.Placement;
import dev.tournant.model.PriceRule;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of lists what they say of records that are left out. The dish of a variation and the category above another
 * need no look: those beneath them are left out too.
 */
final class References {
    /** An element of a list as it is shown; null where nothing of it is, the same object where nothing changes. */
    @FunctionalInterface
    private interface Keeping {
        @Nullable
        Object kept(Object element, LeftOut leftOut);
    }

    private static final Map<Field<?>, Keeping> LISTS = Map.of(
            Item.CATEGORIES, (each, out) -> unless(out, Kind.CATEGORY, ((Placement) each).in(), each),
            Item.MODIFIER_GROUPS, (each, out) -> use((GroupUse) each, out),
            Item.TAXES, (each, out) -> unless(out, Kind.TAX, (RecordId) each, each),
            Item.PHOTOS, (each, out) -> unless(out, Kind.PHOTO, (RecordId) each, each),
            Item.PRICE_RULES, (each, out) -> out.cuts(((PriceRule) each).when().path()) ? null : each,
            ModifierGroup.OPTIONS, (each, out) -> unless(out, Kind.ITEM, ((Option) each).item(), each),
            Category.MENUS, (each, out) -> unless(out, Kind.MENU, ((Placement) each).in(), each),
            Category.PHOTOS, (each, out) -> unless(out, Kind.PHOTO, (RecordId) each, each));

    private References() {}

    /** These fields without them; the same object where there are none. */
    static FieldMap kept(FieldMap fields, LeftOut leftOut, Consumer<Field<?>> changed) {
        FieldMap.Builder kept = null;
        for (int i = 0; i < fields.size(); i++) {
            Keeping keeping = LISTS.get(fields.field(i));
            if (keeping != null && fields.value(i) instanceof List<?> list) {
                List<?> shorter = kept(list, keeping, leftOut);
                if (shorter != list) {
                    kept = kept == null
                            ? FieldMap.builder(fields.field(i).kind()).putAll(fields)
                            : kept;
                    kept.put(fields.field(i), shorter);
                    changed.accept(fields.field(i));
                }
            }
        }
        return kept == null ? fields : kept.build();
    }

    private static List<?> kept(List<?> list, Keeping keeping, LeftOut leftOut) {
        List<Object> kept = new ArrayList<>(list.size());
        boolean same = true;
        for (Object each : list) {
            Object shown = keeping.kept(each, leftOut);
            same &= shown == each;
            if (shown != null) {
                kept.add(shown);
            }
        }
        return same ? list : kept;
    }

    private static @Nullable Object unless(LeftOut leftOut, Kind kind, RecordId id, Object element) {
        return leftOut.has(new RecordKey(kind, id)) ? null : element;
    }

    private static @Nullable GroupUse use(GroupUse use, LeftOut leftOut) {
        if (leftOut.has(new RecordKey(Kind.MODIFIER_GROUP, use.group()))) {
            return null;
        }
        List<GroupUse.OptionOverride> options = use.options().stream()
                .filter(each -> !leftOut.has(new RecordKey(Kind.ITEM, each.item())))
                .toList();
        return options.size() == use.options().size()
                ? use
                : new GroupUse(use.group(), use.ordinal(), use.min(), use.max(), use.enabled(), options);
    }
}
