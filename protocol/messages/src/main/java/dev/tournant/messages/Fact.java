package dev.tournant.messages;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.Stamp;
import java.util.List;

/** Something that happened to a merchant. Stored for ever and published: never rename or lose a field. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Fact.ProfileSet.class, name = "profile-set"),
    @JsonSubTypes.Type(value = Fact.RecordsChanged.class, name = "records-changed"),
    @JsonSubTypes.Type(value = Fact.CameForward.class, name = "came-forward"),
    @JsonSubTypes.Type(value = Fact.NotKept.class, name = "not-kept")
})
public sealed interface Fact {
    /** An operator created the merchant or changed what it is. */
    record ProfileSet(MerchantProfile profile) implements Fact {}

    /** Records changed; each delta holds only what is new. */
    record RecordsChanged(List<RecordDelta> deltas) implements Fact {
        public RecordsChanged {
            deltas = List.copyOf(deltas);
        }
    }

    /**
     * Values that a link said before, or that a record is gone there, and that hold from now on, as what outranked them is gone.
     *
     * @param link who said them
     * @param event in which it did
     * @param since when it said them first
     */
    record CameForward(LinkId link, String event, Stamp since, RecordDelta delta) implements Fact {
        public Provenance provenance() {
            return delta.provenance(link, event).since(since);
        }
    }

    /**
     * A link took a value as often as it is told one, and each time showed another afterwards: it is told so no more. It
     * changes no record.
     *
     * @param told that one value
     * @param shown what the link shows instead
     */
    record NotKept(RecordDelta told, RecordDelta shown) implements Fact {}
}
