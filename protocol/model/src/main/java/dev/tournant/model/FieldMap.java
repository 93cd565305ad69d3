package dev.tournant.model;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Fields of one kind with a value each, where null says "has no value". Immutable, ordered as the kind declares its
 * fields, and held in two small arrays: a merchant keeps thousands of these in memory.
 */
public final class FieldMap {
    private static final Field<?>[] NO_FIELDS = {};
    private static final Object[] NO_VALUES = {};
    public static final FieldMap EMPTY = new FieldMap(NO_FIELDS, NO_VALUES);

    private final Field<?>[] fields;
    private final @Nullable Object[] values;

    private FieldMap(Field<?>[] fields, @Nullable Object[] values) {
        this.fields = fields;
        this.values = values;
    }

    public static <T> FieldMap of(Field<T> field, T value) {
        return builder(field.kind()).set(field, value).build();
    }

    public static Builder builder(Kind kind) {
        return new Builder(kind);
    }

    /** Collects values; setting a field again replaces it. */
    public static final class Builder {
        private final Kind kind;
        private final @Nullable Field<?>[] fields;
        private final @Nullable Object[] values;
        private int size;

        private Builder(Kind kind) {
            this.kind = kind;
            int all = Fields.of(kind).all().size();
            this.fields = new Field<?>[all];
            this.values = new Object[all];
        }

        public <T> Builder set(Field<T> field, T value) {
            return put(field, Objects.requireNonNull(value, field.name()));
        }

        /** Says that the field has no value. */
        public Builder clear(Field<?> field) {
            return put(field, null);
        }

        public <T> Builder setOrClear(Field<T> field, @Nullable T value) {
            return put(field, value);
        }

        /** Sets a value that {@link Field#read} of this field gave; null clears. */
        public Builder put(Field<?> field, @Nullable Object value) {
            if (field.kind() != kind) {
                throw new IllegalArgumentException(field + " is no field of " + kind);
            }
            if (fields[field.ordinal()] == null) {
                size++;
            }
            fields[field.ordinal()] = field;
            values[field.ordinal()] = kept(value);
            return this;
        }

        /** Takes over all that another map says. */
        public Builder putAll(FieldMap other) {
            for (int i = 0; i < other.size(); i++) {
                put(other.field(i), other.value(i));
            }
            return this;
        }

        /** Values are compared by equals and shared between threads, so numbers have one form and lists no owner. */
        private static @Nullable Object kept(@Nullable Object value) {
            return value instanceof List<?> list
                    ? List.copyOf(list)
                    : value instanceof BigDecimal number ? Codecs.plain(number) : value;
        }

        public FieldMap build() {
            if (size == 0) {
                return EMPTY;
            }
            Field<?>[] packed = new Field<?>[size];
            @Nullable Object[] with = new Object[size];
            int next = 0;
            for (int i = 0; i < fields.length; i++) {
                Field<?> field = fields[i];
                if (field != null) {
                    packed[next] = field;
                    with[next++] = values[i];
                }
            }
            return new FieldMap(packed, with);
        }
    }

    public int size() {
        return fields.length;
    }

    public boolean isEmpty() {
        return fields.length == 0;
    }

    public Field<?> field(int index) {
        return fields[index];
    }

    public @Nullable Object value(int index) {
        return values[index];
    }

    /** These values, with those of {@code later} over them. Shares what it can: most changes are to known fields. */
    public FieldMap with(FieldMap later) {
        if (isEmpty()) {
            return later;
        }
        @Nullable Object[] merged = values.clone();
        for (int i = 0; i < later.fields.length; i++) {
            int mine = indexOf(later.fields[i]);
            if (mine < 0) {
                return rebuiltWith(later);
            }
            merged[mine] = later.values[i];
        }
        return new FieldMap(fields, merged);
    }

    /** The same, each value one of its equals that {@code shared} knows already. */
    FieldMap sharing(Shared shared) {
        @Nullable Object[] same = new Object[values.length];
        for (int i = 0; i < same.length; i++) {
            Object value = values[i];
            same[i] = value == null ? null : shared.one(value);
        }
        return new FieldMap(fields, same);
    }

    private FieldMap rebuiltWith(FieldMap later) {
        Builder merged = builder(fields[0].kind());
        for (int i = 0; i < fields.length; i++) {
            merged.put(fields[i], values[i]);
        }
        for (int i = 0; i < later.fields.length; i++) {
            merged.put(later.fields[i], later.values[i]);
        }
        return merged.build();
    }

    /** The value; null where the field is cleared or not here. */
    @SuppressWarnings("unchecked")
    public <T> @Nullable T get(Field<T> field) {
        int index = indexOf(field);
        return index < 0 ? null : (T) values[index];
    }

    public boolean has(Field<?> field) {
        return indexOf(field) >= 0;
    }

    /** Throws {@link InvalidValue} naming the first field whose value breaks a limit. */
    void check() {
        for (int i = 0; i < fields.length; i++) {
            Object value = values[i];
            if (value != null) {
                fields[i].checkAny(value);
            }
        }
    }

    int indexOf(Field<?> field) {
        for (int i = 0; i < fields.length; i++) {
            if (fields[i] == field) {
                return i;
            }
        }
        return -1;
    }

    /** The JSON form of fields of one kind: see {@link #read} and {@link #write()}. */
    public static Codec<FieldMap> codec(Kind kind) {
        return Codec.of(json -> read(kind, Codecs.OBJECT.read(json)), FieldMap::write);
    }

    /** Reads {@code {"name": value, …}}; null clears. The error names the field. */
    public static FieldMap read(Kind kind, Map<?, ?> json) {
        Builder builder = builder(kind);
        Fields known = Fields.of(kind);
        json.forEach((name, value) -> {
            Field<?> field = known.get(String.valueOf(name));
            builder.put(field, value == null ? null : field.read(value));
        });
        return builder.build();
    }

    /** Writes {@code {"name": value, …}}; cleared fields stand there as null. */
    public Map<String, @Nullable Object> write() {
        PlainObject json = new PlainObject();
        for (int i = 0; i < fields.length; i++) {
            Object value = values[i];
            json.add(fields[i].name(), value == null ? null : fields[i].writeAny(value));
        }
        return json;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldMap that
                && Arrays.equals(fields, that.fields)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(fields) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return write().toString();
    }
}
