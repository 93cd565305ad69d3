package dev.tournant.cluster.sync;

import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Projection;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Store;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pauses that end by themselves. Most partners know only whether something is on sale, so one that was told of a pause is
 * told when it is over; there is nothing else that happens at that time. Pure.
 */
public final class Pauses {
    private Pauses() {}

    /** The fields of a kind that say so; null for kinds that are never paused. */
    private record Said(Field<SaleStatus> status, Field<Instant> until) {
        static @Nullable Said of(Kind kind) {
            return switch (kind) {
                case ITEM -> new Said(Item.STATUS, Item.UNTIL);
                case STORE -> new Said(Store.STATUS, Store.UNTIL);
                default -> null;
            };
        }
    }

    /** What values come to at a time: what was paused until then is on sale. The very same where nothing was. */
    static FieldMap asOf(Kind kind, FieldMap fields, Instant now) {
        Said said = Said.of(kind);
        if (said == null || !isOver(fields.get(said.status), fields.get(said.until), now)) {
            return fields;
        }
        return fields.with(FieldMap.builder(kind)
                .put(said.status, SaleStatus.FOR_SALE)
                .put(said.until, null)
                .build());
    }

    private static boolean isOver(@Nullable SaleStatus status, @Nullable Instant until, Instant now) {
        return status == SaleStatus.PAUSED && until != null && !until.isAfter(now);
    }

    /**
     * Whether a link says itself of a record that it is paused, and that is over: there it has ended without us, and it need not
     * be told.
     */
    static boolean isOverThere(View there, Instant now) {
        Said said = Said.of(there.record().key().kind());
        View.Value status = said == null ? null : there.of(said.status).orElse(null);
        if (said == null || status == null || status.told()) {
            return false;
        }
        Object until = there.of(said.until).map(Pauses::value).orElse(null);
        return isOver((SaleStatus) status.value(), (Instant) until, now);
    }

    private static @Nullable Object value(View.Value shown) {
        return shown.value();
    }

    /** Whether a field says of a record that it is paused. */
    static boolean isAbout(Field<?> field) {
        return field.equals(Item.STATUS)
                || field.equals(Item.UNTIL)
                || field.equals(Store.STATUS)
                || field.equals(Store.UNTIL);
    }

    /**
     * The next time at which a pause may end that a link shows; empty for none. It may be one that the link does not show: to
     * compare once too often does no harm.
     */
    public static Optional<Instant> next(List<FlatRecord> records, Projection projection, Instant now) {
        Stream<FieldMap> all = Stream.concat(
                records.stream().filter(FlatRecord::isPresent).map(FlatRecord::fields),
                projection.overrides().stream().map(Projection.ChannelValues::fields));
        return all.flatMap(Pauses::until).filter(until -> until.isAfter(now)).min(Instant::compareTo);
    }

    private static Stream<Instant> until(FieldMap fields) {
        return Stream.of(fields.get(Item.UNTIL), fields.get(Store.UNTIL)).filter(Objects::nonNull);
    }
}
