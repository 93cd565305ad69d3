package dev.tournant.messages;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
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
    @JsonSubTypes.Type(value = MerchantReply.Records.class, name = "records")
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
     */
    record FeedView(
            LinkId link,
            String resource,
            @Nullable String cursor,
            boolean wanted,
            @Nullable String trouble) {}
}
