package dev.tournant.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The codecs that fields are made of. */
public final class Codecs {
    /** The longest decimal, in characters; parsing cost grows with length. */
    private static final int DECIMAL_CHARS_MAX = 32;

    private Codecs() {}

    public static final Codec<Boolean> BOOL = Codec.of(
            json -> {
                if (json instanceof Boolean b) {
                    return b;
                }
                throw new InvalidValue("must be true or false, not " + shown(json));
            },
            b -> b);

    /** Text in JSON, so that no reader rounds it; a JSON number is read too. Trailing zeros do not count. */
    public static final Codec<BigDecimal> DECIMAL =
            Codec.of(Codecs::decimal, BigDecimal::toPlainString, Codecs::checkDecimal);

    /** The same text with the zeros that the amount bears. */
    static final Codec<BigDecimal> DECIMAL_AS_IS = Codec.of(Codecs::decimal, BigDecimal::toPlainString);

    public static final Codec<Currency> CURRENCY = text(3, Money::currency, Currency::getCurrencyCode);
    public static final Codec<ZoneId> ZONE = text(64, Codecs::zone, ZoneId::getId);
    public static final Codec<Instant> INSTANT =
            text(40, parsed(Instants::parse, "an RFC 3339 instant such as 2026-01-31T12:00:00Z"), Instants::print);
    public static final Codec<LocalDate> DATE =
            text(16, parsed(LocalDate::parse, "a date such as 2026-01-31"), LocalDate::toString);
    public static final Codec<LocalTime> TIME =
            text(18, parsed(LocalTime::parse, "a wall-clock time such as 09:30"), LocalTime::toString);
    /** Made here, not taken from {@link RecordId}: of two classes that need each other, the second sees null. */
    public static final Codec<RecordId> RECORD_ID = text(RecordId.CHARS_MAX, RecordId::new, RecordId::value);

    public static final Codec<Kind> KIND = text(32, Kind::of, Kind::json);
    public static final Codec<Stamp> STAMP = text(60, Stamp::parse, Stamp::toString);
    /** Any 64-bit whole number. */
    public static final Codec<Long> LONG = Codec.of(
            json -> {
                if (json instanceof Integer || json instanceof Long) {
                    return ((Number) json).longValue();
                }
                throw new InvalidValue("must be a whole number, not " + shown(json));
            },
            n -> n);

    /** Plain JSON objects, read further by whoever knows them. */
    static final Codec<Map<?, ?>> OBJECT = Codec.of(
            json -> {
                if (json instanceof Map<?, ?> map) {
                    return map;
                }
                throw new InvalidValue("must be an object, not " + shown(json));
            },
            map -> map);

    public static Codec<String> text(int charsMax) {
        return Codec.of(json -> Text.check(string(json), charsMax), text -> text, text -> Text.check(text, charsMax));
    }

    /** A value that is one piece of text. */
    public static <T> Codec<T> text(int charsMax, Function<String, T> read, Function<T, String> write) {
        return Codec.of(
                json -> read.apply(Text.check(string(json), charsMax)),
                write::apply,
                value -> Text.check(write.apply(value), charsMax));
    }

    private static String string(Object json) {
        if (json instanceof String text) {
            return text;
        }
        throw new InvalidValue("must be text, not " + shown(json));
    }

    /** A whole number from {@code min} to {@code max}. */
    public static Codec<Integer> integer(int min, int max) {
        return Codec.of(
                json -> {
                    if (json instanceof Number n && isWhole(n) && n.longValue() >= min && n.longValue() <= max) {
                        return n.intValue();
                    }
                    throw notBetween(min, max, json);
                },
                n -> n,
                n -> {
                    if (n < min || n > max) {
                        throw notBetween(min, max, n);
                    }
                });
    }

    private static InvalidValue notBetween(int min, int max, Object json) {
        return new InvalidValue("must be a whole number from " + min + " to " + max + ", not " + shown(json));
    }

    /** An enum by its kebab-case name. */
    public static <E extends Enum<E>> Codec<E> oneOf(Class<E> type) {
        E[] all = type.getEnumConstants();
        return Codec.of(
                json -> {
                    for (E value : all) {
                        if (kebab(value).equals(json)) {
                            return value;
                        }
                    }
                    List<String> names = new ArrayList<>();
                    for (E value : all) {
                        names.add(kebab(value));
                    }
                    throw new InvalidValue(shown(json) + " is unknown; use one of " + String.join(", ", names));
                },
                Codecs::kebab);
    }

    /** At most {@code sizeMax} values, in order. */
    public static <T> Codec<List<T>> list(Codec<T> element, int sizeMax) {
        return Codec.of(
                json -> {
                    if (!(json instanceof List<?> in)) {
                        throw new InvalidValue("must be a list, not " + shown(json));
                    }
                    checkSize(in, sizeMax);
                    List<T> out = new ArrayList<>(in.size());
                    for (int i = 0; i < in.size(); i++) {
                        out.add(readElement(element, in.get(i), i));
                    }
                    return List.copyOf(out);
                },
                list -> {
                    List<Object> out = new ArrayList<>(list.size());
                    for (T value : list) {
                        out.add(element.write(value));
                    }
                    return out;
                },
                list -> {
                    checkSize(list, sizeMax);
                    for (int i = 0; i < list.size(); i++) {
                        checkElement(element, list.get(i), i);
                    }
                });
    }

    private static <T> void checkElement(Codec<T> element, T value, int index) {
        try {
            element.check(value);
        } catch (InvalidValue e) {
            throw e.under("[" + index + "]");
        }
    }

    private static void checkSize(List<?> list, int sizeMax) {
        if (list.size() > sizeMax) {
            throw new InvalidValue("has " + list.size() + " elements; send at most " + sizeMax);
        }
    }

    private static <T> T readElement(Codec<T> element, Object json, int index) {
        try {
            if (json == null) {
                throw new InvalidValue("must not be null");
            }
            return element.read(json);
        } catch (InvalidValue e) {
            throw e.under("[" + index + "]");
        }
    }

    private static String kebab(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static BigDecimal decimal(Object json) {
        String text = json instanceof String s ? s : json instanceof Number n ? n.toString() : null;
        if (text != null && text.length() <= DECIMAL_CHARS_MAX) {
            try {
                BigDecimal value = new BigDecimal(text);
                if (Math.abs((long) value.scale()) <= DECIMAL_CHARS_MAX) {
                    BigDecimal plain = plain(value);
                    if (plain.toPlainString().length() <= DECIMAL_CHARS_MAX) {
                        return plain;
                    }
                }
            } catch (NumberFormatException e) {
                throw new InvalidValue(shown(json) + " is no decimal number; send text such as \"12.50\"");
            }
        }
        throw new InvalidValue(shown(json) + " is no decimal number of at most " + DECIMAL_CHARS_MAX
                + " characters; send text such as \"12.50\"");
    }

    /** What {@link #decimal} would find, from the digits alone: reading it again costs more than all else. */
    private static void checkDecimal(BigDecimal value) {
        int scale = value.scale();
        int whole = Math.max(1, value.precision() - scale);
        boolean fits = Math.abs((long) scale) <= DECIMAL_CHARS_MAX
                && whole + (scale > 0 ? 1 + scale : 0) + (value.signum() < 0 ? 1 : 0) <= DECIMAL_CHARS_MAX;
        if (!fits) {
            decimal(value);
        }
    }

    /** One form for each number, so that 10, 10.0 and 1E1 are equal. */
    static BigDecimal plain(BigDecimal value) {
        if (Math.abs((long) value.scale()) > DECIMAL_CHARS_MAX) {
            return value; // 1E999999999 written out would fill the memory; the check of its field refuses it
        }
        BigDecimal shortest = value.stripTrailingZeros();
        return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }

    private static ZoneId zone(String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException e) {
            throw new InvalidValue("\"" + id + "\" is no IANA time zone; send a name such as America/New_York");
        }
    }

    private static <T> Function<String, T> parsed(Function<String, T> parse, String what) {
        return text -> {
            try {
                return parse.apply(text);
            } catch (DateTimeException e) {
                throw new InvalidValue("\"" + text + "\" is not " + what);
            }
        };
    }

    private static boolean isWhole(Number n) {
        return n instanceof Integer || n instanceof Long || (n instanceof BigInteger b && b.bitLength() < 64);
    }

    private static String shown(Object json) {
        String text = json instanceof String ? "\"" + json + "\"" : String.valueOf(json);
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
