package dev.tournant.model;

import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Writes a value as plain JSON data and reads it back: {@code read(write(v))} equals {@code v}. Plain data is a
 * {@code Map<String, ?>}, {@code List<?>}, {@code String}, {@code Boolean} or a {@code Number}.
 */
public interface Codec<T> {
    /** Throws {@link InvalidValue} when the data is not of this form. */
    T read(Object json);

    Object write(T value);

    /** Throws {@link InvalidValue} when the value breaks a limit that {@link #read} would find. */
    default void check(T value) {}

    static <T> Codec<T> of(Function<Object, T> read, Function<T, Object> write) {
        return of(read, write, value -> {});
    }

    static <T> Codec<T> of(Function<Object, T> read, Function<T, Object> write, Consumer<T> check) {
        return new Codec<>() {
            @Override
            public T read(Object json) {
                return read.apply(json);
            }

            @Override
            public Object write(T value) {
                return write.apply(value);
            }

            @Override
            public void check(T value) {
                check.accept(value);
            }
        };
    }
}
