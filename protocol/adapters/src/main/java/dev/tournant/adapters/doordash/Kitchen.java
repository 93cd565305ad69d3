package dev.tournant.adapters.doordash;

import dev.tournant.adapters.doordash.MenuTree.Choice;
import dev.tournant.adapters.doordash.MenuTree.Dish;
import dev.tournant.adapters.doordash.MenuTree.Extra;
import dev.tournant.adapters.doordash.Shelf.Standing;
import dev.tournant.model.FieldMap;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Money;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Tax;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes dishes and choices of items. What cannot be told is left out, and noted.
 *
 * <p>DoorDash has a price on every item and knows no variations: several of them become an extra of which one is to be
 * chosen, and the dish costs what the cheapest does; of one alone the dish takes price and extras.
 *
 * <p>An extra that asks for more than it offers fails a whole menu there. Here it takes what it belongs to off sale, which
 * is the truth: nobody could order it.
 */
final class Kitchen {
    /** What stands over choices that nobody has named. */
    static final String UNNAMED = "Choose";

    /** With what ids of extras begin that variations become. */
    static final String SIZES = "sizes:";

    private static final String CANNOT_SAY = "cannot-say";

    private final Shelf shelf;
    private final Prices prices;
    private final Instant now;
    private final Findings findings;
    private final Extras extras;

    Kitchen(Shelf shelf, Instant now, Findings findings) {
        this.shelf = shelf;
        this.prices = new Prices(shelf);
        this.now = now;
        this.findings = findings;
        this.extras = new Extras(shelf, findings, this);
    }

    /** What an item is sold for and what may be chosen; {@code orderable} if there is something of all that it asks for. */
    private record Priced(long cents, List<Extra> extras, boolean orderable) {}

    Optional<Dish> dish(Standing item, int sort, Path around) {
        FieldMap fields = item.fields();
        Path path = around.to(item.id());
        return prepared(item.id(), fields, () -> {
            Priced priced = priced(item.id(), fields, path, false);
            return new Dish(
                    item.id(),
                    name(fields),
                    text(fields.get(Item.DESCRIPTION)),
                    priced.orderable && Offered.item(fields, now),
                    sort,
                    priced.cents,
                    taxRate(fields),
                    Boolean.TRUE.equals(fields.get(Item.ALCOHOL)),
                    priced.extras);
        });
    }

    /** A choice that costs what the item does; one that says nothing is {@code free}, or refused. */
    Optional<Choice> choice(RecordId id, int sort, boolean onByDefault, Path around, boolean free) {
        FieldMap fields = shelf.fields(new RecordKey(Kind.ITEM, id));
        Path path = around.to(id);
        return prepared(id, fields, () -> {
            Priced priced = priced(id, fields, path, free);
            return choice(id, fields, sort, onByDefault, priced);
        });
    }

    /** A choice of a price that the extra sets. */
    Optional<Choice> choiceAt(RecordId id, int sort, boolean onByDefault, Path around, Money price) {
        FieldMap fields = shelf.fields(new RecordKey(Kind.ITEM, id));
        long cents = prices.cents(price, FieldMap.EMPTY, List.of());
        return prepared(id, fields, () -> {
            List<Extra> within = extras.of(fields, around.to(id), 0);
            return choice(id, fields, sort, onByDefault, new Priced(cents, within, canBeMet(within)));
        });
    }

    private Choice choice(RecordId id, FieldMap fields, int sort, boolean onByDefault, Priced priced) {
        boolean active = priced.orderable && Offered.item(fields, now);
        return new Choice(
                id,
                name(fields),
                text(fields.get(Item.DESCRIPTION)),
                active,
                sort,
                priced.cents,
                taxRate(fields),
                onByDefault && active,
                priced.extras);
    }

    /** Makes something. */
    private interface Making<T> {
        T make();
    }

    private <T> Optional<T> prepared(RecordId id, FieldMap fields, Making<T> making) {
        RecordKey key = new RecordKey(Kind.ITEM, id);
        findings.use(key);
        if (Offered.isArchived(fields)) {
            return Optional.empty();
        }
        try {
            return Optional.of(making.make());
        } catch (InvalidValue e) {
            findings.refuse(key, CANNOT_SAY, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Priced priced(RecordId id, FieldMap item, Path path, boolean free) {
        if (item.get(Item.PRICING) == Item.Pricing.OPEN) {
            throw new InvalidValue("is entered at the till").under("price");
        }
        Money own = base(item, path);
        List<Choice> variations = own == null ? variations(id, path) : List.of();
        if (!variations.isEmpty()) {
            return ofVariations(id, variations, extras.of(item, path, 1));
        }
        if (own == null && !free) {
            throw new InvalidValue("is missing, and so is that of every variation").under("price");
        }
        List<Extra> within = extras.of(item, path, 0);
        return new Priced(own == null ? 0 : cents(own, item, path), within, canBeMet(within));
    }

    /** Its own price, or where it has none what a rule sets here: that of an option may be its group's. */
    private @Nullable Money base(FieldMap item, Path path) {
        Money own = item.get(Item.PRICE);
        try {
            return own == null ? prices.set(item, path.ids()) : own;
        } catch (InvalidValue e) {
            throw e.under("price");
        }
    }

    private long cents(Money base, FieldMap item, Path path) {
        try {
            return prices.cents(base, item, path.ids());
        } catch (InvalidValue e) {
            throw e.under("price");
        }
    }

    private List<Choice> variations(RecordId dish, Path path) {
        List<Standing> all = shelf.variations(dish);
        List<Choice> choices = new ArrayList<>();
        if (!all.isEmpty()) {
            Path inside = path.into(sizes(dish));
            all.forEach(each ->
                    choice(each.id(), choices.size(), false, inside, false).ifPresent(choices::add));
        }
        return choices;
    }

    private static Priced ofVariations(RecordId id, List<Choice> variations, List<Extra> ofDish) {
        List<Extra> all = new ArrayList<>();
        if (variations.size() == 1) {
            Choice only = variations.get(0);
            all.addAll(ofDish);
            all.addAll(only.extras());
            List<Extra> numbered = numbered(all);
            return new Priced(only.cents(), numbered, only.active() && canBeMet(numbered));
        }
        boolean anyActive = variations.stream().anyMatch(Choice::active);
        long least = variations.stream()
                .filter(each -> each.active() || !anyActive)
                .mapToLong(Choice::cents)
                .min()
                .orElseThrow();
        List<Choice> choices = variations.stream()
                .map(each -> each.withCents(Math.max(0, each.cents() - least)))
                .toList();
        all.add(new Extra(sizes(id), UNNAMED, true, 0, 1, 1L, null, choices));
        all.addAll(ofDish);
        return new Priced(least, numbered(all), canBeMet(all));
    }

    private static RecordId sizes(RecordId dish) {
        String name = SIZES + dish;
        return new RecordId(name.substring(0, Math.min(name.length(), RecordId.CHARS_MAX)));
    }

    private static List<Extra> numbered(List<Extra> extras) {
        List<Extra> numbered = new ArrayList<>();
        extras.forEach(each -> numbered.add(each.withSort(numbered.size())));
        return numbered;
    }

    private static boolean canBeMet(List<Extra> extras) {
        return extras.stream().allMatch(Extra::canBeMet);
    }

    private static String name(FieldMap item) {
        String name = text(item.get(Item.NAME));
        if (name == null) {
            throw new InvalidValue("is missing").under("name");
        }
        return name;
    }

    /** Null for what is blank. */
    static @Nullable String text(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /** The sum of taxes that come on top; null where none does. */
    private @Nullable BigDecimal taxRate(FieldMap item) {
        List<RecordId> taxes = item.get(Item.TAXES);
        BigDecimal sum = null;
        for (RecordId id : taxes == null ? List.<RecordId>of() : taxes) {
            RecordKey key = new RecordKey(Kind.TAX, id);
            FieldMap tax = shelf.fields(key);
            BigDecimal percent = tax.get(Tax.PERCENT);
            findings.use(key);
            if (percent != null
                    && !Boolean.FALSE.equals(tax.get(Tax.ENABLED))
                    && tax.get(Tax.INCLUSION) != Tax.Inclusion.INCLUSIVE) {
                sum = sum == null ? percent : sum.add(percent);
            }
        }
        return sum;
    }
}
