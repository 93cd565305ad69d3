package dev.tournant.adapter;

import dev.tournant.model.PartnerName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One partner's language. Implementations are pure: no I/O, no clock, no state; any thread may call them. They are
 * found by {@link java.util.ServiceLoader}.
 */
public interface Adapter {
    PartnerName partner();

    /** What this partner can be asked for. */
    Set<Capability> capabilities();

    /** How this partner is written to; empty where nothing can be written. */
    default Optional<Writing> writing() {
        return Optional.empty();
    }

    /** What can be fetched, in the order in which a new link is read for the first time. At most 16. */
    List<String> resources();

    /**
     * Whether a webhook really comes from the partner. Called before anything in it is parsed.
     *
     * @param now against which partners that sign a time are measured
     */
    Verification verify(Hook hook, Secrets secrets, Instant now);

    /**
     * Reads a payload into records. Never throws for what a partner may send: what cannot be read is reported in
     * {@link Reading#unreadable()}, and the rest of the payload is read all the same.
     */
    Reading read(Payload payload);

    /** The first request of a fetch. */
    Request open(Fetch fetch, Secrets secrets);

    /** What follows from an answer to {@code asked}. */
    Turn turn(Fetch fetch, Request asked, Answer answer, Secrets secrets);
}
