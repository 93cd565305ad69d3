package dev.tournant.cluster.poll;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is to be done with a resource at a later time: one thing each, the last that was said. */
final class Reminders {
    private record Reminder(double at, int id, double value) {}

    /** What is to be done. */
    interface Action {
        void take(int id, double value);
    }

    private final Map<Integer, Reminder> ofId = new HashMap<>();
    private final TreeSet<Reminder> inOrder =
            new TreeSet<>(Comparator.comparingDouble(Reminder::at).thenComparingInt(Reminder::id));

    void remind(int id, double at, double value) {
        forget(id);
        Reminder reminder = new Reminder(at, id, value);
        ofId.put(id, reminder);
        inOrder.add(reminder);
    }

    /** Whether there was one. */
    boolean forget(int id) {
        Reminder before = ofId.remove(id);
        return before != null && inOrder.remove(before);
    }

    void due(double now, Action action) {
        while (nextAt() <= now) {
            Reminder next = inOrder.first();
            forget(next.id());
            action.take(next.id(), next.value());
        }
    }

    /** Those that are due, which stay so until they are forgotten. */
    List<Integer> due(double now) {
        return inOrder.stream()
                .takeWhile(each -> each.at() <= now)
                .map(Reminder::id)
                .toList();
    }

    /** Infinite if there is nothing. */
    double nextAt() {
        return inOrder.isEmpty() ? Double.POSITIVE_INFINITY : inOrder.first().at();
    }

    /** What was said with it; null if there is none. */
    @Nullable
    Double value(int id) {
        Reminder reminder = ofId.get(id);
        return reminder == null ? null : reminder.value();
    }

    boolean has(int id) {
        return ofId.containsKey(id);
    }

    int size() {
        return ofId.size();
    }
}
