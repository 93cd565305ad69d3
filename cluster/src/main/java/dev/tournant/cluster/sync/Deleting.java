package dev.tournant.cluster.sync;

import dev.tournant.model.Field;
import dev.tournant.model.FieldGroup;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.LinkId;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.SyncRule;
import dev.tournant.persistence.Counterpart;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;

/** Whether a record may be deleted by who does not have it any more, and come back through who still has it. Pure. */
final class Deleting {
    private final Contention contention;
    private final Rulebook rules;
    private final Provenance by;
    private final LinkId link;

    /** By whoever speaks. */
    Deleting(Contention contention) {
        this(contention, contention.by());
    }

    Deleting(Contention contention, Provenance by) {
        this.contention = contention;
        this.rules = contention.rules();
        this.by = by;
        this.link = by.link();
    }

    /**
     * A record that was deleted comes back through whoever deleted it, its owner or an operator; else through one who has it
     * new, or who still shows it and edits it later.
     */
    boolean mayRevive(FieldMap said) {
        Provenance gone = Objects.requireNonNull(contention.record().deletedBy());
        if (gone.link().equals(link) || link.equals(Provenance.API)) {
            return by.replaces(gone);
        }
        boolean later = by.since().compareTo(gone.since()) > 0;
        SyncRule rule = rules.of(FieldGroup.CATALOGUE);
        if (rule instanceof SyncRule.Owner owner) {
            return owner.link().equals(link) && later;
        }
        return later && rules.speaks(link) && (!contention.around().containsKey(link) || isEdit(said));
    }

    /**
     * Whether what the link says of what it is and costs is otherwise than it said itself. What it was told of it is to be taken
     * away there, and need not have been kept; and whether it is sold out says nothing of whether there is to be such a thing.
     */
    private boolean isEdit(FieldMap said) {
        View shown = contention.shown(link);
        for (int i = 0; i < said.size(); i++) {
            Field<?> field = said.field(i);
            Claim known = shown.told(field) == null && Keeping.mayBeNoEdit(field) ? shown.claim(field) : null;
            if (known != null && by.replaces(known.by()) && !Alike.are(field, known.value(), said.value(i))) {
                return true;
            }
        }
        return false;
    }

    /** The link does not have it any more. */
    Optional<RecordDelta> delete(RecordDelta said) {
        FlatRecord record = contention.record();
        Counterpart mine = contention.counterpart(link);
        boolean tells = rules.speaks(link) && record.isPresent() && record.revision() > 0;
        Provenance gone = mine.gone();
        if (isOutdated(mine) || (gone != null && !by.isNewerThan(gone))) {
            return Optional.empty();
        }
        boolean was = gone != null || contention.shown(link).isThere();
        // What it refused it still refuses, and what is being made there may still arrive. Edits of what is gone do
        // not.
        RecordDelta made = mine.theirs() == null ? mine.telling() : null;
        Counterpart left =
                Counterpart.of(contention.key()).refused(mine.refusal()).telling(made);
        if (!mine.equals(left)) {
            contention.update(link, left);
        }
        if (!tells || !mayDelete(said)) {
            // Overruled, or gone already: what it claimed is gone with it, and it is told of the record again.
            if (was && record.isPresent() && record.revision() > 0) {
                contention.update(link, left.gone(by));
            }
            return Optional.empty();
        }
        contention.update(link, Counterpart.of(contention.key()));
        contention.keepWords(link);
        contention.become(record.after(said, by, record.revision()));
        return Optional.of(said);
    }

    /** Something newer is known of this link, or may be. */
    private boolean isOutdated(Counterpart mine) {
        FlatRecord told = mine.told();
        if (told != null) {
            for (Provenance each : told.provenances()) {
                Heard.Order order = contention.after(each);
                if (order == Heard.Order.UNKNOWN) {
                    contention.doubt();
                }
                if (order != Heard.Order.AFTER) {
                    return true;
                }
            }
        }
        Collection<Provenance> own = new ArrayList<>(contention.record().provenances());
        FlatRecord claims = mine.said();
        if (claims != null) {
            own.addAll(claims.provenances());
        }
        return own.stream().anyMatch(each -> each.link().equals(link) && !by.replaces(each));
    }

    /**
     * An owner's record is the owner's to delete, whatever an operator changed in it; the operator may bring it back. What
     * the owner never had may be deleted by whoever has it, unless somebody changed it later.
     */
    boolean mayDelete(RecordDelta said) {
        if (link.equals(Provenance.API)) {
            return true;
        }
        boolean isNewest = contention.record().news(said, by).isPresent();
        if (rules.of(FieldGroup.CATALOGUE) instanceof SyncRule.Owner owner) {
            boolean owned = contention.around().containsKey(owner.link())
                    || contention.record().isSaidBy(owner.link());
            return owner.link().equals(link) || (!owned && isNewest);
        }
        return isNewest;
    }
}
