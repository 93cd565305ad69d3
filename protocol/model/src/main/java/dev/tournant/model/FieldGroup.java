package dev.tournant.model;

import java.util.Locale;
import java.util.Set;

/** Fields about whose values the links of a merchant agree by one rule. */
public enum FieldGroup {
    /** What there is, how it is called, and what stands where. */
    CATALOGUE,
    PRICES,
    /** Whether a thing or the store is on sale. */
    AVAILABILITY,
    /** How many are left. */
    STOCK,
    HOURS,
    PHOTOS,
    TAXES,
    /** What is said of the store: names, address, telephone. */
    STORE;

    public static final Codec<FieldGroup> CODEC = Codecs.oneOf(FieldGroup.class);

    private static final Set<Field<?>> PRICED = Set.of(Item.PRICING, Item.PRICE, Item.PRICE_RULES);
    private static final Set<Field<?>> OFFERED = Set.of(Item.STATUS, Item.UNTIL, Store.STATUS, Store.UNTIL);
    private static final Set<Field<?>> COUNTED = Set.of(Item.QUANTITY, Item.STOCK_TRACKED);
    private static final Set<Field<?>> TIMED =
            Set.of(Item.SCHEDULE, Category.SCHEDULE, Menu.HOURS, Store.HOURS, Store.DAY_ENDS);
    private static final Set<Field<?>> PICTURED = Set.of(Item.PHOTOS, Category.PHOTOS);

    private final String json = name().toLowerCase(Locale.ROOT);

    /** The name in JSON: {@code availability}. */
    public String json() {
        return json;
    }

    public static FieldGroup of(Field<?> field) {
        if (OFFERED.contains(field)) {
            return AVAILABILITY;
        }
        if (PRICED.contains(field)) {
            return PRICES;
        }
        if (COUNTED.contains(field)) {
            return STOCK;
        }
        if (TIMED.contains(field)) {
            return HOURS;
        }
        if (field.kind() == Kind.PHOTO || PICTURED.contains(field)) {
            return PHOTOS;
        }
        if (field.kind() == Kind.TAX || field.equals(Item.TAXES)) {
            return TAXES;
        }
        return field.kind() == Kind.STORE ? STORE : CATALOGUE;
    }
}
