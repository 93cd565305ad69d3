package dev.tournant.model;

import java.util.Currency;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds amounts inside values, so that a price in a foreign currency is noticed wherever it hides. */
public final class Currencies {
    private Currencies() {}

    /** Throws {@link InvalidValue} naming the field if a value holds an amount that is not in {@code wanted}. */
    public static void check(FieldMap fields, Currency wanted) {
        for (int i = 0; i < fields.size(); i++) {
            Currency foreign = foreign(fields.value(i), wanted);
            if (foreign != null) {
                throw refused(foreign, wanted).under(fields.field(i).name());
            }
        }
    }

    static InvalidValue refused(Currency foreign, Currency wanted) {
        return new InvalidValue("is in " + foreign + ", but the merchant's currency is " + wanted + "; send " + wanted
                + " or change the merchant's currency first");
    }

    private static @Nullable Currency foreign(@Nullable Object value, Currency wanted) {
        if (value instanceof Money money) {
            return money.currency().equals(wanted) ? null : money.currency();
        }
        if (value instanceof PriceRule rule) {
            return foreign(
                    rule.then() instanceof PriceRule.Then.Set set
                            ? set.price()
                            : rule.then() instanceof PriceRule.Then.Add add ? add.difference() : null,
                    wanted);
        }
        if (value instanceof Option option) {
            return foreign(option.price(), wanted);
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(each -> foreign(each, wanted))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
        return null;
    }
}
