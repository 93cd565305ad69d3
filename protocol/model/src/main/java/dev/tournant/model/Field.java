package dev.tournant.model;

/**
 * A typed field of one kind of record. Fields are constants ({@link Item#PRICE}); two fields are the same only if they
 * are the same object.
 */
public final class Field<T> {
    private final Kind kind;
    private final String name;
    private final int ordinal;
    private final Codec<T> codec;

    Field(Kind kind, String name, int ordinal, Codec<T> codec) {
        this.kind = kind;
        this.name = name;
        this.ordinal = ordinal;
        this.codec = codec;
    }

    public Kind kind() {
        return kind;
    }

    /** The name in JSON: kebab-case. */
    public String name() {
        return name;
    }

    public Codec<T> codec() {
        return codec;
    }

    /** The place among the fields of its kind, from 0: the order of fields in every list. */
    int ordinal() {
        return ordinal;
    }

    /** Reads a value of this field from plain JSON data; the error names the field. */
    public T read(Object json) {
        try {
            return codec.read(json);
        } catch (InvalidValue e) {
            throw e.under(name);
        }
    }

    /** Throws {@link InvalidValue} naming the field when a value of its type breaks a limit. */
    @SuppressWarnings("unchecked")
    void checkAny(Object value) {
        try {
            codec.check((T) value);
        } catch (InvalidValue e) {
            throw e.under(name);
        }
    }

    /** Writes a value that was read by this field. */
    @SuppressWarnings("unchecked")
    public Object writeAny(Object value) {
        return codec.write((T) value);
    }

    @Override
    public String toString() {
        return kind.json() + "." + name;
    }
}
