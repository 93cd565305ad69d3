package dev.tournant.messages;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
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
    @JsonSubTypes.Type(value = MerchantCommand.TakePush.class, name = "take-push"),
    @JsonSubTypes.Type(value = MerchantCommand.NoteStep.class, name = "note-step"),
    @JsonSubTypes.Type(value = MerchantCommand.ControlLink.class, name = "control-link"),
    @JsonSubTypes.Type(value = MerchantCommand.ReverseConflict.class, name = "reverse-conflict"),
    @JsonSubTypes.Type(value = MerchantCommand.DecideAnew.class, name = "decide-anew")
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

    /**
     * A fetch ended without its last page; it is tried again after {@code retryAt}.
     *
     * @param anew whether from its beginning, as it cannot go on from where it broke off
     */
    record FeedBroke(
            LinkId link, String resource, long generation, String why, Instant retryAt, Instant at, boolean anew)
            implements MerchantCommand {}

    /**
     * What came of telling a link something.
     *
     * @param told the values that were told, or the absence of records that were taken away, of records whose outcome is
     *     {@link PushOutcome.Kind#DONE} or {@link PushOutcome.Kind#PENDING}; and, before any call is made, the values of
     *     records without an outcome that are about to be made there
     * @param remotes what the partner holds now, as far as it says
     * @param compared once all that was to be told is settled, a fingerprint of what the partner had shown when this was
     *     planned: only what it shows later is still to be compared; null before
     */
    record TakePush(
            LinkId link,
            List<Settled> outcomes,
            List<RecordDelta> told,
            List<RemoteRecord> remotes,
            @Nullable String compared,
            Instant at)
            implements MerchantCommand {
        public TakePush {
            outcomes = List.copyOf(outcomes);
            told = List.copyOf(told);
            remotes = List.copyOf(remotes);
        }
    }

    /**
     * What became of one record that a link was told.
     *
     * @param fingerprint of the values that the link should have
     */
    record Settled(RecordKey key, PushOutcome outcome, String fingerprint) {}

    /**
     * How a link stands after all of it was compared, or after a push broke off.
     *
     * @param inStep whether it shows what it should
     * @param trouble why a push broke off; null if none did
     * @param expired jobs of which nothing was heard for longer than they can take
     */
    record NoteStep(LinkId link, boolean inStep, @Nullable String trouble, List<String> expired, Instant at)
            implements MerchantCommand {
        public NoteStep {
            expired = List.copyOf(expired);
        }
    }

    /**
     * Stops or goes on telling links, or compares them anew.
     *
     * @param link one of the merchant's; null for all
     * @param request the id of the HTTP request
     */
    record ControlLink(@Nullable LinkId link, Action action, String request, Instant at) implements MerchantCommand {
        /** What is to be done. */
        public enum Action {
            /** Tell the link nothing more. What it says is taken in as before. */
            PAUSE,
            /** Tell it again. */
            RESUME,
            /** Read all of it, try what was refused, and take nothing for granted that cannot be read. */
            RESYNC
        }
    }

    /** Lets the value hold that lost a conflict. */
    record ReverseConflict(long number, String request, Instant at) implements MerchantCommand {}

    /** Lets the rules decide anew among what is claimed of the next of the records that were decided by other rules. */
    record DecideAnew(Instant at) implements MerchantCommand {}
}
