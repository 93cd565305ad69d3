package dev.tournant.adapter.lens;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.model.Codecs;
import dev.tournant.model.InvalidValue;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Exact numbers in the forms that partners give them. None of them rounds what is written: a number that a form cannot
 * say is an {@link InvalidValue}.
 */
public final class Numbers {
    /** More is no scale of money or percent, but a mistake. */
    private static final int DIGITS_MAX = 12;

    private Numbers() {}

    /** A JSON number, read digit by digit: 12.50 is 12.5. */
    public static final Lens<BigDecimal> EXACT = Lenses.scalar(Numbers::number, Lenses.JSON::numberNode);

    /** A decimal number in text: {@code "8.25"}. */
    public static final Lens<BigDecimal> TEXT = Lenses.DECIMAL_TEXT;

    private static final Lens<BigDecimal> WHOLE = Lenses.scalar(
            node -> node.isIntegralNumber() ? number(node) : Lenses.fail("must be a whole number", node),
            value -> Lenses.JSON.numberNode(whole(value)));

    /**
     * A JSON number that went through a binary double at the partner: 10.990000000000002 is 10.99. What is not within a
     * millionth of a number with so many decimals is refused.
     *
     * @param places decimals of the number that was meant, 0 to 12
     */
    public static Lens<BigDecimal> floating(int places) {
        checkDigits(places);
        BigDecimal millionth = BigDecimal.ONE.movePointLeft(6);
        return Lenses.scalar(
                node -> {
                    BigDecimal given = number(node);
                    BigDecimal meant = given.setScale(places, RoundingMode.HALF_EVEN);
                    return given.subtract(meant).abs().compareTo(millionth) <= 0
                            ? Codecs.DECIMAL.read(meant)
                            : Lenses.fail("must have at most " + places + " decimals", node);
                },
                value -> Lenses.JSON.numberNode(within(value, places)));
    }

    /**
     * A whole number of the unit's fractions: 150 with 2 digits is 1.50, 9000 with 3 digits is 9.
     *
     * @param digits 0 to 12
     */
    public static Lens<BigDecimal> scaled(int digits) {
        return shifted(WHOLE, -checkDigits(digits));
    }

    /**
     * What {@code inner} sees times ten to the power of {@code digits}: a tax of 0.19 with 2 digits is 19 percent.
     *
     * @param digits -12 to 12
     */
    public static Lens<BigDecimal> shifted(Lens<BigDecimal> inner, int digits) {
        checkDigits(Math.abs(digits));
        return Lenses.map(
                inner,
                number -> Codecs.DECIMAL.read(number.movePointRight(digits)),
                value -> Codecs.DECIMAL.read(value.movePointLeft(digits)));
    }

    private static BigDecimal number(JsonNode node) {
        return node.isNumber() ? Codecs.DECIMAL.read(node.decimalValue()) : Lenses.fail("must be a number", node);
    }

    private static java.math.BigInteger whole(BigDecimal value) {
        return within(value, 0).toBigIntegerExact();
    }

    private static BigDecimal within(BigDecimal value, int places) {
        if (value.stripTrailingZeros().scale() > places) {
            throw new InvalidValue(value.toPlainString() + " has more decimals than this partner can be told");
        }
        return value;
    }

    private static int checkDigits(int digits) {
        if (digits < 0 || digits > DIGITS_MAX) {
            throw new IllegalArgumentException(
                    "a number of digits must be from 0 to " + DIGITS_MAX + ", not " + digits);
        }
        return digits;
    }
}
