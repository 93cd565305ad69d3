package dev.tournant.cluster.schedule;

import java.util.HashMap;
import java.util.Map;

/**
 * What operators ask for, and since when, until it was read: also where there was no room for it when its turn came, and where it was
 * being read already, by a poll that may not show what they look for. No more than there are resources, and few.
 */
final class Wanted {
    private final Map<Integer, Double> since = new HashMap<>();

    void ask(int id, double now) {
        since.put(id, now);
    }

    boolean has(int id) {
        return !since.isEmpty() && since.containsKey(id);
    }

    /**
     * It was read.
     *
     * @param began when that poll was begun, by the clock by which it was asked for
     * @param asOf the time as of which its answer is true, by any clock
     */
    void read(int id, double began, double asOf) {
        Double asked = since.isEmpty() ? null : since.get(id);
        if (asked != null && Math.max(began, asOf) >= asked) {
            since.remove(id);
        }
    }

    void forget(int id) {
        if (!since.isEmpty()) {
            since.remove(id);
        }
    }
}
