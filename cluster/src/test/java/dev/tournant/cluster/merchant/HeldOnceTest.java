package dev.tournant.cluster.merchant;

import static dev.tournant.cluster.merchant.Histories.ONE;
import static dev.tournant.cluster.merchant.Histories.START;
import static dev.tournant.cluster.merchant.Histories.TEA;
import static dev.tournant.cluster.merchant.Histories.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.messages.Tally;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import dev.tournant.persistence.Counterpart;
import dev.tournant.persistence.LinkChange;
import dev.tournant.persistence.MerchantSnapshot;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a merchant read from its snapshot takes of the memory. */
class HeldOnceTest {
    /** Every object of it is new, as those are that a snapshot is read into. */
    private static FlatRecord tea() {
        RecordKey key = RecordKey.of(Kind.ITEM, new String("tea"));
        FieldMap fields = FieldMap.of(Item.NAME, new String("Green tea"));
        Stamp stamp = Stamp.at(START.plusMillis(1));
        return FlatRecord.unknown(key)
                .after(RecordDelta.set(key, stamp, 1, fields), new Provenance(ONE, new String("e1"), stamp, 1), 1);
    }

    @Test
    void whatALinkWasToldIsWhatTheMerchantHas() {
        MerchantState state = MerchantState.of(new MerchantSnapshot(
                null,
                1,
                0,
                1,
                Stamp.at(START),
                List.of(tea()),
                Map.of(),
                List.of(),
                Tally.ZERO,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(LinkChange.of(TWO, List.of(Counterpart.of(tea().key()).told(tea())))),
                List.of(),
                null,
                List.of()));

        FlatRecord record = state.records().get(TEA);
        Counterpart there = state.links().get(TWO).counterpart(TEA);
        assertThat(there.key()).isSameAs(record.key());
        assertThat(there.told().key()).isSameAs(record.key());
        assertThat(there.told().fields().get(Item.NAME))
                .isSameAs(record.fields().get(Item.NAME));
        assertThat(there.told().provenances().get(0))
                .isSameAs(record.provenances().get(0));
    }
}
