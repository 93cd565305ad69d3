package dev.tournant.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes the members of a JSON object; a member that nobody knows is an error that lists the known ones. */
final class Members {
    private final Map<?, ?> map;

    private Members(Map<?, ?> map) {
        this.map = map;
    }

    static Members of(Object json, String... known) {
        if (!(json instanceof Map<?, ?> map)) {
            throw new InvalidValue("must be an object with " + String.join(", ", known));
        }
        for (Object name : map.keySet()) {
            if (!(name instanceof String) || !List.of(known).contains(name)) {
                throw new InvalidValue("is unknown here; use one of " + String.join(", ", known))
                        .under(String.valueOf(name));
            }
        }
        return new Members(map);
    }

    <T> T need(String name, Codec<T> codec) {
        T value = get(name, codec);
        if (value == null) {
            throw new InvalidValue("is missing").under(name);
        }
        return value;
    }

    <T> T get(String name, Codec<T> codec, T absent) {
        T value = get(name, codec);
        return value == null ? absent : value;
    }

    <T> @Nullable T get(String name, Codec<T> codec) {
        Object json = map.get(name);
        if (json == null) {
            return null;
        }
        try {
            return codec.read(json);
        } catch (InvalidValue e) {
            throw e.under(name);
        }
    }

    /** Starts a JSON object that leaves out what is null or equal to its default. */
    static Out out() {
        return new Out();
    }

    static final class Out {
        private final PlainObject map = new PlainObject();

        <T> Out put(String name, Codec<T> codec, @Nullable T value) {
            if (value != null) {
                map.add(name, codec.write(value));
            }
            return this;
        }

        <T> Out put(String name, Codec<T> codec, T value, T absent) {
            return value.equals(absent) ? this : put(name, codec, value);
        }

        /** A list that was written already. */
        Out with(String name, List<?> written) {
            map.add(name, written);
            return this;
        }

        Map<String, @Nullable Object> map() {
            return map;
        }
    }
}
