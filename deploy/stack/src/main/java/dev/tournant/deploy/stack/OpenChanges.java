package dev.tournant.deploy.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * When the catalogues of sellers changed that their merchants do not show yet. Of sellers without a merchant, as a run with
 * fewer merchants than the one before has them, nothing is kept.
 */
final class OpenChanges {
    /** Of one seller: a merchant that never reads is not to fill the memory. */
    static final int OPEN_MAX = 1_000;

    private final Map<String, Deque<Instant>> open = new HashMap<>();
    private final Map<String, Instant> seen = new HashMap<>();

    OpenChanges(Set<String> sellers) {
        sellers.forEach(seller -> open.put(seller, new ArrayDeque<>()));
    }

    /** A seller's latest change; the same one again is none. */
    void note(String seller, Instant latest) {
        Deque<Instant> changes = open.get(seller);
        if (changes == null || latest.equals(seen.put(seller, latest))) {
            return;
        }
        if (changes.size() == OPEN_MAX) {
            // The oldest is what is asked for, and the latest says when all are shown.
            changes.removeLast();
        }
        changes.addLast(latest);
    }

    /** All of the seller's changes up to this moment are shown. */
    void shown(String seller, Instant upTo) {
        changes(seller).removeIf(change -> !change.isAfter(upTo));
    }

    /** Empty where all is shown. */
    Optional<Instant> oldest(String seller) {
        return Optional.ofNullable(changes(seller).peekFirst());
    }

    /** How long the oldest of all has waited; nothing where all is shown. */
    Duration age(Instant now) {
        return open.values().stream()
                .filter(changes -> !changes.isEmpty())
                .map(changes -> Duration.between(changes.getFirst(), now))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** How many are kept, of all sellers. */
    int size() {
        return open.values().stream().mapToInt(Deque::size).sum();
    }

    private Deque<Instant> changes(String seller) {
        return open.getOrDefault(seller, new ArrayDeque<>());
    }
}
