package dev.tournant.model;

/**
 * That an event tells of all records of a kind that there are at its link: those that it does not mention are gone, or
 * have what the partner leaves unsaid. A page of several tells of all of them only together with the others.
 *
 * @param stamp as of when
 * @param otherwise fields of the link's records of this kind that are not mentioned; where it is empty they are no more
 */
public record Whole(Kind kind, Stamp stamp, FieldMap otherwise, Span span) {
    /** What mentions all records that there are. */
    public enum Span {
        /** The event by itself. */
        EVENT,
        /**
         * All pages of one fetch that began at the very beginning. Each of them has to say so, and the stamp of the first
         * counts: what was said after it is not gone.
         */
        FETCH;

        private static final Codec<Span> CODEC = Codecs.oneOf(Span.class);
    }

    /**
     * JSON: {@code {"kind": "item", "at": "2026-01-31T12:00:00Z/0", "otherwise": {"status": "for-sale"}, "span":
     * "fetch"}}; the span of an event is left out.
     */
    public static final Codec<Whole> CODEC = Codec.of(
            json -> {
                Members in = Members.of(json, "kind", "at", "otherwise", "span");
                Kind kind = in.need("kind", Codecs.KIND);
                return new Whole(
                        kind,
                        in.need("at", Codecs.STAMP),
                        in.get("otherwise", FieldMap.codec(kind), FieldMap.EMPTY),
                        in.get("span", Span.CODEC, Span.EVENT));
            },
            whole -> Members.out()
                    .put("kind", Codecs.KIND, whole.kind)
                    .put("at", Codecs.STAMP, whole.stamp)
                    .put("otherwise", FieldMap.codec(whole.kind), whole.otherwise, FieldMap.EMPTY)
                    .put("span", Span.CODEC, whole.span, Span.EVENT)
                    .map());

    /** Of an event that mentions all by itself. */
    public Whole(Kind kind, Stamp stamp, FieldMap otherwise) {
        this(kind, stamp, otherwise, Span.EVENT);
    }

    public Whole {
        if (!otherwise.isEmpty() && otherwise.field(0).kind() != kind) {
            throw new InvalidValue(
                            "holds fields of " + otherwise.field(0).kind().json())
                    .under("otherwise");
        }
        otherwise.check();
    }

    /** What it says about a record that the event does not mention. */
    public RecordDelta unmentioned(RecordKey key) {
        return otherwise.isEmpty()
                ? RecordDelta.deleted(key, stamp, 0, Presence.ABSENT)
                : RecordDelta.set(key, stamp, 0, otherwise);
    }
}
