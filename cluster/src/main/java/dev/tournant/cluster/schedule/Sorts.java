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

    /** A poll of each resource that has a maximum age. */
    private double agingCalls;

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

    /** A resource more of a class, or less. */
    void count(Sort sort, int more, double calls) {
        sort.resources += more;
        cost(sort, more * calls);
    }

    /** A poll of one of the class costs so many calls more. */
    void cost(Sort sort, double more) {
        agingCalls += sort.of.maxAgeSeconds() < Double.POSITIVE_INFINITY ? more : 0;
    }

    /** Calls that it takes to poll all that have a maximum age once, where nothing has changed. */
    double agingCalls() {
        return agingCalls;
    }

    /** All that was noted, as by a clock that is so many seconds behind the one by which it was. */
    void earlier(double seconds) {
        all.forEach(each -> each.earlier(seconds));
    }

    /** Whether the webhooks of a partner are down, by what others hear of them; NaN: they are not. */
    void told(String partner, double silentSince, double now) {
        for (Sort each : all) {
            if (each.of.subscribed() && each.of.partner().equals(partner)) {
                each.guard.told(silentSince, now);
            }
        }
    }

    /** Looks whether the webhooks of a class have broken down, of each in turn. */
    void watch(double now) {
        guarded = guarded + 1 < all.size() ? guarded + 1 : 0;
        all.get(guarded).guard.isSilent(now);
    }
}
