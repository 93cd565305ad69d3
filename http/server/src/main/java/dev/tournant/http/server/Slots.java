package dev.tournant.http.server;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A bounded number of places. */
final class Slots {
    private final int max;
    private final AtomicInteger taken = new AtomicInteger();

    Slots(int max) {
        this.max = max;
    }

    /** One place, to be freed once; freeing it again does nothing. */
    final class Slot {
        private final AtomicBoolean freed = new AtomicBoolean();

        void free() {
            if (freed.compareAndSet(false, true)) {
                taken.decrementAndGet();
            }
        }
    }

    Optional<Slot> take() {
        int now = taken.getAndUpdate(count -> count < max ? count + 1 : count);
        return now < max ? Optional.of(new Slot()) : Optional.empty();
    }

    int taken() {
        return taken.get();
    }
}
