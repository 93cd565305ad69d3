package dev.tournant.messages;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of partners, kept beyond any node, and the right to renew each of them, for one node at a time.
 *
 * <p>Two things keep one holder from undoing what another did. A lease runs out by itself, by the store's clock, so a
 * node that died holds nobody up for long. And a token takes the place of the one it was made from and of no other: the
 * generation is the fence. Every stage fails with whatever the store failed with; what it did is not known then.
 */
public interface TokenStore {
    /** How many times of asking are remembered. */
    int ASKED_MAX = 240;

    /** Whether a token outlives this node, and is seen by the others. */
    boolean isDurable();

    /** What is known of a token; an entry of generation 0 if there is none. Sees every write that has completed. */
    CompletionStage<Entry> read(String name);

    /**
     * The right to renew a token, for {@code life}; empty while somebody else has it, and if the token is of another
     * generation by now or the partner was asked since: whoever decides by what was asked must have seen all of it.
     *
     * @param seen what was read, and decided by
     * @param askedAt takes the place of what the entry has, as the partner is about to be asked; at most {@value
     *     #ASKED_MAX}
     */
    CompletionStage<Optional<Lease>> lease(String name, Entry seen, Duration life, List<Instant> askedAt);

    /**
     * Puts a new token in place of the one that the lease was taken for, ends any pause, and gives the lease back. False
     * if somebody else has put one there. May be repeated: it is done once.
     */
    CompletionStage<Boolean> put(Lease lease, String token);

    /** Gives the lease back without a token. Does nothing if it has run out. */
    CompletionStage<Void> giveBack(Lease lease, @Nullable Pause pause);

    /**
     * Gives the lease back, and takes back that the partner was asked under it: only for one who knows that nothing was
     * sent. Does nothing if it has run out; then it counts as asked.
     *
     * @param askedAt what stood there before the lease
     */
    CompletionStage<Void> giveBackUnused(Lease lease, List<Instant> askedAt, @Nullable Pause pause);

    /**
     * A token and what happened to it.
     *
     * @param generation how many tokens have stood here
     * @param token secret, in its owner's form; null if there is none, or none that can be read
     * @param askedAt when the partner was asked for a token, in order, as the nodes' clocks have it
     * @param leased whether somebody is renewing it
     */
    record Entry(
            long generation,
            @Nullable String token,
            List<Instant> askedAt,
            @Nullable Pause pause,
            boolean leased) {
        public static final Entry NONE = new Entry(0, null, List.of(), null, false);

        public Entry {
            askedAt = List.copyOf(askedAt);
        }

        /** Without the token. */
        @Override
        public String toString() {
            return "Entry[generation=" + generation + ", askedAt=" + askedAt + ", pause=" + pause + ", leased=" + leased
                    + "]";
        }
    }

    /**
     * Nobody is to ask before that.
     *
     * @param why for the operator; never a secret
     */
    record Pause(Instant until, String why) {}

    /**
     * The right to put a token in place of another.
     *
     * @param generation of the token that is to be replaced
     * @param holder a new one each time
     */
    record Lease(String name, long generation, UUID holder) {}
}
