package dev.tournant.model;

import org.jspecify.annotations.Nullable;

/** Names one record of a merchant. Ordered by kind, then id: the order of lists and pages. */
public record RecordKey(Kind kind, RecordId id) implements Comparable<RecordKey> {
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
}
