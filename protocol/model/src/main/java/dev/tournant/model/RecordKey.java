package dev.tournant.model;

import org.jspecify.annotations.Nullable;

/** Names one record of a merchant. Ordered by kind, then id: the order of lists and pages. */
public record RecordKey(Kind kind, RecordId id) implements Comparable<RecordKey> {
    /** JSON: {@code {"kind": "item", "id": "tea"}}. */
    public static final Codec<RecordKey> CODEC = Codec.of(RecordKey::read, RecordKey::write);

    public static RecordKey of(Kind kind, String id) {
        return new RecordKey(kind, new RecordId(id));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RecordKey that && kind == that.kind && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return 31 * kind.name().hashCode() + id.hashCode();
    }

    @Override
    public int compareTo(RecordKey other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return kind.json() + "/" + id;
    }

    private static RecordKey read(Object json) {
        Members in = Members.of(json, "kind", "id");
        return new RecordKey(in.need("kind", Codecs.KIND), in.need("id", Codecs.RECORD_ID));
    }

    private static Object write(RecordKey key) {
        return Members.out()
                .put("kind", Codecs.KIND, key.kind)
                .put("id", Codecs.RECORD_ID, key.id)
                .map();
    }
}
