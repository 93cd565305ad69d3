package dev.tournant.cluster.sync;

import dev.tournant.persistence.Counterpart.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a partner is asked again for what it refused though nothing about it changed: what was to be taken away, and what a
 * job was about that failed as a whole. Each refusal in a row doubles the wait. Pure.
 *
 * @param first after the first refusal; above 0
 * @param max at most; not below {@code first}
 */
public record Retries(Duration first, Duration max) {
    public Retries {
        if (first.isNegative() || first.isZero() || max.compareTo(first) < 0) {
            throw new IllegalArgumentException("the first wait must be above 0 and at most the longest: " + first + ", "
                    + max + "; see tournant.push.refused-retry-first and refused-retry-max");
        }
    }

    /** Empty for what waits for a change. */
    Optional<Instant> again(Refusal refusal) {
        boolean isTaking = refusal.of().isEmpty();
        return refusal.tries() == 0 && !isTaking
                ? Optional.empty()
                : Optional.of(refusal.at().plus(wait(Math.max(1, refusal.tries()))));
    }

    private Duration wait(int tries) {
        Duration wait = first;
        for (int i = 1; i < tries && wait.compareTo(max) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(max) < 0 ? wait : max;
    }

    boolean isDue(Refusal refusal, Instant now) {
        return again(refusal).filter(then -> !then.isAfter(now)).isPresent();
    }

    /** When something is due that is not due now; empty for nothing. */
    public Optional<Instant> next(LinkState link, Instant now) {
        return link.counterparts().stream()
                .flatMap(each -> Optional.ofNullable(each.refusal()).stream())
                .flatMap(refusal -> again(refusal).stream())
                .filter(then -> then.isAfter(now))
                .min(Instant::compareTo);
    }
}
