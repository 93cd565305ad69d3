package dev.tournant.adapters.doordash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Outcome;
import dev.tournant.adapters.doordash.MenuTree.Choice;
import dev.tournant.adapters.doordash.MenuTree.Dish;
import dev.tournant.adapters.doordash.MenuTree.Extra;
import dev.tournant.adapters.doordash.MenuTree.Section;
import dev.tournant.model.Bound;
import dev.tournant.model.Category;
import dev.tournant.model.Fulfilment;
import dev.tournant.model.GroupUse;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Menu;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.Money;
import dev.tournant.model.Option;
import dev.tournant.model.PriceRule;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Store;
import dev.tournant.model.TriState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MenusTest {
    private final Diner diner = new Diner();

    private static List<String> ids(List<Choice> choices) {
        return choices.stream().map(each -> each.id().value()).toList();
    }

    @Test
    void nestsCategoriesItemsExtrasAndOptionsInOrder() {
        MenuTree menu = diner.tree();
        assertThat(menu.name()).isEqualTo("All day");
        assertThat(menu.active()).isTrue();
        assertThat(menu.sections()).extracting(Section::name).containsExactly("mains", "drinks");
        Section mains = menu.sections().get(0);
        assertThat(mains.dishes()).extracting(Dish::name).containsExactly("Soup", "Burger");
        assertThat(mains.dishes()).extracting(Dish::sort).containsExactly(0L, 1L);
        Extra sides = diner.dish("burger").extras().get(1);
        assertThat(List.of(sides.min(), sides.max())).containsExactly(1L, 2L);
        assertThat(ids(sides.choices())).containsExactly("fries", "tea");
        Extra sauces = sides.choices().get(0).extras().get(0);
        assertThat(sauces.max()).as("unlimited is not said").isNull();
        assertThat(ids(sauces.choices())).containsExactly("mayo");
    }

    @Test
    void sellsSeveralVariationsAsAnExtraOfWhichOneIsChosen() {
        Dish burger = diner.dish("burger");
        assertThat(burger.cents()).isEqualTo(950);
        Extra sizes = burger.extras().get(0);
        assertThat(List.of(sizes.min(), sizes.max())).containsExactly(1L, 1L);
        assertThat(ids(sizes.choices())).containsExactly("burger-s", "burger-l");
        assertThat(sizes.choices()).extracting(Choice::cents).containsExactly(0L, 250L);

        diner.offSale("burger-s");
        assertThat(diner.dish("burger").cents()).as("of those that are there").isEqualTo(1200);
        assertThat(diner.dish("burger").active()).isTrue();
        diner.offSale("burger-l");
        assertThat(diner.dish("burger").active()).isFalse();
    }

    @Test
    void sellsOneVariationAsTheDish() {
        diner.records.remove(Diner.item("burger-l"));
        Dish burger = diner.dish("burger");
        assertThat(burger.cents()).isEqualTo(950);
        assertThat(burger.extras()).extracting(each -> each.id().value()).containsExactly("sides");
        diner.offSale("burger-s");
        assertThat(diner.dish("burger").active()).isFalse();
    }

    @Test
    void takesTheItemsPriceForAnOptionUnlessTheGroupSetsOne() {
        List<Choice> sides = diner.dish("burger").extras().get(1).choices();
        assertThat(sides).extracting(Choice::cents).containsExactly(300L, 100L);
        assertThat(sides.get(0).extras().get(0).choices().get(0).cents())
                .as("a modifier without a price is free")
                .isZero();
        assertThat(diner.dish("tea").cents()).isEqualTo(250);
    }

    @Test
    void addsTaxesThatComeOnTop() {
        assertThat(diner.dish("burger").taxRate()).isEqualByComparingTo("8.25");
        assertThat(diner.dish("soup").taxRate()).isNull();
    }

    @Test
    void refusesOnlyTheItemThatCannotBeTold() {
        diner.put(Diner.item("soup"), Item.PRICE, Money.of("7", "EUR"));
        diner.put(Diner.item("tea"), Item.PRICE, Money.of("2.505", "USD"));
        diner.item("water", "Water", null);
        diner.put(Diner.item("water"), Item.CATEGORIES, List.of(Diner.in("drinks", 3)));
        diner.put(Diner.item("mayo"), Item.NAME, " ");
        Menus.Made made = diner.made();

        assertThat(diner.tree().sections()).extracting(Section::name).containsExactly("mains");
        assertThat(made.refused()).hasSize(4);
        assertThat(made.refused().get(Diner.item("soup")))
                .isEqualTo(new Outcome.GiveUp("cannot-say", "price: is in EUR, and the store's currency is USD"));
        assertThat(made.refused().get(Diner.item("tea")).why()).contains("no whole number");
        assertThat(made.refused().get(Diner.item("water")).why()).contains("price: is missing");
        assertThat(made.refused().get(Diner.item("mayo")).why()).isEqualTo("name: is missing");
    }

    /** Else it would count as told, and be shown as for sale. */
    @Test
    void refusesWhatStandsOnlyInACategoryThatCannotBeTold() {
        diner.item("juice", "Juice", "4");
        diner.put(Diner.item("juice"), Item.CATEGORIES, List.of(Diner.in("drinks", 1)));
        diner.put(RecordKey.of(Kind.CATEGORY, "drinks"), Category.NAME, " ");
        Menus.Made made = diner.made();

        assertThat(made.refused().get(Diner.item("juice")).why())
                .isEqualTo("it stands only in category/drinks, which cannot be told");
        assertThat(made.refused()).as("tea can be chosen with the burger").doesNotContainKey(Diner.item("tea"));
    }

    @Test
    void blamesTheGroupForAPriceThatTheGroupSets() {
        diner.group(
                "sides",
                Bound.UNSET,
                Bound.UNSET,
                Diner.option("fries", 0, null),
                new Option(new RecordId("tea"), 1, Money.of("1", "CAD"), TriState.UNSET, TriState.UNSET, Bound.UNSET));
        assertThat(diner.made().refused()).containsOnlyKeys(Diner.group("sides"));
        assertThat(ids(diner.dish("burger").extras().get(1).choices())).containsExactly("fries");
    }

    @Test
    void refusesPricesEnteredAtTheTillAndBelowZero() {
        diner.put(Diner.item("soup"), Item.PRICING, Item.Pricing.OPEN);
        diner.put(Diner.item("fries"), Item.PRICE, Money.of("-1", "USD"));
        assertThat(diner.made().refused()).containsOnlyKeys(Diner.item("soup"), Diner.item("fries"));
    }

    @Test
    void takesAnItemOffSaleThatAsksForMoreThanThereIs() {
        diner.offSale("fries");
        diner.offSale("tea");
        assertThat(diner.dish("burger").active()).isFalse();
        assertThat(diner.dish("soup").active()).isTrue();

        diner.put(Diner.item("soup"), Item.MODIFIER_GROUPS, List.of(bounded("sauces", 3, 2)));
        assertThat(diner.dish("soup").active()).as("more than it allows").isFalse();
        assertThat(diner.tree().active()).as("nothing is left").isFalse();
    }

    private static GroupUse bounded(String group, int min, int max) {
        return new GroupUse(new RecordId(group), 0, Bound.at(min), Bound.at(max), TriState.UNSET, List.of());
    }

    @Test
    void asksOfAGroupWhatTheItemOverrides() {
        GroupUse use = new GroupUse(
                new RecordId("sides"),
                0,
                Bound.NONE,
                Bound.at(1),
                TriState.YES,
                List.of(
                        new GroupUse.OptionOverride(new RecordId("fries"), TriState.YES, TriState.UNSET),
                        new GroupUse.OptionOverride(new RecordId("tea"), TriState.UNSET, TriState.YES)));
        diner.put(Diner.item("soup"), Item.MODIFIER_GROUPS, List.of(use));
        Extra own = diner.dish("soup").extras().get(0);
        assertThat(List.of(own.min(), own.max())).containsExactly(0L, 1L);
        assertThat(own.choices()).extracting(Choice::onByDefault).containsExactly(true, false);
        assertThat(own.choices()).extracting(Choice::active).containsExactly(true, false);
        Extra elsewhere = diner.dish("burger").extras().get(1);
        assertThat(elsewhere.choices()).extracting(Choice::active).containsExactly(true, true);
    }

    @Test
    void leavesOutGroupsOfWhichNothingMayBeChosen() {
        GroupUse sides = new GroupUse(new RecordId("sides"), 0, Bound.UNSET, Bound.NONE, TriState.UNSET, List.of());
        GroupUse sauces = new GroupUse(new RecordId("sauces"), 0, Bound.UNSET, Bound.UNSET, TriState.NO, List.of());
        diner.put(Diner.item("soup"), Item.MODIFIER_GROUPS, List.of(sides, sauces, Diner.use("unknown")));
        assertThat(diner.dish("soup").extras()).isEmpty();
    }

    @Test
    void isActiveByWhatIsKnownOfAvailability() {
        diner.put(Diner.item("soup"), Item.STATUS, SaleStatus.PAUSED);
        diner.put(Diner.item("soup"), Item.UNTIL, Diner.NOW.plus(Duration.ofHours(1)));
        assertThat(diner.dish("soup").active()).isFalse();
        diner.put(Diner.item("soup"), Item.UNTIL, Diner.NOW);
        assertThat(diner.dish("soup").active()).as("the pause is over").isTrue();
        diner.put(Diner.item("soup"), Item.STOCK_TRACKED, true);
        assertThat(diner.dish("soup").active()).isFalse();
        diner.put(Diner.item("soup"), Item.QUANTITY, new BigDecimal("0.5"));
        assertThat(diner.dish("soup").active()).isTrue();
        diner.put(Diner.item("soup"), Item.VISIBLE, TriState.NO);
        assertThat(diner.dish("soup").active()).isFalse();
        diner.put(Diner.item("soup"), Item.ARCHIVED, true);
        assertThat(diner.tree().sections().get(0).dishes()).hasSize(1);
    }

    @Test
    void refusesAGroupThatStandsInItself() {
        diner.put(Diner.item("mayo"), Item.MODIFIER_GROUPS, List.of(Diner.use("sides")));
        Menus.Made made = diner.made();
        assertThat(made.refused()).containsOnlyKeys(Diner.item("mayo"));
        assertThat(made.refused().get(Diner.item("mayo")).why()).contains("stands in itself");
        assertThat(ids(diner.dish("burger").extras().get(1).choices())).containsExactly("fries", "tea");
    }

    @Test
    void refusesWhatIsNestedTooDeep() {
        for (int i = 0; i < 12; i++) {
            diner.item("deep-" + i, "Deep", "1");
            diner.group("g-" + i, Bound.UNSET, Bound.UNSET, Diner.option("deep-" + (i + 1), 0, null));
            diner.put(Diner.item("deep-" + i), Item.MODIFIER_GROUPS, List.of(Diner.use("g-" + i)));
        }
        diner.put(Diner.item("soup"), Item.MODIFIER_GROUPS, List.of(Diner.use("g-0")));
        assertThat(diner.made().refused()).containsOnlyKeys(Diner.item("deep-8"));
        assertThat(diner.dish("soup").active()).isTrue();
    }

    @Test
    void refusesAMenuThatGrowsWithoutEnd() {
        List<GroupUse> uses = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            uses.add(Diner.use("g-" + i));
        }
        for (int i = 0; i < 8; i++) {
            Option[] options = new Option[8];
            for (int j = 0; j < 8; j++) {
                diner.item("o-" + i + "-" + j, "Option", "1");
                diner.put(Diner.item("o-" + i + "-" + j), Item.MODIFIER_GROUPS, uses.subList(i + 1, 8));
                options[j] = Diner.option("o-" + i + "-" + j, j, null);
            }
            diner.group("g-" + i, Bound.UNSET, Bound.UNSET, options);
        }
        diner.put(Diner.item("soup"), Item.MODIFIER_GROUPS, uses);
        Outcome.GiveUp refusal = diner.made().refusal();
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo("too-large");
    }

    @Test
    void saysNothingTwice() {
        diner.put(Diner.item("soup"), Item.CATEGORIES, List.of(Diner.in("mains", 1), Diner.in("mains", 5)));
        diner.put(Diner.item("soup"), Item.MODIFIER_GROUPS, List.of(Diner.use("sauces"), Diner.use("sauces")));
        assertThat(diner.tree().sections().get(0).dishes()).hasSize(2);
        assertThat(diner.dish("soup").extras()).hasSize(1);
    }

    @Test
    void flattensCategoriesAndHidesWhatIsHidden() {
        RecordKey hot = RecordKey.of(Kind.CATEGORY, "hot");
        diner.put(hot, Category.NAME, "Hot");
        diner.put(hot, Category.PARENT, Diner.in("drinks", 0));
        diner.put(Diner.item("tea"), Item.CATEGORIES, List.of(Diner.in("drinks", 0), Diner.in("hot", 0)));
        assertThat(diner.tree().sections()).extracting(Section::name).containsExactly("mains", "drinks", "Hot");
        diner.put(RecordKey.of(Kind.CATEGORY, "drinks"), Category.VISIBLE, TriState.NO);
        assertThat(diner.tree().sections()).extracting(Section::active).containsExactly(true, false, false);
        diner.put(RecordKey.of(Kind.CATEGORY, "drinks"), Category.PARENT, Diner.in("hot", 0));
        assertThat(diner.tree().sections())
                .as("categories in a ring stand on no menu")
                .extracting(Section::name)
                .containsExactly("mains");
    }

    @Test
    void putsOnAMenuOnlyItsCategoriesAndThoseOfAll() {
        diner.bar();
        MenuTree bar = diner.made("bar").tree();
        assertThat(bar).isNotNull();
        assertThat(bar.sections()).extracting(Section::name).containsExactly("drinks");
        assertThat(diner.made("bar").used())
                .contains(Diner.item("tea"), Diner.STORE)
                .doesNotContain(Diner.item("soup"));
        diner.put(Diner.menu("bar"), Menu.FULFILMENTS, List.of(Fulfilment.DINE_IN));
        assertThat(diner.made("bar").tree().active()).isFalse();
    }

    @Test
    void makesOneMenuForAMerchantWithout() {
        diner.records.remove(Diner.menu("menu"));
        diner.put(RecordKey.of(Kind.CATEGORY, "mains"), Category.MENUS, List.of());
        MenuTree only = diner.made("menu").tree();
        assertThat(only).isNotNull();
        assertThat(only.name()).isEqualTo("The Diner");
        assertThat(only.sections()).isNotEmpty();
    }

    @Test
    void refusesAMenuWithoutHoursAndHoursOfAnotherZone() {
        diner.put(Diner.menu("menu"), Menu.HOURS, new dev.tournant.model.Hours(ZoneId.of("UTC"), List.of(), List.of()));
        assertThat(diner.made().refusal()).isNotNull();
        assertThat(diner.made().refusal().why()).contains("zone");
        diner.put(Diner.menu("menu"), Menu.HOURS, Diner.weekly("23:00", "23:30"));
        assertThat(diner.made().refusal()).isNotNull();
        assertThat(diner.made().refusal().code()).isEqualTo("no-hours");
        diner.put(Diner.STORE, Store.HOURS, Diner.weekly("12:00", "23:15"));
        assertThat(diner.tree().hours()).isEqualTo(Diner.weekly("23:00", "23:15"));
    }

    @Test
    void pricesByTheFirstRuleThatHoldsHere() {
        diner.put(
                Diner.item("soup"),
                Item.PRICE_RULES,
                List.of(
                        rule(List.of("ubereats"), List.of(), new PriceRule.Then.Set(Money.of("99", "USD"))),
                        rule(
                                List.of("doordash"),
                                List.of("mains", "soup"),
                                new PriceRule.Then.Percent(new BigDecimal("15.5"))),
                        rule(List.of(), List.of(), new PriceRule.Then.Add(Money.of("1", "USD")))));
        assertThat(diner.dish("soup").cents()).as("7.00 and 15.5 percent").isEqualTo(809);
        diner.put(
                Diner.item("tea"),
                Item.PRICE_RULES,
                List.of(
                        rule(
                                List.of("doordash"),
                                List.of("sides", "tea"),
                                new PriceRule.Then.Set(Money.of("9", "USD"))),
                        rule(List.of(), List.of(), new PriceRule.Then.Add(Money.of("-0.50", "USD")))));
        assertThat(diner.dish("tea").cents()).isEqualTo(200);
    }

    private static PriceRule chosen(@Nullable String size, int from, String price) {
        List<RecordId> path = List.of(new RecordId("sauces"), new RecordId("mayo"));
        return new PriceRule(
                new PriceRule.When(List.of(), List.of(), path, null, size, from == 1 ? null : from),
                new PriceRule.Then.Set(Money.of(price, "USD")));
    }

    private Optional<Choice> mayo() {
        return diner.dish("burger").extras().get(1).choices().get(0).extras().stream()
                .flatMap(each -> each.choices().stream())
                .filter(each -> each.id().value().equals("mayo"))
                .findFirst();
    }

    /** As Toast has it for a group: what is chosen first costs more than what is chosen after it, and nothing is free. */
    @Test
    void tellsTheFirstPriceOfAGroupThatIsPricedBySequence() {
        diner.put(Diner.item("mayo"), Item.PRICE_RULES, List.of(chosen(null, 2, "0.25"), chosen(null, 1, "0.75")));
        assertThat(mayo().orElseThrow().cents()).isEqualTo(75);

        diner.put(Diner.item("mayo"), Item.PRICE_RULES, List.of(chosen("Small", 1, "0.75"), chosen("Large", 1, "1")));
        assertThat(mayo())
                .as("what depends on the size cannot be told, and is not given away")
                .isEmpty();
        assertThat(diner.made().refused().get(Diner.item("mayo")))
                .isInstanceOfSatisfying(
                        Outcome.GiveUp.class, no -> assertThat(no.why()).contains("price: depends on the size"));
    }

    private static PriceRule rule(List<String> channels, List<String> path, PriceRule.Then then) {
        return new PriceRule(
                new PriceRule.When(
                        channels, List.of(), path.stream().map(RecordId::new).toList(), null, null, null),
                then);
    }

    @Test
    void saysOnceForAllHowOftenAnOptionMayBeTaken() {
        diner.group("sauces", Bound.at(4), Bound.at(9), often("mayo", 5), often("tea", 2), often("soup", 0));
        Extra sauces =
                diner.dish("burger").extras().get(1).choices().get(0).extras().get(0);
        assertThat(sauces.each()).isEqualTo(2);
        assertThat(sauces.canBeMet()).isTrue();
        diner.put(Diner.group("sauces"), ModifierGroup.NAME, "");
        assertThat(diner.dish("burger")
                        .extras()
                        .get(1)
                        .choices()
                        .get(0)
                        .extras()
                        .get(0)
                        .name())
                .isEqualTo("Choose");
    }

    private static Option often(String item, int max) {
        return new Option(new RecordId(item), 0, null, TriState.UNSET, TriState.UNSET, Bound.at(max));
    }

    @Test
    void reckonsInTheUsualCurrencyWhereTheStoreNamesNone() {
        diner.records.put(Diner.STORE, dev.tournant.model.FieldMap.of(Store.HOURS, Diner.weekly("09:00", "10:00")));
        diner.put(Diner.item("soup"), Item.PRICE, Money.of("7", "EUR"));
        assertThat(diner.made().refused())
                .isEqualTo(Map.of(
                        Diner.item("soup"),
                        new Outcome.GiveUp("cannot-say", "price: is in EUR, and the store's currency is USD")));
    }
}
