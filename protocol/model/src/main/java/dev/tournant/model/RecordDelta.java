package dev.tournant.model;

import java.util.Objects;

/**
 * What somebody says about one record: values for some of its fields, and whether it is there.
 *
 * @param stamp when it was said
 * @param version the partner's version of the object; 0 where there is none
 * @param presence anything but PRESENT deletes the record; its fields must then be empty
 * @param fields values, null for "has none"; fields not named stay as they are
 */
public record RecordDelta(RecordKey key, Stamp stamp, long version, Presence presence, FieldMap fields) {
    /**
     * JSON: {@code {"kind": "item", "id": "x", "at": "2026-01-31T12:00:00Z/0", "version": 5, "presence": "tombstone",
     * "fields": {"name": "Tea", "price": null}}}; version 0, presence present and no fields are left out.
     */
    public static final Codec<RecordDelta> CODEC = Codec.of(RecordDelta::read, RecordDelta::write);

    public RecordDelta {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(stamp, "stamp");
        if (presence != Presence.PRESENT && !fields.isEmpty()) {
            throw new InvalidValue("a deleted record has no fields").under(key.toString());
        }
        if (!fields.isEmpty() && fields.field(0).kind() != key.kind()) {
            throw new InvalidValue("holds fields of " + fields.field(0).kind().json()).under(key.toString());
        }
        fields.check();
    }

    public static RecordDelta set(RecordKey key, Stamp stamp, long version, FieldMap fields) {
        return new RecordDelta(key, stamp, version, Presence.PRESENT, fields);
    }

    public static RecordDelta deleted(RecordKey key, Stamp stamp, long version, Presence how) {
        return new RecordDelta(key, stamp, version, how, FieldMap.EMPTY);
    }

    /** The same statement about fewer fields. */
    public RecordDelta with(FieldMap fewer) {
        return new RecordDelta(key, stamp, version, presence, fewer);
    }

    /** Where each value of this statement comes from, when {@code event} of {@code link} made it. */
    public Provenance provenance(LinkId link, String event) {
        return new Provenance(link, event, stamp, version);
    }

    private static RecordDelta read(Object json) {
        Members in = Members.of(json, "kind", "id", "at", "version", "presence", "fields");
        Kind kind = in.need("kind", Codecs.KIND);
        return new RecordDelta(
                new RecordKey(kind, in.need("id", RecordId.CODEC)),
                in.need("at", Codecs.STAMP),
                in.get("version", Codecs.LONG, 0L),
                in.get("presence", Presence.CODEC, Presence.PRESENT),
                in.get("fields", FieldMap.codec(kind), FieldMap.EMPTY));
    }

    private static Object write(RecordDelta delta) {
        return Members.out()
                .put("kind", Codecs.KIND, delta.key.kind())
                .put("id", RecordId.CODEC, delta.key.id())
                .put("at", Codecs.STAMP, delta.stamp)
                .put("version", Codecs.LONG, delta.version, 0L)
                .put("presence", Presence.CODEC, delta.presence, Presence.PRESENT)
                .put("fields", FieldMap.codec(delta.key.kind()), delta.fields, FieldMap.EMPTY)
                .map();
    }
}
