package dev.tournant.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * The fields of an item: whatever can be put on an order. A dish, each of its variations or sizes, and each modifier
 * is an item of its own, so that stock and price have one place; {@link #VARIATION_OF} tells a priced thing from the
 * thing on the menu.
 */
public final class Item {
    static final Fields FIELDS = Fields.start(Kind.ITEM);

    public static final Field<String> NAME = FIELDS.add("name", Codecs.text(512));
    public static final Field<String> DESCRIPTION = FIELDS.add("description", Codecs.text(65_535));
    public static final Field<String> SKU = FIELDS.add("sku", Codecs.text(255));
    public static final Field<String> BARCODE = FIELDS.add("barcode", Codecs.text(64));
    /** The dish that this item is a variation of, and its place among them. */
    public static final Field<Placement> VARIATION_OF = FIELDS.add("variation-of", Placement.CODEC);
    /** The categories that it stands in. */
    public static final Field<List<Placement>> CATEGORIES = FIELDS.add("categories", Codecs.list(Placement.CODEC, 200));

    public static final Field<Pricing> PRICING = FIELDS.add("pricing", Codecs.oneOf(Pricing.class));
    /** The base price; absent on a dish that is priced by its variations. */
    public static final Field<Money> PRICE = FIELDS.add("price", Money.CODEC);

    public static final int PRICE_RULES_MAX = 100;

    public static final Field<List<PriceRule>> PRICE_RULES =
            FIELDS.add("price-rules", Codecs.list(PriceRule.CODEC, PRICE_RULES_MAX));
    public static final Field<SaleStatus> STATUS = FIELDS.add("status", Codecs.oneOf(SaleStatus.class));
    /** When a paused item comes back by itself. */
    public static final Field<Instant> UNTIL = FIELDS.add("until", Codecs.INSTANT);

    public static final Field<Boolean> STOCK_TRACKED = FIELDS.add("stock-tracked", Codecs.BOOL);
    /** How many are left; counts only where stock is tracked. */
    public static final Field<BigDecimal> QUANTITY = FIELDS.add("quantity", Codecs.DECIMAL);

    public static final Field<Hours> SCHEDULE = FIELDS.add("schedule", Hours.CODEC);
    public static final Field<TriState> VISIBLE = FIELDS.add("visible", TriState.CODEC);
    /** Out of use, though not deleted: partners that never delete say so. */
    public static final Field<Boolean> ARCHIVED = FIELDS.add("archived", Codecs.BOOL);

    public static final Field<List<GroupUse>> MODIFIER_GROUPS =
            FIELDS.add("modifier-groups", Codecs.list(GroupUse.CODEC, 200));
    public static final Field<List<RecordId>> TAXES = FIELDS.add("taxes", Codecs.list(Codecs.RECORD_ID, 50));
    public static final Field<List<RecordId>> PHOTOS = FIELDS.add("photos", Codecs.list(Codecs.RECORD_ID, 250));
    public static final Field<Boolean> ALCOHOL = FIELDS.add("alcohol", Codecs.BOOL);

    private Item() {}

    /** How a price comes about. */
    public enum Pricing {
        FIXED,
        /** Entered at the till. */
        OPEN
    }
}
