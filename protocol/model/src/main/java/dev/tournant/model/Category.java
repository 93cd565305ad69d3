package dev.tournant.model;

import java.util.List;

/** The fields of a category: a heading under which items stand. */
public final class Category {
    static final Fields FIELDS = Fields.start(Kind.CATEGORY);

    public static final Field<String> NAME = FIELDS.add("name", Codecs.text(512));
    public static final Field<String> DESCRIPTION = FIELDS.add("description", Codecs.text(65_535));
    /** The category that this one stands in. */
    public static final Field<Placement> PARENT = FIELDS.add("parent", Placement.CODEC);
    /** The menus that this category stands on; a category without any is on all. */
    public static final Field<List<Placement>> MENUS = FIELDS.add("menus", Codecs.list(Placement.CODEC, 200));

    public static final Field<Hours> SCHEDULE = FIELDS.add("schedule", Hours.CODEC);
    public static final Field<TriState> VISIBLE = FIELDS.add("visible", TriState.CODEC);
    public static final Field<List<RecordId>> PHOTOS = FIELDS.add("photos", Codecs.list(Codecs.RECORD_ID, 50));

    private Category() {}
}
