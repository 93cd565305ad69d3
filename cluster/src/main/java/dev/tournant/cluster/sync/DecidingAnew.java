package dev.tournant.cluster.sync;

import dev.tournant.messages.Fact;
import dev.tournant.model.Field;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.LinkId;
import dev.tournant.persistence.Counterpart;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Lets the rules decide among all that is claimed of a record, as if it were said once more: for when the rules have changed.
 * What holds then is what would hold had they been so from the beginning, as far as links' last words are known. So with
 * another owner its own last word returns, and what only a link said that is gone gives way to whoever is left. Deletions
 * are not decided anew: of what is gone nobody's words are kept. Pure.
 */
public final class DecidingAnew {
    private DecidingAnew() {}

    /**
     * What of a record changes.
     *
     * @param forward values that hold from now on
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
            claimed(around).forEach(contention::settle);
        }
        return new Decided(contention.forward(), contention.changed(), contention.record());
    }

    /** Where nobody was overruled there is nothing to decide. */
    private static Set<Field<?>> claimed(Map<LinkId, Counterpart> around) {
        Set<Field<?>> fields = new LinkedHashSet<>();
        for (Counterpart each : around.values()) {
            FlatRecord said = each.said();
            for (int i = 0; said != null && i < said.fields().size(); i++) {
                fields.add(said.fields().field(i));
            }
        }
        return fields;
    }
}
