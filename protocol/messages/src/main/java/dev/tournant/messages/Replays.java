package dev.tournant.messages;

import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Reads what partners once sent again, with today's adapter. What is read is bounded in records, bytes and time. All fail
 * with {@link Declined}.
 */
public interface Replays {
    /** What would become of the merchant's records. Nothing changes. */
    CompletionStage<Rehearsed> rehearse(Wanted wanted);

    /** Puts the raw records into {@code tournant.inbound} again, in order; completes when they are durable there. */
    CompletionStage<Put> put(Wanted wanted);

    /**
     * Which records.
     *
     * @param from those that Kafka got from then on, up to the request
     * @param fromQuarantine those that could not be read or applied, instead of all
     * @param request its id, which stands in the header {@value Inbound#REPLAY_HEADER}
     */
    record Wanted(MerchantId merchant, LinkId link, Instant from, boolean fromQuarantine, String request) {}

    /**
     * What was read.
     *
     * @param records of this merchant and link; those that a replay put there are not among them
     * @param bytes that they weigh
     * @param until when Kafka got the last of them; null for none
     * @param cut null if all there is was read; else what was reached: {@code records}, {@code bytes} or {@code time}.
     *     Another replay goes on from {@code until}
     */
    record Extent(
            int records,
            long bytes,
            @Nullable Instant until,
            @Nullable String cut) {}

    /**
     * What would happen.
     *
     * @param unreadable what today's adapter cannot read at all, the first {@value MerchantReply.Rehearsal#UNABLE_MAX}
     * @param unreadableCount how many there are
     * @param readable what would become of the others
     */
    record Rehearsed(
            Extent read, List<MerchantReply.Unable> unreadable, int unreadableCount, MerchantReply.Rehearsal readable) {
        public Rehearsed {
            unreadable = List.copyOf(unreadable);
        }
    }

    /** What was put in. */
    record Put(Extent read) {}
}
