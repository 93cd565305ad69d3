package dev.tournant.model;

import org.jspecify.annotations.Nullable;

/**
 * One choice of a modifier group. The choice is an item like any other, so taking that item off sale takes the choice
 * off too.
 *
 * @param price what it costs inside this group; null where the item's own price holds
 * @param max how often it may be chosen
 */
public record Option(
        RecordId item, long ordinal, @Nullable Money price, TriState onByDefault, TriState hidden, Bound max) {
    /** JSON: {@code {"item": "oat", "ordinal": 2, "price": {…money…}, "on-by-default": "no", "max": 3}}. */
    public static final Codec<Option> CODEC = Codec.of(Option::read, Option::write);

    private static Option read(Object json) {
        Members in = Members.of(json, "item", "ordinal", "price", "on-by-default", "hidden", "max");
        return new Option(
                in.need("item", Codecs.RECORD_ID),
                in.get("ordinal", Codecs.LONG, 0L),
                in.get("price", Money.CODEC),
                in.get("on-by-default", TriState.CODEC, TriState.UNSET),
                in.get("hidden", TriState.CODEC, TriState.UNSET),
                in.get("max", Bound.CODEC, Bound.UNSET));
    }

    private static Object write(Option option) {
        return Members.out()
                .put("item", Codecs.RECORD_ID, option.item)
                .put("ordinal", Codecs.LONG, option.ordinal)
                .put("price", Money.CODEC, option.price)
                .put("on-by-default", TriState.CODEC, option.onByDefault, TriState.UNSET)
                .put("hidden", TriState.CODEC, option.hidden, TriState.UNSET)
                .put("max", Bound.CODEC, option.max, Bound.UNSET)
                .map();
    }
}
