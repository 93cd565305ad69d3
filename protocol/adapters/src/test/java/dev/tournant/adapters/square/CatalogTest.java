package dev.tournant.adapters.square;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Reading;
import dev.tournant.model.Bound;
import dev.tournant.model.Category;
import dev.tournant.model.FieldMap;
import dev.tournant.model.GroupUse;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.Money;
import dev.tournant.model.Option;
import dev.tournant.model.Photo;
import dev.tournant.model.Placement;
import dev.tournant.model.Presence;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Stamp;
import dev.tournant.model.Tax;
import dev.tournant.model.TriState;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CatalogTest {
    private final Reading reading = Sample.read("catalog", Sample.bytes("catalog-page.json"));
    private final Map<RecordKey, RecordDelta> deltas =
            reading.events().get(0).deltas().stream().collect(Collectors.toMap(RecordDelta::key, Function.identity()));

    private RecordDelta delta(Kind kind, String id) {
        RecordDelta delta = deltas.get(RecordKey.of(kind, id));
        assertThat(delta).as(kind + " " + id).isNotNull();
        return delta;
    }

    private FieldMap fields(Kind kind, String id) {
        return delta(kind, id).fields();
    }

    @Test
    void readsAnItemAndWhatItSaysAboutItsGroups() {
        FieldMap burger = fields(Kind.ITEM, "BURGER");
        assertThat(burger.get(Item.NAME)).isEqualTo("Burger");
        assertThat(burger.get(Item.CATEGORIES))
                .containsExactly(
                        new Placement(new RecordId("MAINS"), -2251662536179712L),
                        new Placement(new RecordId("LUNCH"), 0));
        assertThat(burger.get(Item.TAXES)).containsExactly(new RecordId("VAT"));
        assertThat(burger.get(Item.MODIFIER_GROUPS))
                .containsExactly(
                        new GroupUse(
                                new RecordId("SAUCES"),
                                2,
                                Bound.UNSET,
                                Bound.NONE,
                                TriState.YES,
                                List.of(
                                        new GroupUse.OptionOverride(
                                                new RecordId("KETCHUP"), TriState.YES, TriState.UNSET),
                                        new GroupUse.OptionOverride(
                                                new RecordId("MAYO"), TriState.NO, TriState.UNSET))),
                        new GroupUse(new RecordId("SIDES"), 0, Bound.at(1), Bound.at(3), TriState.NO, List.of()));
        assertThat(delta(Kind.ITEM, "BURGER").version()).isEqualTo(1700000000001L);
        assertThat(delta(Kind.ITEM, "BURGER").stamp()).isEqualTo(Stamp.at(Instant.parse("2026-11-20T10:00:00.001Z")));
    }

    @Test
    void prefersThePriceAndStockFlagsOfItsOwnLocation() {
        FieldMap small = fields(Kind.ITEM, "BURGER-S");
        assertThat(small.get(Item.PRICE)).isEqualTo(Money.of("10.50", "USD"));
        assertThat(small.get(Item.STATUS)).isEqualTo(SaleStatus.PAUSED);
        assertThat(small.get(Item.UNTIL)).isEqualTo(Instant.parse("2026-11-22T17:00:00Z"));
        assertThat(small.get(Item.STOCK_TRACKED)).isTrue();
        assertThat(small.get(Item.VARIATION_OF)).isEqualTo(new Placement(new RecordId("BURGER"), 0));
        assertThat(small.get(Item.BARCODE)).isEqualTo("012345678905");

        FieldMap large = fields(Kind.ITEM, "BURGER-L");
        assertThat(large.has(Item.PRICE)).isTrue();
        assertThat(large.get(Item.PRICE)).isNull();
        assertThat(large.get(Item.PRICING)).isEqualTo(Item.Pricing.OPEN);
        assertThat(large.get(Item.STATUS)).isEqualTo(SaleStatus.FOR_SALE);
    }

    @Test
    void readsAModifierListAndItsModifiersAsItems() {
        FieldMap sauces = fields(Kind.MODIFIER_GROUP, "SAUCES");
        assertThat(sauces.get(ModifierGroup.MIN)).isEqualTo(Bound.NONE);
        assertThat(sauces.get(ModifierGroup.MAX)).isEqualTo(Bound.UNLIMITED);
        assertThat(sauces.get(ModifierGroup.VISIBLE)).isEqualTo(TriState.YES);
        assertThat(sauces.get(ModifierGroup.OPTIONS))
                .extracting(Option::item, Option::onByDefault, Option::hidden)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(new RecordId("KETCHUP"), TriState.YES, TriState.UNSET),
                        org.assertj.core.groups.Tuple.tuple(new RecordId("MAYO"), TriState.UNSET, TriState.YES));
        assertThat(fields(Kind.ITEM, "KETCHUP").get(Item.PRICE)).isEqualTo(Money.of("0.50", "USD"));
        assertThat(fields(Kind.ITEM, "KETCHUP").get(Item.STATUS)).isEqualTo(SaleStatus.PAUSED);
        FieldMap note = fields(Kind.MODIFIER_GROUP, "NOTE");
        assertThat(note.get(ModifierGroup.MAX)).isEqualTo(Bound.at(1));
        assertThat(note.get(ModifierGroup.TEXT_CHARS_MAX)).isEqualTo(140);
        assertThat(note.get(ModifierGroup.MIN)).isEqualTo(Bound.UNSET);
    }

    @Test
    void readsCategoriesTaxesAndImages() {
        assertThat(fields(Kind.CATEGORY, "MAINS").get(Category.PARENT))
                .isEqualTo(new Placement(new RecordId("FOOD"), 4));
        assertThat(fields(Kind.CATEGORY, "FOOD").get(Category.PARENT)).isNull();
        assertThat(fields(Kind.TAX, "VAT").get(Tax.PERCENT)).isEqualTo(new BigDecimal("8.25"));
        assertThat(fields(Kind.PHOTO, "PIC").get(Photo.URL)).isEqualTo("https://images.example/burger.jpg");
    }

    @Test
    void tellsTombstonesFromWhatIsAbsentHere() {
        assertThat(delta(Kind.ITEM, "GONE").presence()).isEqualTo(Presence.TOMBSTONE);
        assertThat(delta(Kind.ITEM, "GONE-V").presence()).isEqualTo(Presence.TOMBSTONE);
        assertThat(delta(Kind.ITEM, "NOT-HERE").presence()).isEqualTo(Presence.ABSENT);
        assertThat(delta(Kind.ITEM, "ONLY-THERE").presence()).isEqualTo(Presence.ABSENT);
        assertThat(delta(Kind.ITEM, "ONLY-HERE").presence()).isEqualTo(Presence.PRESENT);
    }

    @Test
    void takesTheNewerOfTwoVersionsAndReportsTwoReadingsOfOne() {
        assertThat(fields(Kind.ITEM, "NEWER").get(Item.NAME)).isEqualTo("New");
        assertThat(fields(Kind.ITEM, "TORN").get(Item.NAME)).isEqualTo("First");
        assertThat(fields(Kind.ITEM, "TWICE").get(Item.NAME)).isEqualTo("Twice");
        assertThat(reading.unreadable())
                .filteredOn(part -> part.why().contains("twice"))
                .singleElement()
                .hasToString("objects[17] (ITEM TORN): stands in this page twice at version 20 with different content");
    }

    @Test
    void reportsWhatItCannotReadByPathAndReadsTheRest() {
        assertThat(reading.unreadable())
                .extracting(part -> part.path() + " " + part.record())
                .containsExactly(
                        "objects[13].tax_data.inclusion_type TAX ODD-TAX",
                        "objects[17] ITEM TORN",
                        "objects[20].item_data.name ITEM BAD-NAME",
                        "objects[21].version ITEM NO-VERSION",
                        "objects[22].item_data ITEM BAD-DATA",
                        "objects[23].item_data.variations ",
                        "objects[24].updated_at ITEM FAR-FUTURE",
                        "objects[25].modifier_list_data.max_length MODIFIER_LIST ENDLESS",
                        "objects[26].modifier_list_data.min_selected_modifiers MODIFIER_LIST BELOW",
                        "objects[27].tax_data.percentage TAX BOMB",
                        "objects[28].type NO-TYPE",
                        "objects[29].type ",
                        "objects[30].type ");
        assertThat(reading.unreadable().get(0).why())
                .contains("SUPPORTED_BY_NEWER_VERSION")
                .contains("ADDITIVE");
        assertThat(fields(Kind.ITEM, "GOOD-CHILD").get(Item.NAME)).isEqualTo("Good child");
        assertThat(fields(Kind.ITEM, "BAD-LIST").get(Item.NAME)).isEqualTo("Bad list");
        assertThat(deltas).hasSize(21);
    }

    @Test
    void doesNotTakeADishOffTheMenuForAFlagThatCannotBeRead() {
        for (String flag : List.of(
                "'is_deleted':'yes'",
                "'present_at_all_locations':7",
                "'present_at_all_locations':false,'present_at_location_ids':true",
                "'absent_at_location_ids':[7]")) {
            Reading odd = Sample.read(
                    "catalog",
                    Sample.json("{'objects':[{'type':'ITEM','id':'I','version':1,'updated_at':'2026-11-20T10:00:00Z',"
                            + flag + "}]}"));
            assertThat(odd.events().get(0).deltas()).as(flag).isEmpty();
            assertThat(odd.unreadable()).as(flag).hasSize(1);
        }
    }

    @Test
    void reportsAPageOfAnotherShape() {
        for (String json : List.of("[]", "{", "7", "")) {
            assertThat(Sample.read("catalog", Sample.json(json)).unreadable()).hasSize(1);
        }
        assertThat(Sample.read("catalog", Sample.json("{'objects':{'a':1}}")).unreadable())
                .singleElement()
                .hasToString("objects: must be a list");
        assertThat(Sample.read("nonsense", Sample.json("{}")).unreadable()).hasSize(1);
        assertThat(Sample.read("catalog", Sample.json("{}")).events().get(0).deltas())
                .isEmpty();
    }

    @Test
    void readsAThousandObjectsInAFewMilliseconds() {
        ObjectNode page = Documents.empty();
        ArrayNode objects = page.putArray("objects");
        ObjectNode burger = (ObjectNode)
                Sample.document("catalog-page.json").path("objects").get(0);
        for (int i = 0; i < 1000; i++) {
            objects.add(burger.deepCopy().put("id", "I" + i));
        }
        byte[] body = Documents.text(page).getBytes(StandardCharsets.UTF_8);
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 15; i++) {
            long start = System.nanoTime();
            assertThat(Sample.read("catalog", body).events().get(0).deltas()).hasSize(1002);
            best = Math.min(best, System.nanoTime() - start);
        }
        System.out.println(
                "1000 objects, 3000 records: " + Duration.ofNanos(best).toMillis() + " ms");
        assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofMillis(500));
    }
}
