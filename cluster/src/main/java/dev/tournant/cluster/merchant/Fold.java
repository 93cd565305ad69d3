package dev.tournant.cluster.merchant;

import dev.tournant.cluster.merchant.JournalRows.Row;
import dev.tournant.messages.Fact;
import dev.tournant.messages.History.Moment;
import dev.tournant.messages.Revision;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.persistence.Commit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of a merchant at a moment, from its journal rows in order. Pure; used once, by one thread at a time. */
final class Fold {
    private final Moment until;
    private final @Nullable RecordKey only;
    private final Progress progress = MerchantState.EMPTY.progress();
    private boolean over;
    private long rows;

    /** @param only the record that is asked for; null for all */
    Fold(Moment until, @Nullable RecordKey only) {
        this.until = until;
        this.only = only;
        this.over = until instanceof Moment.AfterRevision after && after.number() == 0;
    }

    /** Takes the next row; what lies behind the moment is left out. */
    void take(Row row) {
        rows = row.number();
        for (Revision revision : row.commit().revisions()) {
            if (over || isLater(revision)) {
                over = true;
                return;
            }
            progress.apply(Commit.of(needed(revision)));
        }
        // Values that were said again with the row stand behind its revisions.
        row.commit().repetitions().stream()
                .filter(each -> only == null || each.key().equals(only))
                .forEach(each -> progress.apply(repetition(each)));
        over = until instanceof Moment.AfterRevision after && progress.revision() >= after.number();
    }

    private static Commit repetition(Commit.Repetition each) {
        Commit none = Commit.EMPTY;
        return new Commit(
                none.revisions(),
                none.marks(),
                none.seen(),
                none.tally(),
                none.refusals(),
                none.feeds(),
                0,
                List.of(each));
    }

    private boolean isLater(Revision revision) {
        return until instanceof Moment.AfterRevision after
                ? revision.number() > after.number()
                : revision.at().isAfter(((Moment.At) until).instant());
    }

    private Revision needed(Revision revision) {
        RecordKey key = only;
        if (key == null) {
            return revision;
        }
        List<Fact> facts = new ArrayList<>();
        for (Fact fact : revision.facts()) {
            if (fact instanceof Fact.RecordsChanged changed) {
                List<RecordDelta> mine = changed.deltas().stream()
                        .filter(delta -> delta.key().equals(key))
                        .toList();
                facts.add(new Fact.RecordsChanged(mine));
            } else if (fact instanceof Fact.CameForward forward
                    && forward.delta().key().equals(key)) {
                facts.add(fact);
            }
        }
        return new Revision(revision.number(), revision.at(), revision.link(), revision.event(), facts);
    }

    /** Whether no later row matters. */
    boolean isOver() {
        return over;
    }

    /** The number of the last row taken. */
    long rows() {
        return rows;
    }

    /** The revision of the merchant at the moment. */
    long revision() {
        return progress.revision();
    }

    @Nullable
    FlatRecord record(RecordKey key) {
        return progress.records().get(key);
    }

    RecordTable records() {
        return progress.records();
    }
}
