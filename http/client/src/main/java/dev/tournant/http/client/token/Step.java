package dev.tournant.http.client.token;

import dev.tournant.messages.TokenStore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows from what the store knows, for whoever wants a token. Pure. */
sealed interface Step {
    /** The store has one that serves. */
    record Use(Held held) implements Step {}

    /** The partner may be asked, by whoever gets the lease; the lease remembers these times. */
    record Ask(List<Instant> askedAt) implements Step {}

    /** Somebody is asking; look again soon. */
    record Await() implements Step {}

    /** Nobody may ask before {@code until}. */
    record NotYet(Instant until, String why) implements Step {}

    /**
     * The step for one who found this entry.
     *
     * @param stored the entry's token
     * @param after the generation of the token that no longer serves; 0 if any that has not expired will do
     */
    static Step next(TokenStore.Entry entry, @Nullable Held stored, long after, TokenConfig config, Instant now) {
        if (stored != null
                && stored.generation() > after
                && now.isBefore(stored.token().expiresAt())) {
            return new Use(stored);
        }
        if (entry.leased()) {
            return new Await();
        }
        TokenStore.Pause pause = entry.pause();
        if (pause != null && now.isBefore(pause.until())) {
            return new NotYet(pause.until(), pause.why());
        }
        Pacing pacing = new Pacing(config);
        Instant next = pacing.nextAt(entry.askedAt(), stored == null ? null : stored.token());
        return now.isBefore(next)
                ? new NotYet(next, "the partner was asked for a token lately")
                : new Ask(pacing.with(entry.askedAt(), now));
    }
}
