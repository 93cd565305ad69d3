package dev.tournant.adapters.toast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Reading;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Whole;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Menus in which something is wrong: it is reported by its path, the rest is read, and nothing is taken for gone. */
class BadMenusTest {
    private final ObjectNode document = Sample.menus();

    private void set(String parent, String name, String json) {
        JsonNode value = Documents.object(Sample.json("{'x':" + json + "}")).path("x");
        ((ObjectNode) document.at(parent)).set(name, value);
    }

    private Reading read() {
        return Sample.read("menus", document);
    }

    private static List<Kind> wholes(Reading reading) {
        return reading.events().get(0).wholes().stream().map(Whole::kind).toList();
    }

    private static List<String> troubles(Reading reading) {
        return reading.unreadable().stream().map(Object::toString).toList();
    }

    private static final String MAINS = "/menus/0/menuGroups/0/menuGroups/0";
    private static final String AT = "menus[0].menuGroups[0].menuGroups[0].menuItems[0].";

    @Test
    void readsTheOtherFieldsOfAnItemAndDoesNotTakeItForGone() {
        set(MAINS + "/menuItems/0", "price", "'free'");
        set(MAINS + "/menuItems/0", "name", "'" + "x".repeat(600) + "'");
        Reading reading = read();
        FieldMap burger = Sample.records(reading).get(RecordKey.of(Kind.ITEM, "I-BURGER"));
        assertThat(burger.get(Item.SKU)).isEqualTo("B-1");
        assertThat(burger.has(Item.PRICE)).as("nothing is said").isFalse();
        assertThat(burger.has(Item.NAME)).isFalse();
        assertThat(burger.get(Item.CATEGORIES)).hasSize(2);
        assertThat(troubles(reading))
                .containsExactly(
                        AT + "name (item/I-BURGER): has 600 characters; send at most 512",
                        AT + "price (item/I-BURGER): must be a number, not \"free\"");
        assertThat(wholes(reading)).hasSize(4);
    }

    @Test
    void reportsRulesByTheirPath() {
        set(MAINS + "/menuItems/2/pricingRules/timeSpecificPricingRules/0/schedule/0", "days", "['MOONDAY']");
        set(MAINS + "/menuItems/4/pricingRules/sizeSequencePricingRules/1/sequencePrices/0", "sequence", "0");
        set(MAINS + "/menuItems/3", "pricingRules", "7");
        String items = "menus[0].menuGroups[0].menuGroups[0].menuItems";
        assertThat(troubles(read()))
                .anySatisfy(each -> assertThat(each)
                        .startsWith(items
                                + "[2].pricingRules.timeSpecificPricingRules[0].schedule[0].days[0] (item/I-SOUP)")
                        .contains("MONDAY"))
                .contains(
                        items
                                + "[4].pricingRules.sizeSequencePricingRules[1].sequencePrices[0].sequence (item/I-COFFEE):"
                                + " must be from 1 to 1000, not 0",
                        items + "[3].pricingRules (item/I-CATCH): must be an object");
    }

    @Test
    void reportsTheGroupsRulesWhereTheGroupStands() {
        set("/modifierGroupReferences/12/pricingRules/sizeSequencePricingRules/0", "sequencePrices", "7");
        Reading reading = read();
        assertThat(troubles(reading))
                .containsExactly("modifierGroupReferences.12.pricingRules.sizeSequencePricingRules[0].sequencePrices"
                        + " (item/I-OLIVES): must be a list");
        assertThat(Sample.records(reading)
                        .get(RecordKey.of(Kind.ITEM, "I-OLIVES"))
                        .has(Item.PRICE_RULES))
                .isFalse();
    }

    @Test
    void doesNotTakeRulesAwayForAWordThatItDoesNotKnow() {
        set("/modifierOptionReferences/104", "pricingStrategy", "'BY_THE_MOON'");
        Reading reading = read();
        assertThat(troubles(reading))
                .singleElement()
                .asString()
                .startsWith("modifierOptionReferences.104.pricingStrategy (item/I-OLIVES): \"BY_THE_MOON\" is unknown");
        assertThat(Sample.records(reading)
                        .get(RecordKey.of(Kind.ITEM, "I-OLIVES"))
                        .has(Item.PRICE_RULES))
                .isFalse();
    }

    @Test
    void takesNothingForGoneWhereItCannotTellWhatStandsThere() {
        set(MAINS + "/menuItems/0", "guid", "null");
        Reading reading = read();
        assertThat(troubles(reading)).containsExactly(AT + "guid: is missing");
        assertThat(wholes(reading)).containsExactly(Kind.MENU, Kind.CATEGORY, Kind.MODIFIER_GROUP);
        assertThat(Sample.records(reading))
                .containsKeys(RecordKey.of(Kind.ITEM, "I-BURGER"), RecordKey.of(Kind.ITEM, "I-SOUP"));
    }

    @Test
    void doubtsAllThatCouldStandInWhatItCannotRead() {
        set("/menus/0/menuGroups/0", "menuGroups", "{'a':1}");
        assertThat(troubles(read())).contains("menus[0].menuGroups[0].menuGroups: must be a list");
        assertThat(wholes(read())).containsExactly(Kind.MENU, Kind.MODIFIER_GROUP);
    }

    @Test
    void doubtsGroupsAndOptionsThatAreNotThere() {
        document.remove("modifierOptionReferences");
        assertThat(wholes(read())).containsExactly(Kind.MENU, Kind.CATEGORY, Kind.MODIFIER_GROUP);
        document.put("modifierGroupReferences", 7);
        Reading reading = read();
        assertThat(wholes(reading)).containsExactly(Kind.MENU, Kind.CATEGORY);
        assertThat(troubles(reading)).contains("modifierGroupReferences: must be an object");
    }

    @Test
    void reportsNumbersThatStandForNothingAndKeepsTheOthers() {
        set(MAINS + "/menuItems/0", "modifierGroupReferences", "[31, 99]");
        set("/modifierGroupReferences/31", "modifierOptionReferences", "[101, 999]");
        Reading reading = read();
        Map<RecordKey, FieldMap> records = Sample.records(reading);
        assertThat(records.get(RecordKey.of(Kind.ITEM, "I-BURGER")).get(Item.MODIFIER_GROUPS))
                .hasSize(1);
        assertThat(records.get(RecordKey.of(Kind.MODIFIER_GROUP, "MG-BREAD")).get(ModifierGroup.OPTIONS))
                .hasSize(1);
        assertThat(troubles(reading))
                .contains(
                        "modifierGroupReferences.31.modifierOptionReferences[1] (modifier-group/MG-BREAD):"
                                + " is 999, which modifierOptionReferences does not hold",
                        AT
                                + "modifierGroupReferences[1] (item/I-BURGER): is 99, which modifierGroupReferences does not hold");
    }

    @Test
    void saysNothingOfReferencesOfWhichNobodyKnowsWhatTheyStandFor() {
        set(MAINS + "/menuItems/0", "modifierGroupReferences", "[31, 'x']");
        set("/modifierGroupReferences/7", "modifierOptionReferences", "[103, {'a':1}]");
        set("/modifierOptionReferences/107", "guid", "7");
        Reading reading = read();
        Map<RecordKey, FieldMap> records = Sample.records(reading);
        assertThat(records.get(RecordKey.of(Kind.ITEM, "I-BURGER")).has(Item.MODIFIER_GROUPS))
                .isFalse();
        assertThat(records.get(RecordKey.of(Kind.MODIFIER_GROUP, "MG-SIDE")).has(ModifierGroup.OPTIONS))
                .isFalse();
        assertThat(records.get(RecordKey.of(Kind.MODIFIER_GROUP, "MG-BUTTER")).has(ModifierGroup.OPTIONS))
                .isFalse();
        assertThat(wholes(reading)).containsExactly(Kind.MENU, Kind.CATEGORY, Kind.MODIFIER_GROUP);
        assertThat(troubles(reading))
                .contains(AT + "modifierGroupReferences[1] (item/I-BURGER): must be a whole number, not \"x\"");
    }

    @Test
    void saysNothingOfTheOptionsOfAGroupIfOneCannotBeRead() {
        set("/modifierOptionReferences/102", "price", "'cheap'");
        Reading reading = read();
        FieldMap bread = Sample.records(reading).get(RecordKey.of(Kind.MODIFIER_GROUP, "MG-BREAD"));
        assertThat(bread.has(ModifierGroup.OPTIONS)).isFalse();
        assertThat(bread.get(ModifierGroup.NAME)).isEqualTo("Bread");
        assertThat(Sample.records(reading)).containsKey(RecordKey.of(Kind.ITEM, "I-SOUR"));
    }

    @Test
    void refusesWhatIsNoMenusOfThisRestaurant() {
        for (String body : List.of("", "[]", "7", "{", "{}", "{'restaurantGuid':'HERE'}")) {
            assertThat(Sample.read("menus", Sample.json(body)).unreadable())
                    .as(body)
                    .hasSize(1);
        }
        document.put("restaurantGuid", "ELSEWHERE");
        assertThat(troubles(read())).containsExactly("restaurantGuid: is ELSEWHERE, but the link's restaurant is HERE");
        document.put("restaurantGuid", "HERE").put("menus", 7);
        assertThat(troubles(read())).containsExactly("menus: must be a list");
        assertThat(read().events()).isEmpty();
        assertThat(Sample.read("nonsense", Sample.json("{}")).unreadable()).hasSize(1);
    }
}
