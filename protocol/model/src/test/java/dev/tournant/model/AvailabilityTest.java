package dev.tournant.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

class AvailabilityTest {
    private static final ZoneId ZONE = ZoneId.of("UTC");
    /** A Monday. */
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private static final Hours MORNINGS =
            Hours.weekly(new Hours.Span(DayOfWeek.MONDAY, LocalTime.of(6, 0), LocalTime.of(11, 0)));
    private static final Hours LUNCH =
            Hours.weekly(new Hours.Span(DayOfWeek.MONDAY, LocalTime.of(11, 0), LocalTime.of(14, 0)));

    /** Until: -1 is past, 0 is not said, 1 is to come. Stock: -1 is not tracked, else the quantity. */
    @Property
    void asksForStatusUntilQuantityScheduleAndParentAllAtOnce(
            @ForAll SaleStatus status,
            @ForAll("signs") int until,
            @ForAll("signs") int stock,
            @ForAll boolean inHours,
            @ForAll boolean archived,
            @ForAll boolean parentOpen) {
        FieldMap.Builder fields = FieldMap.builder(Kind.ITEM)
                .set(Item.STATUS, status)
                .setOrClear(Item.UNTIL, until == 0 ? null : NOON.plusSeconds(until))
                .set(Item.STOCK_TRACKED, stock >= 0)
                .set(Item.QUANTITY, new BigDecimal(stock))
                .set(Item.SCHEDULE, inHours ? LUNCH : MORNINGS)
                .set(Item.ARCHIVED, archived);
        FlatRecord category = record(Kind.CATEGORY, FieldMap.of(Category.SCHEDULE, parentOpen ? LUNCH : MORNINGS));

        Availability is = Availability.of(record(Kind.ITEM, fields.build()), List.of(category), NOON, ZONE);

        boolean onSale = status == SaleStatus.FOR_SALE || (status == SaleStatus.PAUSED && until < 0);
        assertThat(is.orderable()).isEqualTo(onSale && stock != 0 && inHours && !archived && parentOpen);
        assertThat(is.because()).isNotEmpty();
    }

    @net.jqwik.api.Provide
    net.jqwik.api.Arbitrary<Integer> signs() {
        return net.jqwik.api.Arbitraries.of(-1, 0, 1);
    }

    @Example
    void offersAnItemOfWhichNothingIsSaid() {
        assertThat(of(FieldMap.EMPTY).orderable()).isTrue();
    }

    @Example
    void bringsAPausedItemBackAtTheVeryInstant() {
        FieldMap until = FieldMap.builder(Kind.ITEM)
                .set(Item.STATUS, SaleStatus.PAUSED)
                .set(Item.UNTIL, NOON)
                .build();
        FlatRecord item = record(Kind.ITEM, until);
        assertThat(Availability.of(item, List.of(), NOON.minusNanos(1), ZONE).because())
                .isEqualTo("paused");
        assertThat(Availability.of(item, List.of(), NOON, ZONE).orderable()).isTrue();
    }

    @Example
    void leavesAnItemOffUntilSomebodyPutsItBack() {
        FieldMap off = FieldMap.builder(Kind.ITEM)
                .set(Item.STATUS, SaleStatus.OFF)
                .set(Item.UNTIL, NOON.minusSeconds(1))
                .build();
        assertThat(of(off).because()).isEqualTo("off sale");
    }

    @Example
    void takesTrackedStockThatNobodyCountedForNone() {
        assertThat(of(FieldMap.of(Item.STOCK_TRACKED, true)).because()).isEqualTo("out of stock");
        assertThat(of(FieldMap.of(Item.QUANTITY, new BigDecimal(-3))).orderable())
                .isTrue();
    }

    @Example
    void namesTheParentThatIsNotOffered() {
        FlatRecord item = record(Kind.ITEM, FieldMap.EMPTY);
        FlatRecord closed = record(Kind.STORE, FieldMap.of(Store.STATUS, SaleStatus.OFF));
        FlatRecord late = record(Kind.MENU, FieldMap.of(Menu.HOURS, MORNINGS));
        FlatRecord gone = FlatRecord.stored(
                RecordKey.of(Kind.CATEGORY, "x"),
                2,
                Presence.TOMBSTONE,
                new Provenance(Provenance.API, "", Stamp.ZERO, 0),
                FieldMap.EMPTY,
                List.of());
        assertThat(Availability.of(item, List.of(closed), NOON, ZONE).because()).isEqualTo("store/x: off sale");
        assertThat(Availability.of(item, List.of(late), NOON, ZONE).because()).isEqualTo("menu/x: outside its hours");
        assertThat(Availability.of(item, List.of(gone), NOON, ZONE).because()).isEqualTo("category/x: deleted");
    }

    private static Availability of(FieldMap fields) {
        return Availability.of(record(Kind.ITEM, fields), List.of(), NOON, ZONE);
    }

    private static FlatRecord record(Kind kind, FieldMap fields) {
        @Nullable Provenance none = null;
        Provenance from = new Provenance(Provenance.API, "r", Stamp.ZERO, 0);
        return FlatRecord.stored(
                RecordKey.of(kind, "x"),
                1,
                Presence.PRESENT,
                none,
                fields,
                java.util.Collections.nCopies(fields.size(), from));
    }
}
