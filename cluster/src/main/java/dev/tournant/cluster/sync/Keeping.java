package dev.tournant.cluster.sync;

import dev.tournant.messages.Fact;
import dev.tournant.model.Field;
import dev.tournant.model.FieldGroup;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.persistence.Counterpart;
import dev.tournant.persistence.Counterpart.Unkept;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a link keeps what it is told. Some partners alter it: they round a price, trim a name, drop what they have no place
 * for. Whoever is told the same value again and again, and shows another each time it is read afterwards, is left alone with
 * that field until we want another value there, or it shows another one by itself. Pure.
 */
final class Keeping {
    private Keeping() {}

    /** What is known of a field that was not kept; null for nothing. */
    static @Nullable Unkept of(@Nullable Counterpart counterpart, Field<?> field) {
        if (counterpart == null) {
            return null;
        }
        for (Unkept each : counterpart.unkept()) {
            if (each.field().equals(field.name())) {
                return each;
            }
        }
        return null;
    }

    /** Whether it is of no use to tell a link this value. */
    static boolean isHeld(@Nullable Counterpart counterpart, Field<?> field, @Nullable Object value) {
        Unkept known = of(counterpart, field);
        return known != null
                && known.held()
                && counterpart != null
                && (counterpart.told() == null
                        || counterpart.told().provenance(field).isEmpty())
                && Alike.are(field, told(known, field), value);
    }

    static @Nullable Object told(Unkept unkept, Field<?> field) {
        return unkept.told().fields().get(field);
    }

    static @Nullable Object shown(Unkept unkept, Field<?> field) {
        return unkept.shown().fields().get(field);
    }

    /** When it was told first. */
    static Provenance toldBy(Unkept unkept, Field<?> field) {
        return unkept.told().provenance(field).orElseThrow();
    }

    /** Who showed it, and when. */
    static Provenance shownBy(Unkept unkept, Field<?> field) {
        return unkept.shown().provenance(field).orElseThrow();
    }

    /**
     * After a link was told a value, took it, and shows another.
     *
     * @param tellings so many times the same value is told before it is held
     */
    static Counterpart altered(
            Counterpart mine, Field<?> field, View.Value told, @Nullable Object shows, Provenance by, int tellings) {
        Unkept known = of(mine, field);
        boolean again = known != null && Alike.are(field, told(known, field), told.value());
        int times = again && known != null ? known.times() + 1 : 1;
        FlatRecord first =
                again && known != null ? known.told() : new Claim(told.value(), told.by()).over(unknown(mine), field);
        FlatRecord shown = new Claim(shows, by).over(unknown(mine), field);
        return with(mine, field, new Unkept(field.name(), first, shown, times, times >= tellings));
    }

    private static FlatRecord unknown(Counterpart mine) {
        return FlatRecord.unknown(mine.key());
    }

    /** With nothing known of this field. */
    static Counterpart forgotten(Counterpart mine, Field<?> field) {
        return of(mine, field) == null ? mine : with(mine, field, null);
    }

    /** To be told it again though it did not keep it; what it shows now is known all the same. */
    static Counterpart triedAgain(Counterpart mine, Field<?> field) {
        return mine.unkept(mine.unkept().stream()
                .map(each -> each.field().equals(field.name())
                        ? new Unkept(each.field(), each.told(), each.shown(), 0, false)
                        : each)
                .toList());
    }

    /** After a link took values: of others than those that it did not keep nothing is known yet. */
    static Counterpart told(Counterpart mine, FieldMap values) {
        Counterpart now = mine;
        for (Unkept each : mine.unkept()) {
            for (int i = 0; i < values.size(); i++) {
                Field<?> field = values.field(i);
                boolean isOther =
                        each.field().equals(field.name()) && !Alike.are(field, told(each, field), values.value(i));
                now = isOther ? forgotten(now, field) : now;
            }
        }
        return now;
    }

    private static Counterpart with(Counterpart mine, Field<?> field, @Nullable Unkept entry) {
        List<Unkept> all = new ArrayList<>(mine.unkept());
        all.removeIf(each -> each.field().equals(field.name()));
        if (entry != null) {
            all.add(entry);
        }
        FlatRecord told = mine.told();
        Counterpart without = entry == null || told == null ? mine : mine.told(told.without(Set.of(field)));
        return without.unkept(all);
    }

    /**
     * Whether what a link shows instead of what it was told may be taken for its doing, and no edit there. Of whether
     * something can be ordered it never is: a word too many is better than a guest who orders what is sold out.
     */
    static boolean mayBeNoEdit(Field<?> field) {
        FieldGroup group = FieldGroup.of(field);
        return group != FieldGroup.AVAILABILITY && group != FieldGroup.STOCK;
    }

    /** For people who look back. */
    static Fact.NotKept fact(Unkept unkept, Field<?> field) {
        return new Fact.NotKept(about(unkept.told(), field), about(unkept.shown(), field));
    }

    private static RecordDelta about(FlatRecord one, Field<?> field) {
        return Objects.requireNonNull(View.in(one, field)).about(one.key(), field);
    }

    /** The one field that an entry is about. */
    static Field<?> field(Unkept unkept) {
        return unkept.told().fields().field(0);
    }
}
