package dev.tournant.model;

/** The fields of a photo. */
public final class Photo {
    static final Fields FIELDS = Fields.start(Kind.PHOTO);

    public static final Field<String> NAME = FIELDS.add("name", Codecs.text(512));
    public static final Field<String> URL = FIELDS.add("url", Codecs.text(2_048));
    public static final Field<String> CAPTION = FIELDS.add("caption", Codecs.text(2_000));

    private Photo() {}
}
