package dev.tournant.deploy.bench;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/** Times of single operations, from many threads; beyond its room it goes on counting but keeps no more. */
final class Samples {
    private final AtomicLongArray nanos;
    private final AtomicInteger next = new AtomicInteger();

    Samples(int max) {
        this.nanos = new AtomicLongArray(max);
    }

    void add(long tookNanos) {
        int place = next.getAndIncrement();
        if (place < nanos.length()) {
            nanos.set(place, tookNanos);
        }
    }

    int count() {
        return next.get();
    }

    /** Those that were kept, in ascending order. */
    long[] sorted() {
        int size = Math.min(next.get(), nanos.length());
        long[] all = new long[size];
        for (int i = 0; i < size; i++) {
            all[i] = nanos.get(i);
        }
        return Figures.sorted(all, size);
    }
}
