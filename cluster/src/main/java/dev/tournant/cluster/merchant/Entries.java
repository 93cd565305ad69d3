package dev.tournant.cluster.merchant;

import dev.tournant.cluster.merchant.JournalRows.Row;
import dev.tournant.messages.Fact;
import dev.tournant.messages.History;
import dev.tournant.messages.Revision;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Weight;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * The changes of one record in a stretch of a journal, of which only the newest are kept. Rows come in order, as journals
 * are read; pages are the other way round. Pure; used once, by one thread at a time.
 */
final class Entries {
    private final RecordKey key;
    private final long before;
    private final int revisionsMax;
    private final long weightMax;
    private final Deque<Found> found = new ArrayDeque<>();
    private long weight;
    private boolean cut;

    private record Found(long row, long revision, List<History.Entry> entries, long weight) {}

    /**
     * Of one record.
     *
     * @param before only revisions with lower numbers
     * @param revisionsMax at most so many are kept
     * @param weightMax about how many bytes they may weigh; one is always kept
     */
    Entries(RecordKey key, long before, int revisionsMax, long weightMax) {
        this.key = key;
        this.before = before;
        this.revisionsMax = revisionsMax;
        this.weightMax = weightMax;
    }

    void take(Row row) {
        for (Revision revision : row.commit().revisions()) {
            List<History.Entry> entries = of(revision, key);
            if (revision.number() < before && !entries.isEmpty()) {
                long heavy = entries.stream()
                        .mapToLong(each -> Weight.of(each.delta()))
                        .sum();
                found.add(new Found(row.number(), revision.number(), entries, heavy));
                weight += heavy;
                shrink();
            }
        }
    }

    private void shrink() {
        while (found.size() > revisionsMax || (weight > weightMax && found.size() > 1)) {
            weight -= found.remove().weight();
            cut = true;
        }
    }

    /** Whether older ones were left out. */
    boolean isCut() {
        return cut;
    }

    int revisions() {
        return found.size();
    }

    long weight() {
        return weight;
    }

    /** What lies before all that was kept; only where something was. */
    History.Place rest() {
        Found oldest = found.element();
        return new History.Place(oldest.revision(), oldest.row());
    }

    List<History.Entry> newestFirst() {
        List<History.Entry> all = new ArrayList<>();
        found.descendingIterator().forEachRemaining(each -> all.addAll(each.entries()));
        return all;
    }

    /** What a revision says of a record, the last first. */
    static List<History.Entry> of(Revision revision, RecordKey key) {
        List<History.Entry> entries = new ArrayList<>();
        for (Fact fact : revision.facts()) {
            if (fact instanceof Fact.RecordsChanged changed) {
                for (RecordDelta delta : changed.deltas()) {
                    if (delta.key().equals(key)) {
                        entries.add(new History.Entry(
                                revision.number(), revision.at(), revision.link(), revision.event(), delta, null));
                    }
                }
            } else if (fact instanceof Fact.CameForward forward
                    && forward.delta().key().equals(key)) {
                entries.add(new History.Entry(
                        revision.number(),
                        revision.at(),
                        forward.link(),
                        forward.event(),
                        forward.delta(),
                        new History.Cause(revision.link(), revision.event())));
            } else if (fact instanceof Fact.NotKept unkept
                    && unkept.shown().key().equals(key)) {
                entries.add(new History.Entry(
                        revision.number(),
                        revision.at(),
                        revision.link(),
                        revision.event(),
                        unkept.shown(),
                        null,
                        unkept.told()));
            }
        }
        Collections.reverse(entries);
        return entries;
    }
}
