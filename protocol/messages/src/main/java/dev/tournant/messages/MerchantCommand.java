package dev.tournant.messages;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.RecordDelta;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a merchant can be told to do. A command carries the time at which it was given: the rules read no clock. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = MerchantCommand.SetProfile.class, name = "set-profile"),
    @JsonSubTypes.Type(value = MerchantCommand.EditRecord.class, name = "edit-record"),
    @JsonSubTypes.Type(value = MerchantCommand.Absorb.class, name = "absorb"),
    @JsonSubTypes.Type(value = MerchantCommand.FeedBroke.class, name = "feed-broke"),
    @JsonSubTypes.Type(value = MerchantCommand.Poll.class, name = "poll")
})
public sealed interface MerchantCommand {
    /** When the command was given. */
    Instant at();

    /**
     * Creates the merchant, or changes its profile.
     *
     * @param ifRevision if not null, only when the profile was last changed at this revision; 0 only if there is none
     * @param request the id of the HTTP request, for provenance
     */
    record SetProfile(MerchantProfile profile, @Nullable Long ifRevision, String request, Instant at)
            implements MerchantCommand {}

    /**
     * Sets and clears fields of one record through our own API.
     *
     * @param edit which record, and what changes; its stamp and version are not looked at
     * @param ifRevision the revision at which the record was last changed; 0 creates a record that must not exist
     */
    record EditRecord(RecordDelta edit, long ifRevision, String request, Instant at) implements MerchantCommand {}

    /** Takes in everything that waits for this merchant in one Kafka partition, in order of offset. */
    record Absorb(List<Delivery> deliveries, Instant at) implements MerchantCommand {
        public Absorb {
            deliveries = List.copyOf(deliveries);
        }
    }

    /** A fetch ended without its last page; it is tried again after {@code retryAt}. */
    record FeedBroke(LinkId link, String resource, long generation, String why, Instant retryAt, Instant at)
            implements MerchantCommand {}

    /** Fetches what was not fetched for {@code olderThanSeconds}, in case a webhook was lost. */
    record Poll(long olderThanSeconds, Instant at) implements MerchantCommand {}
}
