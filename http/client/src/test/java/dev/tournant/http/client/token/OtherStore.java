package dev.tournant.http.client.token;

import dev.tournant.messages.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A store as another one; a test replaces what it wants to be otherwise. */
class OtherStore implements TokenStore {
    private final TokenStore store;

    OtherStore(TokenStore store) {
        this.store = store;
    }

    @Override
    public boolean isDurable() {
        return store.isDurable();
    }

    @Override
    public CompletionStage<Entry> read(String name) {
        return store.read(name);
    }

    @Override
    public CompletionStage<Optional<Lease>> lease(String name, Entry seen, Duration life, List<Instant> askedAt) {
        return store.lease(name, seen, life, askedAt);
    }

    @Override
    public CompletionStage<Boolean> put(Lease lease, String token) {
        return store.put(lease, token);
    }

    @Override
    public CompletionStage<Void> giveBack(Lease lease, @Nullable Pause pause) {
        return store.giveBack(lease, pause);
    }

    @Override
    public CompletionStage<Void> giveBackUnused(Lease lease, List<Instant> askedAt, @Nullable Pause pause) {
        return store.giveBackUnused(lease, askedAt, pause);
    }
}
