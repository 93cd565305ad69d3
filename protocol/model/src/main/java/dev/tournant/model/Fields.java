package dev.tournant.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The fields of one kind, by name and in order. */
public final class Fields {
    private final Kind kind;
    private final Map<String, Field<?>> byName = new LinkedHashMap<>();
    private final List<Field<?>> all = new ArrayList<>();

    private Fields(Kind kind) {
        this.kind = kind;
    }

    static Fields start(Kind kind) {
        return new Fields(kind);
    }

    <T> Field<T> add(String name, Codec<T> codec) {
        Field<T> field = new Field<>(kind, name, all.size(), codec);
        if (byName.put(name, field) != null) {
            throw new IllegalStateException(field + " stands there twice");
        }
        all.add(field);
        return field;
    }

    /** The fields that records of this kind may have. */
    public static Fields of(Kind kind) {
        return Objects.requireNonNull(Schema.FIELDS.get(kind), "every kind has its fields");
    }

    public List<Field<?>> all() {
        return Collections.unmodifiableList(all);
    }

    public Optional<Field<?>> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The field of this name; the error lists the known ones. */
    public Field<?> get(String name) {
        Field<?> field = byName.get(name);
        if (field == null) {
            throw new InvalidValue(
                            "is no field of " + kind.json() + "; use one of " + String.join(", ", byName.keySet()))
                    .under(name);
        }
        return field;
    }

    /** Loaded on first use, after every class of constants can be loaded. */
    private static final class Schema {
        static final Map<Kind, Fields> FIELDS = new EnumMap<>(Map.of(
                Kind.STORE, Store.FIELDS,
                Kind.MENU, Menu.FIELDS,
                Kind.CATEGORY, Category.FIELDS,
                Kind.ITEM, Item.FIELDS,
                Kind.MODIFIER_GROUP, ModifierGroup.FIELDS,
                Kind.PHOTO, Photo.FIELDS,
                Kind.TAX, Tax.FIELDS));
    }
}
