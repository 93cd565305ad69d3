package dev.tournant.model;

import java.math.BigDecimal;

/** The fields of a tax. */
public final class Tax {
    static final Fields FIELDS = Fields.start(Kind.TAX);

    public static final Field<String> NAME = FIELDS.add("name", Codecs.text(512));
    /** In percent: 8.25 is eight and a quarter percent. */
    public static final Field<BigDecimal> PERCENT = FIELDS.add("percent", Codecs.DECIMAL);

    public static final Field<Inclusion> INCLUSION = FIELDS.add("inclusion", Codecs.oneOf(Inclusion.class));
    public static final Field<Boolean> ENABLED = FIELDS.add("enabled", Codecs.BOOL);

    private Tax() {}

    /** Whether prices hold the tax already. */
    public enum Inclusion {
        ADDITIVE,
        INCLUSIVE
    }
}
