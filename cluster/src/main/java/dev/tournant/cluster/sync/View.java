package dev.tournant.cluster.sync;

import dev.tournant.model.Field;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.LinkId;
import dev.tournant.model.Provenance;
import dev.tournant.persistence.Counterpart;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a link shows, as far as is known: what it was told, else what it showed instead, else what it said, else what the merchant has from it.
 *
 * @param record the merchant's
 * @param counterpart the link's; null for none
 */
record View(LinkId link, FlatRecord record, @Nullable Counterpart counterpart) {
    /**
     * A value and where it is known from.
     *
     * @param told whether we told it
     */
    record Value(@Nullable Object value, Provenance by, boolean told) {}

    Optional<Value> of(Field<?> field) {
        Value told = told(field);
        if (told != null) {
            return Optional.of(told);
        }
        Counterpart.Unkept unkept = Keeping.of(counterpart, field);
        if (unkept != null) {
            return Optional.of(new Value(Keeping.shown(unkept, field), Keeping.shownBy(unkept, field), false));
        }
        Claim claim = claim(field);
        return claim == null ? Optional.empty() : Optional.of(new Value(claim.value(), claim.by(), false));
    }

    @Nullable
    Value told(Field<?> field) {
        FlatRecord values = counterpart == null ? null : counterpart.told();
        Claim found = values == null ? null : in(values, field);
        return found == null ? null : new Value(found.value(), found.by(), true);
    }

    /** What the link stands by: what it said last itself. */
    @Nullable
    Claim claim(Field<?> field) {
        FlatRecord values = counterpart == null ? null : counterpart.said();
        Claim said = values == null ? null : in(values, field);
        if (said != null) {
            return said;
        }
        Claim merchants = in(record, field);
        return merchants != null && merchants.link().equals(link) ? merchants : null;
    }

    static @Nullable Claim in(FlatRecord values, Field<?> field) {
        return values.provenance(field)
                .map(by -> new Claim(values.get(field).orElse(null), by))
                .orElse(null);
    }

    /** Whether the record is shown there at all. */
    boolean isThere() {
        boolean held = counterpart != null && counterpart.isThere();
        if (counterpart != null && counterpart.gone() != null) {
            return false;
        }
        return held || record.isSaidBy(link);
    }
}
