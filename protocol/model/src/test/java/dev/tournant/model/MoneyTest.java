package dev.tournant.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Currency;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

class MoneyTest {
    private static final Currency USD = Currency.getInstance("USD");
    private static final Currency JPY = Currency.getInstance("JPY");
    private static final Currency KWD = Currency.getInstance("KWD");

    @Example
    void countsInTheSmallestUnitOfItsCurrency() {
        assertThat(Money.ofMinor(150, USD)).isEqualTo(Money.of("1.50", "USD"));
        assertThat(Money.ofMinor(150, JPY)).isEqualTo(Money.of("150", "JPY"));
        assertThat(Money.ofMinor(1500, KWD)).isEqualTo(Money.of("1.500", "KWD"));
        assertThat(Money.of("1.5", "USD").toMinor()).isEqualTo(150);
        assertThat(Money.of("150", "JPY").toMinor()).isEqualTo(150);
        assertThat(Money.of("1.5", "KWD").toMinor()).isEqualTo(1500);
    }

    @Property(tries = 200)
    void comesBackFromMinorUnitsUnchanged(
            @ForAll @LongRange(min = -99_999_999_999L, max = 99_999_999_999L) long minor,
            @ForAll("currencies") Currency currency) {
        assertThat(Money.ofMinor(minor, currency).toMinor()).isEqualTo(minor);
    }

    @Example
    void refusesMinorUnitsThatWouldRound() {
        assertThatThrownBy(() -> Money.of("1.505", "USD").toMinor())
                .isInstanceOf(InvalidValue.class)
                .hasMessage("amount: 1.505 USD is no whole number of minor units");
        assertThatThrownBy(() -> Money.of("0.5", "JPY").toMinor()).isInstanceOf(InvalidValue.class);
    }

    @Example
    void equalsWhatIsWorthTheSame() {
        assertThat(Money.of("1.5", "USD"))
                .isEqualTo(Money.of("1.50000000", "USD"))
                .hasToString("1.50 USD");
        assertThat(Money.of("1E2", "USD")).isEqualTo(Money.of("100", "USD")).hasToString("100.00 USD");
        assertThat(Money.of("0.125", "USD")).hasToString("0.125 USD");
        assertThat(Money.of("-0.0", "USD")).isEqualTo(Money.of("0", "USD"));
        assertThat(Money.of("1", "USD")).isNotEqualTo(Money.of("1", "EUR"));
    }

    @Example
    void isExactWhereDoublesAreNot() {
        assertThat(Money.of("999999999999.99999999", "USD")).hasToString("999999999999.99999999 USD");
        assertThat(Money.CODEC.read(Map.of("amount", 0.1, "currency", "USD"))).isEqualTo(Money.of("0.10", "USD"));
    }

    @Example
    void saysWhatIsTooMuchAndWhere() {
        assertThatThrownBy(() -> Item.PRICE.read(Map.of("amount", "1000000000000", "currency", "USD")))
                .hasMessage("price.amount: must be below 1000000000000");
        assertThatThrownBy(() -> Item.PRICE.read(Map.of("amount", "0.000000001", "currency", "USD")))
                .hasMessage("price.amount: has 9 decimals; send at most 8");
        assertThatThrownBy(() -> Item.PRICE.read(Map.of("amount", "1", "currency", "usd")))
                .hasMessage("price.currency: \"usd\" is no ISO 4217 currency; send three capital letters such as USD");
        assertThatThrownBy(() -> Item.PRICE.read(Map.of("amount", "1"))).hasMessage("price.currency: is missing");
        assertThatThrownBy(() -> Item.PRICE.read(Map.of("amount", "1", "currency", "USD", "tip", 1)))
                .hasMessage("price.tip: is unknown here; use one of amount, currency");
    }

    @Provide
    Arbitrary<Currency> currencies() {
        return GeneratedValues.currency();
    }
}
