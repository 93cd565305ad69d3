package dev.tournant.cluster.difference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Lane;
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Fields;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerName;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Store;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PushLanesTest {
    private static final RecordKey SOUP = RecordKey.of(Kind.ITEM, "soup");

    private static Lane lane(Map<RecordKey, FieldMap> wanted, Set<RecordKey> removed) {
        Link link = new Link(new LinkId("a"), new PartnerName("square"), "M1", "L1", "main");
        return PushLanes.of(new Difference(
                link,
                Currency.getInstance("USD"),
                wanted,
                removed,
                Map.of(),
                "n1",
                Instant.parse("2026-11-22T12:00:00Z")));
    }

    /** A lane asks nothing of values, so that they are all cleared. */
    private static FieldMap cleared(Iterable<Field<?>> fields, Kind kind) {
        FieldMap.Builder all = FieldMap.builder(kind);
        fields.forEach(all::clear);
        return all.build();
    }

    private static Lane of(Field<?>... fields) {
        Kind kind = fields[0].kind();
        return lane(Map.of(RecordKey.of(kind, "r"), cleared(List.of(fields), kind)), Set.of());
    }

    @Example
    void whatIsOnSaleGoesFirstThenWhatItCosts() {
        assertThat(of(Item.STATUS, Item.UNTIL, Item.QUANTITY, Item.STOCK_TRACKED))
                .isEqualTo(Lane.AVAILABILITY);
        assertThat(of(Store.STATUS, Store.UNTIL)).isEqualTo(Lane.AVAILABILITY);
        assertThat(of(Item.STATUS, Item.PRICE, Item.PRICE_RULES, Item.PRICING)).isEqualTo(Lane.PRICE);
        assertThat(of(Item.STATUS, Item.PRICE, Item.NAME)).isEqualTo(Lane.MENU);
        assertThat(of(Store.STATUS, Store.HOURS)).isEqualTo(Lane.MENU);
    }

    @Example
    void whatIsNewOrNoMoreIsTheMenu() {
        assertThat(lane(Map.of(SOUP, FieldMap.EMPTY), Set.of())).isEqualTo(Lane.MENU);
        assertThat(lane(Map.of(SOUP, cleared(List.of(Item.STATUS), Kind.ITEM)), Set.of(SOUP)))
                .isEqualTo(Lane.MENU);
        assertThat(lane(Map.of(), Set.of())).isEqualTo(Lane.MENU);
    }

    @Provide
    Arbitrary<Map<RecordKey, FieldMap>> wanted() {
        List<Kind> kinds = List.of(Kind.ITEM, Kind.STORE, Kind.CATEGORY);
        Arbitrary<Kind> kind = Arbitraries.of(kinds);
        return kind.flatMap(each -> Arbitraries.subsetOf(Fields.of(each).all())
                        .map(fields -> Map.entry(each, cleared(fields, each))))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(entries -> {
                    Map<RecordKey, FieldMap> all = new HashMap<>();
                    entries.forEach(entry -> all.put(RecordKey.of(entry.getKey(), "r" + all.size()), entry.getValue()));
                    return all;
                });
    }

    @Property(tries = 500)
    void allOfItGoesAsItsLeastUrgentField(@ForAll("wanted") Map<RecordKey, FieldMap> wanted) {
        Lane expected = wanted.values().stream()
                .flatMap(fields -> fields.isEmpty()
                        ? List.of(Lane.MENU).stream()
                        : Arrays.stream(fields(fields)).map(PushLanesTest::of))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        assertThat(lane(wanted, Set.of())).isEqualTo(expected);
    }

    private static Field<?>[] fields(FieldMap fields) {
        Field<?>[] all = new Field<?>[fields.size()];
        Arrays.setAll(all, fields::field);
        return all;
    }
}
