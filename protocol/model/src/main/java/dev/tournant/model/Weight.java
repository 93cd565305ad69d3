package dev.tournant.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * About how many bytes a value takes in JSON and in what is stored: good enough to bound messages, rows and pages, and cheap enough to ask for
 * every record.
 */
public final class Weight {
    private static final int SMALL = 40;

    private Weight() {}

    /** Of a statement about one record. */
    public static long of(RecordDelta delta) {
        return 3L * SMALL + of(delta.fields());
    }

    /** Of a record with its provenance. */
    public static long of(FlatRecord record) {
        return 8L * SMALL + of(record.fields());
    }

    /** Of all values with their names. */
    public static long of(FieldMap fields) {
        long sum = 0;
        for (int i = 0; i < fields.size(); i++) {
            sum += 20 + ofValue(fields.value(i));
        }
        return sum;
    }

    /** Of a text in UTF-8: exactly. */
    public static long of(String text) {
        long sum = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // A surrogate is half of four bytes.
            sum += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
        }
        return sum;
    }

    private static long ofValue(@Nullable Object value) {
        if (value instanceof String text) {
            return 2L + of(text);
        }
        if (value instanceof List<?> list) {
            long sum = 2;
            for (Object each : list) {
                sum += ofValue(each);
            }
            return sum;
        }
        if (value instanceof GroupUse use) {
            return 4L * SMALL + 3L * SMALL * use.options().size();
        }
        if (value instanceof Option) {
            return 5L * SMALL;
        }
        if (value instanceof PriceRule rule) {
            PriceRule.When when = rule.when();
            Hours during = when.during();
            return (long) SMALL * (4 + when.channels().size() + when.path().size())
                    + (during == null ? 0 : ofValue(during));
        }
        if (value instanceof Hours hours) {
            return SMALL + 2L * SMALL * (hours.week().size() + hours.special().size());
        }
        return SMALL;
    }
}
