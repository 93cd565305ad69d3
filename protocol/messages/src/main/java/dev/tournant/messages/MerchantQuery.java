package dev.tournant.messages;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.tournant.model.Kind;
import dev.tournant.model.LinkId;
import dev.tournant.model.Projection;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a merchant can be asked. Answers show committed state only. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = MerchantQuery.Summary.class, name = "summary"),
    @JsonSubTypes.Type(value = MerchantQuery.OneRecord.class, name = "one-record"),
    @JsonSubTypes.Type(value = MerchantQuery.Records.class, name = "records"),
    @JsonSubTypes.Type(value = MerchantQuery.OneLink.class, name = "one-link"),
    @JsonSubTypes.Type(value = MerchantQuery.Explain.class, name = "explain"),
    @JsonSubTypes.Type(value = MerchantQuery.Conflicts.class, name = "conflicts"),
    @JsonSubTypes.Type(value = MerchantQuery.Held.class, name = "held"),
    @JsonSubTypes.Type(value = MerchantQuery.Shown.class, name = "shown"),
    @JsonSubTypes.Type(value = MerchantQuery.PreviewLink.class, name = "preview-link"),
    @JsonSubTypes.Type(value = MerchantQuery.Place.class, name = "place"),
    @JsonSubTypes.Type(value = MerchantQuery.Rehearse.class, name = "rehearse")
})
public sealed interface MerchantQuery {
    /** Profile, revision and counts; answered by {@link MerchantReply.Merchant}. */
    record Summary() implements MerchantQuery {}

    /** One record; answered by {@link MerchantReply.OneRecord}. */
    record OneRecord(RecordKey key) implements MerchantQuery {}

    /**
     * Present records in order of kind and id; answered by {@link MerchantReply.Records}.
     *
     * @param kind only these; null for all kinds
     * @param afterKind together with {@code after}: the last record of the page before
     * @param limit 1 to 1000
     */
    record Records(
            @Nullable Kind kind,
            @Nullable Kind afterKind,
            @Nullable RecordId after,
            int limit) implements MerchantQuery {
        public static final int LIMIT_MAX = 1000;

        public Records {
            limit = Math.max(1, Math.min(limit, LIMIT_MAX));
        }
    }

    /** How a link stands; answered by {@link MerchantReply.LinkReport}. */
    record OneLink(LinkId link, Instant at) implements MerchantQuery {}

    /**
     * Why a record, or one of its fields, is on a channel as it is; answered by {@link MerchantReply.Explanation}.
     *
     * @param field null for whether it can be ordered there
     * @param link null for the merchant itself
     */
    record Explain(
            RecordKey key, @Nullable String field, @Nullable LinkId link, Instant at) implements MerchantQuery {}

    /** Conflicts that are kept, the newest first; answered by {@link MerchantReply.Conflicts}. */
    record Conflicts() implements MerchantQuery {}

    /**
     * What the partner of a link holds, as far as is known, in order of key; answered by {@link MerchantReply.Held}.
     *
     * @param after the last record of the page before; null for the first page
     */
    record Held(LinkId link, @Nullable RecordKey after) implements MerchantQuery {}

    /**
     * The records that a link should show, with the values that it should show, in order of key; answered by {@link
     * MerchantReply.Records}.
     *
     * @param after the last record of the page before; null for the first page
     */
    record Shown(LinkId link, @Nullable RecordKey after) implements MerchantQuery {}

    /** What a link would show with another projection; answered by {@link MerchantReply.LinkPreview}. */
    record PreviewLink(LinkId link, Projection proposed) implements MerchantQuery {}

    /**
     * Where in the journal a revision is; answered by {@link MerchantReply.Place}.
     *
     * @param revision one that is not there yet stands for the newest
     */
    record Place(long revision) implements MerchantQuery {}

    /**
     * What would become of deliveries if they came now; answered by {@link MerchantReply.Rehearsal}. Nothing changes.
     *
     * @param deliveries at positions that the merchant has never seen
     */
    record Rehearse(List<Delivery> deliveries, Instant at) implements MerchantQuery {
        public Rehearse {
            deliveries = List.copyOf(deliveries);
        }
    }
}
