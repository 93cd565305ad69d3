package dev.tournant.cluster.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The classes of a pool, by number. */
final class Sorts {
    private static final int MOST = Short.MAX_VALUE;

    private final List<Sort> all = new ArrayList<>();
    private final Map<ResourceClass, Integer> numbers = new HashMap<>();
    private int guarded;

    /** Resources that have a maximum age. */
    private int aging;

    int size() {
        return all.size();
    }

    Sort get(int number) {
        return all.get(number);
    }

    /** The number of a class, a new one if need be. */
    int number(ResourceClass of) {
        Integer known = numbers.get(of);
        return known == null ? add(new Sort(of)) : known;
    }

    /** The number of one that was kept, or of the one before it that is of the same class now. */
    int enter(Sort sort) {
        Integer known = numbers.get(sort.of);
        return known == null ? add(sort) : known;
    }

    private int add(Sort sort) {
        if (all.size() == MOST) {
            throw new IllegalStateException("a pool has at most " + MOST + " classes; give fewer kinds or ages");
        }
        all.add(sort);
        numbers.put(sort.of, all.size() - 1);
        return all.size() - 1;
    }

    /** So many resources more of a class. */
    void count(Sort sort, int more) {
        sort.resources += more;
        aging += sort.of.maxAgeSeconds() < Double.POSITIVE_INFINITY ? more : 0;
    }

    int aging() {
        return aging;
    }

    /** Looks whether the webhooks of a class have broken down, of each in turn. */
    void watch(double now) {
        guarded = guarded + 1 < all.size() ? guarded + 1 : 0;
        all.get(guarded).guard.isSilent(now);
    }
}
