package dev.tournant.adapter.lens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.model.Codecs;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Money;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The lenses that mappings are made of. */
public final class Lenses {
    static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    static final JsonNode MISSING = MissingNode.getInstance();

    private Lenses() {}

    /** A text node. */
    public static final Lens<String> TEXT =
            scalar(node -> node.isTextual() ? node.textValue() : fail("must be text", node), JSON::textNode);

    /** A text node that has a form: {@code parse} throws {@link InvalidValue} for text that has not. */
    public static <T> Lens<T> text(Function<String, T> parse, Function<T, String> print) {
        return scalar(
                node -> node.isTextual() ? parse.apply(node.textValue()) : fail("must be text", node),
                value -> JSON.textNode(print.apply(value)));
    }

    public static final Lens<Boolean> BOOL = scalar(
            node -> node.isBoolean() ? node.booleanValue() : fail("must be true or false", node), JSON::booleanNode);

    /** A whole number of 64 bits. */
    public static final Lens<Long> LONG = scalar(
            node -> node.isIntegralNumber() && node.canConvertToLong()
                    ? node.longValue()
                    : fail("must be a whole number", node),
            JSON::numberNode);

    /** A decimal number written as text: {@code "8.25"}. */
    public static final Lens<BigDecimal> DECIMAL_TEXT = text(Codecs.DECIMAL::read, BigDecimal::toPlainString);

    /** An object of an amount in the currency's smallest unit and an ISO 4217 code. */
    public static Lens<Money> minorMoney(String amount, String currency) {
        Lens<Long> amountLens = at(LONG, amount);
        Lens<String> currencyLens = at(TEXT, currency);
        return new Lens<>() {
            @Override
            public @Nullable Money get(JsonNode node) {
                Long minor = amountLens.get(node);
                String code = currencyLens.get(node);
                if (minor == null && code == null) {
                    return null;
                }
                if (minor == null || code == null) {
                    throw new InvalidValue("must have both " + amount + " and " + currency);
                }
                return Money.ofMinor(minor, Money.currency(code));
            }

            @Override
            public JsonNode put(JsonNode node, @Nullable Money value) {
                checkObject(node);
                if (value == null) {
                    boolean none = isAbsent(node.path(amount)) && isAbsent(node.path(currency));
                    return none ? node : MISSING;
                }
                JsonNode with = amountLens.put(node, value.toMinor());
                return currencyLens.put(with, value.currency().getCurrencyCode());
            }
        };
    }

    /** Words of a partner for values of ours. A word that is not in the table is an error that lists the known ones. */
    public static <T> Lens<T> words(Map<String, T> table) {
        Map<String, T> words = new LinkedHashMap<>(table);
        return text(
                word -> {
                    T value = words.get(word);
                    if (value == null) {
                        throw new InvalidValue(
                                "\"" + word + "\" is unknown; known are " + String.join(", ", words.keySet()));
                    }
                    return value;
                },
                value -> words.entrySet().stream()
                        .filter(entry -> entry.getValue().equals(value))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseThrow(() -> new InvalidValue(value + " has no word at this partner")));
    }

    /** Looks through {@code inner} at a member of nested objects; objects on the way are made as needed. */
    public static <T> Lens<T> at(Lens<T> inner, String... path) {
        Lens<T> lens = inner;
        for (int i = path.length - 1; i >= 0; i--) {
            lens = member(lens, path[i]);
        }
        return lens;
    }

    private static <T> Lens<T> member(Lens<T> inner, String name) {
        return new Lens<>() {
            @Override
            public @Nullable T get(JsonNode node) {
                checkObject(node);
                try {
                    return inner.get(node.path(name));
                } catch (InvalidValue e) {
                    throw e.under(name);
                }
            }

            @Override
            public JsonNode put(JsonNode node, @Nullable T value) {
                checkObject(node);
                JsonNode before = node.path(name);
                JsonNode after = inner.put(before, value);
                if (after.equals(before)) {
                    return node;
                }
                ObjectNode copy = JSON.objectNode();
                if (node instanceof ObjectNode object) {
                    copy.setAll(object);
                }
                if (after.isMissingNode()) {
                    copy.remove(name);
                    return copy.isEmpty() && !(node instanceof ObjectNode) ? node : copy;
                }
                copy.set(name, after);
                return copy;
            }
        };
    }

    /** What stands where an object belongs is neither read as an empty one nor overwritten. */
    static void checkObject(JsonNode node) {
        if (!node.isObject() && !isAbsent(node)) {
            fail("must be an object", node);
        }
    }

    /** Reads through the first lens that has a value, and writes through the first. */
    public static <T> Lens<T> firstOf(List<Lens<T>> lenses) {
        return new Lens<>() {
            @Override
            public @Nullable T get(JsonNode node) {
                for (Lens<T> lens : lenses) {
                    T value = lens.get(node);
                    if (value != null) {
                        return value;
                    }
                }
                return null;
            }

            @Override
            public JsonNode put(JsonNode node, @Nullable T value) {
                if (Objects.equals(get(node), value)) {
                    return node;
                }
                return value == null ? nowhere(node) : lenses.get(0).put(node, value);
            }

            /** Taken away at the first place only, a value would shine through from the second. */
            private JsonNode nowhere(JsonNode node) {
                JsonNode without = node;
                for (Lens<T> lens : lenses) {
                    without = lens.put(without, null);
                }
                return without;
            }
        };
    }

    /** What is absent in the document reads as {@code absent}, and {@code absent} is written by leaving it out. */
    public static <T> Lens<T> orElse(Lens<T> inner, T absent) {
        return new Lens<>() {
            @Override
            public T get(JsonNode node) {
                T value = inner.get(node);
                return value == null ? absent : value;
            }

            @Override
            public JsonNode put(JsonNode node, @Nullable T value) {
                if (Objects.equals(get(node), value)) {
                    return node;
                }
                return inner.put(node, absent.equals(value) ? null : value);
            }
        };
    }

    /** Sees values of another type through a pair of functions that undo each other. */
    public static <A, B> Lens<B> map(Lens<A> inner, Function<A, B> to, Function<B, A> from) {
        return new Lens<>() {
            @Override
            public @Nullable B get(JsonNode node) {
                A value = inner.get(node);
                return value == null ? null : to.apply(value);
            }

            /** Where several things read as one value, that value does not replace one of them by another. */
            @Override
            public JsonNode put(JsonNode node, @Nullable B value) {
                if (value == null) {
                    return inner.put(node, null);
                }
                return value.equals(readOrNull(node)) ? node : inner.put(node, from.apply(value));
            }

            private @Nullable B readOrNull(JsonNode node) {
                try {
                    return get(node);
                } catch (InvalidValue e) {
                    return null;
                }
            }
        };
    }

    /** A value that the partner never takes from us: writing it changes nothing. */
    public static <T> Lens<T> readOnly(Function<JsonNode, @Nullable T> get) {
        return new Lens<>() {
            @Override
            public @Nullable T get(JsonNode node) {
                return get.apply(node);
            }

            @Override
            public JsonNode put(JsonNode node, @Nullable T value) {
                return node;
            }
        };
    }

    static <T> Lens<T> scalar(Function<JsonNode, T> read, Function<T, JsonNode> write) {
        return new Lens<>() {
            @Override
            public @Nullable T get(JsonNode node) {
                return isAbsent(node) ? null : read.apply(node);
            }

            @Override
            public JsonNode put(JsonNode node, @Nullable T value) {
                if (value == null) {
                    return isAbsent(node) ? node : MISSING;
                }
                return isAbsent(node) || !value.equals(readOrNull(node)) ? write.apply(value) : node;
            }

            private @Nullable T readOrNull(JsonNode node) {
                try {
                    return read.apply(node);
                } catch (InvalidValue e) {
                    return null;
                }
            }
        };
    }

    static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // it never returns, so any type will do
    static <T> T fail(String rule, JsonNode node) {
        String shown = node.toString();
        throw new InvalidValue(rule + ", not " + (shown.length() > 40 ? shown.substring(0, 40) + "…" : shown));
    }
}
