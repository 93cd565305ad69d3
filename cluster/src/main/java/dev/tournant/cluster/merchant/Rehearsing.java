package dev.tournant.cluster.merchant;

import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.Fact;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.MerchantReply.Rehearsal;
import dev.tournant.messages.MerchantReply.Unable;
import dev.tournant.messages.MerchantReply.Would;
import dev.tournant.messages.Outcome;
import dev.tournant.messages.Problem;
import dev.tournant.messages.Revision;
import dev.tournant.messages.Tally;
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import dev.tournant.model.Weight;
import dev.tournant.persistence.Commit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What would become of a merchant's records if deliveries came now: decided by the rules, and then forgotten. Pure. */
final class Rehearsing {
    /** Nothing is written, so all is decided at once. */
    private static final long NO_ROW = Long.MAX_VALUE;

    private final Absorbing absorbing;
    private final long weightMax;

    Rehearsing(MerchantLimits limits, Map<PartnerName, Traits> partners) {
        this.absorbing = new Absorbing(limits, partners);
        this.weightMax = limits.messageBytesMax();
    }

    MerchantReply of(MerchantState state, MerchantQuery.Rehearse rehearse) {
        MerchantCommand.Absorb absorb = new MerchantCommand.Absorb(rehearse.deliveries(), rehearse.at());
        try {
            Decision decision = absorbing.decide(state, absorb, NO_ROW);
            List<Outcome> outcomes = ((MerchantReply.Absorbed) decision.reply()).outcomes();
            return told(state, decision, rehearse.deliveries(), outcomes);
        } catch (RuntimeException e) {
            // It runs beside the actor, so nobody else would tell whoever asked.
            return new MerchantReply.Rejected(Problem.DEFECT, e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private Rehearsal told(MerchantState state, Decision decision, List<Delivery> deliveries, List<Outcome> outcomes) {
        Tally tally = Tally.ZERO;
        List<Unable> unable = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            Outcome outcome = outcomes.get(i);
            tally = tally.plus(outcome.kind());
            Problem problem = outcome.problem();
            if (problem != null && unable.size() < Rehearsal.UNABLE_MAX) {
                unable.add(new Unable(deliveries.get(i).position(), problem, outcome.detail()));
            }
        }
        List<Would> changed = new ArrayList<>();
        long weight = 0;
        int count = 0;
        for (RecordKey key : touched(decision.commit())) {
            Would would = difference(
                            state.records().get(key),
                            Objects.requireNonNull(decision.after().records().get(key)))
                    .orElse(null);
            if (would != null) {
                count++;
                weight += Weight.of(would.becomes()) + (would.was() == null ? 0 : Weight.of(would.was()));
                if (changed.size() < Rehearsal.RECORDS_MAX && (changed.isEmpty() || weight <= weightMax)) {
                    changed.add(would);
                }
            }
        }
        return new Rehearsal(state.revision(), tally, changed, count, unable);
    }

    private static Set<RecordKey> touched(Commit commit) {
        Set<RecordKey> keys = new TreeSet<>();
        for (Revision revision : commit.revisions()) {
            for (Fact fact : revision.facts()) {
                if (fact instanceof Fact.RecordsChanged changed) {
                    changed.deltas().forEach(delta -> keys.add(delta.key()));
                } else if (fact instanceof Fact.CameForward forward) {
                    keys.add(forward.delta().key());
                }
            }
        }
        return keys;
    }

    /** Empty where what came changed something, and what came later changed it back. */
    static Optional<Would> difference(@Nullable FlatRecord before, FlatRecord after) {
        boolean was = before != null && before.isPresent() && before.revision() > 0;
        FieldMap.Builder old = FieldMap.builder(after.key().kind());
        FieldMap.Builder now = FieldMap.builder(after.key().kind());
        boolean same = was == after.isPresent();
        for (Field<?> field : fields(was ? before : null, after)) {
            Object had = was && before != null ? value(before, field) : null;
            Object has = value(after, field);
            if (!Objects.equals(had, has)) {
                same = false;
                old.put(field, had);
                now.put(field, has);
            }
        }
        if (same) {
            return Optional.empty();
        }
        RecordDelta gone = before == null
                ? null
                : was
                        ? RecordDelta.set(after.key(), Stamp.ZERO, 0, old.build())
                        : RecordDelta.deleted(after.key(), Stamp.ZERO, 0, before.presence());
        Provenance deletedBy = after.deletedBy();
        RecordDelta comes = deletedBy == null
                ? RecordDelta.set(after.key(), Stamp.ZERO, 0, now.build())
                : RecordDelta.deleted(after.key(), deletedBy.stamp(), deletedBy.version(), after.presence());
        return Optional.of(new Would(gone, comes));
    }

    private static List<Field<?>> fields(@Nullable FlatRecord before, FlatRecord after) {
        List<Field<?>> fields = new ArrayList<>();
        for (int i = 0; i < after.fields().size(); i++) {
            fields.add(after.fields().field(i));
        }
        for (int i = 0; before != null && i < before.fields().size(); i++) {
            if (!after.fields().has(before.fields().field(i))) {
                fields.add(before.fields().field(i));
            }
        }
        return fields;
    }

    private static @Nullable Object value(FlatRecord record, Field<?> field) {
        return record.get(field).orElse(null);
    }
}
