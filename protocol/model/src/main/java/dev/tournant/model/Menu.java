package dev.tournant.model;

import java.util.List;

/** The fields of a menu: a set of categories that is offered at certain hours. */
public final class Menu {
    static final Fields FIELDS = Fields.start(Kind.MENU);

    public static final Field<String> NAME = FIELDS.add("name", Codecs.text(512));
    public static final Field<String> DESCRIPTION = FIELDS.add("description", Codecs.text(65_535));
    public static final Field<Hours> HOURS = FIELDS.add("hours", Hours.CODEC);
    /** How it can be ordered; empty is every way. */
    public static final Field<List<Fulfilment>> FULFILMENTS =
            FIELDS.add("fulfilments", Codecs.list(Codecs.oneOf(Fulfilment.class), 3));

    public static final Field<TriState> VISIBLE = FIELDS.add("visible", TriState.CODEC);

    private Menu() {}
}
