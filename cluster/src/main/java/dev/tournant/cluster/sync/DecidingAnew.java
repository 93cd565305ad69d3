package dev.tournant.cluster.sync;

import dev.tournant.messages.Fact;
import dev.tournant.model.Field;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.LinkId;
import dev.tournant.model.Presence;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.persistence.Counterpart;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * Lets the rules decide among all that is claimed of a record, as if it were said once more: for when the rules have changed.
 * What holds then is what would hold had they been so from the beginning, as far as links' last words are known. So with
 * another owner its own last word returns, and what only a link said that is gone gives way to whoever is left. A deletion that was
 * overruled holds if it may now, as long as its link has not taken the record again; one that held stays, as an operator's words
 * and those of whoever deleted it are gone with it. Pure.
 */
public final class DecidingAnew {
    private DecidingAnew() {}

    /**
     * What of a record changes.
     *
     * @param forward values that hold from now on, or that the record is deleted
     * @param counterparts that changed, by link
     * @param after the record, at the same revision
     */
    public record Decided(List<Fact.CameForward> forward, Map<LinkId, Counterpart> counterparts, FlatRecord after) {}

    /**
     * Of one record.
     *
     * @param isOwn as for {@link Weighing}
     * @param around what each link has of it
     * @param by who decides anew; says nothing itself
     */
    public static Decided of(
            Rulebook rules,
            BiPredicate<LinkId, Field<?>> isOwn,
            FlatRecord record,
            Map<LinkId, Counterpart> around,
            Heard by) {
        Contention contention = new Contention(rules, isOwn, record, around, by);
        if (record.isPresent()) {
            contention.claimed().forEach(contention::settle);
            Optional<Provenance> deletion = deletion(contention, around);
            if (deletion.isPresent()) {
                return deleted(contention, deletion.get());
            }
        }
        return new Decided(contention.forward(), contention.changed(), contention.record());
    }

    /** The latest of those that were overruled and may be by the values that hold now; what we took away no link deleted. */
    private static Optional<Provenance> deletion(Contention contention, Map<LinkId, Counterpart> around) {
        return around.values().stream()
                .flatMap(each -> Stream.ofNullable(each.gone()))
                .filter(gone -> !gone.event().equals(PushResults.EVENT)
                        && contention.rules().speaks(gone.link())
                        && new Deleting(contention, gone).mayDelete(deletion(contention.key(), gone)))
                .max(Comparator.comparing((Provenance gone) -> gone.since()).thenComparing(Provenance::link));
    }

    /** How it went is not kept; one who has versions says that it was deleted, else it was missing. */
    private static RecordDelta deletion(RecordKey key, Provenance gone) {
        Presence how = gone.version() == 0 ? Presence.ABSENT : Presence.TOMBSTONE;
        return RecordDelta.deleted(key, gone.stamp(), gone.version(), how);
    }

    /** What the link is being told of it may still arrive there, and is to be known again then. */
    private static Decided deleted(Contention contention, Provenance gone) {
        RecordKey key = contention.key();
        RecordDelta deletion = deletion(key, gone);
        RecordDelta telling = contention.counterpart(gone.link()).telling();
        contention.update(gone.link(), Counterpart.of(key).telling(telling));
        contention.keepWords(gone.link());
        FlatRecord record = contention.record();
        return new Decided(
                List.of(new Fact.CameForward(gone.link(), gone.event(), gone.since(), deletion)),
                contention.changed(),
                record.after(deletion, gone, record.revision()));
    }
}
