package dev.tournant.model;

import java.util.List;

/** The fields of a modifier group: a set of options of which a guest chooses. */
public final class ModifierGroup {
    static final Fields FIELDS = Fields.start(Kind.MODIFIER_GROUP);

    public static final Field<String> NAME = FIELDS.add("name", Codecs.text(512));
    public static final Field<Long> ORDINAL = FIELDS.add("ordinal", Codecs.LONG);
    public static final Field<Bound> MIN = FIELDS.add("min", Bound.CODEC);
    public static final Field<Bound> MAX = FIELDS.add("max", Bound.CODEC);
    public static final Field<List<Option>> OPTIONS = FIELDS.add("options", Codecs.list(Option.CODEC, 500));
    /** Whether the guest chooses from a list or writes a text. */
    public static final Field<Input> INPUT = FIELDS.add("input", Codecs.oneOf(Input.class));
    /** The longest text that a guest may write, in characters. */
    public static final Field<Integer> TEXT_CHARS_MAX = FIELDS.add("text-chars-max", Codecs.integer(1, 10_000));

    public static final Field<TriState> VISIBLE = FIELDS.add("visible", TriState.CODEC);

    private ModifierGroup() {}

    /** What the guest gives. */
    public enum Input {
        LIST,
        TEXT
    }
}
