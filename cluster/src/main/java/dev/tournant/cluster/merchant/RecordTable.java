package dev.tournant.cluster.merchant;

import dev.tournant.model.FlatRecord;
import dev.tournant.model.Kind;
import dev.tournant.model.RecordKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;
import scala.collection.immutable.TreeMap;
import scala.math.Ordering;

/**
 * The records of a merchant, in order of key. Immutable: a change shares all but a few nodes with what was before, so
 * that deciding on a state that is not yet written costs no copy of a 3,000-item menu. Scala's red-black tree does the
 * work; it is on the class path with Akka.
 */
final class RecordTable {
    private static final Ordering<RecordKey> ORDER =
            Ordering.comparatorToOrdering(Comparator.<RecordKey>naturalOrder());
    static final RecordTable EMPTY = new RecordTable(new TreeMap<>(ORDER), 0);

    private final TreeMap<RecordKey, FlatRecord> records;
    private final int present;

    private RecordTable(TreeMap<RecordKey, FlatRecord> records, int present) {
        this.records = records;
        this.present = present;
    }

    static RecordTable of(Iterable<FlatRecord> all) {
        RecordTable table = EMPTY;
        for (FlatRecord record : all) {
            table = table.with(record);
        }
        return table;
    }

    /** The record or its grave; null where nothing was ever known. */
    @Nullable
    FlatRecord get(RecordKey key) {
        return records.getOrElse(key, () -> null);
    }

    RecordTable with(FlatRecord record) {
        FlatRecord before = get(record.key());
        int was = before != null && before.isPresent() ? 1 : 0;
        int is = record.isPresent() ? 1 : 0;
        return new RecordTable(records.updated(record.key(), record), present - was + is);
    }

    /** How many records there are, without graves. */
    int present() {
        return present;
    }

    /** Records and graves. */
    int size() {
        return records.size();
    }

    List<FlatRecord> all() {
        List<FlatRecord> all = new ArrayList<>(records.size());
        Iterator<FlatRecord> each = records.valuesIterator();
        while (each.hasNext()) {
            all.add(each.next());
        }
        return all;
    }

    /**
     * Present records in order of key.
     *
     * @param kind only these; null for all
     * @param after begin behind this key; null from the start
     * @param limit at most so many
     */
    List<FlatRecord> page(@Nullable Kind kind, @Nullable RecordKey after, int limit) {
        List<FlatRecord> page = new ArrayList<>(Math.min(limit, 1000));
        Iterator<FlatRecord> each = from(kind, after);
        while (each.hasNext() && page.size() < limit) {
            FlatRecord record = each.next();
            if (kind != null && record.key().kind() != kind) {
                break;
            }
            if (record.isPresent() && (after == null || record.key().compareTo(after) > 0)) {
                page.add(record);
            }
        }
        return page;
    }

    private Iterator<FlatRecord> from(@Nullable Kind kind, @Nullable RecordKey after) {
        RecordKey first = after != null ? after : kind == null ? null : RecordKey.of(kind, "#");
        return first == null ? records.valuesIterator() : records.valuesIteratorFrom(first);
    }

    /** Present records by kind; kinds without any are left out. */
    Map<String, Integer> counts() {
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        Iterator<FlatRecord> each = records.valuesIterator();
        while (each.hasNext()) {
            FlatRecord record = each.next();
            if (record.isPresent()) {
                counts.merge(record.key().kind(), 1, Integer::sum);
            }
        }
        Map<String, Integer> named = new LinkedHashMap<>();
        counts.forEach((kind, count) -> named.put(kind.json(), count));
        return named;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RecordTable that && records.equals(that.records);
    }

    @Override
    public int hashCode() {
        return records.hashCode();
    }
}
