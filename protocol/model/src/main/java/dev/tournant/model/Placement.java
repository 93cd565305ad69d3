package dev.tournant.model;

/**
 * That a record stands in another, and where: an item in a category, a category on a menu.
 *
 * @param in the record it stands in
 * @param ordinal smaller comes first; equal ordinals are ordered by id
 */
public record Placement(RecordId in, long ordinal) {
    /** JSON: {@code {"in": "category-7", "ordinal": 3}}. */
    public static final Codec<Placement> CODEC = Codec.of(
            json -> {
                Members members = Members.of(json, "in", "ordinal");
                return new Placement(members.need("in", Codecs.RECORD_ID), members.get("ordinal", Codecs.LONG, 0L));
            },
            placement -> Members.out()
                    .put("in", Codecs.RECORD_ID, placement.in)
                    .put("ordinal", Codecs.LONG, placement.ordinal)
                    .map());
}
