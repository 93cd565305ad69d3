package dev.tournant.adapter.lens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tournant.model.InvalidValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lenses on arrays. */
public final class Lists {
    private Lists() {}

    /** Every element of an array, in order. An absent array is an absent list. */
    public static <T> Lens<List<T>> each(Lens<T> element) {
        return new Lens<>() {
            @Override
            public @Nullable List<T> get(JsonNode node) {
                if (Lenses.isAbsent(node)) {
                    return null;
                }
                if (!(node instanceof ArrayNode array)) {
                    return Lenses.fail("must be a list", node);
                }
                List<T> values = new ArrayList<>(array.size());
                for (int i = 0; i < array.size(); i++) {
                    values.add(element(array.get(i), i));
                }
                return List.copyOf(values);
            }

            private T element(JsonNode node, int index) {
                try {
                    T value = element.get(node);
                    return value == null ? Lenses.fail("must not be empty", node) : value;
                } catch (InvalidValue e) {
                    throw e.under("[" + index + "]");
                }
            }

            /** Elements keep their unknown parts by place; where elements have names of their own, use {@link #eachBy}. */
            @Override
            public JsonNode put(JsonNode node, @Nullable List<T> values) {
                if (values == null) {
                    return Lenses.isAbsent(node) ? node : Lenses.MISSING;
                }
                ArrayNode array = Lenses.JSON.arrayNode(values.size());
                for (int i = 0; i < values.size(); i++) {
                    array.add(element.put(node.path(i), values.get(i)));
                }
                return array;
            }
        };
    }

    /**
     * A list of one, of what stands there without a list around it; an absent value is an absent list. A list of none or
     * of several cannot be written there and is an error.
     */
    public static <T> Lens<List<T>> one(Lens<T> element) {
        return new Lens<>() {
            @Override
            public @Nullable List<T> get(JsonNode node) {
                T value = element.get(node);
                return value == null ? null : List.of(value);
            }

            @Override
            public JsonNode put(JsonNode node, @Nullable List<T> values) {
                if (values == null) {
                    return element.put(node, null);
                }
                if (values.size() != 1) {
                    throw new InvalidValue("must be a list of one, not of " + values.size()
                            + ": the partner has a single value in its place");
                }
                return element.put(node, values.get(0));
            }
        };
    }

    /**
     * Every element of an array, in order, where the member {@code key} names an element. Written back, an element keeps
     * the parts that nobody knows wherever in the list it moves; elements that are gone are taken away, and new ones
     * begin with what the element's lens says. Of several elements with one name, the first meets the first.
     */
    public static <T> Lens<List<T>> eachBy(String key, Lens<T> element) {
        Lens<List<T>> byPlace = each(element);
        return new Lens<>() {
            @Override
            public @Nullable List<T> get(JsonNode node) {
                return byPlace.get(node);
            }

            @Override
            public JsonNode put(JsonNode node, @Nullable List<T> values) {
                if (values == null) {
                    return byPlace.put(node, null);
                }
                Map<JsonNode, Deque<JsonNode>> known = named(node);
                ArrayNode array = Lenses.JSON.arrayNode(values.size());
                for (T value : values) {
                    JsonNode fresh = element.put(Lenses.MISSING, value);
                    Deque<JsonNode> before = known.get(fresh.path(key));
                    array.add(before == null || before.isEmpty() ? fresh : element.put(before.remove(), value));
                }
                return array;
            }

            private Map<JsonNode, Deque<JsonNode>> named(JsonNode node) {
                Map<JsonNode, Deque<JsonNode>> known = new HashMap<>();
                for (JsonNode each : node) {
                    known.computeIfAbsent(each.path(key), name -> new ArrayDeque<>())
                            .add(each);
                }
                return known;
            }
        };
    }

    /**
     * The element of an array whose {@code key} member is {@code value}; where it is missing, an element with that key
     * is made. Looks at {@code inner} inside it.
     */
    public static <T> Lens<T> keyed(Lens<T> inner, String key, String value) {
        Lens<String> names = Lenses.at(Lenses.TEXT, key);
        return new Lens<>() {
            @Override
            public @Nullable T get(JsonNode node) {
                int index = find(node);
                try {
                    return inner.get(index < 0 ? Lenses.MISSING : node.get(index));
                } catch (InvalidValue e) {
                    throw e.under(index < 0 ? "[" + key + "=" + value + "]" : "[" + index + "]");
                }
            }

            @Override
            public JsonNode put(JsonNode node, @Nullable T wanted) {
                int index = find(node);
                JsonNode before = index < 0 ? Lenses.MISSING : node.get(index);
                if (Objects.equals(inner.get(before), wanted)) {
                    return node;
                }
                ArrayNode copy = Lenses.JSON.arrayNode();
                if (node instanceof ArrayNode array) {
                    copy.addAll(array);
                }
                JsonNode start = index < 0 ? Lenses.JSON.objectNode().put(key, value) : before;
                JsonNode after = inner.put(start, wanted);
                if (index < 0) {
                    copy.add(after);
                } else {
                    copy.set(index, after);
                }
                return copy;
            }

            /** An element whose name cannot be read may be the one that is looked for. */
            private @Nullable String name(JsonNode element, int index) {
                try {
                    return names.get(element);
                } catch (InvalidValue e) {
                    throw e.under("[" + index + "]");
                }
            }

            private int find(JsonNode node) {
                if (!node.isArray() && !Lenses.isAbsent(node)) {
                    Lenses.fail("must be a list", node);
                }
                for (int i = 0; i < node.size(); i++) {
                    if (value.equals(name(node.path(i), i))) {
                        return i;
                    }
                }
                return -1;
            }
        };
    }
}
