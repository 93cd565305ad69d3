package dev.tournant.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One record of a merchant: its fields, and for each value where it came from. A cleared field keeps its provenance,
 * so that an older value cannot come back. Immutable.
 *
 * <p>Deleting keeps a grave: the key, how it went, and the provenance of the deletion, against which later statements
 * about the record are weighed.
 */
public final class FlatRecord {
    private static final Provenance[] NONE = {};

    /**
     * JSON: {@code {"kind": "item", "id": "x", "revision": 7, "fields": {"name": "Tea", "sku": null}, "provenance":
     * [{"link": "sq-1", "event": "e7", "at": "2026-01-31T12:00:00Z/0", "version": 5, "fields": ["name", "sku"]}]}}. A
     * deleted record has {@code "presence": "tombstone"} and {@code "deleted-by": {…provenance…}}.
     */
    public static final Codec<FlatRecord> CODEC = Codec.of(FlatRecord::read, FlatRecord::write);

    private static final Codec<List<String>> NAMES = Codecs.list(Codecs.text(64), 256);

    private final RecordKey key;
    private final long revision;
    private final Presence presence;
    private final @Nullable Provenance deletedBy;
    private final FieldMap fields;
    private final Provenance[] from;

    private FlatRecord(
            RecordKey key,
            long revision,
            Presence presence,
            @Nullable Provenance deletedBy,
            FieldMap fields,
            Provenance[] from) {
        this.key = key;
        this.revision = revision;
        this.presence = presence;
        this.deletedBy = deletedBy;
        this.fields = fields;
        this.from = from;
    }

    /** Rebuilds a stored record; {@code from} has one entry for each field, in the order of {@code fields}. */
    public static FlatRecord stored(
            RecordKey key,
            long revision,
            Presence presence,
            @Nullable Provenance deletedBy,
            FieldMap fields,
            List<Provenance> from) {
        if (from.size() != fields.size() || (presence == Presence.PRESENT) != (deletedBy == null)) {
            throw new InvalidValue("fields and provenance do not fit together").under(key.toString());
        }
        return new FlatRecord(key, revision, presence, deletedBy, fields, from.toArray(NONE));
    }

    /** A record of which nothing is known yet. */
    public static FlatRecord unknown(RecordKey key) {
        return new FlatRecord(key, 0, Presence.PRESENT, null, FieldMap.EMPTY, NONE);
    }

    public RecordKey key() {
        return key;
    }

    /** The merchant's revision that last changed this record; 0 for an unknown one. */
    public long revision() {
        return revision;
    }

    public Presence presence() {
        return presence;
    }

    public boolean isPresent() {
        return presence == Presence.PRESENT;
    }

    /** What deleted the record; null while it is present. */
    public @Nullable Provenance deletedBy() {
        return deletedBy;
    }

    public <T> Optional<T> get(Field<T> field) {
        return Optional.ofNullable(fields.get(field));
    }

    public Optional<Provenance> provenance(Field<?> field) {
        int index = fields.indexOf(field);
        return index < 0 ? Optional.empty() : Optional.of(from[index]);
    }

    /** All fields that ever had a value, null for those that have none now. */
    public FieldMap fields() {
        return fields;
    }

    /** One entry for each of {@link #fields}, in the same order. */
    public List<Provenance> provenances() {
        return List.of(from);
    }

    /**
     * The part of a statement that changes this record: fields whose value differs and whose provenance wins. Empty if
     * nothing does.
     */
    public Optional<RecordDelta> news(RecordDelta said, Provenance by) {
        if (deletedBy != null && !by.replaces(deletedBy)) {
            return Optional.empty();
        }
        if (said.presence() != Presence.PRESENT) {
            boolean gone = presence != Presence.PRESENT || revision == 0;
            return gone || outranked(by) ? Optional.empty() : Optional.of(said);
        }
        FieldMap all = said.fields();
        int changed = 0;
        for (int i = 0; i < all.size(); i++) {
            changed += isNews(all, i, by) ? 1 : 0;
        }
        boolean appears = revision == 0 || presence != Presence.PRESENT;
        if (changed == 0 && !appears) {
            return Optional.empty();
        }
        return Optional.of(changed == all.size() ? said : said.with(onlyNews(all, by)));
    }

    private boolean isNews(FieldMap said, int index, Provenance by) {
        int mine = fields.indexOf(said.field(index));
        Object now = mine < 0 ? null : fields.value(mine);
        return !Objects.equals(now, said.value(index)) && (mine < 0 || by.replaces(from[mine]));
    }

    private FieldMap onlyNews(FieldMap said, Provenance by) {
        FieldMap.Builder news = FieldMap.builder(key.kind());
        for (int i = 0; i < said.size(); i++) {
            if (isNews(said, i, by)) {
                news.put(said.field(i), said.value(i));
            }
        }
        return news.build();
    }

    /**
     * The fields whose value a newer statement says again. Nothing changes but where they come from, which matters for
     * whatever comes late: of 5, then 5 again, then a belated 4 from in between, 5 must stay.
     */
    public List<Field<?>> repeated(RecordDelta said, Provenance by) {
        List<Field<?>> repeated = new ArrayList<>();
        for (int i = 0; i < said.fields().size(); i++) {
            int mine = fields.indexOf(said.fields().field(i));
            if (mine >= 0 && Objects.equals(fields.value(mine), said.fields().value(i)) && by.isNewerThan(from[mine])) {
                repeated.add(said.fields().field(i));
            }
        }
        return repeated;
    }

    /** This record after some of its values were said again; those that are newer by now stay as they are. */
    public FlatRecord afterRepetition(List<Field<?>> repeated, Provenance by) {
        Provenance[] origins = from.clone();
        for (Field<?> field : repeated) {
            int mine = fields.indexOf(field);
            if (mine >= 0 && by.isNewerThan(origins[mine])) {
                // Another link that says the same has said it first.
                boolean again = by.link().equals(origins[mine].link());
                origins[mine] = again ? by.since(origins[mine].since()) : by;
            }
        }
        return new FlatRecord(key, revision, presence, deletedBy, fields, origins);
    }

    /** A deletion loses against any value that it does not replace. */
    private boolean outranked(Provenance by) {
        for (Provenance each : from) {
            if (!by.replaces(each)) {
                return true;
            }
        }
        return false;
    }

    /** This record after a change that {@link #news} let through, at a revision of the merchant. */
    public FlatRecord after(RecordDelta change, Provenance by, long atRevision) {
        if (change.presence() != Presence.PRESENT) {
            return new FlatRecord(key, atRevision, change.presence(), by, FieldMap.EMPTY, NONE);
        }
        FieldMap all = fields.with(change.fields());
        Provenance[] origins = new Provenance[all.size()];
        for (int i = 0; i < origins.length; i++) {
            Field<?> field = all.field(i);
            origins[i] = change.fields().has(field) ? by : from[fields.indexOf(field)];
        }
        return new FlatRecord(key, atRevision, Presence.PRESENT, null, all, origins);
    }

    /** The same as it stands at another revision of the merchant. */
    public FlatRecord atRevision(long number) {
        return new FlatRecord(key, number, presence, deletedBy, fields, from);
    }

    /** This record without some of its fields, as if nothing had ever been said of them. */
    public FlatRecord without(Collection<? extends Field<?>> these) {
        FieldMap.Builder rest = FieldMap.builder(key.kind());
        List<Provenance> origins = new ArrayList<>(from.length);
        for (int i = 0; i < from.length; i++) {
            if (!these.contains(fields.field(i))) {
                rest.put(fields.field(i), fields.value(i));
                origins.add(from[i]);
            }
        }
        return new FlatRecord(key, revision, presence, deletedBy, rest.build(), origins.toArray(NONE));
    }

    /** The same, made of what {@code shared} knows already as far as it is equal. */
    public FlatRecord sharing(Shared shared) {
        Provenance[] origins = new Provenance[from.length];
        for (int i = 0; i < origins.length; i++) {
            origins[i] = shared.one(from[i]);
        }
        Provenance deleted = deletedBy == null ? null : shared.one(deletedBy);
        return new FlatRecord(shared.one(key), revision, presence, deleted, fields.sharing(shared), origins);
    }

    /** Whether some value of it was said by this link. */
    public boolean isSaidBy(LinkId link) {
        for (Provenance each : from) {
            if (each.link().equals(link)) {
                return true;
            }
        }
        return false;
    }

    /** Whether all that is known of it was said by this link. */
    @SuppressWarnings("ReferenceEquality") // only to look once where many fields share one object
    public boolean isFrom(LinkId link) {
        Provenance last = null;
        for (Provenance each : from) {
            // Most fields of a record share one.
            if (each != last && !each.link().equals(link)) {
                return false;
            }
            last = each;
        }
        return deletedBy == null || deletedBy.link().equals(link);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FlatRecord that
                && key.equals(that.key)
                && revision == that.revision
                && presence == that.presence
                && Objects.equals(deletedBy, that.deletedBy)
                && fields.equals(that.fields)
                && Arrays.equals(from, that.from);
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, revision, fields);
    }

    @Override
    public String toString() {
        return key + "@" + revision + " " + (isPresent() ? fields : presence);
    }

    private static FlatRecord read(Object json) {
        Members in = Members.of(json, "kind", "id", "revision", "presence", "deleted-by", "fields", "provenance");
        Kind kind = in.need("kind", Codecs.KIND);
        FieldMap fields = in.get("fields", FieldMap.codec(kind), FieldMap.EMPTY);
        @Nullable Provenance[] from = new Provenance[fields.size()];
        in.get("provenance", Codecs.list(Codec.of(each -> readOrigin(each, fields, from), each -> each), 1000));
        List<Provenance> all = new ArrayList<>(from.length);
        for (int i = 0; i < from.length; i++) {
            Provenance each = from[i];
            if (each == null) {
                throw new InvalidValue("names no source of " + fields.field(i).name()).under("provenance");
            }
            all.add(each);
        }
        return stored(
                new RecordKey(kind, in.need("id", RecordId.CODEC)),
                in.need("revision", Codecs.LONG),
                in.get("presence", Presence.CODEC, Presence.PRESENT),
                in.get("deleted-by", Provenance.CODEC),
                fields,
                all);
    }

    private static Provenance readOrigin(Object json, FieldMap fields, @Nullable Provenance[] from) {
        Members in = Members.of(json, "link", "event", "at", "version", "since", "fields");
        Provenance origin = Provenance.read(in);
        List<String> names = in.get("fields", NAMES, List.of());
        for (int i = 0; i < from.length; i++) {
            if (names.contains(fields.field(i).name())) {
                from[i] = origin;
            }
        }
        return origin;
    }

    private static Object write(FlatRecord record) {
        Map<Provenance, List<String>> origins = new LinkedHashMap<>();
        for (int i = 0; i < record.from.length; i++) {
            origins.computeIfAbsent(record.from[i], each -> new ArrayList<>())
                    .add(record.fields.field(i).name());
        }
        List<Object> provenance = new ArrayList<>(origins.size());
        origins.forEach((origin, names) -> provenance.add(
                Provenance.write(origin).put("fields", NAMES, names).map()));
        return Members.out()
                .put("kind", Codecs.KIND, record.key.kind())
                .put("id", RecordId.CODEC, record.key.id())
                .put("revision", Codecs.LONG, record.revision)
                .put("presence", Presence.CODEC, record.presence, Presence.PRESENT)
                .put("deleted-by", Provenance.CODEC, record.deletedBy)
                .put("fields", FieldMap.codec(record.key.kind()), record.fields)
                .with("provenance", provenance)
                .map();
    }
}
