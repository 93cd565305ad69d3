package dev.tournant.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * An exact amount of one currency. Two amounts are equal when they are worth the same: the scale is kept at the
 * currency's own number of decimals, and above it only as far as the amount needs.
 *
 * @param amount in major units (dollars, not cents); at most 12 digits before and 8 after the point
 */
public record Money(BigDecimal amount, Currency currency) {
    public static final int DECIMALS_MAX = 8;
    private static final BigDecimal LIMIT = BigDecimal.TEN.pow(12);

    /** JSON: {@code {"amount": "1.50", "currency": "USD"}}; the amount is text, so that no reader rounds it. */
    public static final Codec<Money> CODEC = Codec.of(Money::read, Money::write);

    public Money {
        if (amount.abs().compareTo(LIMIT) >= 0) {
            throw new InvalidValue("must be below 1000000000000").under("amount");
        }
        int own = Math.max(0, currency.getDefaultFractionDigits());
        BigDecimal shortest = amount.stripTrailingZeros();
        if (shortest.scale() > DECIMALS_MAX) {
            throw new InvalidValue("has " + shortest.scale() + " decimals; send at most " + DECIMALS_MAX)
                    .under("amount");
        }
        amount = shortest.scale() < own ? shortest.setScale(own) : shortest;
    }

    public static Money of(String amount, String currency) {
        return new Money(new BigDecimal(amount), Currency.getInstance(currency));
    }

    /** From the smallest unit of the currency: 150 USD cents, 150 JPY. */
    public static Money ofMinor(long minor, Currency currency) {
        return new Money(BigDecimal.valueOf(minor, Math.max(0, currency.getDefaultFractionDigits())), currency);
    }

    /**
     * The nearest whole number of minor units; what is larger than any amount becomes the largest.
     *
     * @param rounding which way the rest goes
     */
    public static Money ofExact(BigDecimal amount, Currency currency, RoundingMode rounding) {
        int own = Math.max(0, currency.getDefaultFractionDigits());
        BigDecimal most = LIMIT.subtract(BigDecimal.ONE.movePointLeft(own));
        return new Money(amount.setScale(own, rounding).min(most).max(most.negate()), currency);
    }

    /** In the smallest unit of the currency; {@link InvalidValue} where that would round. */
    public long toMinor() {
        try {
            return amount.movePointRight(Math.max(0, currency.getDefaultFractionDigits()))
                    .longValueExact();
        } catch (ArithmeticException e) {
            throw new InvalidValue(this + " is no whole number of minor units").under("amount");
        }
    }

    /** Reads an ISO 4217 code. */
    public static Currency currency(String code) {
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw new InvalidValue("\"" + code + "\" is no ISO 4217 currency; send three capital letters such as USD");
        }
    }

    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency;
    }

    private static Money read(Object json) {
        Members in = Members.of(json, "amount", "currency");
        return new Money(in.need("amount", Codecs.DECIMAL), in.need("currency", Codecs.CURRENCY));
    }

    private static Object write(Money money) {
        return Members.out()
                .put("amount", Codecs.DECIMAL_AS_IS, money.amount)
                .put("currency", Codecs.CURRENCY, money.currency)
                .map();
    }
}
