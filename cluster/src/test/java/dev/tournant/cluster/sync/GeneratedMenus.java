package dev.tournant.cluster.sync;

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
import dev.tournant.model.Photo;
import dev.tournant.model.Placement;
import dev.tournant.model.PriceChange;
import dev.tournant.model.PriceRule;
import dev.tournant.model.Projection;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Rounding;
import dev.tournant.model.Stamp;
import dev.tournant.model.Store;
import dev.tournant.model.Tax;
import dev.tournant.model.TriState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Merchants as they are: menus, categories in categories, dishes with variations and modifiers, and odd price rules. */
final class GeneratedMenus {
    private final Random random;
    private final List<FlatRecord> records = new ArrayList<>();
    private final int menus;
    private final int categories;
    private final int groups;
    private final int items;

    private GeneratedMenus(Random random) {
        this.random = random;
        menus = 1 + random.nextInt(3);
        categories = random.nextInt(8);
        groups = random.nextInt(6);
        items = random.nextInt(30);
    }

    /** A merchant with a projection that speaks of its records. */
    record Sample(List<FlatRecord> records, Projection projection) {}

    static Arbitrary<Sample> samples() {
        return Arbitraries.longs().map(seed -> new GeneratedMenus(new Random(seed)).sample());
    }

    static FlatRecord record(RecordKey key, FieldMap fields) {
        RecordDelta delta = RecordDelta.set(key, Stamp.ZERO, 0, fields);
        return FlatRecord.unknown(key).after(delta, delta.provenance(new LinkId("sq-1"), "e"), 1);
    }

    private Sample sample() {
        add(Kind.STORE, "store", FieldMap.builder(Kind.STORE).set(Store.NAME, "Grill"));
        for (int i = 0; i < menus; i++) {
            add(Kind.MENU, "m" + i, FieldMap.builder(Kind.MENU).set(Menu.NAME, "Menu " + i));
        }
        for (int i = 0; i < categories; i++) {
            category(i);
        }
        for (int i = 0; i < 3; i++) {
            add(Kind.PHOTO, "p" + i, FieldMap.builder(Kind.PHOTO).set(Photo.URL, "https://example.com/" + i));
            add(Kind.TAX, "t" + i, FieldMap.builder(Kind.TAX).set(Tax.PERCENT, new BigDecimal(i)));
        }
        for (int i = 0; i < items; i++) {
            item(i);
        }
        for (int i = 0; i < groups; i++) {
            group(i);
        }
        return new Sample(List.copyOf(records), projection());
    }

    private void add(Kind kind, String id, FieldMap.Builder fields) {
        records.add(record(RecordKey.of(kind, id), fields.build()));
    }

    private void category(int i) {
        FieldMap.Builder fields = FieldMap.builder(Kind.CATEGORY).set(Category.NAME, "Category " + i);
        if (i > 0 && random.nextInt(3) == 0) {
            fields.set(Category.PARENT, in("c" + random.nextInt(i)));
        }
        if (random.nextBoolean()) {
            fields.set(Category.MENUS, placements("m", menus));
        }
        if (random.nextInt(3) == 0) {
            fields.set(Category.PHOTOS, ids("p", 3));
        }
        add(Kind.CATEGORY, "c" + i, fields);
    }

    /** Every third is a modifier without a category or groups; of the others some are variations of those before. */
    private void item(int i) {
        FieldMap.Builder fields = FieldMap.builder(Kind.ITEM).set(Item.NAME, "Item " + i);
        fields.setOrClear(Item.PRICE, random.nextInt(5) == 0 ? null : money());
        if (random.nextBoolean()) {
            fields.set(Item.TAXES, ids("t", 3)).set(Item.PHOTOS, ids("p", 3));
        }
        if (random.nextInt(3) == 0) {
            fields.set(Item.PRICE_RULES, List.of(rule(), rule()));
        }
        if (i % 3 == 1) {
            fields.setOrClear(Item.VARIATION_OF, i > 1 && random.nextInt(4) == 0 ? in("i1") : null);
        } else if (i % 3 == 2 && random.nextBoolean()) {
            fields.set(Item.VARIATION_OF, in("i" + (i - 2)));
        } else {
            fields.set(Item.CATEGORIES, placements("c", categories));
            fields.set(
                    Item.MODIFIER_GROUPS,
                    ids("g", groups).stream()
                            .map(id -> new GroupUse(id, 0, Bound.UNSET, Bound.UNSET, TriState.UNSET, List.of()))
                            .toList());
        }
        add(Kind.ITEM, "i" + i, fields);
    }

    private void group(int i) {
        List<Option> options = new ArrayList<>();
        for (int j = 1; j < items; j += 3) {
            if (random.nextInt(4) == 0) {
                options.add(new Option(
                        new RecordId("i" + j),
                        j,
                        random.nextBoolean() ? money() : null,
                        TriState.UNSET,
                        TriState.UNSET,
                        Bound.UNSET));
            }
        }
        add(Kind.MODIFIER_GROUP, "g" + i, FieldMap.builder(Kind.MODIFIER_GROUP).set(ModifierGroup.OPTIONS, options));
    }

    private PriceRule rule() {
        List<Fulfilment> when = random.nextBoolean() ? List.of() : List.of(fulfilment());
        PriceRule.Then then = random.nextBoolean()
                ? new PriceRule.Then.Set(money())
                : random.nextBoolean()
                        ? new PriceRule.Then.Add(money())
                        : new PriceRule.Then.Percent(new BigDecimal(random.nextInt(40) - 20));
        return new PriceRule(new PriceRule.When(List.of(), when, List.of(), null, null, null), then);
    }

    private Fulfilment fulfilment() {
        return Fulfilment.values()[random.nextInt(Fulfilment.values().length)];
    }

    private Money money() {
        return Money.of(BigDecimal.valueOf(random.nextInt(3000), 2).toPlainString(), "USD");
    }

    private static Placement in(String id) {
        return new Placement(new RecordId(id), 0);
    }

    private List<Placement> placements(String prefix, int count) {
        return ids(prefix, count).stream().map(id -> new Placement(id, 0)).toList();
    }

    /** None, one or two of those that there are. */
    private List<RecordId> ids(String prefix, int count) {
        return random.ints(random.nextInt(3), 0, Math.max(1, count))
                .filter(i -> i < count)
                .distinct()
                .mapToObj(i -> new RecordId(prefix + i))
                .toList();
    }

    private Projection projection() {
        List<RecordKey> without = new ArrayList<>();
        List<Projection.ChannelValues> overrides = new ArrayList<>();
        for (FlatRecord record : records) {
            if (random.nextInt(15) == 0) {
                without.add(record.key());
            }
            if (record.key().kind() == Kind.ITEM && random.nextInt(8) == 0) {
                overrides.add(new Projection.ChannelValues(
                        record.key(),
                        random.nextBoolean()
                                ? FieldMap.of(Item.NAME, "Special")
                                : FieldMap.builder(Kind.ITEM)
                                        .set(Item.PRICE, money())
                                        .set(Item.PRICE_RULES, List.of())
                                        .build()));
            }
        }
        return new Projection(ids("m", menus), without, changes(), overrides);
    }

    private List<PriceChange> changes() {
        List<PriceChange> changes = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            PriceRule.Then by = random.nextBoolean()
                    ? new PriceRule.Then.Percent(new BigDecimal(random.nextInt(60) - 20))
                    : new PriceRule.Then.Add(Money.of("0.35", "USD"));
            changes.add(new PriceChange(
                    by,
                    random.nextBoolean() ? null : Rounding.to("0.05", Rounding.Mode.UP),
                    random.nextInt(3) == 0 ? ids("i", items) : List.of(),
                    random.nextInt(3) == 0 ? ids("c", categories) : List.of(),
                    random.nextInt(3) == 0 ? List.of(fulfilment()) : List.of()));
        }
        return changes;
    }
}
