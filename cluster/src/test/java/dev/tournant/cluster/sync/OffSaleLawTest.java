package dev.tournant.cluster.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.manifest.ManifestAdapter;
import dev.tournant.adapter.manifest.ManifestException;
import dev.tournant.adapters.square.SquareAdapter;
import dev.tournant.adapters.toast.ToastAdapter;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Stamp;
import dev.tournant.persistence.Counterpart;
import dev.tournant.persistence.LinkChange;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** An item that a partner shows otherwise while it is off sale, at the partners that do. */
class OffSaleLawTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final LinkId LINK = new LinkId("link-1");
    private static final RecordKey TEA = RecordKey.of(Kind.ITEM, "tea");

    /** A partner with a word of its own, that shows none left beside it. */
    private static final String KIOSK = """
            manifest: 1
            partner: kiosk
            environments: {production: https://kiosk.example}
            authentication: {static-header: {header: X-Key, secret: key}}
            resources: {menu: {request: GET /menu, records: {items: item}}}
            records:
              item:
                id: id
                fields:
                  status: {path: state, words: {ON: for-sale, OUT: paused}}
                  quantity: {path: stock, number: exact}
            writing:
              records: {item: {update: "PUT /items/{id}"}}
              off: {status: paused, quantity: 0}
            """;

    @Provide
    Arbitrary<Traits> partners() throws ManifestException {
        return Arbitraries.of(
                Traits.of(new SquareAdapter()),
                Traits.of(new ToastAdapter()),
                Traits.of(ManifestAdapter.of("kiosk.yaml", KIOSK)));
    }

    /** What is said of its stock, and until when it is off. */
    @Provide
    Arbitrary<FieldMap> stock() {
        Arbitrary<BigDecimal> counts =
                Arbitraries.integers().between(0, 9).map(BigDecimal::valueOf).injectNull(0.3);
        Arbitrary<Boolean> tracked = Arbitraries.of(true, false).injectNull(0.3);
        Arbitrary<Instant> untils = Arbitraries.just(NOW.plusSeconds(60)).injectNull(0.5);
        return Combinators.combine(counts, tracked, untils)
                .as((count, isTracked, until) -> FieldMap.builder(Kind.ITEM)
                        .put(Item.QUANTITY, count)
                        .put(Item.STOCK_TRACKED, isTracked)
                        .put(Item.UNTIL, until)
                        .build());
    }

    private static FlatRecord tea(LinkId by, FieldMap fields) {
        RecordDelta said = RecordDelta.set(TEA, Stamp.at(NOW), 0, fields);
        return FlatRecord.unknown(TEA).after(said, said.provenance(by, "e1"), 1);
    }

    private static FieldMap status(FieldMap stock, SaleStatus status) {
        return stock.with(FieldMap.of(Item.STATUS, status));
    }

    private static LinkState told(FieldMap fields) {
        Counterpart there =
                Counterpart.of(TEA).held(new RecordId("tea"), 0, null).told(tea(LINK, fields));
        return LinkState.of(LINK).after(LinkChange.of(LINK, List.of(there)));
    }

    private static FieldMap desired(Traits partner, LinkState link, FlatRecord record) {
        return Objects.requireNonNull(
                Projecting.of(new Link(LINK, new PartnerName("any"), "A", "L", "main"), Currency.getInstance("USD"))
                        .shown(List.of(record))
                        .on(partner.off(), link, key -> record)
                        .records()
                        .get(TEA));
    }

    private static FieldMap wanted(Traits partner, LinkState link, FlatRecord record) {
        return new Comparing(partner, link, Map.of(TEA, desired(partner, link, record)), key -> record)
                .gap()
                .wanted()
                .getOrDefault(TEA, FieldMap.EMPTY);
    }

    /** Off by somebody else, then on again: the link shows what it did. */
    @Property
    void whatIsOnAgainIsToldAllThatTookTheOthersPlace(
            @ForAll("partners") Traits partner, @ForAll("stock") FieldMap stock, @ForAll boolean isPaused) {
        FieldMap on = status(stock, SaleStatus.FOR_SALE);
        FlatRecord off = tea(Provenance.API, status(stock, isPaused ? SaleStatus.PAUSED : SaleStatus.OFF));
        FieldMap first = wanted(partner, told(on), off);
        assertThat(first.get(Item.STATUS)).isEqualTo(SaleStatus.PAUSED);
        FieldMap there = on.with(first);
        assertThat(wanted(partner, told(there), off)).as("once").isEqualTo(FieldMap.EMPTY);
        FieldMap second = wanted(partner, told(there), tea(Provenance.API, on));
        assertThat(there.with(second)).isEqualTo(on);
        assertThat(second.get(Item.STATUS)).isEqualTo(SaleStatus.FOR_SALE);
    }

    /** What it took off itself is as it says, whatever that is. */
    @Property
    void whatTheLinkTookOffItselfIsItsOwn(@ForAll("partners") Traits partner, @ForAll("stock") FieldMap stock) {
        FlatRecord off = tea(LINK, status(stock, SaleStatus.PAUSED));
        assertThat(desired(partner, LinkState.of(LINK), off)).isSameAs(off.fields());
    }

    /** A part of it by itself could put the item on sale. */
    @Property
    void thatItIsOffIsToldWhole(@ForAll("partners") Traits partner, @ForAll("stock") FieldMap stock) {
        FlatRecord off = tea(Provenance.API, status(stock, SaleStatus.OFF));
        FieldMap on = status(stock, SaleStatus.FOR_SALE);
        FieldMap whole = wanted(partner, told(on), off);
        LinkState recounted = told(on.with(whole)
                .with(FieldMap.builder(Kind.ITEM)
                        .put(Item.QUANTITY, BigDecimal.TEN)
                        .put(Item.STOCK_TRACKED, true)
                        .build()));
        FieldMap again = wanted(partner, recounted, off);
        assertThat(again.get(Item.STATUS)).isEqualTo(SaleStatus.PAUSED);
        assertThat(again.with(whole)).as("as it was first").isEqualTo(again);
    }

    @Example
    void lessThanNoneIsNone() {
        Traits square = Traits.of(new SquareAdapter());
        FieldMap stock = FieldMap.of(Item.QUANTITY, BigDecimal.valueOf(5));
        FieldMap there = square.off().with(FieldMap.of(Item.QUANTITY, BigDecimal.valueOf(-2)));
        assertThat(wanted(square, told(there), tea(Provenance.API, status(stock, SaleStatus.OFF))))
                .isEqualTo(FieldMap.EMPTY);
    }
}
