package dev.tournant.model;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Currency;

/** The fields of the store itself; a merchant has one store record. */
public final class Store {
    static final Fields FIELDS = Fields.start(Kind.STORE);

    public static final Field<String> NAME = FIELDS.add("name", Codecs.text(512));
    public static final Field<String> DESCRIPTION = FIELDS.add("description", Codecs.text(65_535));
    public static final Field<ZoneId> ZONE = FIELDS.add("zone", Codecs.ZONE);
    public static final Field<Currency> CURRENCY = FIELDS.add("currency", Codecs.CURRENCY);
    public static final Field<Hours> HOURS = FIELDS.add("hours", Hours.CODEC);
    /** When the business day ends: sales up to this wall-clock time count for the day before. */
    public static final Field<LocalTime> DAY_ENDS = FIELDS.add("day-ends", Codecs.TIME);

    public static final Field<SaleStatus> STATUS = FIELDS.add("status", Codecs.oneOf(SaleStatus.class));
    /** When a paused store opens again by itself. */
    public static final Field<Instant> UNTIL = FIELDS.add("until", Codecs.INSTANT);

    public static final Field<String> PHONE = FIELDS.add("phone", Codecs.text(64));
    public static final Field<String> ADDRESS = FIELDS.add("address", Codecs.text(2_000));

    private Store() {}
}
