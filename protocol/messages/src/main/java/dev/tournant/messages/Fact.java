package dev.tournant.messages;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.RecordDelta;
import java.util.List;

/** Something that happened to a merchant. Stored for ever and published: never rename or lose a field. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Fact.ProfileSet.class, name = "profile-set"),
    @JsonSubTypes.Type(value = Fact.RecordsChanged.class, name = "records-changed")
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
}
