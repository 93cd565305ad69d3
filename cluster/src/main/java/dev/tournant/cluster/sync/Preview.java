package dev.tournant.cluster.sync;

import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Fields;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Link;
import dev.tournant.model.Projection;
import dev.tournant.model.RecordKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What would differ on a link if it had another projection. Nothing is changed by looking.
 *
 * @param differences in order of key, then field; at most {@value #DIFFERENCES_MAX}, the first ones
 * @param total how many there are
 */
public record Preview(List<Difference> differences, int total) {
    public static final int DIFFERENCES_MAX = 1_000;

    /** Stands in place of a field's name where a whole record comes or goes; its values are true and false. */
    public static final String SHOWN = "shown";

    public Preview {
        differences = List.copyOf(differences);
    }

    /**
     * One difference. Values are plain JSON data; null where there is none.
     *
     * @param field its name, or {@value #SHOWN}
     * @param merchant the merchant's own value
     * @param now as it is shown by the present projection
     * @param then as it would be
     * @param why what makes it so then
     */
    public record Difference(
            RecordKey key,
            String field,
            @Nullable Object merchant,
            @Nullable Object now,
            @Nullable Object then,
            Why why) {}

    /**
     * Compares two projections of the same records.
     *
     * @param link whose channel it is; its own projection does not matter
     */
    public static Preview of(
            Link link, Currency currency, Collection<FlatRecord> records, Projection now, Projection proposed) {
        Shown before = Projecting.of(link.with(link.direction(), now), currency).shown(records);
        Shown after =
                Projecting.of(link.with(link.direction(), proposed), currency).shown(records);
        TreeMap<RecordKey, FieldMap> merchant = new TreeMap<>();
        records.stream().filter(FlatRecord::isPresent).forEach(each -> merchant.put(each.key(), each.fields()));
        Collecting found = new Collecting(before, after);
        merchant.forEach(found::compare);
        return new Preview(found.differences, found.total);
    }

    private static final class Collecting {
        private final Shown before;
        private final Shown after;
        private final List<Difference> differences = new ArrayList<>();
        private int total;

        Collecting(Shown before, Shown after) {
            this.before = before;
            this.after = after;
        }

        void compare(RecordKey key, FieldMap merchant) {
            FieldMap now = before.records().get(key);
            FieldMap then = after.records().get(key);
            if (now == null || then == null) {
                if ((now == null) != (then == null)) {
                    Why why = after.whyLeftOut(key);
                    add(new Difference(key, SHOWN, true, now != null, then != null, why == null ? Why.OWN : why));
                }
            } else if (!now.equals(then)) {
                Fields.of(key.kind()).all().forEach(field -> compare(key, field, merchant, now, then));
            }
        }

        private void compare(RecordKey key, Field<?> field, FieldMap merchant, FieldMap now, FieldMap then) {
            if (!Objects.equals(now.get(field), then.get(field))) {
                add(new Difference(
                        key,
                        field.name(),
                        plain(field, merchant),
                        plain(field, now),
                        plain(field, then),
                        after.why(key, field)));
            }
        }

        private void add(Difference difference) {
            total++;
            if (differences.size() < DIFFERENCES_MAX) {
                differences.add(difference);
            }
        }

        private static @Nullable Object plain(Field<?> field, FieldMap fields) {
            Object value = fields.get(field);
            return value == null ? null : field.writeAny(value);
        }
    }
}
