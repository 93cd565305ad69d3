package dev.tournant.http.client.token;

import dev.tournant.messages.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of this node only, which end with it: for a node that has no key to store them under. There are as many as there
 * are credentials in the configuration.
 */
public final class TokensInMemory implements TokenStore {
    private final Map<String, Entry> entries = new HashMap<>();
    private final Map<String, Taken> taken = new HashMap<>();
    private final LongSupplier nanos;

    private record Taken(UUID holder, long untilNanos) {}

    /** Empty. {@code nanos} as {@link System#nanoTime}. */
    public TokensInMemory(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public boolean isDurable() {
        return false;
    }

    @Override
    public synchronized CompletionStage<Entry> read(String name) {
        return CompletableFuture.completedFuture(entry(name));
    }

    @Override
    public synchronized CompletionStage<Optional<Lease>> lease(
            String name, Entry seen, Duration life, List<Instant> askedAt) {
        Entry entry = entry(name);
        boolean same =
                entry.generation() == seen.generation() && entry.askedAt().equals(seen.askedAt());
        if (!same || entry.leased()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Lease lease = new Lease(name, entry.generation(), UUID.randomUUID());
        taken.put(name, new Taken(lease.holder(), nanos.getAsLong() + life.toNanos()));
        entries.put(name, new Entry(entry.generation(), entry.token(), askedAt, entry.pause(), true));
        return CompletableFuture.completedFuture(Optional.of(lease));
    }

    @Override
    public synchronized CompletionStage<Boolean> put(Lease lease, String token) {
        Entry entry = entry(lease.name());
        boolean fits = entry.generation() == lease.generation();
        if (fits) {
            entries.put(lease.name(), new Entry(lease.generation() + 1, token, entry.askedAt(), null, false));
            taken.remove(lease.name());
        }
        return CompletableFuture.completedFuture(fits);
    }

    @Override
    public synchronized CompletionStage<Void> giveBack(Lease lease, @Nullable Pause pause) {
        return giveBackUnused(lease, entry(lease.name()).askedAt(), pause);
    }

    @Override
    public synchronized CompletionStage<Void> giveBackUnused(
            Lease lease, List<Instant> askedAt, @Nullable Pause pause) {
        Taken mine = taken.get(lease.name());
        if (mine != null && mine.holder.equals(lease.holder())) {
            taken.remove(lease.name());
            Entry entry = entry(lease.name());
            entries.put(lease.name(), new Entry(entry.generation(), entry.token(), askedAt, pause, false));
        }
        return CompletableFuture.completedFuture(null);
    }

    private Entry entry(String name) {
        Entry entry = entries.getOrDefault(name, Entry.NONE);
        Taken other = taken.get(name);
        boolean leased = other != null && other.untilNanos - nanos.getAsLong() > 0;
        return new Entry(entry.generation(), entry.token(), entry.askedAt(), entry.pause(), leased);
    }
}
