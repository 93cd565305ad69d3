package dev.tournant.adapter.lens;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Money;
import java.math.BigDecimal;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * Money in the forms that partners give it. Where the amount stands without a currency, it is in that of the store,
 * which whoever makes the lens knows; writing an amount of another currency is an {@link InvalidValue}.
 */
public final class Amounts {
    /** Uber's and others' amounts count hundred-thousandths. */
    private static final int E5 = 5;

    private Amounts() {}

    /** A whole number of the currency's smallest unit: 150 is 1.50 USD, and 150 JPY. */
    public static Lens<Money> minor(Currency currency) {
        return in(currency, Numbers.scaled(Math.max(0, currency.getDefaultFractionDigits())));
    }

    /** A whole number of hundredths, whatever the currency: 15000 is 150 JPY. */
    public static Lens<Money> hundredths(Currency currency) {
        return in(currency, Numbers.scaled(2));
    }

    /** A whole number of hundred-thousandths: 150000 is 1.50 USD. */
    public static Lens<Money> e5(Currency currency) {
        return in(currency, Numbers.scaled(E5));
    }

    /** Any form of number, in major units. */
    public static Lens<Money> in(Currency currency, Lens<BigDecimal> number) {
        return Lenses.map(number, amount -> new Money(amount, currency), money -> amount(money, currency));
    }

    private static BigDecimal amount(Money money, Currency currency) {
        if (!money.currency().equals(currency)) {
            throw new InvalidValue(money + " cannot be told to a partner that has prices in " + currency);
        }
        return money.amount();
    }

    /** An object of an amount in major units, in any form of number, and an ISO 4217 code. */
    public static Lens<Money> object(String amount, Lens<BigDecimal> number, String currency) {
        Lens<BigDecimal> amountLens = Lenses.at(number, amount);
        Lens<String> currencyLens = Lenses.at(Lenses.TEXT, currency);
        return new Lens<>() {
            @Override
            public @Nullable Money get(JsonNode node) {
                BigDecimal major = amountLens.get(node);
                String code = currencyLens.get(node);
                if (major == null && code == null) {
                    return null;
                }
                if (major == null || code == null) {
                    throw new InvalidValue("must have both " + amount + " and " + currency);
                }
                return new Money(major, Money.currency(code));
            }

            @Override
            public JsonNode put(JsonNode node, @Nullable Money value) {
                Lenses.checkObject(node);
                if (value == null) {
                    boolean none = Lenses.isAbsent(node.path(amount)) && Lenses.isAbsent(node.path(currency));
                    return none ? node : Lenses.MISSING;
                }
                return currencyLens.put(
                        amountLens.put(node, value.amount()), value.currency().getCurrencyCode());
            }
        };
    }
}
