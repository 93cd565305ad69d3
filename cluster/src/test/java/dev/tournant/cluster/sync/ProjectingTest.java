package dev.tournant.cluster.sync;

import static dev.tournant.cluster.sync.GeneratedMenus.record;
import static dev.tournant.cluster.sync.ProjectingLawTest.shown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.model.Bound;
import dev.tournant.model.Category;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Fulfilment;
import dev.tournant.model.GroupUse;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.LinkId;
import dev.tournant.model.Menu;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.Money;
import dev.tournant.model.Option;
import dev.tournant.model.Placement;
import dev.tournant.model.Presence;
import dev.tournant.model.PriceChange;
import dev.tournant.model.PriceRule;
import dev.tournant.model.Projection;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Rounding;
import dev.tournant.model.Stamp;
import dev.tournant.model.TriState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProjectingTest {
    private static final RecordKey LATTE = item("latte");
    private static final RecordKey LARGE = item("large");
    private static final RecordKey OAT = item("oat");
    private static final RecordKey MILK = RecordKey.of(Kind.MODIFIER_GROUP, "milk");

    /** Breakfast has eggs, all day there are drinks: a latte in two sizes, with milk to choose. */
    private static final List<FlatRecord> CAFE = List.of(
            record(RecordKey.of(Kind.MENU, "breakfast"), FieldMap.of(Menu.NAME, "Breakfast")),
            record(RecordKey.of(Kind.MENU, "all-day"), FieldMap.of(Menu.NAME, "All day")),
            record(RecordKey.of(Kind.CATEGORY, "eggs"), FieldMap.of(Category.MENUS, List.of(in("breakfast")))),
            record(
                    RecordKey.of(Kind.CATEGORY, "drinks"),
                    FieldMap.of(Category.MENUS, List.of(in("breakfast"), in("all-day")))),
            record(RecordKey.of(Kind.CATEGORY, "coffee"), FieldMap.of(Category.PARENT, in("drinks"))),
            record(
                    item("omelette"),
                    FieldMap.builder(Kind.ITEM)
                            .set(Item.CATEGORIES, List.of(in("eggs")))
                            .set(Item.PRICE, usd("9.00"))
                            .set(Item.MODIFIER_GROUPS, List.of(use("toppings")))
                            .build()),
            record(item("cheese"), FieldMap.of(Item.PRICE, usd("1.00"))),
            record(RecordKey.of(Kind.MODIFIER_GROUP, "toppings"), options("cheese", null)),
            record(
                    LATTE,
                    FieldMap.builder(Kind.ITEM)
                            .set(Item.NAME, "Latte")
                            .set(Item.CATEGORIES, List.of(in("coffee")))
                            .set(Item.MODIFIER_GROUPS, List.of(use("milk")))
                            .build()),
            record(
                    LARGE,
                    FieldMap.builder(Kind.ITEM)
                            .set(Item.VARIATION_OF, in("latte"))
                            .set(Item.PRICE, usd("4.50"))
                            .build()),
            record(OAT, FieldMap.of(Item.PRICE, usd("0.60"))),
            record(MILK, options("oat", usd("0.50"))));

    private static RecordKey item(String id) {
        return RecordKey.of(Kind.ITEM, id);
    }

    private static Placement in(String id) {
        return new Placement(new RecordId(id), 0);
    }

    private static GroupUse use(String group) {
        return new GroupUse(new RecordId(group), 0, Bound.UNSET, Bound.UNSET, TriState.UNSET, List.of());
    }

    private static FieldMap options(String item, @Nullable Money price) {
        return FieldMap.of(
                ModifierGroup.OPTIONS,
                List.of(new Option(new RecordId(item), 0, price, TriState.UNSET, TriState.UNSET, Bound.UNSET)));
    }

    private static Money usd(String amount) {
        return Money.of(amount, "USD");
    }

    private static Projection prices(PriceChange... changes) {
        return new Projection(List.of(), List.of(), List.of(changes), List.of());
    }

    private static Projection without(RecordKey... keys) {
        return new Projection(List.of(), List.of(keys), List.of(), List.of());
    }

    private static PriceRule rule(List<String> channels, List<Fulfilment> when, List<RecordId> path, Money set) {
        return new PriceRule(new PriceRule.When(channels, when, path, null, null, null), new PriceRule.Then.Set(set));
    }

    @Test
    void leavesOutWhatOnlyAnotherMenuReaches() {
        Projection allDay = new Projection(List.of(new RecordId("all-day")), List.of(), List.of(), List.of());
        Shown shown = shown(allDay, CAFE);
        assertThat(shown.records().keySet())
                .extracting(RecordKey::toString)
                .containsExactly(
                        "menu/all-day",
                        "category/coffee",
                        "category/drinks",
                        "item/large",
                        "item/latte",
                        "item/oat",
                        "modifier-group/milk");
        RecordKey drinks = RecordKey.of(Kind.CATEGORY, "drinks");
        assertThat(shown.records().get(drinks).get(Category.MENUS)).containsExactly(in("all-day"));
        assertThat(shown.isOwn(drinks, Category.MENUS)).isFalse();
        assertThat(shown.whyLeftOut(RecordKey.of(Kind.MENU, "breakfast"))).isEqualTo(new Why(Why.Cause.MENUS));
        assertThat(shown.whyLeftOut(item("cheese"))).isEqualTo(new Why(Why.Cause.BENEATH));
    }

    @Test
    void aDishThatIsLeftOutTakesItsVariationsAndModifiersAlong() {
        Shown shown = shown(without(item("cheese"), LATTE), CAFE);
        assertThat(shown.records()).doesNotContainKeys(LATTE, LARGE, MILK, OAT, item("cheese"));
        assertThat(shown.records()
                        .get(RecordKey.of(Kind.MODIFIER_GROUP, "toppings"))
                        .get(ModifierGroup.OPTIONS))
                .isEmpty();
        assertThat(shown.whyLeftOut(LATTE)).isEqualTo(new Why(Why.Cause.WITHOUT, 1));
        assertThat(shown.whyLeftOut(LARGE)).isEqualTo(new Why(Why.Cause.BENEATH));
    }

    @Test
    void aVariationGoesWithADishThatIsNamedEvenWhereTheMerchantHasNone() {
        List<FlatRecord> orphan = List.of(record(LARGE, FieldMap.of(Item.VARIATION_OF, in("latte"))));
        assertThat(shown(Projection.ALL, orphan).records()).containsKey(LARGE);
        assertThat(shown(without(LATTE), orphan).records()).isEmpty();
    }

    @Test
    void modifiersThatOfferEachOtherInACircleAreNotLostWhereNothingLedToThem() {
        FieldMap toG = FieldMap.of(Item.MODIFIER_GROUPS, List.of(use("g")));
        List<FlatRecord> circle = new ArrayList<>(CAFE);
        circle.add(record(item("round"), toG));
        circle.add(record(RecordKey.of(Kind.MODIFIER_GROUP, "g"), options("round", null)));
        assertThat(shown(without(LATTE), circle).records())
                .containsKeys(item("round"), RecordKey.of(Kind.MODIFIER_GROUP, "g"));
    }

    @Test
    void changesPricesOfItemsOptionsAndWhatRulesSet() {
        List<FlatRecord> cafe = new ArrayList<>(CAFE);
        List<RecordId> none = List.of();
        PriceRule plus = new PriceRule(
                new PriceRule.When(List.of(), List.of(), none, null, null, null), new PriceRule.Then.Add(usd("1")));
        cafe.add(record(
                item("tea"),
                FieldMap.builder(Kind.ITEM)
                        .set(Item.PRICE, usd("3.00"))
                        .set(
                                Item.PRICE_RULES,
                                List.of(rule(List.of(), List.of(Fulfilment.DINE_IN), none, usd("2")), plus))
                        .build()));
        PriceChange more = PriceChange.percent("15").rounded(Rounding.to("0.05", Rounding.Mode.NEAREST));
        Shown shown = shown(prices(more), cafe);
        assertThat(shown.records().get(LARGE).get(Item.PRICE)).isEqualTo(usd("5.20"));
        assertThat(shown.records().get(MILK).get(ModifierGroup.OPTIONS))
                .extracting(Option::price)
                .containsExactly(usd("0.60"));
        assertThat(shown.records().get(item("tea")).get(Item.PRICE_RULES))
                .containsExactly(rule(List.of(), List.of(Fulfilment.DINE_IN), none, usd("2.30")), plus);
        assertThat(shown.isOwn(LARGE, Item.PRICE)).isFalse();
        assertThat(shown.isOwn(MILK, ModifierGroup.OPTIONS)).isFalse();
        assertThat(shown.isOwn(LARGE, Item.NAME)).isTrue();
        assertThat(shown.why(LATTE, Item.PRICE)).isEqualTo(new Why(Why.Cause.PRICE_CHANGE, 0));
        assertThat(shown.isOwn(item("new-at-the-partner"), Item.PRICE)).isFalse();
    }

    @Test
    void theFirstMatchDecidesAndCategoriesReachAllBeneath() {
        Projection prices = prices(
                PriceChange.add(usd("2")).onItems("large"),
                PriceChange.percent("10").inCategories("drinks"),
                PriceChange.percent("20"));
        Shown shown = shown(prices, CAFE);
        assertThat(shown.records().get(LARGE).get(Item.PRICE)).isEqualTo(usd("6.50"));
        assertThat(shown.records().get(item("omelette")).get(Item.PRICE)).isEqualTo(usd("10.80"));
        Shown second = shown(prices(prices.prices().get(1), prices.prices().get(2)), CAFE);
        assertThat(second.records().get(LARGE).get(Item.PRICE)).isEqualTo(usd("4.95"));
    }

    @Test
    void aChangeForOneFulfilmentBecomesRulesAndLeavesBasePrices() {
        Shown shown = shown(prices(PriceChange.percent("10").when(Fulfilment.DELIVERY)), CAFE);
        List<Fulfilment> delivery = List.of(Fulfilment.DELIVERY);
        assertThat(shown.records().get(LARGE).get(Item.PRICE)).isEqualTo(usd("4.50"));
        assertThat(shown.records().get(LARGE).get(Item.PRICE_RULES))
                .containsExactly(rule(List.of(), delivery, List.of(), usd("4.95")));
        assertThat(shown.records().get(OAT).get(Item.PRICE_RULES))
                .as("in the group it costs 0.50, on its own 0.60")
                .containsExactly(
                        rule(List.of(), delivery, List.of(MILK.id(), OAT.id()), usd("0.55")),
                        rule(List.of(), delivery, List.of(), usd("0.66")));
        assertThat(shown.isOwn(LARGE, Item.PRICE)).isTrue();
        assertThat(shown.isOwn(LARGE, Item.PRICE_RULES)).isFalse();
    }

    @Test
    void neverMakesMoreRulesThanAnItemMayHave() {
        PriceRule set = rule(List.of(), List.of(), List.of(), usd("1"));
        FieldMap full = FieldMap.builder(Kind.ITEM)
                .set(Item.PRICE, usd("1"))
                .set(Item.PRICE_RULES, java.util.Collections.nCopies(Item.PRICE_RULES_MAX, set))
                .build();
        Shown shown =
                shown(prices(PriceChange.percent("10").when(Fulfilment.DELIVERY)), List.of(record(item("tea"), full)));
        assertThat(shown.records().get(item("tea")).get(Item.PRICE_RULES)).hasSize(Item.PRICE_RULES_MAX);
    }

    @Test
    void leavesOutRulesOfOtherChannels() {
        PriceRule ours = rule(List.of("square", "doordash"), List.of(), List.of(), usd("5"));
        PriceRule any = rule(List.of(), List.of(), List.of(), usd("6"));
        PriceRule theirs = rule(List.of("square"), List.of(), List.of(), usd("7"));
        FieldMap rules = FieldMap.of(Item.PRICE_RULES, List.of(theirs, ours, any));
        Shown shown = shown(Projection.ALL, List.of(record(LATTE, rules)));
        assertThat(shown.records().get(LATTE).get(Item.PRICE_RULES)).containsExactly(ours, any);
        assertThat(shown.why(LATTE, Item.PRICE_RULES)).isEqualTo(new Why(Why.Cause.OTHER_CHANNEL));
    }

    @Test
    void leavesOutRulesOnPathsThroughWhatIsLeftOut() {
        PriceRule inEggs = rule(List.of(), List.of(), List.of(new RecordId("eggs"), LATTE.id()), usd("5"));
        PriceRule inCoffee = rule(List.of(), List.of(), List.of(new RecordId("coffee"), LATTE.id()), usd("6"));
        List<FlatRecord> cafe = new ArrayList<>(CAFE);
        cafe.set(8, record(LATTE, CAFE.get(8).fields().with(FieldMap.of(Item.PRICE_RULES, List.of(inEggs, inCoffee)))));
        Shown shown = shown(without(RecordKey.of(Kind.CATEGORY, "eggs")), cafe);
        assertThat(shown.records().get(LATTE).get(Item.PRICE_RULES)).containsExactly(inCoffee);
    }

    @Test
    void anOverrideIsShownAsItStandsAndClearedFieldsStayCleared() {
        FieldMap values = FieldMap.builder(Kind.ITEM)
                .set(Item.PRICE, usd("5.00"))
                .clear(Item.SKU)
                .build();
        Projection projection = new Projection(
                List.of(),
                List.of(),
                List.of(PriceChange.percent("10")),
                List.of(new Projection.ChannelValues(LARGE, values)));
        Shown shown = shown(projection, CAFE);
        assertThat(shown.records().get(LARGE).get(Item.PRICE)).isEqualTo(usd("5.00"));
        assertThat(shown.records().get(LARGE).has(Item.SKU)).isTrue();
        assertThat(shown.why(LARGE, Item.PRICE)).isEqualTo(new Why(Why.Cause.OVERRIDE, 0));
        assertThat(shown.records().get(OAT).get(Item.PRICE)).isEqualTo(usd("0.66"));
    }

    @Test
    void amountsInAnotherCurrencyChangeNothing() {
        PriceChange euro = PriceChange.add(Money.of("1", "EUR"));
        Map<RecordKey, FieldMap> shown =
                shown(prices(euro, PriceChange.percent("100")), CAFE).records();
        assertThat(shown.get(LARGE).get(Item.PRICE)).isEqualTo(usd("9.00"));
    }

    @Test
    void passesOverWhatIsDeletedAndNeedsNoRecords() {
        RecordDelta gone = RecordDelta.deleted(LATTE, Stamp.ZERO, 0, Presence.TOMBSTONE);
        FlatRecord grave = FlatRecord.unknown(LATTE).after(gone, gone.provenance(new LinkId("sq-1"), "e"), 1);
        assertThat(shown(Projection.ALL, List.of(grave)).records()).isEmpty();
        assertThat(shown(without(LATTE), List.of()).records()).isEmpty();
    }
}
