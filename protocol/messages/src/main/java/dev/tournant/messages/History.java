package dev.tournant.messages;

import dev.tournant.model.Kind;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What became of a merchant's records, and what they were, from its journal. Each request reads a bounded number of rows
 * within a bounded time; all fail with {@link Declined}.
 */
public interface History {
    /** Revisions on one page. */
    int LIMIT_MAX = 1_000;

    /**
     * The changes of one record, the newest first.
     *
     * @param before where the page before ended; null for the newest
     * @param limit revisions, 1 to {@value #LIMIT_MAX}; fewer come where they weigh much, or where many rows lie between
     */
    CompletionStage<Page> of(MerchantId merchant, RecordKey key, @Nullable Place before, int limit);

    /** A record as it was, or null where nothing was known of it then; the answer's revision is the merchant's then. */
    CompletionStage<MerchantReply.OneRecord> record(MerchantId merchant, RecordKey key, Moment asOf);

    /**
     * Present records as they were, in order of key; the answer's revision is the merchant's then.
     *
     * @param kind only these; null for all
     * @param after begin behind this key; null from the start
     * @param limit 1 to {@link MerchantQuery.Records#LIMIT_MAX}
     */
    CompletionStage<MerchantReply.Records> records(
            MerchantId merchant, @Nullable Kind kind, @Nullable RecordKey after, int limit, Moment asOf);

    /** A moment in a merchant's life. */
    sealed interface Moment {
        /** Right after a revision; 0 for before the first. */
        record AfterRevision(long number) implements Moment {}

        /** Before the first revision that was decided later than this. */
        record At(Instant instant) implements Moment {}
    }

    /**
     * Where to go on: with revisions below one, in journal rows up to one.
     *
     * @param revision from 1
     * @param row from 1
     */
    record Place(long revision, long row) {}

    /**
     * Some changes.
     *
     * @param head the merchant's newest revision
     * @param next where older ones are; null if there are none
     */
    record Page(List<Entry> entries, long head, @Nullable Place next) {
        public Page {
            entries = List.copyOf(entries);
        }
    }

    /**
     * One change of a record.
     *
     * @param revision of the merchant
     * @param at when it was decided
     * @param link who said the values; {@code api} for an operator
     * @param event in which it did; may be empty
     * @param delta what changed, and when it was said
     * @param forwardBy null, but where values that were said before came forward: what made room for them
     * @param notKept null, but where it is no change: what the link was told, and showed {@code delta} instead
     */
    record Entry(
            long revision,
            Instant at,
            LinkId link,
            String event,
            RecordDelta delta,
            @Nullable Cause forwardBy,
            @Nullable RecordDelta notKept) {
        /** A change of the record. */
        public Entry(
                long revision, Instant at, LinkId link, String event, RecordDelta delta, @Nullable Cause forwardBy) {
            this(revision, at, link, event, delta, forwardBy, null);
        }
    }

    /** An event of a link. */
    record Cause(LinkId link, String event) {}
}
