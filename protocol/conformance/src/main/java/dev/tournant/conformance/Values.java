package dev.tournant.conformance;

import dev.tournant.model.FieldMap;
import dev.tournant.model.Fields;
import dev.tournant.model.Money;
import dev.tournant.model.RecordKey;
import dev.tournant.model.TriState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Values to write, of the same type as one that was read. */
final class Values {
    private static final List<String> TEXTS =
            List.of("x", "Crème brûlée 🍮", "<b>a & b</b>", "\"quoted\\\"", "  blanks  ", "مرحبا", "line\nbreak");
    private static final List<TriState> TRI_STATES = List.of(TriState.values());
    /** The largest price that is tried, in minor units: a million dollars. */
    private static final int MINOR_MAX = 100_000_000;

    private static final int MENU_MINOR_MAX = 100_000;
    private static final int TEXT_CHARS_MAX = 200;

    /** Follows a text to make it another one. */
    static final String RENAMED = " by kit";

    private Values() {}

    /** Null for a type of which nothing is made up. */
    static @Nullable Object other(@Nullable Object value, Random random) {
        if (value instanceof String) {
            return TEXTS.get(random.nextInt(TEXTS.size()));
        }
        if (value instanceof Money money) {
            return price(money.currency(), random);
        }
        if (value instanceof Boolean flag) {
            return !flag;
        }
        if (value instanceof Long) {
            return (long) random.nextInt(1_000);
        }
        if (value instanceof BigDecimal) {
            return new BigDecimal(random.nextInt(2_000)).movePointLeft(2);
        }
        if (value instanceof TriState) {
            return TRI_STATES.get(random.nextInt(TRI_STATES.size()));
        }
        if (value instanceof List<?> list && list.size() > 1) {
            List<Object> turned = new ArrayList<>(list);
            Collections.rotate(turned, 1 + random.nextInt(list.size() - 1));
            return turned;
        }
        return null;
    }

    /** Other values than this one, most usual first; none for a type of which nothing is made up. */
    static List<Object> changed(Object value) {
        if (value instanceof String text) {
            return text.length() < TEXT_CHARS_MAX ? List.of(text + RENAMED) : List.of();
        }
        if (value instanceof Money money) {
            return List.of(new Money(money.amount().add(BigDecimal.ONE), money.currency()));
        }
        if (value instanceof Boolean flag) {
            return List.of(!flag);
        }
        if (value instanceof Long number) {
            return List.of(number + 1);
        }
        if (value instanceof BigDecimal number) {
            return List.of(number.add(BigDecimal.ONE));
        }
        return value instanceof Enum<?> word
                ? Stream.of(word.getDeclaringClass().getEnumConstants())
                        .filter(each -> !each.equals(word))
                        .map(Object.class::cast)
                        .toList()
                : List.of();
    }

    /** Of all sizes: a random number of digits comes first, so that cents are as likely as thousands. */
    static Money price(Currency currency, Random random) {
        int most = (int) Math.pow(10, 1 + random.nextInt(8));
        return Money.ofMinor(random.nextInt(Math.min(most, MINOR_MAX)), currency);
    }

    /** Of a size that any partner takes: below a thousand dollars. */
    static Money menuPrice(Currency currency, Random random) {
        return Money.ofMinor(random.nextInt(MENU_MINOR_MAX), currency);
    }

    static Optional<FieldMap> renamed(RecordKey key, FieldMap fields) {
        return Fields.of(key.kind())
                .find("name")
                .filter(field -> fields.get(field) instanceof String)
                .map(field -> FieldMap.builder(key.kind())
                        .put(field, fields.get(field) + RENAMED)
                        .build());
    }
}
