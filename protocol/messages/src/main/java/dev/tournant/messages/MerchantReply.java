package dev.tournant.messages;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a merchant answers. Commands are answered after their effect is committed. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = MerchantReply.Done.class, name = "done"),
    @JsonSubTypes.Type(value = MerchantReply.Edited.class, name = "edited"),
    @JsonSubTypes.Type(value = MerchantReply.Absorbed.class, name = "absorbed"),
    @JsonSubTypes.Type(value = MerchantReply.Rejected.class, name = "rejected"),
    @JsonSubTypes.Type(value = MerchantReply.SlowDown.class, name = "slow-down"),
    @JsonSubTypes.Type(value = MerchantReply.Merchant.class, name = "merchant"),
    @JsonSubTypes.Type(value = MerchantReply.OneRecord.class, name = "one-record"),
    @JsonSubTypes.Type(value = MerchantReply.Records.class, name = "records"),
    @JsonSubTypes.Type(value = MerchantReply.LinkReport.class, name = "link-report"),
    @JsonSubTypes.Type(value = MerchantReply.Explanation.class, name = "explanation"),
    @JsonSubTypes.Type(value = MerchantReply.Conflicts.class, name = "conflicts"),
    @JsonSubTypes.Type(value = MerchantReply.Held.class, name = "held"),
    @JsonSubTypes.Type(value = MerchantReply.LinkPreview.class, name = "link-preview"),
    @JsonSubTypes.Type(value = MerchantReply.Place.class, name = "place"),
    @JsonSubTypes.Type(value = MerchantReply.Rehearsal.class, name = "rehearsal")
})
public sealed interface MerchantReply extends WireMessage {
    /**
     * The command was carried out.
     *
     * @param revision of what it changed
     * @param created whether it was not there before
     */
    record Done(long revision, boolean created) implements MerchantReply {}

    /**
     * A record was edited.
     *
     * @param record as the edit left it
     * @param created whether it was not there before
     */
    record Edited(FlatRecord record, boolean created) implements MerchantReply {}

    /** One outcome for each delivery, in order. */
    record Absorbed(List<Outcome> outcomes) implements MerchantReply {
        public Absorbed {
            outcomes = List.copyOf(outcomes);
        }
    }

    /** The command breaks a rule; nothing changed. */
    record Rejected(Problem problem, String detail) implements MerchantReply {}

    /** The merchant has no room for more; nothing was taken. */
    record SlowDown(long retryAfterMillis) implements MerchantReply {}

    /**
     * What the merchant is, and how far it has come.
     *
     * @param revision of the merchant: counts all its changes
     * @param profileRevision at which the profile last changed
     * @param records present records by kind
     */
    record Merchant(
            MerchantProfile profile,
            long revision,
            long profileRevision,
            Map<String, Integer> records,
            Tally tally,
            List<FeedView> feeds)
            implements MerchantReply {}

    /** A record, or null where it was never known. */
    record OneRecord(@Nullable FlatRecord value, long merchantRevision) implements MerchantReply {}

    /** A page of records; {@code more} if others follow. */
    record Records(List<FlatRecord> values, boolean more, long merchantRevision) implements MerchantReply {
        public Records {
            values = List.copyOf(values);
        }
    }

    /**
     * How far one resource of one link was read.
     *
     * @param cursor from where the next fetch goes on; null before the first one ended
     * @param wanted whether a fetch is due or under way
     * @param trouble why the last fetch broke; null if it did not
     * @param pages of the reading that is under way, as far as they were applied; 0 if there is none, and from nodes of an
     *     older version
     */
    record FeedView(
            LinkId link,
            String resource,
            @Nullable String cursor,
            boolean wanted,
            @Nullable String trouble,
            int pages) {}

    /**
     * How a link stands.
     *
     * @param state one of paused, needs-authorisation, failing, not-read, working, behind, in-step, read-only
     * @param since when that began, where it is known
     * @param what for people: what is the matter and what to do
     * @param pending records that differ and are to be told, at most {@value #SHOWN_MAX}
     * @param pendingCount how many there are
     * @param quarantined records that the partner has refused, at most {@value #SHOWN_MAX}
     * @param quarantinedCount how many there are
     * @param unsupported records that this channel has no place for, at most {@value #SHOWN_MAX}
     * @param unsupportedCount how many there are
     * @param drifting values that the partner shows and should not, at most {@value #SHOWN_MAX}
     * @param jobs that the partner works on
     * @param pushedAt when it last took something
     * @param there how many records it shows, as far as is known
     */
    record LinkReport(
            Link link,
            String state,
            @Nullable Instant since,
            String what,
            List<String> pending,
            int pendingCount,
            List<Quarantined> quarantined,
            int quarantinedCount,
            List<RecordKey> unsupported,
            int unsupportedCount,
            List<Drift> drifting,
            List<String> jobs,
            @Nullable Instant pushedAt,
            int there)
            implements MerchantReply {
        public static final int SHOWN_MAX = 50;

        public LinkReport {
            pending = List.copyOf(pending);
            quarantined = List.copyOf(quarantined);
            unsupported = List.copyOf(unsupported);
            drifting = List.copyOf(drifting);
            jobs = List.copyOf(jobs);
        }
    }

    /** A record that a partner will not have. */
    record Quarantined(RecordKey key, String code, String why, Instant at) {}

    /**
     * A value on a link that is not what it should be.
     *
     * @param shows in JSON; null for none
     * @param should in JSON; null for none
     * @param event of the partner that brought it
     * @param notKept how often it was told the right one and showed this afterwards, so that it is not told any more; 0
     *     where it is to be told
     */
    record Drift(
            RecordKey key,
            String field,

            @JsonDeserialize(using = PlainReader.class) @Nullable
            Object shows,

            @JsonDeserialize(using = PlainReader.class) @Nullable
            Object should,

            String event,
            Instant at,
            int notKept) {}

    /**
     * Why something is as it is, for support staff.
     *
     * @param answer in one sentence
     * @param fields what each field is, should be and is shown as
     * @param next what happens next, or what to do
     */
    record Explanation(RecordKey key, @Nullable LinkId link, String answer, List<FieldStory> fields, String next)
            implements MerchantReply {
        public Explanation {
            fields = List.copyOf(fields);
        }
    }

    /**
     * One field.
     *
     * @param current what holds for the merchant, and who said so
     * @param rule by which it was decided
     * @param desired what the link should show, in JSON; null for none, or where no link was asked about
     * @param because why that is not the merchant's value; empty where it is
     * @param reported what the link shows, and from where that is known; null where it is not known
     * @param overruled what others said
     * @param notKept null, but where the link was told a value and does not keep it
     */
    record FieldStory(
            String field,
            @Nullable Said current,
            String rule,

            @JsonDeserialize(using = PlainReader.class) @Nullable
            Object desired,

            String because,
            @Nullable Said reported,
            List<Said> overruled,
            @Nullable NotKept notKept) {
        public FieldStory {
            overruled = List.copyOf(overruled);
        }
    }

    /**
     * A value that a link took and showed otherwise afterwards.
     *
     * @param told in JSON; null for none
     * @param shown in JSON; null for none
     * @param times that it was told so
     * @param held whether it is not told so any more
     * @param since when it was told first
     */
    record NotKept(
            @JsonDeserialize(using = PlainReader.class) @Nullable
            Object told,

            @JsonDeserialize(using = PlainReader.class) @Nullable
            Object shown,

            int times,
            boolean held,
            Instant since) {}

    /**
     * A value that somebody said.
     *
     * @param value in JSON; null for none
     * @param link who said it; {@code api} for an operator
     * @param event in which it was said
     * @param told whether we told the link so
     */
    record Said(
            @JsonDeserialize(using = PlainReader.class) @Nullable
            Object value,

            LinkId link,
            String event,
            Instant at,
            long version,
            boolean told) {}

    /** Conflicts, the newest first. */
    record Conflicts(List<Crossed> values) implements MerchantReply {
        public Conflicts {
            values = List.copyOf(values);
        }
    }

    /** Two edits that crossed. */
    record Crossed(long number, Instant at, RecordKey key, String field, Said won, Said lost, String rule) {}

    /** A page of what a partner holds; {@code more} if others follow. */
    record Held(List<RemoteRecord> values, boolean more) implements MerchantReply {
        public Held {
            values = List.copyOf(values);
        }
    }

    /**
     * What would differ.
     *
     * @param differences the first ones
     * @param total how many there are
     */
    record LinkPreview(List<Differs> differences, int total) implements MerchantReply {
        public LinkPreview {
            differences = List.copyOf(differences);
        }
    }

    /**
     * One value that a link would show otherwise. Values are JSON; null for none.
     *
     * @param field its name; {@code shown} where the whole record comes or goes, with values true and false
     * @param merchant the merchant's own value
     * @param now as the link should show it today
     * @param then as it would
     * @param because what makes it so then
     */
    record Differs(
            RecordKey key,
            String field,

            @JsonDeserialize(using = PlainReader.class) @Nullable
            Object merchant,

            @JsonDeserialize(using = PlainReader.class) @Nullable
            Object now,

            @JsonDeserialize(using = PlainReader.class) @Nullable
            Object then,

            String because) {}

    /**
     * Where in the journal to look; rows count from 1.
     *
     * @param head the newest revision
     * @param row a row behind which every revision after the one asked for is found
     * @param rows how many rows there are
     */
    record Place(long head, long row, long rows) implements MerchantReply {}

    /**
     * What would become of deliveries.
     *
     * @param revision of the merchant as it is
     * @param tally of the deliveries
     * @param changed records that would be different, in order of key; the first {@value #RECORDS_MAX}, or fewer where
     *     they weigh much
     * @param changedCount how many there would be
     * @param unable what could not be taken in, all or in part; the first {@value #UNABLE_MAX}
     */
    record Rehearsal(long revision, Tally tally, List<Would> changed, int changedCount, List<Unable> unable)
            implements MerchantReply {
        public static final int RECORDS_MAX = 200;
        public static final int UNABLE_MAX = 50;

        public Rehearsal {
            changed = List.copyOf(changed);
            unable = List.copyOf(unable);
        }
    }

    /**
     * A record that would be different.
     *
     * @param was the values that would go, null for none; null for a record that nothing is known of
     * @param becomes the values that would come, of the same fields
     */
    record Would(@Nullable RecordDelta was, RecordDelta becomes) {}

    /** A delivery that could not be taken in, all or in part. */
    record Unable(Position position, Problem problem, String detail) {}
}
