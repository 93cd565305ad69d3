package dev.tournant.cluster.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.Money;
import dev.tournant.model.PartnerName;
import dev.tournant.model.PriceChange;
import dev.tournant.model.Projection;
import dev.tournant.model.RecordKey;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PreviewTest {
    private static final Currency USD = Currency.getInstance("USD");
    private static final Link LINK = new Link(new LinkId("dd-1"), new PartnerName("doordash"), "STORE", null, "main");
    private static final RecordKey TEA = RecordKey.of(Kind.ITEM, "tea");
    private static final List<FlatRecord> MENU = List.of(
            GeneratedMenus.record(RecordKey.of(Kind.ITEM, "soup"), FieldMap.of(Item.PRICE, Money.of("6.00", "USD"))),
            GeneratedMenus.record(TEA, FieldMap.of(Item.PRICE, Money.of("2.00", "USD"))));

    private static Projection prices(String percent) {
        return new Projection(List.of(), List.of(), List.of(PriceChange.percent(percent)), List.of());
    }

    @Test
    void tellsWhatWouldDifferAndWhy() {
        Projection proposed = new Projection(
                List.of(),
                List.of(RecordKey.of(Kind.ITEM, "soup")),
                prices("20").prices(),
                List.of());
        assertThat(Preview.of(LINK, USD, MENU, prices("10"), proposed))
                .isEqualTo(new Preview(
                        List.of(
                                new Preview.Difference(
                                        RecordKey.of(Kind.ITEM, "soup"),
                                        Preview.SHOWN,
                                        true,
                                        true,
                                        false,
                                        new Why(Why.Cause.WITHOUT, 0)),
                                new Preview.Difference(
                                        TEA,
                                        "price",
                                        Map.of("amount", "2.00", "currency", "USD"),
                                        Map.of("amount", "2.20", "currency", "USD"),
                                        Map.of("amount", "2.40", "currency", "USD"),
                                        new Why(Why.Cause.PRICE_CHANGE, 0))),
                        2));
    }

    @Test
    void tellsThatTheMerchantsOwnWouldBeShownAgain() {
        assertThat(Preview.of(LINK, USD, MENU, prices("10"), Projection.ALL).differences())
                .extracting(Preview.Difference::why)
                .containsExactly(Why.OWN, Why.OWN);
    }

    @Test
    void countsAllAndListsTheFirst() {
        List<FlatRecord> many = IntStream.range(0, Preview.DIFFERENCES_MAX + 5)
                .mapToObj(i -> GeneratedMenus.record(
                        RecordKey.of(Kind.ITEM, "i" + i), FieldMap.of(Item.PRICE, Money.of("1.00", "USD"))))
                .toList();
        Preview preview = Preview.of(LINK, USD, many, Projection.ALL, prices("10"));
        assertThat(preview.differences()).hasSize(Preview.DIFFERENCES_MAX);
        assertThat(preview.total()).isEqualTo(Preview.DIFFERENCES_MAX + 5);
    }
}
