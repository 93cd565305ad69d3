package dev.tournant.model;

import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which part of a merchant a channel shows, and how: what is chosen, what is left out, by how much prices differ, and
 * what is said otherwise there.
 *
 * @param menus that are shown, by id; empty for all. Records that are reached only through other menus are left out; at
 *     most {@value #MENUS_MAX}
 * @param without records that are left out, and with them what is reached only through them: the variations of a dish,
 *     all beneath a category; at most {@value #WITHOUT_MAX}
 * @param prices the first that matches an item decides; at most {@value #PRICES_MAX}
 * @param overrides values that this channel alone shows, each record once; at most {@value #OVERRIDES_MAX}
 */
public record Projection(
        List<RecordId> menus, List<RecordKey> without, List<PriceChange> prices, List<ChannelValues> overrides) {
    public static final int MENUS_MAX = 200;
    public static final int WITHOUT_MAX = 2_000;
    /** As many as a long has bits: which of them match is one number for each item. */
    public static final int PRICES_MAX = 64;

    public static final int OVERRIDES_MAX = 1_000;

    private static final Codec<List<RecordId>> MENUS = Codecs.list(Codecs.RECORD_ID, MENUS_MAX);
    private static final Codec<List<RecordKey>> WITHOUT = Codecs.list(RecordKey.CODEC, WITHOUT_MAX);
    private static final Codec<List<PriceChange>> PRICES = Codecs.list(PriceChange.CODEC, PRICES_MAX);
    private static final Codec<List<ChannelValues>> OVERRIDES = Codecs.list(ChannelValues.CODEC, OVERRIDES_MAX);

    /** Everything, as it is. */
    public static final Projection ALL = new Projection(List.of(), List.of(), List.of(), List.of());

    /**
     * JSON: {@code {"menus": ["dinner"], "without": [{"kind": "item", "id": "soup"}], "prices": [{"percent": "15"}],
     * "overrides": [{"kind": "item", "id": "tea", "fields": {"name": "Iced tea"}}]}}; what is empty is left out.
     */
    public static final Codec<Projection> CODEC = Codec.of(Projection::read, Projection::write);

    public Projection {
        menus = List.copyOf(menus);
        without = List.copyOf(without);
        prices = List.copyOf(prices);
        overrides = List.copyOf(overrides);
        check("menus", MENUS, menus);
        check("without", WITHOUT, without);
        check("prices", PRICES, prices);
        check("overrides", OVERRIDES, overrides);
        Set<RecordKey> keys = new HashSet<>();
        for (int i = 0; i < overrides.size(); i++) {
            if (!keys.add(overrides.get(i).key())) {
                throw new InvalidValue("names " + overrides.get(i).key() + " again; put all its fields into one")
                        .under("overrides[" + i + "]");
            }
        }
    }

    /**
     * Values of one record that a channel shows in place of the merchant's.
     *
     * @param fields at least one; null shows none
     */
    public record ChannelValues(RecordKey key, FieldMap fields) {
        static final Codec<ChannelValues> CODEC = Codec.of(ChannelValues::read, ChannelValues::write);

        public ChannelValues {
            if (fields.isEmpty()) {
                throw new InvalidValue("names no field of " + key).under("fields");
            }
            if (fields.field(0).kind() != key.kind()) {
                throw new InvalidValue(
                                "holds fields of " + fields.field(0).kind().json())
                        .under("fields");
            }
            try {
                fields.check();
            } catch (InvalidValue e) {
                throw e.under("fields");
            }
        }

        private static ChannelValues read(Object json) {
            Members in = Members.of(json, "kind", "id", "fields");
            Kind kind = in.need("kind", Codecs.KIND);
            return new ChannelValues(
                    new RecordKey(kind, in.need("id", Codecs.RECORD_ID)), in.need("fields", FieldMap.codec(kind)));
        }

        private static Object write(ChannelValues override) {
            return Members.out()
                    .put("kind", Codecs.KIND, override.key.kind())
                    .put("id", Codecs.RECORD_ID, override.key.id())
                    .put("fields", FieldMap.codec(override.key.kind()), override.fields)
                    .map();
        }
    }

    /** Whether all that there is is shown, if not all as it is. */
    public boolean showsAll() {
        return menus.isEmpty() && without.isEmpty();
    }

    /** Throws {@link InvalidValue} naming the place if there is an amount in it that is not in {@code wanted}. */
    public void check(Currency wanted) {
        for (int i = 0; i < prices.size(); i++) {
            if (prices.get(i).by() instanceof PriceRule.Then.Add add
                    && !add.difference().currency().equals(wanted)) {
                throw Currencies.refused(add.difference().currency(), wanted).under("prices[" + i + "].add");
            }
        }
        for (int i = 0; i < overrides.size(); i++) {
            try {
                Currencies.check(overrides.get(i).fields(), wanted);
            } catch (InvalidValue e) {
                throw e.under("overrides[" + i + "].fields");
            }
        }
    }

    /** Checks a value by what would read it back; the error names it. */
    static <T> void check(String name, Codec<T> codec, T value) {
        try {
            codec.check(value);
        } catch (InvalidValue e) {
            throw e.under(name);
        }
    }

    private static Projection read(Object json) {
        Members in = Members.of(json, "menus", "without", "prices", "overrides");
        return new Projection(
                in.get("menus", MENUS, List.of()),
                in.get("without", WITHOUT, List.of()),
                in.get("prices", PRICES, List.of()),
                in.get("overrides", OVERRIDES, List.of()));
    }

    private static Object write(Projection projection) {
        return Members.out()
                .put("menus", MENUS, projection.menus, List.of())
                .put("without", WITHOUT, projection.without, List.of())
                .put("prices", PRICES, projection.prices, List.of())
                .put("overrides", OVERRIDES, projection.overrides, List.of())
                .map();
    }
}
