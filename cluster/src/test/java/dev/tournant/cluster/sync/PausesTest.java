package dev.tournant.cluster.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Writing;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.LinkId;
import dev.tournant.model.Projection;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Stamp;
import dev.tournant.persistence.Counterpart;
import dev.tournant.persistence.LinkChange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A pause that ends by itself, at partners of which some know of such a thing. */
class PausesTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Instant END = NOW.plusSeconds(60);
    private static final LinkId LINK = new LinkId("dd-1");
    private static final RecordKey TEA = RecordKey.of(Kind.ITEM, "tea");
    private static final Traits TRAITS = new Traits(
            List.of("menus"), Set.of(Capability.WRITE_CATALOGUE), Optional.of(Writing.Scope.CHANGES), Optional.empty());

    private static FieldMap fields(SaleStatus status, @Nullable Instant until) {
        return FieldMap.builder(Kind.ITEM)
                .put(Item.STATUS, status)
                .put(Item.UNTIL, until)
                .build();
    }

    private static FlatRecord tea(LinkId by, FieldMap fields) {
        RecordDelta said = RecordDelta.set(TEA, Stamp.at(NOW), 0, fields);
        return FlatRecord.unknown(TEA).after(said, said.provenance(by, "e1"), 1);
    }

    private static FieldMap wanted(Counterpart there, FlatRecord record, Instant now) {
        LinkState link = LinkState.of(LINK).after(LinkChange.of(LINK, List.of(there)));
        Map<RecordKey, FieldMap> desired = Map.of(TEA, Pauses.asOf(Kind.ITEM, record.fields(), now));
        FieldMap wanted = new Comparing(TRAITS, link, desired, key -> record)
                .asOf(now)
                .gap()
                .wanted()
                .get(TEA);
        return wanted == null ? FieldMap.EMPTY : wanted;
    }

    private static Counterpart there() {
        return Counterpart.of(TEA).held(new RecordId("tea"), 0, null);
    }

    @Test
    void isOverAtItsEndAndNotBefore() {
        FieldMap paused = fields(SaleStatus.PAUSED, END);
        assertThat(Pauses.asOf(Kind.ITEM, paused, END.minusMillis(1))).isSameAs(paused);
        assertThat(Pauses.asOf(Kind.ITEM, paused, END)).isEqualTo(fields(SaleStatus.FOR_SALE, null));
    }

    @Test
    void whatIsOffOrHasNoEndStaysSo() {
        for (FieldMap each : List.of(fields(SaleStatus.OFF, END), fields(SaleStatus.PAUSED, null))) {
            assertThat(Pauses.asOf(Kind.ITEM, each, END.plusSeconds(1))).isSameAs(each);
        }
    }

    @Test
    void whoWasToldOfItIsToldOfItsEnd() {
        FlatRecord record = tea(Provenance.API, fields(SaleStatus.PAUSED, END));
        Counterpart told = there().told(tea(LINK, record.fields()));
        assertThat(wanted(told, record, END.minusMillis(1)).isEmpty()).isTrue();
        assertThat(wanted(told, record, END)).isEqualTo(fields(SaleStatus.FOR_SALE, null));
        Counterpart toldAgain = there().told(tea(LINK, fields(SaleStatus.FOR_SALE, null)));
        assertThat(wanted(toldAgain, record, END).isEmpty()).isTrue();
    }

    @Test
    void whoSaidItItselfIsNotToldOfItsEnd() {
        FlatRecord record = tea(LINK, fields(SaleStatus.PAUSED, END));
        assertThat(wanted(there(), record, END.plusSeconds(1)).isEmpty()).isTrue();
    }

    @Test
    void theNextEndIsTheFirstThatIsStillToCome() {
        FlatRecord record = tea(Provenance.API, fields(SaleStatus.PAUSED, END));
        assertThat(Pauses.next(List.of(record), Projection.ALL, NOW)).contains(END);
        assertThat(Pauses.next(List.of(record), Projection.ALL, END)).isEmpty();
        Projection earlier = new Projection(
                List.of(),
                List.of(),
                List.of(),
                List.of(new Projection.ChannelValues(TEA, fields(SaleStatus.PAUSED, END.minusSeconds(9)))));
        assertThat(Pauses.next(List.of(record), earlier, NOW)).contains(END.minusSeconds(9));
    }
}
