package dev.tournant.adapter.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.lens.Lens;
import dev.tournant.model.Codec;
import dev.tournant.model.InvalidValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Lenses that see plain data: text, flags, whole numbers, lists and maps, as our own JSON form of a field is made of. A
 * field's codec turns them into its value, so that one small vocabulary serves fields of every type.
 */
final class Plains {
    static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Of a decimal number, on either side of the point. */
    static final int DIGITS_MAX = 64;

    private Plains() {}

    /** What stands there, as it is. */
    static final Lens<Object> ANY = new Lens<>() {
        @Override
        public @Nullable Object get(JsonNode node) {
            return of(node);
        }

        @Override
        public JsonNode put(JsonNode node, @Nullable Object value) {
            return Objects.equals(of(node), value) ? node : node(value);
        }
    };

    static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    static @Nullable Object of(JsonNode node) {
        if (isAbsent(node)) {
            return null;
        }
        if (node.isObject()) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            node.fields().forEachRemaining(each -> map.put(each.getKey(), of(each.getValue())));
            return map;
        }
        if (node.isArray()) {
            List<@Nullable Object> list = new ArrayList<>(node.size());
            node.forEach(each -> list.add(of(each)));
            return list;
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isNumber()) {
            return node.isIntegralNumber() && node.canConvertToLong()
                    ? (Object) node.longValue()
                    : decimal(node.decimalValue());
        }
        return node.asText();
    }

    /** Written out, 1E+999999999 would fill the memory. */
    private static String decimal(BigDecimal number) {
        if (Math.abs((long) number.scale()) > DIGITS_MAX || number.precision() > DIGITS_MAX) {
            throw new InvalidValue("is a number of more than " + DIGITS_MAX + " digits");
        }
        return number.toPlainString();
    }

    /** Null becomes "not there". */
    static JsonNode node(@Nullable Object plain) {
        if (plain == null) {
            return MissingNode.getInstance();
        }
        if (plain instanceof Map<?, ?> map) {
            ObjectNode object = JSON.objectNode();
            map.forEach((name, value) -> {
                if (value != null) {
                    object.set(String.valueOf(name), node(value));
                }
            });
            return object;
        }
        if (plain instanceof List<?> list) {
            ArrayNode array = JSON.arrayNode(list.size());
            list.forEach(each -> array.add(node(each)));
            return array;
        }
        if (plain instanceof Boolean flag) {
            return JSON.booleanNode(flag);
        }
        if (plain instanceof BigDecimal number) {
            return JSON.numberNode(number);
        }
        return plain instanceof Number number ? JSON.numberNode(number.longValue()) : JSON.textNode(plain.toString());
    }

    /** One form for every number, and maps that can be looked into, so that plain data can be compared. */
    static @Nullable Object normal(@Nullable Object plain) {
        if (plain instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> normal = new LinkedHashMap<>();
            for (Map.Entry<?, ?> each : map.entrySet()) {
                normal.put(String.valueOf(each.getKey()), normal(each.getValue()));
            }
            return normal;
        }
        if (plain instanceof List<?> list) {
            List<@Nullable Object> normal = new ArrayList<>(list.size());
            list.forEach(each -> normal.add(normal(each)));
            return normal;
        }
        return plain instanceof Integer number ? (Object) number.longValue() : plain;
    }

    /** Plain data of a value of ours. */
    static <T> Lens<Object> of(Lens<T> typed, Codec<T> codec) {
        return new Lens<>() {
            @Override
            public @Nullable Object get(JsonNode node) {
                T value = typed.get(node);
                return value == null ? null : normal(codec.write(value));
            }

            @Override
            public JsonNode put(JsonNode node, @Nullable Object plain) {
                return typed.put(node, plain == null ? null : codec.read(plain));
            }
        };
    }

    /**
     * A value of ours of plain data. What says the same already is left as it is.
     *
     * @param theirs where the partner's document holds what our own form holds at a path
     */
    static <T> Lens<T> typed(Lens<Object> plain, Codec<T> codec, UnaryOperator<String> theirs) {
        return new Lens<>() {
            @Override
            public @Nullable T get(JsonNode node) {
                Object value = plain.get(node);
                if (value == null) {
                    return null;
                }
                try {
                    T read = codec.read(value);
                    codec.check(read);
                    return read;
                } catch (InvalidValue e) {
                    String path = e.path().isEmpty() ? "" : theirs.apply(e.path());
                    throw path.isEmpty() ? new InvalidValue(e.detail()) : new InvalidValue(e.detail()).under(path);
                }
            }

            @Override
            public JsonNode put(JsonNode node, @Nullable T value) {
                return Objects.equals(readOrNull(node), value)
                        ? node
                        : plain.put(node, value == null ? null : normal(codec.write(value)));
            }

            private @Nullable T readOrNull(JsonNode node) {
                try {
                    return get(node);
                } catch (InvalidValue e) {
                    return null;
                }
            }
        };
    }

    /**
     * An object of members. Where the first of them is absent, there is no value.
     *
     * @param own whether the object is there for this value only, and goes with it
     */
    static Lens<Object> object(Map<String, Lens<Object>> members, boolean own) {
        String first = members.keySet().iterator().next();
        return new Lens<>() {
            @Override
            public @Nullable Object get(JsonNode node) {
                if (isAbsent(node)) {
                    return null;
                }
                if (!node.isObject()) {
                    throw new InvalidValue("must be an object");
                }
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                members.forEach((name, lens) -> {
                    Object value = lens.get(node);
                    if (value != null) {
                        map.put(name, value);
                    }
                });
                return map.containsKey(first) ? map : null;
            }

            @Override
            public JsonNode put(JsonNode node, @Nullable Object value) {
                if (value == null && own) {
                    return MissingNode.getInstance();
                }
                Map<?, ?> map = value instanceof Map<?, ?> given ? given : Map.of();
                JsonNode result = node;
                for (Map.Entry<String, Lens<Object>> each : members.entrySet()) {
                    result = each.getValue().put(result, map.get(each.getKey()));
                }
                return result;
            }
        };
    }

    /** An object of ours with one member, which is the partner's value itself and not a member of it. */
    static Lens<Object> wrapped(String member, Lens<Object> itself) {
        return new Lens<>() {
            @Override
            public @Nullable Object get(JsonNode node) {
                Object value = itself.get(node);
                return value == null ? null : Map.of(member, value);
            }

            @Override
            public JsonNode put(JsonNode node, @Nullable Object value) {
                return itself.put(node, value instanceof Map<?, ?> map ? map.get(member) : null);
            }
        };
    }

    /** Always the same, wherever there is anything; another value cannot be told. */
    static Lens<Object> constant(Object constant) {
        return new Lens<>() {
            @Override
            public Object get(JsonNode node) {
                return constant;
            }

            @Override
            public JsonNode put(JsonNode node, @Nullable Object value) {
                if (value != null && !value.equals(constant)) {
                    throw new InvalidValue(value + " cannot be told to this partner, which has " + constant + " only");
                }
                return node;
            }
        };
    }
}
