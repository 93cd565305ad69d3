package dev.tournant.model;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A price that holds instead of the base price where its condition is met. Rules are kept in order; the first one that
 * matches decides.
 */
public record PriceRule(When when, Then then) {
    private static final Codec<List<String>> CHANNELS = Codecs.list(Codecs.text(32), 32);
    private static final Codec<List<Fulfilment>> FULFILMENTS = Codecs.list(Codecs.oneOf(Fulfilment.class), 3);
    private static final Codec<List<RecordId>> PATH = Codecs.list(Codecs.RECORD_ID, 16);
    private static final Codec<String> SIZE = Codecs.text(64);
    private static final Codec<Integer> SEQUENCE = Codecs.integer(1, 1000);

    /**
     * JSON: {@code {"when": {"channels": ["doordash"], "fulfilments": ["delivery"], "path": ["burger", "extras"],
     * "during": {…hours…}, "size": "large", "sequence": 2}, "then": {"set": {…money…}}}}; {@code then} is one of
     * {@code set}, {@code add} (money) and {@code percent} (text: {@code "10"} adds ten percent).
     */
    public static final Codec<PriceRule> CODEC = Codec.of(PriceRule::read, PriceRule::write);

    /**
     * What must hold; an empty list or null asks nothing.
     *
     * @param channels partners the order comes through
     * @param path the records from the outermost down to the priced one, as its last ids
     * @param during the wall-clock hours in which the rule holds
     * @param size the size's name where one item is sold in several
     * @param sequence from which selection on: 2 is the second and those after it. Where the path names the group around
     *     the option, whatever is chosen in the group counts, and else the same option
     */
    public record When(
            List<String> channels,
            List<Fulfilment> fulfilments,
            List<RecordId> path,
            @Nullable Hours during,
            @Nullable String size,
            @Nullable Integer sequence) {
        public When {
            channels = List.copyOf(channels);
            fulfilments = List.copyOf(fulfilments);
            path = List.copyOf(path);
            check("channels", CHANNELS, channels);
            check("fulfilments", FULFILMENTS, fulfilments);
            check("path", PATH, path);
            check("size", SIZE, size);
            check("sequence", SEQUENCE, sequence);
        }
    }

    private static <T> void check(String name, Codec<T> codec, @Nullable T value) {
        try {
            if (value != null) {
                codec.check(value);
            }
        } catch (InvalidValue e) {
            throw e.under(name);
        }
    }

    /** What the price becomes. */
    public sealed interface Then {
        /** This price. */
        record Set(Money price) implements Then {}

        /** The base price plus this (which may be negative). */
        record Add(Money difference) implements Then {}

        /** The base price plus this many percent of it (which may be negative, not below -100). */
        record Percent(BigDecimal percent) implements Then {
            public Percent {
                if (percent.compareTo(new BigDecimal(-100)) < 0 || percent.compareTo(new BigDecimal(10_000)) > 0) {
                    throw new InvalidValue("must be from -100 to 10000").under("percent");
                }
                percent = Codecs.DECIMAL.read(percent);
            }
        }
    }

    private static PriceRule read(Object json) {
        Members in = Members.of(json, "when", "then");
        return new PriceRule(
                in.need("when", Codec.of(PriceRule::readWhen, PriceRule::writeWhen)),
                in.need("then", Codec.of(PriceRule::readThen, PriceRule::writeThen)));
    }

    private static Object write(PriceRule rule) {
        return Members.out()
                .put("when", Codec.of(PriceRule::readWhen, PriceRule::writeWhen), rule.when)
                .put("then", Codec.of(PriceRule::readThen, PriceRule::writeThen), rule.then)
                .map();
    }

    private static When readWhen(Object json) {
        Members in = Members.of(json, "channels", "fulfilments", "path", "during", "size", "sequence");
        return new When(
                in.get("channels", CHANNELS, List.of()),
                in.get("fulfilments", FULFILMENTS, List.of()),
                in.get("path", PATH, List.of()),
                in.get("during", Hours.CODEC),
                in.get("size", SIZE),
                in.get("sequence", SEQUENCE));
    }

    private static Object writeWhen(When when) {
        return Members.out()
                .put("channels", CHANNELS, when.channels, List.of())
                .put("fulfilments", FULFILMENTS, when.fulfilments, List.of())
                .put("path", PATH, when.path, List.of())
                .put("during", Hours.CODEC, when.during)
                .put("size", SIZE, when.size)
                .put("sequence", SEQUENCE, when.sequence)
                .map();
    }

    private static Then readThen(Object json) {
        Members in = Members.of(json, "set", "add", "percent");
        Money set = in.get("set", Money.CODEC);
        Money add = in.get("add", Money.CODEC);
        BigDecimal percent = in.get("percent", Codecs.DECIMAL);
        if (set != null && add == null && percent == null) {
            return new Then.Set(set);
        }
        if (set == null && add != null && percent == null) {
            return new Then.Add(add);
        }
        if (set == null && add == null && percent != null) {
            return new Then.Percent(percent);
        }
        throw new InvalidValue("must have exactly one of set, add, percent");
    }

    private static Object writeThen(Then then) {
        Members.Out out = Members.out();
        if (then instanceof Then.Set set) {
            return out.put("set", Money.CODEC, set.price()).map();
        }
        if (then instanceof Then.Add add) {
            return out.put("add", Money.CODEC, add.difference()).map();
        }
        return out.put("percent", Codecs.DECIMAL, ((Then.Percent) then).percent())
                .map();
    }
}
