package dev.tournant.adapter.lens;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of record looks in a partner's document: a lens for each field. A field whose lens sees nothing is
 * cleared: the document is all there is to say about the record.
 */
public final class Mapping {
    private final Kind kind;
    private final List<Entry<?>> entries;

    private Mapping(Kind kind, List<Entry<?>> entries) {
        this.kind = kind;
        this.entries = List.copyOf(entries);
    }

    private record Entry<T>(Field<T> field, Lens<T> lens) {
        void get(JsonNode document, FieldMap.Builder into) {
            into.setOrClear(field, lens.get(document));
        }

        void get(JsonNode document, FieldMap.Builder into, Consumer<InvalidValue> trouble) {
            try {
                T value = lens.get(document);
                check(value);
                into.setOrClear(field, value);
            } catch (InvalidValue e) {
                trouble.accept(e);
            }
        }

        private void check(@Nullable T value) {
            try {
                if (value != null) {
                    field.codec().check(value);
                }
            } catch (InvalidValue e) {
                throw e.under(field.name());
            }
        }

        JsonNode put(JsonNode document, FieldMap values) {
            return values.has(field) ? lens.put(document, values.get(field)) : document;
        }
    }

    public static Builder of(Kind kind) {
        return new Builder(kind);
    }

    /** Collects the fields of a mapping. */
    public static final class Builder {
        private final Kind kind;
        private final List<Entry<?>> entries = new ArrayList<>();

        private Builder(Kind kind) {
            this.kind = kind;
        }

        public <T> Builder field(Field<T> field, Lens<T> lens) {
            entries.add(new Entry<>(field, lens));
            return this;
        }

        public Mapping build() {
            return new Mapping(kind, entries);
        }
    }

    public Kind kind() {
        return kind;
    }

    /** Every mapped field, set or cleared. */
    public FieldMap get(JsonNode document) {
        FieldMap.Builder fields = FieldMap.builder(kind);
        for (Entry<?> entry : entries) {
            entry.get(document, fields);
        }
        return fields.build();
    }

    /**
     * Every mapped field that can be read, set or cleared. What cannot is told to {@code trouble} and is not among them:
     * nothing is said about it.
     */
    public FieldMap get(JsonNode document, Consumer<InvalidValue> trouble) {
        FieldMap.Builder fields = FieldMap.builder(kind);
        for (Entry<?> entry : entries) {
            entry.get(document, fields, trouble);
        }
        return fields.build();
    }

    /** The document with the given fields written into it; other fields stay as they are. */
    public JsonNode put(JsonNode document, FieldMap values) {
        JsonNode result = document;
        for (Entry<?> entry : entries) {
            result = entry.put(result, values);
        }
        return result;
    }
}
