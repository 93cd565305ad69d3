package dev.tournant.model;

/** Names one record of a merchant. Ordered by kind, then id: the order of lists and pages. */
public record RecordKey(Kind kind, RecordId id) implements Comparable<RecordKey> {
    public static RecordKey of(Kind kind, String id) {
        return new RecordKey(kind, new RecordId(id));
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
