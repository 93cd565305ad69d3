package dev.tournant.model;

import java.util.HashMap;
import java.util.Map;

/**
 * One object for all that are equal: most of what a channel was told is what the merchant has, and is held once. It keeps
 * all that it was shown; for a moment, as when a merchant is read from its snapshot. Not thread-safe.
 */
public final class Shared {
    private final Map<Object, Object> known = new HashMap<>();

    /** The first that was shown of those that equal this one. */
    @SuppressWarnings("unchecked") // what is equal has one class, as all that records are made of compares classes
    public <T> T one(T value) {
        Object first = known.putIfAbsent(value, value);
        return first == null ? value : (T) first;
    }
}
