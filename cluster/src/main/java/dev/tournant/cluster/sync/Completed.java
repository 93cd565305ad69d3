package dev.tournant.cluster.sync;

import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.LinkId;
import dev.tournant.model.Presence;
import dev.tournant.model.RecordDelta;
import dev.tournant.persistence.Counterpart;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Statements of a partner that shows only a part of some values. Where it shows what it would of a value that it was told, it
 * says just that; what it shows otherwise is an edit of that part, and the rest is as the merchant has it. Pure.
 */
public final class Completed {
    private Completed() {}

    /**
     * A statement with what its partner does not show.
     *
     * @param record the merchant's
     * @param mine what the link has of it; null for nothing
     */
    public static RecordDelta of(
            Traits.Completing completing,
            LinkId link,
            RecordDelta said,
            FlatRecord record,
            @Nullable Counterpart mine) {
        if (said.presence() != Presence.PRESENT) {
            return said;
        }
        RecordDelta telling = mine == null ? null : mine.telling();
        FieldMap shown = shown(new View(link, record, mine), said.fields());
        FieldMap told = telling == null ? FieldMap.EMPTY : telling.fields();
        FieldMap asShown = completing.of(said.fields(), shown);
        FieldMap asTold = completing.of(said.fields(), told);
        FieldMap asOurs = completing.of(said.fields(), record.fields());
        FieldMap.Builder whole = FieldMap.builder(said.key().kind());
        for (int i = 0; i < said.fields().size(); i++) {
            Field<?> field = said.fields().field(i);
            FieldMap of = isOf(shown, field, asShown) ? asShown : isOf(told, field, asTold) ? asTold : asOurs;
            whole.put(field, of.get(field));
        }
        return said.with(whole.build());
    }

    /** Whether the partner shows just what it would of this value. */
    private static boolean isOf(FieldMap known, Field<?> field, FieldMap completed) {
        return known.has(field) && Objects.equals(completed.get(field), known.get(field));
    }

    /** What the link shows of the fields that are said, as far as is known. */
    private static FieldMap shown(View view, FieldMap said) {
        FieldMap.Builder shown = FieldMap.builder(view.record().key().kind());
        for (int i = 0; i < said.size(); i++) {
            Field<?> field = said.field(i);
            view.of(field).ifPresent(value -> shown.put(field, value.value()));
        }
        return shown.build();
    }
}
