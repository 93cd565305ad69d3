package dev.tournant.deploy.standins.toast;

import dev.tournant.deploy.standins.core.Outbox;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How Toast takes failures: two retries for those that may pass, none for those that will not; a pause when there are too
 * many, and the end when there are too many pauses. Safe for threads.
 */
final class Brake implements Outbox.Patience {
    private final WebhookRules rules;
    private final LongSupplier nanos;
    private final ArrayDeque<Long> errors = new ArrayDeque<>();
    private final ArrayDeque<Long> pauses = new ArrayDeque<>();
    private long pausedUntil = Long.MIN_VALUE;

    Brake(WebhookRules rules, LongSupplier nanos) {
        this.rules = rules;
        this.nanos = nanos;
    }

    @Override
    public Optional<Duration> retryAfter(int retries, Outbox.Trouble trouble) {
        return retries < rules.retryAfter().size() && mayPass(trouble)
                ? Optional.of(rules.retryAfter().get(retries))
                : Optional.empty();
    }

    /** A silence, a 404, a 429 and a 5xx may; any other answer is final. */
    private static boolean mayPass(Outbox.Trouble trouble) {
        int status = trouble.status();
        return trouble.kind() != Outbox.Trouble.Kind.REFUSED || status == 404 || status == 429 || status / 100 == 5;
    }

    @Override
    public synchronized Duration pauseAfter(Outbox.Trouble trouble) {
        long now = nanos.getAsLong();
        if (now < pausedUntil) {
            // Answers to what was under way when the pause began.
            return Duration.ZERO;
        }
        if (!reaches(errors, now, rules.errorsMax(), rules.errorsWithin())) {
            return Duration.ZERO;
        }
        errors.clear();
        pausedUntil = now + rules.pause().toNanos();
        return reaches(pauses, now, rules.pausesMax(), rules.pausesWithin()) ? Outbox.FOREVER : rules.pause();
    }

    private static boolean reaches(ArrayDeque<Long> times, long now, int max, Duration within) {
        times.add(now);
        while (now - times.getFirst() > within.toNanos()) {
            times.removeFirst();
        }
        return times.size() >= max;
    }
}
