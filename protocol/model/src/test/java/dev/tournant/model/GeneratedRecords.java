package dev.tournant.model;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Field maps, statements and records, made of {@link GeneratedValues}. */
public final class GeneratedRecords {
    private static final Object LEFT_OUT = new Object();

    private GeneratedRecords() {}

    public static Arbitrary<Kind> kind() {
        return Arbitraries.of(Kind.class);
    }

    /** Each field of the kind is set, cleared or left out. */
    public static Arbitrary<FieldMap> fields(Kind kind) {
        List<Field<?>> all = Fields.of(kind).all();
        List<Arbitrary<Object>> values = new ArrayList<>();
        for (Field<?> field : all) {
            values.add(Arbitraries.frequencyOf(
                    Tuple.of(2, Arbitraries.just(LEFT_OUT)),
                    Tuple.of(1, Arbitraries.<Object>just(LEFT_OUT).injectNull(1.0)),
                    Tuple.of(2, GeneratedValues.of(field).map(value -> (Object) value))));
        }
        return Combinators.combine(values).as(chosen -> {
            FieldMap.Builder map = FieldMap.builder(kind);
            for (int i = 0; i < chosen.size(); i++) {
                @Nullable Object value = chosen.get(i);
                if (value != LEFT_OUT) {
                    map.put(all.get(i), value);
                }
            }
            return map.build();
        });
    }

    public static Arbitrary<Stamp> stamp() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 4_000_000_000_000L),
                        Arbitraries.integers().between(0, 5))
                .as(Stamp::new);
    }

    public static Arbitrary<RecordDelta> delta() {
        return kind().flatMap(kind -> Combinators.combine(
                        GeneratedValues.recordId(),
                        stamp(),
                        Arbitraries.longs(),
                        Arbitraries.of(Presence.class),
                        fields(kind))
                .as((id, stamp, version, presence, fields) -> new RecordDelta(
                        new RecordKey(kind, id),
                        stamp,
                        version,
                        presence,
                        presence == Presence.PRESENT ? fields : FieldMap.EMPTY)));
    }

    public static Arbitrary<Provenance> provenance() {
        Arbitrary<LinkId> link = Arbitraries.of("api", "sq-1", "toast-2").map(LinkId::new);
        return Combinators.combine(
                        link,
                        GeneratedValues.text(Provenance.EVENT_CHARS_MAX),
                        stamp(),
                        Arbitraries.longs().between(0, 9))
                .as(Provenance::new);
    }

    public static Arbitrary<FlatRecord> record() {
        return kind().flatMap(GeneratedRecords::record);
    }

    private static Arbitrary<FlatRecord> record(Kind kind) {
        Arbitrary<RecordKey> key = GeneratedValues.recordId().map(id -> new RecordKey(kind, id));
        Arbitrary<Long> revision = Arbitraries.longs().between(0, Long.MAX_VALUE);
        Arbitrary<FlatRecord> present = Combinators.combine(
                        key,
                        revision,
                        fields(kind),
                        provenance().list().ofSize(Fields.of(kind).all().size()))
                .as((k, r, fields, from) ->
                        FlatRecord.stored(k, r, Presence.PRESENT, null, fields, from.subList(0, fields.size())));
        Arbitrary<FlatRecord> deleted = Combinators.combine(
                        key,
                        revision,
                        Arbitraries.of(Presence.TOMBSTONE, Presence.ABSENT, Presence.REMOVED),
                        provenance())
                .as((k, r, how, by) -> FlatRecord.stored(k, r, how, by, FieldMap.EMPTY, List.of()));
        return Arbitraries.frequencyOf(Tuple.of(4, present), Tuple.of(1, deleted));
    }

    public static Arbitrary<PartnerEvent> event() {
        return Combinators.combine(
                        GeneratedValues.text(200),
                        delta().list().ofMaxSize(3),
                        GeneratedValues.text(64).list().ofMaxSize(3))
                .as(PartnerEvent::new);
    }

    public static Arbitrary<MerchantProfile> profile() {
        Arbitrary<Link> link = Combinators.combine(
                        GeneratedValues.recordId().map(id -> new LinkId("l-" + id)),
                        Arbitraries.of("square", "toast").map(PartnerName::new),
                        GeneratedValues.recordId().map(RecordId::value).injectNull(0.5),
                        Arbitraries.of(Direction.class),
                        GeneratedProjections.projection())
                .as((id, partner, location, direction, projection) ->
                        new Link(id, partner, "account", location, "main", direction, projection));
        return Combinators.combine(
                        GeneratedValues.text(512),
                        GeneratedValues.currency(),
                        GeneratedValues.zone(),
                        link.list().ofMaxSize(3).uniqueElements(Link::id))
                .as(MerchantProfile::new);
    }
}
