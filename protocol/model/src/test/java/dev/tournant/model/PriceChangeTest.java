package dev.tournant.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Currency;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class PriceChangeTest {
    /** Computed once more in whole numbers: half up of minor x (100 + percent) / 100. */
    @Property
    void isExactInEveryCurrency(
            @ForAll @LongRange(min = 1, max = 9_999_999_999L) long minor,
            @ForAll @IntRange(min = -100_000, max = 10_000_000) int thousandths,
            @ForAll("currencies") Currency currency) {
        PriceChange change =
                PriceChange.percent(BigDecimal.valueOf(thousandths, 3).toPlainString());

        BigInteger twice = BigInteger.valueOf(minor)
                .multiply(BigInteger.valueOf(100_000L + thousandths))
                .shiftLeft(1);
        BigInteger expected = twice.add(BigInteger.valueOf(100_000)).divide(BigInteger.valueOf(200_000));
        BigInteger most =
                BigInteger.TEN.pow(12 + currency.getDefaultFractionDigits()).subtract(BigInteger.ONE);
        assertThat(change.changed(Money.ofMinor(minor, currency)))
                .isEqualTo(Money.ofMinor(expected.min(most).longValueExact(), currency));
    }

    @Property
    void isNeverNegativeNorLessThanAMinorUnitFine(
            @ForAll("changes") PriceChange change,
            @ForAll @LongRange(min = 0, max = 999_999_999_999L) long minor,
            @ForAll("currencies") Currency currency) {
        Money changed = change.changed(Money.ofMinor(minor, currency));
        assertThat(changed.toMinor()).isNotNegative();
        assertThat(Money.CODEC.read(Money.CODEC.write(changed))).isEqualTo(changed);
    }

    /** On the ladder, beside the amount, and no further than the mode allows. */
    @Property
    void roundsToTheLadder(
            @ForAll("roundings") Rounding rounding, @ForAll @LongRange(min = 1, max = 100_000_000) long cents) {
        BigDecimal amount = BigDecimal.valueOf(cents, 2);
        BigDecimal rounded = rounding.round(amount);
        BigDecimal above = rounding.ending() == null ? BigDecimal.ZERO : rounding.ending();
        assertThat(rounded.subtract(above).remainder(rounding.to())).isZero();
        assertThat(rounding.round(rounded)).isEqualByComparingTo(rounded);
        BigDecimal off = rounded.subtract(amount);
        assertThat(off.abs()).isLessThan(rounding.to());
        if (rounding.mode() == Rounding.Mode.UP) {
            assertThat(off).isNotNegative();
        } else if (rounding.mode() == Rounding.Mode.DOWN) {
            assertThat(off).matches(down -> down.signum() <= 0 || rounded.equals(above));
        } else {
            assertThat(off.abs().add(off.abs()))
                    .matches(twice -> twice.compareTo(rounding.to()) <= 0 || rounded.equals(above));
        }
    }

    @Example
    void roundsAsItIsTold() {
        PriceChange more = PriceChange.percent("15");
        assertThat(more.changed(usd("9.99"))).isEqualTo(usd("11.49"));
        assertThat(more.rounded(Rounding.to("0.05", Rounding.Mode.NEAREST)).changed(usd("9.99")))
                .isEqualTo(usd("11.50"));
        assertThat(more.rounded(Rounding.to("0.5", Rounding.Mode.DOWN)).changed(usd("9.99")))
                .isEqualTo(usd("11.00"));
        Rounding ending = new Rounding(BigDecimal.ONE, Rounding.Mode.NEAREST, new BigDecimal("0.99"));
        assertThat(more.rounded(ending).changed(usd("10.00"))).isEqualTo(usd("11.99"));
        assertThat(more.rounded(ending).changed(usd("9.55"))).isEqualTo(usd("10.99"));
        assertThat(more.rounded(ending).changed(usd("0.30"))).isEqualTo(usd("0.99"));
    }

    @Example
    void leavesFreeWhatIsFreeAndTakesNoMoreThanThereIs() {
        assertThat(PriceChange.add(usd("1.00")).changed(usd("0"))).isEqualTo(usd("0"));
        assertThat(PriceChange.add(usd("1.00")).changed(usd("-0.505"))).isEqualTo(usd("-0.505"));
        assertThat(PriceChange.add(usd("-3.00")).changed(usd("2"))).isEqualTo(usd("0"));
        assertThat(PriceChange.percent("-100").changed(usd("2"))).isEqualTo(usd("0"));
    }

    @Example
    void leavesAmountsOfOtherCurrenciesToAddTo() {
        Money yen = Money.of("100", "JPY");
        assertThat(PriceChange.add(usd("1.00")).changed(yen)).isEqualTo(yen);
        assertThat(PriceChange.percent("10").changed(yen)).isEqualTo(Money.of("110", "JPY"));
    }

    @Example
    void staysBelowTheLargestAmount() {
        assertThat(PriceChange.percent("10000").changed(usd("999999999999.99"))).isEqualTo(usd("999999999999.99"));
    }

    @Example
    void setsNoPrice() {
        assertThatThrownBy(
                        () -> new PriceChange(new PriceRule.Then.Set(usd("1")), null, List.of(), List.of(), List.of()))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("set a single price by an override");
    }

    private static Money usd(String amount) {
        return Money.of(amount, "USD");
    }

    @Provide
    Arbitrary<PriceChange> changes() {
        return GeneratedProjections.change();
    }

    @Provide
    Arbitrary<Rounding> roundings() {
        return GeneratedProjections.rounding();
    }

    /** With 0, 2 and 3 decimals. */
    @Provide
    Arbitrary<Currency> currencies() {
        return Arbitraries.of("JPY", "USD", "KWD").map(Currency::getInstance);
    }
}
