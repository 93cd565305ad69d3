package dev.tournant.cluster.merchant;

import dev.tournant.model.LinkId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The partner events that a merchant has dealt with lately, by a 64-bit fingerprint of link and event id. Bounded: the
 * oldest are forgotten. An event that comes back after that is weighed by its versions and stamps like any other, so
 * forgetting costs work, not correctness.
 */
final class Seen {
    static final Seen NONE = new Seen(new long[0]);

    /** Looking one up costs as much as using it; after each use it is as new. */
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(() -> {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    });

    private final long[] oldestFirst;

    private Seen(long[] oldestFirst) {
        this.oldestFirst = oldestFirst;
    }

    static Seen of(List<Long> oldestFirst) {
        return new Seen(oldestFirst.stream().mapToLong(Long::longValue).toArray());
    }

    /** The first 64 bits of SHA-256: a partner cannot make two events collide on purpose. */
    static long fingerprint(LinkId link, String event) {
        MessageDigest sha = SHA_256.get();
        sha.update(link.value().getBytes(StandardCharsets.UTF_8));
        sha.update((byte) 0);
        return ByteBuffer.wrap(sha.digest(event.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    boolean has(long fingerprint) {
        for (long each : oldestFirst) {
            if (each == fingerprint) {
                return true;
            }
        }
        return false;
    }

    Seen with(List<Long> newer, int max) {
        if (newer.isEmpty()) {
            return this;
        }
        int keepNew = Math.min(newer.size(), max);
        int keepOld = Math.min(oldestFirst.length, max - keepNew);
        long[] all = new long[keepOld + keepNew];
        System.arraycopy(oldestFirst, oldestFirst.length - keepOld, all, 0, keepOld);
        for (int i = 0; i < keepNew; i++) {
            all[keepOld + i] = newer.get(newer.size() - keepNew + i);
        }
        return new Seen(all);
    }

    List<Long> list() {
        return Arrays.stream(oldestFirst).boxed().toList();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Seen that && Arrays.equals(oldestFirst, that.oldestFirst);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(oldestFirst);
    }
}
