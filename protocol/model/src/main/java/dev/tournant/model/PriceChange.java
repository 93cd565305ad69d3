package dev.tournant.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By how much prices differ on one channel from the merchant's own.
 *
 * @param by a percentage or an amount, either of which may be negative; {@link PriceRule.Then.Set} is not taken
 * @param round null rounds to the currency's minor units, half up
 * @param items whose prices it changes, with their variations; at most {@value #ITEMS_MAX}
 * @param categories whose items' prices it changes, and those of all categories beneath; at most
 *     {@value #CATEGORIES_MAX}. Where neither items nor categories are named, it changes all prices
 * @param fulfilments for which it holds; empty for all
 */
public record PriceChange(
        PriceRule.Then by,
        @Nullable Rounding round,
        List<RecordId> items,
        List<RecordId> categories,
        List<Fulfilment> fulfilments) {
    public static final int ITEMS_MAX = 1_000;
    public static final int CATEGORIES_MAX = 500;

    private static final Codec<List<RecordId>> ITEMS = Codecs.list(Codecs.RECORD_ID, ITEMS_MAX);
    private static final Codec<List<RecordId>> CATEGORIES = Codecs.list(Codecs.RECORD_ID, CATEGORIES_MAX);
    private static final Codec<List<Fulfilment>> FULFILMENTS =
            Codecs.list(Codecs.oneOf(Fulfilment.class), Fulfilment.values().length);

    /**
     * JSON: {@code {"percent": "15", "round": {"to": "0.05"}, "items": ["tea"], "categories": ["drinks"], "fulfilments":
     * ["delivery"]}}; in place of {@code percent} there may be {@code "add": {…money…}}.
     */
    public static final Codec<PriceChange> CODEC = Codec.of(PriceChange::read, PriceChange::write);

    public PriceChange {
        if (by instanceof PriceRule.Then.Set) {
            throw new InvalidValue("a change adds an amount or a percentage; set a single price by an override");
        }
        items = List.copyOf(items);
        categories = List.copyOf(categories);
        fulfilments = List.copyOf(fulfilments);
        Projection.check("items", ITEMS, items);
        Projection.check("categories", CATEGORIES, categories);
        Projection.check("fulfilments", FULFILMENTS, fulfilments);
    }

    /** Adds this many percent to every price: {@code "15"}, {@code "-7.5"}. */
    public static PriceChange percent(String percent) {
        return new PriceChange(
                new PriceRule.Then.Percent(new BigDecimal(percent)), null, List.of(), List.of(), List.of());
    }

    /** Adds this amount to every price. */
    public static PriceChange add(Money difference) {
        return new PriceChange(new PriceRule.Then.Add(difference), null, List.of(), List.of(), List.of());
    }

    public PriceChange rounded(Rounding to) {
        return new PriceChange(by, to, items, categories, fulfilments);
    }

    public PriceChange onItems(String... ids) {
        return new PriceChange(by, round, ids(ids), categories, fulfilments);
    }

    public PriceChange inCategories(String... ids) {
        return new PriceChange(by, round, items, ids(ids), fulfilments);
    }

    public PriceChange when(Fulfilment... only) {
        return new PriceChange(by, round, items, categories, List.of(only));
    }

    private static List<RecordId> ids(String... ids) {
        return List.of(ids).stream().map(RecordId::new).toList();
    }

    /** Whether it changes amounts of this currency: a percentage does, an amount only amounts of its own. */
    public boolean isIn(Currency currency) {
        return !(by instanceof PriceRule.Then.Add add)
                || add.difference().currency().equals(currency);
    }

    /**
     * The price on the channel, in whole minor units and never negative. What costs nothing, or less, stays as it is: a
     * dish that is free to choose does not begin to cost something. An amount of another currency stays too.
     *
     * @param amount the merchant's, at any number of decimals: only the end is rounded
     */
    public Money changed(BigDecimal amount, Currency currency) {
        boolean stays = amount.signum() <= 0 || !isIn(currency);
        BigDecimal exact = (stays ? amount : after(by, amount)).max(BigDecimal.ZERO);
        return round == null || stays || exact.signum() == 0
                ? Money.ofExact(exact, currency, RoundingMode.HALF_UP)
                : Money.ofExact(round.round(exact), currency, round.rest());
    }

    /** As {@link #changed(BigDecimal, Currency)}; a price that stays as it is stays to the last decimal. */
    public Money changed(Money price) {
        return price.amount().signum() <= 0 || !isIn(price.currency())
                ? price
                : changed(price.amount(), price.currency());
    }

    /** What a price becomes by a rule, exactly; amounts are taken to be of one currency. */
    public static BigDecimal after(PriceRule.Then then, BigDecimal amount) {
        if (then instanceof PriceRule.Then.Set set) {
            return set.price().amount();
        }
        if (then instanceof PriceRule.Then.Add add) {
            return amount.add(add.difference().amount());
        }
        BigDecimal percent = ((PriceRule.Then.Percent) then).percent();
        return amount.add(amount.multiply(percent).movePointLeft(2));
    }

    private static PriceChange read(Object json) {
        Members in = Members.of(json, "percent", "add", "round", "items", "categories", "fulfilments");
        return new PriceChange(
                readBy(in),
                in.get("round", Rounding.CODEC),
                in.get("items", ITEMS, List.of()),
                in.get("categories", CATEGORIES, List.of()),
                in.get("fulfilments", FULFILMENTS, List.of()));
    }

    private static PriceRule.Then readBy(Members in) {
        BigDecimal percent = in.get("percent", Codecs.DECIMAL);
        Money add = in.get("add", Money.CODEC);
        if (percent != null && add == null) {
            return new PriceRule.Then.Percent(percent);
        }
        if (percent == null && add != null) {
            return new PriceRule.Then.Add(add);
        }
        throw new InvalidValue("must have exactly one of percent, add");
    }

    private static Object write(PriceChange change) {
        Members.Out out = Members.out();
        if (change.by instanceof PriceRule.Then.Percent percent) {
            out.put("percent", Codecs.DECIMAL, percent.percent());
        } else if (change.by instanceof PriceRule.Then.Add add) {
            out.put("add", Money.CODEC, add.difference());
        }
        return out.put("round", Rounding.CODEC, change.round)
                .put("items", ITEMS, change.items, List.of())
                .put("categories", CATEGORIES, change.categories, List.of())
                .put("fulfilments", FULFILMENTS, change.fulfilments, List.of())
                .map();
    }
}
