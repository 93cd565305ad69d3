package dev.tournant.cluster.poll;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Polls under way, by the numbers of their resources, and until when each must say something. */
final class UnderWay {
    private final double withinSeconds;
    /** The oldest first, as all have the same time. */
    private final Map<Integer, Double> until = new LinkedHashMap<>();

    /** @param withinSeconds how long one may say nothing */
    UnderWay(double withinSeconds) {
        this.withinSeconds = withinSeconds;
    }

    int size() {
        return until.size();
    }

    boolean has(int id) {
        return until.containsKey(id);
    }

    void begin(int id, double now) {
        until.put(id, now + withinSeconds);
    }

    /** It says that it goes on. */
    void goesOn(int id, double now) {
        end(id);
        begin(id, now);
    }

    /** Whether it was under way. */
    boolean end(int id) {
        return until.remove(id) != null;
    }

    /** For how many seconds it has said nothing; 0 if it is not under way. */
    double silent(int id, double now) {
        @Nullable Double end = until.get(id);
        return end == null ? 0 : now - end + withinSeconds;
    }

    /** Those that have said nothing for too long. */
    List<Integer> overdue(double now) {
        List<Integer> ids = new ArrayList<>();
        for (Map.Entry<Integer, Double> each : until.entrySet()) {
            if (each.getValue() > now) {
                break;
            }
            ids.add(each.getKey());
        }
        return ids;
    }

    /** When the next one will have said nothing for too long; infinite without any. */
    double nextAt() {
        return until.values().stream().findFirst().orElse(Double.POSITIVE_INFINITY);
    }
}
