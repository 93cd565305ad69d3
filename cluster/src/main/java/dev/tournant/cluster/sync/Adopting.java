package dev.tournant.cluster.sync;

import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Fields;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import dev.tournant.persistence.Counterpart;
import dev.tournant.persistence.LinkChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Knows a record again that we made at a partner and whose making was never confirmed: the answer was lost, or a page that
 * shows it came first. Without this it would be taken for one that somebody made there, and be made a second time everywhere.
 * Pure.
 */
public final class Adopting {
    private Adopting() {}

    /**
     * What a link is after a statement about a record that the merchant does not know; empty if it is not one that is being
     * made there. It is, if it has the SKU with which that was to be made; or where it has none, its name and all its values. One
     * without a SKU that somebody changes there before it is read once is not known again.
     *
     * @param completing what a statement means of which the partner shows a part
     * @param at when we take it in: the partner has taken what we told it by then
     */
    public static Optional<LinkChange> adopted(
            LinkState link, RecordDelta said, Traits.Completing completing, Instant at) {
        for (Counterpart each : link.telling()) {
            RecordDelta made = Objects.requireNonNull(each.telling());
            RecordDelta whole = said.with(completing.of(said.fields(), made.fields()));
            if (each.theirs() == null && isMade(made, whole)) {
                return Optional.of(adopted(link, each, made, whole, at));
            }
        }
        return Optional.empty();
    }

    private static boolean isMade(RecordDelta made, RecordDelta said) {
        if (made.key().kind() != said.key().kind()) {
            return false;
        }
        FieldMap values = made.fields();
        String sku = made.key().kind() == Kind.ITEM ? values.get(Item.SKU) : null;
        if (sku != null && said.fields().has(Item.SKU)) {
            return sku.equals(said.fields().get(Item.SKU));
        }
        for (int i = 0; i < values.size(); i++) {
            boolean isSaid = said.fields().has(values.field(i));
            if (isSaid
                    && !Alike.are(
                            values.field(i), values.value(i), said.fields().get(values.field(i)))) {
                return false;
            }
        }
        return isNamed(made) && isNamed(said);
    }

    /** All else is not enough to tell two by: of many things all that is known at times is that they are for sale. */
    private static boolean isNamed(RecordDelta delta) {
        return Fields.of(delta.key().kind())
                .find("name")
                .filter(name -> delta.fields().get(name) != null)
                .isPresent();
    }

    /** What is otherwise by now was changed there, and is no echo. */
    private static FieldMap alike(RecordDelta made, RecordDelta said) {
        FieldMap.Builder alike = FieldMap.builder(made.key().kind());
        for (int i = 0; i < made.fields().size(); i++) {
            Field<?> field = made.fields().field(i);
            Object value = made.fields().value(i);
            if (Alike.are(field, value, said.fields().get(field))) {
                alike.put(field, value);
            }
        }
        return alike.build();
    }

    private static LinkChange adopted(
            LinkState link, Counterpart mine, RecordDelta made, RecordDelta said, Instant at) {
        RecordId theirs = said.key().id();
        // A page showed it before it was known to be ours.
        RecordKey then = new RecordKey(said.key().kind(), link.ours(said.key()));
        Counterpart seen = link.counterpart(then);
        String document = null;
        List<Counterpart> changed = new ArrayList<>();
        if (seen != null && theirs.equals(seen.theirs())) {
            document = seen.document();
            changed.add(Counterpart.of(then));
        }
        FieldMap there = mine.gone() == null ? alike(made, said) : PushResults.madeAnew(alike(made, said));
        RecordDelta values = RecordDelta.set(mine.key(), Stamp.at(at), said.version(), there);
        Provenance taken = values.provenance(link.link(), PushResults.EVENT).since(made.stamp());
        FlatRecord told = FlatRecord.unknown(mine.key()).after(values, taken, 0);
        changed.add(mine.held(theirs, said.version(), document)
                .told(told)
                .gone(null)
                .telling(null));
        return LinkChange.of(link.link(), changed);
    }
}
