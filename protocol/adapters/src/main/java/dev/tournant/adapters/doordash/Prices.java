package dev.tournant.adapters.doordash;

import dev.tournant.model.FieldMap;
import dev.tournant.model.Fulfilment;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Item;
import dev.tournant.model.Money;
import dev.tournant.model.PriceRule;
import dev.tournant.model.RecordId;
import dev.tournant.model.Store;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prices in whole cents of the store's currency: the base price, or what the first rule says that holds for a delivery by
 * DoorDash at any time. Rules for hours, sizes and later selections cannot be told.
 */
final class Prices {
    private static final String CHANNEL = DoorDashAdapter.DOORDASH.value();

    private final @Nullable Currency currency;

    /** In the store's currency; where that is not known, in the one that most prices are in. */
    Prices(Shelf shelf) {
        Currency named = shelf.store().get(Store.CURRENCY);
        this.currency = named == null ? usual(shelf.all(Item.PRICE)) : named;
    }

    private static @Nullable Currency usual(List<Money> prices) {
        Map<Currency, Integer> counts = new HashMap<>();
        prices.forEach(each -> counts.merge(each.currency(), 1, Integer::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.<Currency, Integer>comparingByValue()
                        .thenComparing(each -> each.getKey().getCurrencyCode(), Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    /**
     * {@link InvalidValue} where it cannot be told.
     *
     * @param path the records around the item and itself, from the outermost
     */
    long cents(Money base, FieldMap item, List<RecordId> path) {
        Money price = checked(base);
        List<PriceRule> rules = item.get(Item.PRICE_RULES);
        for (PriceRule rule : rules == null ? List.<PriceRule>of() : rules) {
            if (holds(rule.when(), path)) {
                price = after(rule.then(), price);
                break;
            }
        }
        long cents = price.toMinor();
        if (cents < 0) {
            throw new InvalidValue("is " + price + "; DoorDash takes no price below 0");
        }
        return cents;
    }

    private Money checked(Money money) {
        if (currency != null && !money.currency().equals(currency)) {
            throw new InvalidValue("is in " + money.currency() + ", and the store's currency is " + currency);
        }
        return money;
    }

    /**
     * What a rule sets for an item that has no price of its own; null where none speaks of it here. {@link InvalidValue}
     * where its price is known only by what cannot be told: it must not look as if it cost nothing.
     */
    @Nullable
    Money set(FieldMap item, List<RecordId> path) {
        List<PriceRule> rules = item.get(Item.PRICE_RULES);
        boolean depends = false;
        for (PriceRule rule : rules == null ? List.<PriceRule>of() : rules) {
            if (rule.then() instanceof PriceRule.Then.Set set && isHere(rule.when(), path)) {
                if (holds(rule.when(), path)) {
                    return set.price();
                }
                depends = true;
            }
        }
        if (depends) {
            throw new InvalidValue("depends on the size, the hour or what was chosen before; DoorDash takes one price");
        }
        return null;
    }

    private static boolean holds(PriceRule.When when, List<RecordId> path) {
        boolean always =
                when.during() == null && when.size() == null && (when.sequence() == null || when.sequence() == 1);
        return always && isHere(when, path);
    }

    private static boolean isHere(PriceRule.When when, List<RecordId> path) {
        boolean here = when.channels().isEmpty() || when.channels().contains(CHANNEL);
        boolean delivered = when.fulfilments().isEmpty() || when.fulfilments().contains(Fulfilment.DELIVERY);
        int from = path.size() - when.path().size();
        return here && delivered && from >= 0 && path.subList(from, path.size()).equals(when.path());
    }

    private Money after(PriceRule.Then then, Money base) {
        if (then instanceof PriceRule.Then.Set set) {
            return checked(set.price());
        }
        if (then instanceof PriceRule.Then.Add add) {
            return new Money(base.amount().add(checked(add.difference()).amount()), base.currency());
        }
        if (then instanceof PriceRule.Then.Percent percent) {
            BigDecimal factor = BigDecimal.ONE.add(percent.percent().movePointLeft(2));
            int decimals = Math.max(0, base.currency().getDefaultFractionDigits());
            return new Money(base.amount().multiply(factor).setScale(decimals, RoundingMode.HALF_UP), base.currency());
        }
        throw new IllegalStateException("no such change of a price: " + then);
    }
}
