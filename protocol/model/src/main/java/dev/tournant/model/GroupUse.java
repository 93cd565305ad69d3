package dev.tournant.model;

import java.util.List;

/**
 * That an item offers a modifier group, with what this item says differently from the group itself.
 *
 * @param min over the group's own smallest number of selections
 * @param max over the group's own largest number of selections
 * @param enabled whether the group is offered with this item at all
 * @param options what differs for single options; at most {@value #OPTIONS_MAX}
 */
public record GroupUse(
        RecordId group, long ordinal, Bound min, Bound max, TriState enabled, List<OptionOverride> options) {
    public static final int OPTIONS_MAX = 500;

    /**
     * JSON: {@code {"group": "milk", "ordinal": 1, "min": 0, "max": "unlimited", "enabled": "yes", "options": [{"item":
     * "oat", "on-by-default": "no", "hidden": "unset"}]}}; what is unset is left out.
     */
    public static final Codec<GroupUse> CODEC = Codec.of(GroupUse::read, GroupUse::write);

    public GroupUse {
        options = List.copyOf(options);
        if (options.size() > OPTIONS_MAX) {
            throw new InvalidValue("has " + options.size() + " elements; send at most " + OPTIONS_MAX).under("options");
        }
    }

    /** What one item says differently about one option of a group. */
    public record OptionOverride(RecordId item, TriState onByDefault, TriState hidden) {
        static final Codec<OptionOverride> CODEC = Codec.of(
                json -> {
                    Members in = Members.of(json, "item", "on-by-default", "hidden");
                    return new OptionOverride(
                            in.need("item", Codecs.RECORD_ID),
                            in.get("on-by-default", TriState.CODEC, TriState.UNSET),
                            in.get("hidden", TriState.CODEC, TriState.UNSET));
                },
                over -> Members.out()
                        .put("item", Codecs.RECORD_ID, over.item)
                        .put("on-by-default", TriState.CODEC, over.onByDefault, TriState.UNSET)
                        .put("hidden", TriState.CODEC, over.hidden, TriState.UNSET)
                        .map());
    }

    private static GroupUse read(Object json) {
        Members in = Members.of(json, "group", "ordinal", "min", "max", "enabled", "options");
        return new GroupUse(
                in.need("group", Codecs.RECORD_ID),
                in.get("ordinal", Codecs.LONG, 0L),
                in.get("min", Bound.CODEC, Bound.UNSET),
                in.get("max", Bound.CODEC, Bound.UNSET),
                in.get("enabled", TriState.CODEC, TriState.UNSET),
                in.get("options", Codecs.list(OptionOverride.CODEC, OPTIONS_MAX), List.of()));
    }

    private static Object write(GroupUse use) {
        return Members.out()
                .put("group", Codecs.RECORD_ID, use.group)
                .put("ordinal", Codecs.LONG, use.ordinal)
                .put("min", Bound.CODEC, use.min, Bound.UNSET)
                .put("max", Bound.CODEC, use.max, Bound.UNSET)
                .put("enabled", TriState.CODEC, use.enabled, TriState.UNSET)
                .put("options", Codecs.list(OptionOverride.CODEC, OPTIONS_MAX), use.options, List.of())
                .map();
    }
}
