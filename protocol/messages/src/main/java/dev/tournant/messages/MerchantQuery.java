package dev.tournant.messages;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.tournant.model.Kind;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import org.jspecify.annotations.Nullable;

/** What a merchant can be asked. Answers show committed state only. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = MerchantQuery.Summary.class, name = "summary"),
    @JsonSubTypes.Type(value = MerchantQuery.OneRecord.class, name = "one-record"),
    @JsonSubTypes.Type(value = MerchantQuery.Records.class, name = "records")
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
}
