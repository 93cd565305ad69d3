package dev.tournant.http.server;

import dev.tournant.messages.Inbound;
import dev.tournant.messages.Inbox;
import dev.tournant.messages.Unclaimed;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Keeps what it was given, or fails as it is told. */
final class InboxInMemory implements Inbox {
    final CopyOnWriteArrayList<Inbound> taken = new CopyOnWriteArrayList<>();
    final CopyOnWriteArrayList<Unclaimed> unclaimed = new CopyOnWriteArrayList<>();
    volatile @Nullable Throwable failure;

    @Override
    public CompletionStage<Void> append(Inbound payload) {
        Throwable now = failure;
        if (now != null) {
            return CompletableFuture.failedFuture(now);
        }
        taken.add(payload);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> append(Unclaimed payload) {
        Throwable now = failure;
        if (now != null) {
            return CompletableFuture.failedFuture(now);
        }
        unclaimed.add(payload);
        return CompletableFuture.completedFuture(null);
    }
}
