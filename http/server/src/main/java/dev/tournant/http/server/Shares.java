package dev.tournant.http.server;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Places of which no holder has more than so many at once; who holds none is forgotten. */
final class Shares {
    private final int max;
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();

    Shares(int max) {
        this.max = max;
    }

    /** One place, to be freed once; freeing it again does nothing. */
    final class Share {
        private final String holder;
        private final AtomicBoolean freed = new AtomicBoolean();

        private Share(String holder) {
            this.holder = holder;
        }

        void free() {
            if (freed.compareAndSet(false, true)) {
                taken.computeIfPresent(holder, (name, count) -> count == 1 ? null : count - 1);
            }
        }
    }

    Optional<Share> take(String holder) {
        boolean[] entered = {false};
        taken.compute(holder, (name, count) -> {
            int now = count == null ? 0 : count;
            entered[0] = now < max;
            return entered[0] ? now + 1 : count;
        });
        return entered[0] ? Optional.of(new Share(holder)) : Optional.empty();
    }

    /** Who holds a place now. */
    int holders() {
        return taken.size();
    }
}
