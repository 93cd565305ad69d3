package dev.tournant.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which other records the fields of a record speak of. A partner calls records otherwise than we do; what is told to it
 * has to bear its names.
 */
public final class Relations {
    /** Calls records inside the value of one field otherwise. */
    @FunctionalInterface
    private interface Renaming {
        Object apply(Object value, Function<RecordKey, RecordId> names);
    }

    private static final Map<Field<?>, Renaming> FIELDS = Map.of(
            Item.VARIATION_OF, (value, names) -> placement(Kind.ITEM, value, names),
            Item.CATEGORIES, (value, names) -> each(value, one -> placement(Kind.CATEGORY, one, names)),
            Item.MODIFIER_GROUPS, (value, names) -> each(value, one -> use(one, names)),
            Item.TAXES, (value, names) -> each(value, one -> id(Kind.TAX, one, names)),
            Item.PHOTOS, (value, names) -> each(value, one -> id(Kind.PHOTO, one, names)),
            ModifierGroup.OPTIONS, (value, names) -> each(value, one -> option(one, names)),
            Category.PARENT, (value, names) -> placement(Kind.CATEGORY, value, names),
            Category.MENUS, (value, names) -> each(value, one -> placement(Kind.MENU, one, names)),
            Category.PHOTOS, (value, names) -> each(value, one -> id(Kind.PHOTO, one, names)));

    private Relations() {}

    /** The records that these fields speak of; those on the path of a price rule are not among them. */
    public static Set<RecordKey> of(FieldMap fields) {
        Set<RecordKey> found = new LinkedHashSet<>();
        renamed(fields, key -> {
            found.add(key);
            return key.id();
        });
        return found;
    }

    /** Whether values of a field speak of other records. */
    public static boolean speakOfOthers(Field<?> field) {
        return FIELDS.containsKey(field);
    }

    /** The same fields, in which every record that they speak of is called what {@code names} says. */
    public static FieldMap renamed(FieldMap fields, Function<RecordKey, RecordId> names) {
        if (fields.isEmpty()) {
            return fields;
        }
        FieldMap.Builder renamed = FieldMap.builder(fields.field(0).kind());
        for (int i = 0; i < fields.size(); i++) {
            renamed.put(fields.field(i), renamed(fields.field(i), fields.value(i), names));
        }
        return renamed.build();
    }

    private static @Nullable Object renamed(
            Field<?> field, @Nullable Object value, Function<RecordKey, RecordId> names) {
        Renaming renaming = FIELDS.get(field);
        return value == null || renaming == null ? value : renaming.apply(value, names);
    }

    private static List<Object> each(Object list, Function<Object, Object> renaming) {
        return ((List<?>) list).stream().map(one -> renaming.apply(one)).toList();
    }

    private static RecordId id(Kind kind, Object id, Function<RecordKey, RecordId> names) {
        return names.apply(new RecordKey(kind, (RecordId) id));
    }

    private static Placement placement(Kind kind, Object value, Function<RecordKey, RecordId> names) {
        Placement placement = (Placement) value;
        return new Placement(id(kind, placement.in(), names), placement.ordinal());
    }

    private static GroupUse use(Object value, Function<RecordKey, RecordId> names) {
        GroupUse use = (GroupUse) value;
        List<GroupUse.OptionOverride> options = use.options().stream()
                .map(each -> new GroupUse.OptionOverride(
                        id(Kind.ITEM, each.item(), names), each.onByDefault(), each.hidden()))
                .toList();
        return new GroupUse(
                id(Kind.MODIFIER_GROUP, use.group(), names),
                use.ordinal(),
                use.min(),
                use.max(),
                use.enabled(),
                options);
    }

    private static Option option(Object value, Function<RecordKey, RecordId> names) {
        Option option = (Option) value;
        return new Option(
                id(Kind.ITEM, option.item(), names),
                option.ordinal(),
                option.price(),
                option.onByDefault(),
                option.hidden(),
                option.max());
    }
}
