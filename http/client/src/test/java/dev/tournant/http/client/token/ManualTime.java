package dev.tournant.http.client.token;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Time that passes when it is told to; work that is due runs in the caller's thread. */
final class ManualTime implements Time {
    static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private record Later(long atNanos, Runnable work) {}

    private final List<Later> later = new ArrayList<>();
    private long nanos;

    @Override
    public synchronized Instant now() {
        return START.plusNanos(nanos);
    }

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public synchronized void after(Duration wait, Runnable work) {
        later.add(new Later(nanos + wait.toNanos(), work));
    }

    void pass(Duration time) {
        long end = nanos() + time.toNanos();
        Optional<Later> due = next(end);
        while (due.isPresent()) {
            due.get().work.run();
            due = next(end);
        }
        synchronized (this) {
            nanos = end;
        }
    }

    private synchronized Optional<Later> next(long endNanos) {
        Optional<Later> first =
                later.stream().filter(each -> each.atNanos <= endNanos).min(Comparator.comparingLong(Later::atNanos));
        first.ifPresent(each -> {
            later.remove(each);
            nanos = Math.max(nanos, each.atNanos);
        });
        return first;
    }
}
