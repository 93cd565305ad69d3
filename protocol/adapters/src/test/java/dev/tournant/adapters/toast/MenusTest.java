package dev.tournant.adapters.toast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.model.Bound;
import dev.tournant.model.Category;
import dev.tournant.model.FieldMap;
import dev.tournant.model.GroupUse;
import dev.tournant.model.Hours;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Menu;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.Money;
import dev.tournant.model.Option;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.Placement;
import dev.tournant.model.PriceRule;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import dev.tournant.model.TriState;
import dev.tournant.model.Whole;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MenusTest {
    private final Reading reading = Sample.read("menus", Sample.bytes("menus.json"));
    private final Map<RecordKey, FieldMap> records = Sample.records(reading);

    private FieldMap fields(Kind kind, String id) {
        FieldMap fields = records.get(RecordKey.of(kind, id));
        assertThat(fields).as(kind + " " + id).isNotNull();
        return fields;
    }

    private static RecordId id(String value) {
        return new RecordId(value);
    }

    private static Money usd(String amount) {
        return Money.of(amount, "USD");
    }

    private static PriceRule rule(
            List<String> path,
            @Nullable Hours during,
            @Nullable String size,
            @Nullable Integer sequence,
            String price) {
        List<RecordId> ids = path.stream().map(RecordId::new).toList();
        return new PriceRule(
                new PriceRule.When(List.of(), List.of(), ids, during, size, sequence),
                new PriceRule.Then.Set(usd(price)));
    }

    @Test
    void readsEverythingWithoutComplaint() {
        assertThat(reading.unreadable()).isEmpty();
        assertThat(reading.events()).hasSize(1);
        assertThat(records.keySet())
                .extracting(RecordKey::toString)
                .contains("menu/M-DAY", "category/G-MAINS", "item/I-OLIVES", "modifier-group/MG-BUTTER")
                .hasSize(2 + 4 + 12 + 5);
    }

    @Test
    void readsMenusAndWhenTheyAreThere() {
        assertThat(fields(Kind.MENU, "M-DAY").get(Menu.NAME)).isEqualTo("All day");
        assertThat(fields(Kind.MENU, "M-DAY").get(Menu.DESCRIPTION)).isNull();
        assertThat(fields(Kind.MENU, "M-DAY").get(Menu.HOURS)).as("always").isNull();
        assertThat(fields(Kind.MENU, "M-DAY").get(Menu.VISIBLE)).isEqualTo(TriState.YES);
        assertThat(fields(Kind.MENU, "M-LATE").get(Menu.VISIBLE)).isEqualTo(TriState.NO);
        assertThat(fields(Kind.MENU, "M-LATE").get(Menu.HOURS))
                .isEqualTo(Hours.weekly(
                        new Hours.Span(DayOfWeek.FRIDAY, LocalTime.of(22, 0), LocalTime.of(2, 0)),
                        new Hours.Span(DayOfWeek.SATURDAY, LocalTime.of(22, 0), LocalTime.of(2, 0)),
                        new Hours.Span(DayOfWeek.SUNDAY, LocalTime.MIDNIGHT, LocalTime.MIDNIGHT)));
    }

    @Test
    void makesGroupsInGroupsCategoriesWithParents() {
        FieldMap food = fields(Kind.CATEGORY, "G-FOOD");
        FieldMap sides = fields(Kind.CATEGORY, "G-SIDES");
        assertThat(food.get(Category.DESCRIPTION)).isEqualTo("What is hot");
        assertThat(food.get(Category.PARENT)).isNull();
        assertThat(food.get(Category.MENUS)).containsExactly(new Placement(id("M-DAY"), 0));
        assertThat(food.get(Category.VISIBLE)).as("at the till only").isEqualTo(TriState.NO);
        assertThat(sides.get(Category.PARENT)).isEqualTo(new Placement(id("G-FOOD"), 1));
        assertThat(sides.get(Category.MENUS))
                .as("a category on no menu would be on all")
                .containsExactly(new Placement(id("M-DAY"), 1));
        assertThat(sides.get(Category.VISIBLE)).isEqualTo(TriState.UNSET);
        assertThat(fields(Kind.CATEGORY, "G-LATE").get(Category.NAME))
                .as("blank")
                .isNull();
    }

    @Test
    void putsACategoryThatIsSharedOnAllItsMenus() {
        ObjectNode document = Sample.menus();
        document.withArray("/menus/1/menuGroups").add(document.at("/menus/0/menuGroups/0"));
        Reading shared = Sample.read("menus", document);
        Map<RecordKey, FieldMap> read = Sample.records(shared);
        assertThat(shared.unreadable()).isEmpty();
        assertThat(read.get(RecordKey.of(Kind.CATEGORY, "G-FOOD")).get(Category.MENUS))
                .containsExactly(new Placement(id("M-DAY"), 0), new Placement(id("M-LATE"), 1));
        assertThat(read.get(RecordKey.of(Kind.CATEGORY, "G-SIDES")).get(Category.PARENT))
                .isEqualTo(new Placement(id("G-FOOD"), 1));
        assertThat(read.get(RecordKey.of(Kind.ITEM, "I-SOUP")).get(Item.CATEGORIES))
                .containsExactly(new Placement(id("G-MAINS"), 2));
    }

    @Test
    void makesAnItemOfSeveralGroupsOneRecordWithAPriceForEachMenu() {
        FieldMap burger = fields(Kind.ITEM, "I-BURGER");
        assertThat(burger.get(Item.NAME)).isEqualTo("Burger");
        assertThat(burger.get(Item.SKU)).isEqualTo("B-1");
        assertThat(burger.get(Item.VISIBLE)).isEqualTo(TriState.YES);
        assertThat(burger.get(Item.CATEGORIES))
                .containsExactly(new Placement(id("G-MAINS"), 0), new Placement(id("G-LATE"), 0));
        assertThat(burger.get(Item.PRICE)).as("no double's noise").isEqualTo(usd("10.99"));
        assertThat(burger.get(Item.PRICING)).isEqualTo(Item.Pricing.FIXED);
        assertThat(burger.get(Item.PRICE_RULES))
                .containsExactly(rule(List.of("M-LATE", "G-LATE", "I-BURGER"), null, null, null, "12.50"));
        assertThat(fields(Kind.ITEM, "I-FRIES").get(Item.PRICE_RULES))
                .as("3 is 3.0")
                .isNull();
    }

    @Test
    void looksUpTheNumbersOfADocumentAndKeepsNone() {
        assertThat(fields(Kind.ITEM, "I-BURGER").get(Item.MODIFIER_GROUPS))
                .containsExactly(use("MG-BREAD", 0), use("MG-SIDE", 1));
        assertThat(fields(Kind.ITEM, "I-BRIOCHE").get(Item.MODIFIER_GROUPS))
                .as("nested")
                .containsExactly(use("MG-BUTTER", 0));
        assertThat(fields(Kind.ITEM, "I-SOUP").get(Item.MODIFIER_GROUPS)).isNull();
    }

    private static GroupUse use(String group, long ordinal) {
        return new GroupUse(id(group), ordinal, Bound.UNSET, Bound.UNSET, TriState.UNSET, List.of());
    }

    /** Another publication numbers everything anew, and lists it in another order. */
    @Test
    void readsTheSameFromOtherNumbers() {
        ObjectNode document = Sample.menus();
        renumber(document, "modifierGroupReferences", 1000);
        renumber(document, "modifierOptionReferences", 1000);
        Reading again = Sample.read("menus", document);
        assertThat(again.unreadable()).isEmpty();
        assertThat(Sample.records(again)).isEqualTo(records);
    }

    private static void renumber(ObjectNode document, String name, int from) {
        JsonNode entries = document.path(name);
        ObjectNode other = document.objectNode();
        List<Map.Entry<String, JsonNode>> all = new java.util.ArrayList<>(entries.properties());
        java.util.Collections.reverse(all);
        all.forEach(entry -> other.set(Integer.toString(from - Integer.parseInt(entry.getKey())), entry.getValue()));
        document.set(name, other);
        document.findParents(name).forEach(parent -> {
            if (parent.path(name) instanceof com.fasterxml.jackson.databind.node.ArrayNode numbers) {
                for (int i = 0; i < numbers.size(); i++) {
                    numbers.set(i, numbers.numberNode(from - numbers.get(i).intValue()));
                }
            }
        });
    }

    @Test
    void readsGroupsWithTheirBounds() {
        FieldMap bread = fields(Kind.MODIFIER_GROUP, "MG-BREAD");
        assertThat(bread.get(ModifierGroup.MIN)).isEqualTo(Bound.at(1));
        assertThat(bread.get(ModifierGroup.MAX)).isEqualTo(Bound.at(2));
        assertThat(bread.get(ModifierGroup.VISIBLE)).isEqualTo(TriState.YES);
        assertThat(fields(Kind.MODIFIER_GROUP, "MG-SIDE").get(ModifierGroup.MIN))
                .isEqualTo(Bound.NONE);
        assertThat(fields(Kind.MODIFIER_GROUP, "MG-SIDE").get(ModifierGroup.MAX))
                .as("null")
                .isEqualTo(Bound.UNLIMITED);
        assertThat(fields(Kind.MODIFIER_GROUP, "MG-SIZE").get(ModifierGroup.MIN))
                .as("required")
                .isEqualTo(Bound.at(1));
        assertThat(fields(Kind.MODIFIER_GROUP, "MG-SIZE").get(ModifierGroup.MAX))
                .as("one of them")
                .isEqualTo(Bound.at(1));
    }

    @Test
    void readsOptionsAsItemsWithAPriceInTheirGroup() {
        assertThat(fields(Kind.MODIFIER_GROUP, "MG-BREAD").get(ModifierGroup.OPTIONS))
                .containsExactly(
                        new Option(id("I-BRIOCHE"), 0, usd("0"), TriState.YES, TriState.YES, Bound.at(1)),
                        new Option(id("I-SOUR"), 1, usd("0.10"), TriState.NO, TriState.UNSET, Bound.UNLIMITED));
        assertThat(fields(Kind.MODIFIER_GROUP, "MG-SIDE").get(ModifierGroup.OPTIONS))
                .containsExactly(
                        new Option(id("I-FRIES"), 0, usd("1.99"), TriState.UNSET, TriState.UNSET, Bound.UNSET));
        assertThat(fields(Kind.ITEM, "I-FRIES").get(Item.PRICE)).as("on a menu").isEqualTo(usd("3"));
        assertThat(fields(Kind.ITEM, "I-SALTED").get(Item.PRICE))
                .as("as all groups have it")
                .isEqualTo(usd("0.50"));
        assertThat(fields(Kind.ITEM, "I-SOUR").get(Item.PRICE))
                .as("groups differ")
                .isNull();
        assertThat(fields(Kind.ITEM, "I-SALTED").get(Item.NAME)).isEqualTo("Salted");
        assertThat(fields(Kind.ITEM, "I-SALTED").get(Item.CATEGORIES)).isNull();
    }

    @Test
    void readsPricesThatAreNoSingleNumber() {
        FieldMap pizza = fields(Kind.ITEM, "I-PIZZA");
        assertThat(pizza.get(Item.NAME)).as("nobody gave it one").isNull();
        assertThat(pizza.get(Item.PRICE)).as("that of its sizes").isNull();
        assertThat(pizza.get(Item.PRICE_RULES)).isNull();

        FieldMap soup = fields(Kind.ITEM, "I-SOUP");
        Hours happy = Hours.weekly(
                new Hours.Span(DayOfWeek.MONDAY, LocalTime.of(16, 0), LocalTime.of(18, 30)),
                new Hours.Span(DayOfWeek.TUESDAY, LocalTime.of(16, 0), LocalTime.of(18, 30)));
        assertThat(soup.get(Item.PRICE)).isEqualTo(usd("6"));
        assertThat(soup.get(Item.PRICE_RULES)).containsExactly(rule(List.of(), happy, null, null, "4.50"));

        assertThat(fields(Kind.ITEM, "I-CATCH").get(Item.PRICING)).isEqualTo(Item.Pricing.OPEN);
        assertThat(fields(Kind.ITEM, "I-CATCH").get(Item.PRICE)).isNull();

        assertThat(fields(Kind.ITEM, "I-COFFEE").get(Item.PRICE_RULES))
                .containsExactly(
                        rule(List.of(), null, "Small", null, "2.50"), rule(List.of(), null, "Large", null, "3"));

        List<String> olives = List.of("MG-TOPPINGS", "I-OLIVES");
        assertThat(fields(Kind.ITEM, "I-OLIVES").get(Item.PRICE_RULES))
                .as("the last step first; the path names the group, as Toast counts all that is chosen in it")
                .containsExactly(
                        rule(olives, null, "Small", 2, "0.50"),
                        rule(olives, null, "Small", null, "1"),
                        rule(olives, null, "Large", null, "2"));
    }

    @Test
    void readsPricesInTheMerchantsCurrency() {
        Payload payload = new Payload(
                Sample.LINK, Currency.getInstance("CAD"), "menus", Sample.RECEIVED, Sample.bytes("menus.json"));
        Map<RecordKey, FieldMap> canadian = Sample.records(new ToastAdapter().read(payload));
        assertThat(canadian.get(RecordKey.of(Kind.ITEM, "I-BURGER")).get(Item.PRICE))
                .isEqualTo(Money.of("10.99", "CAD"));
    }

    @Test
    void saysThatWhatIsNotThereIsGone() {
        Stamp published = Stamp.at(Instant.parse("2026-11-20T10:00:00.001Z"));
        PartnerEvent event = reading.events().get(0);
        assertThat(event.deltas()).allSatisfy(delta -> assertThat(delta.stamp()).isEqualTo(published));
        assertThat(event.wholes())
                .extracting(Whole::kind)
                .containsExactly(Kind.MENU, Kind.CATEGORY, Kind.ITEM, Kind.MODIFIER_GROUP);
        assertThat(event.wholes()).allSatisfy(whole -> {
            assertThat(whole.otherwise().isEmpty()).isTrue();
            assertThat(whole.stamp())
                    .as("stock was told of it since the menus were published")
                    .isEqualTo(Stamp.at(Sample.RECEIVED));
        });
    }

    @Test
    void takesTheAnswerToAProbeForNoMenus() {
        Reading probe = Sample.read(
                "menus", Sample.json("{'restaurantGuid':'HERE','lastUpdated':'2026-11-20T10:00:00.001+0000'}"));
        assertThat(probe.unreadable()).isEmpty();
        assertThat(probe.events()).containsExactly(new PartnerEvent("", List.of(), List.of()));
    }
}
