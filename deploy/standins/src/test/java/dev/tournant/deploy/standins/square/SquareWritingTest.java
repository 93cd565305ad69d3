package dev.tournant.deploy.standins.square;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Call;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Result;
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
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Relations;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.TriState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Tournant's adapter tells this Square what to hold, and reads it back. */
class SquareWritingTest {
    private static final SquareStandin SQUARE =
            SquareStandin.start(SquareSettings.defaults().withSellers(9).withItems(30));
    private static int next;

    private final SquareStandin.Account account;
    private final Told told;

    SquareWritingTest() {
        account = SQUARE.accounts().get(next++);
        told = new Told(SQUARE, account);
    }

    @AfterAll
    static void stop() {
        SQUARE.close();
    }

    private static RecordKey key(Kind kind, String id) {
        return RecordKey.of(kind, id);
    }

    /** A dish with two sizes and a choice of sauces, under names that Square does not know. */
    private Map<RecordKey, FieldMap> menu() {
        Map<RecordKey, FieldMap> menu = new LinkedHashMap<>();
        menu.put(key(Kind.CATEGORY, "mains"), FieldMap.of(Category.NAME, "Mains"));
        menu.put(
                key(Kind.ITEM, "burger"),
                FieldMap.builder(Kind.ITEM)
                        .set(Item.NAME, "Burger")
                        .set(Item.CATEGORIES, List.of(new Placement(new RecordId("mains"), 2)))
                        .set(
                                Item.MODIFIER_GROUPS,
                                List.of(new GroupUse(
                                        new RecordId("sauces"), 0, Bound.at(1), Bound.at(2), TriState.YES, List.of())))
                        .build());
        menu.put(key(Kind.ITEM, "burger-s"), variation("Small", 0, "9.50"));
        menu.put(key(Kind.ITEM, "burger-l"), variation("Large", 1, "12"));
        menu.put(
                key(Kind.MODIFIER_GROUP, "sauces"),
                FieldMap.builder(Kind.MODIFIER_GROUP)
                        .set(ModifierGroup.NAME, "Sauces")
                        .set(ModifierGroup.OPTIONS, List.of(option("ketchup", 0), option("mayo", 1)))
                        .build());
        menu.put(
                key(Kind.ITEM, "ketchup"),
                FieldMap.builder(Kind.ITEM)
                        .set(Item.NAME, "Ketchup")
                        .set(Item.PRICE, money("0.50"))
                        .build());
        menu.put(key(Kind.ITEM, "mayo"), FieldMap.of(Item.NAME, "Mayo"));
        return menu;
    }

    private FieldMap variation(String name, int place, String price) {
        return FieldMap.builder(Kind.ITEM)
                .set(Item.NAME, name)
                .set(Item.VARIATION_OF, new Placement(new RecordId("burger"), place))
                .set(Item.PRICING, Item.Pricing.FIXED)
                .set(Item.PRICE, money(price))
                .set(Item.STOCK_TRACKED, true)
                .build();
    }

    private static Option option(String item, int place) {
        return new Option(new RecordId(item), place, null, TriState.NO, TriState.UNSET, Bound.UNSET);
    }

    private Money money(String amount) {
        boolean whole = account.currency().equals("JPY");
        return Money.of(whole ? amount.replaceAll("[.].*", "") : amount, account.currency());
    }

    /** What was told is what is read, under Square's names. */
    private void assertHolds(Map<RecordKey, FieldMap> wanted, Map<RecordKey, FieldMap> now) {
        wanted.forEach((key, fields) -> {
            Remote remote = told.remotes.get(key);
            assertThat(remote).as("%s is known at Square", key).isNotNull();
            FieldMap read = now.get(new RecordKey(key.kind(), remote.id()));
            assertThat(read).as("%s is read back", key).isNotNull();
            FieldMap renamed = Relations.renamed(
                    fields,
                    each -> told.remotes.containsKey(each)
                            ? told.remotes.get(each).id()
                            : each.id());
            for (int i = 0; i < renamed.size(); i++) {
                assertThat(read.get(renamed.field(i)))
                        .as("%s %s", key, renamed.field(i).name())
                        .isEqualTo(renamed.value(i));
            }
        });
    }

    @Test
    void createsAMenuInOneCallAndReadsItBack() {
        told.fetch("catalog");
        told.tell(menu(), Set.of());

        assertThat(told.outcomes.keySet()).containsAll(menu().keySet());
        assertThat(told.outcomes.values()).containsOnly(Outcome.DONE);
        assertThat(told.calls).isEqualTo(1);
        assertHolds(menu(), told.fetch("catalog"));
        told.tell(menu(), Set.of());
        assertThat(told.calls).as("what is told already costs no call").isZero();
        assertThat(told.outcomes.values()).containsOnly(Outcome.DONE);
    }

    @Test
    void changesWhatIsThereAndLeavesTheRest() {
        Map<RecordKey, FieldMap> before = told.fetch("catalog");
        Map<RecordKey, FieldMap> wanted = new TreeMap<>();
        before.forEach((key, fields) -> {
            boolean variation = key.kind() == Kind.ITEM && fields.get(Item.VARIATION_OF) != null;
            if (variation && fields.get(Item.PRICE) != null && wanted.size() < 20) {
                wanted.put(key, FieldMap.of(Item.PRICE, money("77")));
            }
        });
        told.tell(wanted, Set.of());

        assertThat(told.outcomes.values()).containsOnly(Outcome.DONE);
        Map<RecordKey, FieldMap> after = told.fetch("catalog");
        assertHolds(wanted, after);
        assertThat(after.keySet()).isEqualTo(before.keySet());
        before.forEach((key, fields) -> {
            if (!wanted.containsKey(key)) {
                assertThat(after.get(key)).as(key.toString()).isEqualTo(fields);
            }
        });
        told.tell(wanted, Set.of());
        assertThat(told.calls)
                .as("the versions of the answer are enough for the next change")
                .isZero();
        told.tell(Map.of(wanted.keySet().iterator().next(), FieldMap.of(Item.PRICE, money("78"))), Set.of());
        assertThat(told.outcomes.values()).containsOnly(Outcome.DONE);
    }

    @Test
    void readsAgainWhenSomebodyElseWasFaster() {
        RecordKey dish = anyDish(told.fetch("catalog"));
        SQUARE.edit(account.merchantId(), EditKind.RENAME, dish.id().value());
        told.tell(Map.of(dish, FieldMap.of(Item.DESCRIPTION, "Mine")), Set.of());
        assertThat(told.outcomes.get(dish)).isInstanceOf(Outcome.ReadAgain.class);

        told.fetch("catalog");
        told.tell(Map.of(dish, FieldMap.of(Item.DESCRIPTION, "Mine & <only> mine")), Set.of());
        assertThat(told.outcomes).containsEntry(dish, Outcome.DONE);
        assertHolds(Map.of(dish, FieldMap.of(Item.DESCRIPTION, "Mine & <only> mine")), told.fetch("catalog"));
    }

    private static RecordKey anyDish(Map<RecordKey, FieldMap> all) {
        return new TreeMap<>(all)
                .entrySet().stream()
                        .filter(each -> each.getKey().kind() == Kind.ITEM
                                && each.getValue().has(Item.MODIFIER_GROUPS)
                                && each.getValue().get(Item.NAME) != null)
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void findsTheOneThatIsToBlameForAWholeBatch() {
        Map<RecordKey, FieldMap> all = told.fetch("catalog");
        List<RecordKey> dishes = new TreeMap<>(all)
                .entrySet().stream()
                        .filter(each -> each.getKey().kind() == Kind.ITEM
                                && each.getValue().has(Item.MODIFIER_GROUPS)
                                && each.getValue().get(Item.NAME) != null)
                        .map(Map.Entry::getKey)
                        .limit(12)
                        .toList();
        Edit gone = SQUARE.edit(
                        account.merchantId(),
                        EditKind.DELETE_ITEM,
                        dishes.get(5).id().value())
                .orElseThrow();
        Map<RecordKey, FieldMap> wanted = new HashMap<>();
        dishes.forEach(dish -> wanted.put(dish, FieldMap.of(Item.DESCRIPTION, "New words")));

        told.tell(wanted, Set.of());

        assertThat(told.outcomes.keySet()).containsAll(wanted.keySet());
        told.outcomes.forEach((key, outcome) -> {
            if (key.id().value().equals(gone.objectId())) {
                assertThat(outcome).isInstanceOf(Outcome.ReadAgain.class);
            } else {
                assertThat(outcome).as(key.toString()).isEqualTo(Outcome.DONE);
            }
        });
        assertThat(told.calls).isBetween(3, 12);
    }

    @Test
    void countsStockAndTakesOffSale() {
        Map<RecordKey, FieldMap> before = told.fetch("catalog");
        told.tell(menu(), Set.of());
        Map<RecordKey, FieldMap> stock = new HashMap<>();
        stock.put(key(Kind.ITEM, "burger-s"), FieldMap.of(Item.QUANTITY, new BigDecimal("7.5")));
        stock.put(key(Kind.ITEM, "burger-l"), FieldMap.of(Item.STATUS, SaleStatus.PAUSED));
        stock.put(key(Kind.ITEM, "ketchup"), FieldMap.of(Item.STATUS, SaleStatus.PAUSED));
        told.tell(stock, Set.of());

        assertThat(before).isNotEmpty();
        assertThat(told.outcomes)
                .containsEntry(key(Kind.ITEM, "burger-s"), Outcome.DONE)
                .containsEntry(key(Kind.ITEM, "burger-l"), Outcome.DONE);
        assertThat(told.outcomes.get(key(Kind.ITEM, "ketchup")))
                .as("a modifier has no stock at Square")
                .isInstanceOf(Outcome.GiveUp.class);
        Map<RecordKey, FieldMap> counts = told.fetch("inventory");
        assertThat(counts.get(key(
                                Kind.ITEM,
                                told.remotes
                                        .get(key(Kind.ITEM, "burger-s"))
                                        .id()
                                        .value()))
                        .get(Item.QUANTITY))
                .isEqualByComparingTo("7.5");
        assertThat(counts.get(key(
                                Kind.ITEM,
                                told.remotes
                                        .get(key(Kind.ITEM, "burger-l"))
                                        .id()
                                        .value()))
                        .get(Item.QUANTITY))
                .isEqualByComparingTo("0");
    }

    @Test
    void findsTheCountThatIsToBlame() {
        told.fetch("catalog");
        told.tell(menu(), Set.of());
        RecordKey small = key(Kind.ITEM, "burger-s");
        RecordKey large = key(Kind.ITEM, "burger-l");
        told.remotes.put(large, new Remote(new RecordId("NOBODY"), 1, null));
        told.tell(
                Map.of(
                        small, FieldMap.of(Item.QUANTITY, BigDecimal.ONE),
                        large, FieldMap.of(Item.QUANTITY, BigDecimal.ONE)),
                Set.of());
        assertThat(told.outcomes).containsEntry(small, Outcome.DONE);
        assertThat(told.outcomes.get(large)).isInstanceOf(Outcome.GiveUp.class);
    }

    @Test
    void deletesAndKnowsWhatIsGoneAlready() {
        told.fetch("catalog");
        told.tell(menu(), Set.of());
        Set<RecordKey> removed = Set.of(key(Kind.ITEM, "burger"), key(Kind.ITEM, "never-heard-of"));
        told.tell(Map.of(), removed);
        assertThat(told.outcomes.keySet()).isEqualTo(removed);
        assertThat(told.outcomes.values()).containsOnly(Outcome.DONE);
        RecordId burger = told.remotes.get(key(Kind.ITEM, "burger")).id();
        assertThat(told.fetch("catalog").get(new RecordKey(Kind.ITEM, burger))).isNull();
    }

    @Test
    void makesNothingTwiceWhenAnAnswerIsLost() {
        told.fetch("catalog");
        Plan plan = told.plan(menu(), Set.of());
        Call call = plan.steps().get(0).get(0);
        told.send(call.request());
        Result again = told.make(call);
        assertThat(again.outcomes().values()).containsOnly(Outcome.DONE);
        long burgers = told.fetch("catalog").values().stream()
                .filter(fields -> !fields.isEmpty() && fields.field(0).kind() == Kind.ITEM)
                .filter(fields -> "Burger".equals(fields.get(Item.NAME)))
                .count();
        assertThat(burgers).isEqualTo(1);
    }

    @Test
    void refusesRecordByRecordWhatSquareCannotBeTold() {
        told.fetch("catalog");
        Map<RecordKey, FieldMap> wanted = new HashMap<>(menu());
        RecordKey photo = key(Kind.PHOTO, "photo");
        RecordKey bare = key(Kind.ITEM, "bare");
        RecordKey lost = key(Kind.ITEM, "lost");
        RecordKey foreign = key(Kind.MODIFIER_GROUP, "endless");
        wanted.put(photo, FieldMap.of(Photo.NAME, "burger.jpg"));
        wanted.put(bare, FieldMap.of(Item.NAME, "Nobody's variation"));
        wanted.put(
                lost,
                FieldMap.builder(Kind.ITEM)
                        .set(Item.NAME, "Large")
                        .set(Item.VARIATION_OF, new Placement(bare.id(), 0))
                        .set(Item.PHOTOS, List.of(photo.id()))
                        .build());
        wanted.put(foreign, FieldMap.of(ModifierGroup.MAX, Bound.UNLIMITED));
        told.tell(wanted, Set.of());

        List<String> refused = new ArrayList<>();
        told.outcomes.forEach((key, outcome) -> {
            if (outcome instanceof Outcome.GiveUp no) {
                refused.add(key + " " + no.code());
            }
        });
        assertThat(refused)
                .containsExactlyInAnyOrder(
                        "photo/photo unsupported",
                        "item/lost unknown-reference",
                        "item/bare no-variation",
                        "modifier-group/endless cannot-say");
        assertHolds(menu(), told.fetch("catalog"));
    }
}
