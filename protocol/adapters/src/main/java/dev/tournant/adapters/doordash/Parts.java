package dev.tournant.adapters.doordash;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.lens.Lens;
import dev.tournant.adapter.lens.Lenses;
import dev.tournant.model.InvalidValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A lens on an object whose members make one value. A new object says everything; one that was there keeps unsaid what
 * means the same unsaid.
 */
final class Parts<T> implements Lens<T> {
    private final Function<JsonNode, T> read;
    private final List<Part<T, ?>> parts;

    private Parts(Function<JsonNode, T> read, List<Part<T, ?>> parts) {
        this.read = read;
        this.parts = List.copyOf(parts);
    }

    private record Part<T, V>(
            String name, Lens<V> lens, @Nullable V absent, Function<T, @Nullable V> value) {
        JsonNode put(JsonNode node, T whole, boolean fresh) {
            V wanted = value.apply(whole);
            boolean unsaid = node.path(name).isMissingNode() || node.path(name).isNull();
            return !fresh && unsaid && Objects.equals(absent, wanted) ? node : lens.put(node, wanted);
        }
    }

    static <T> Builder<T> of() {
        return new Builder<>();
    }

    /** Collects the members of an object. */
    static final class Builder<T> {
        private final List<Part<T, ?>> parts = new ArrayList<>();

        <V> Builder<T> part(String name, Lens<V> lens, Function<T, @Nullable V> value) {
            parts.add(new Part<>(name, Lenses.at(lens, name), null, value));
            return this;
        }

        /** A member that means {@code absent} where it is not there. */
        <V> Builder<T> part(String name, Lens<V> lens, V absent, Function<T, @Nullable V> value) {
            parts.add(new Part<>(name, Lenses.at(lens, name), absent, value));
            return this;
        }

        Lens<T> read(Function<JsonNode, T> read) {
            return new Parts<>(read, parts);
        }
    }

    @Override
    public @Nullable T get(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? null : read.apply(node);
    }

    @Override
    public JsonNode put(JsonNode node, @Nullable T whole) {
        if (whole == null) {
            throw new IllegalArgumentException("an element of a list is never taken away by itself");
        }
        boolean fresh = node.isMissingNode() || node.isNull();
        JsonNode result = node;
        for (Part<T, ?> part : parts) {
            result = part.put(result, whole, fresh);
        }
        return result;
    }

    /** A member that has to be there. */
    static <V> V need(JsonNode node, String name, Lens<V> lens) {
        V value = Lenses.at(lens, name).get(node);
        if (value == null) {
            throw new InvalidValue("is missing").under(name);
        }
        return value;
    }

    static <V> @Nullable V maybe(JsonNode node, String name, Lens<V> lens) {
        return Lenses.at(lens, name).get(node);
    }

    static <V> V orElse(JsonNode node, String name, Lens<V> lens, V absent) {
        V value = maybe(node, name, lens);
        return value == null ? absent : value;
    }

    /** A lens that is made when it is needed: trees are made of themselves. */
    static <T> Lens<T> later(Supplier<Lens<T>> lens) {
        return new Lens<>() {
            @Override
            public @Nullable T get(JsonNode document) {
                return lens.get().get(document);
            }

            @Override
            public JsonNode put(JsonNode document, @Nullable T value) {
                return lens.get().put(document, value);
            }
        };
    }
}
