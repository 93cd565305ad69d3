package dev.tournant.adapters.square;

import static dev.tournant.adapter.lens.Lenses.BOOL;
import static dev.tournant.adapter.lens.Lenses.DECIMAL_TEXT;
import static dev.tournant.adapter.lens.Lenses.LONG;
import static dev.tournant.adapter.lens.Lenses.TEXT;
import static dev.tournant.adapter.lens.Lenses.at;
import static dev.tournant.adapter.lens.Lenses.firstOf;
import static dev.tournant.adapter.lens.Lenses.map;
import static dev.tournant.adapter.lens.Lenses.orElse;
import static dev.tournant.adapter.lens.Lenses.readOnly;
import static dev.tournant.adapter.lens.Lenses.words;
import static dev.tournant.adapter.lens.Lists.each;
import static dev.tournant.adapter.lens.Lists.eachBy;
import static dev.tournant.adapter.lens.Lists.keyed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.lens.Lens;
import dev.tournant.adapter.lens.Mapping;
import dev.tournant.model.Bound;
import dev.tournant.model.Category;
import dev.tournant.model.GroupUse;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.Option;
import dev.tournant.model.Photo;
import dev.tournant.model.Placement;
import dev.tournant.model.RecordId;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Tax;
import dev.tournant.model.TriState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How Square's catalogue objects look, for one location: prices and stock flags have overrides by location, and the
 * store is one location.
 */
final class SquareMappings {
    private SquareMappings() {}

    private static final Lens<Placement> PLACEMENT = placement("id", "ordinal");

    private static final Lens<Bound> MIN = orElse(at(Square.BOUND, "min_selected_modifiers"), Bound.UNSET);
    private static final Lens<Bound> MAX = orElse(at(Square.BOUND, "max_selected_modifiers"), Bound.UNSET);

    private static final Lens<GroupUse.OptionOverride> OPTION_OVERRIDE = new Lens<>() {
        private final Lens<RecordId> modifier = at(Square.ID, "modifier_id");
        private final Lens<TriState> onByDefault = orElse(
                firstOf(List.of(
                        at(Square.OVERRIDE_WORD, "on_by_default_override"), at(Square.FLAG_WORD, "on_by_default"))),
                TriState.UNSET);
        private final Lens<TriState> hidden = at(Square.OVERRIDE, "hidden_online_override");

        @Override
        public GroupUse.OptionOverride get(JsonNode node) {
            return new GroupUse.OptionOverride(
                    Square.need(modifier, node, "modifier_id"),
                    orUnset(onByDefault.get(node)),
                    orUnset(hidden.get(node)));
        }

        @Override
        public JsonNode put(JsonNode node, GroupUse.@Nullable OptionOverride value) {
            return value == null
                    ? node
                    : hidden.put(
                            onByDefault.put(modifier.put(node, value.item()), value.onByDefault()), value.hidden());
        }
    };

    private static TriState orUnset(@Nullable TriState value) {
        return value == null ? TriState.UNSET : value;
    }

    private static final Lens<GroupUse> LIST_INFO = new Lens<>() {
        private final Lens<RecordId> list = at(Square.ID, "modifier_list_id");
        private final Lens<Long> ordinal = orElse(at(LONG, "ordinal"), 0L);
        private final Lens<TriState> enabled = at(Square.FLAG, "enabled");
        private final Lens<List<GroupUse.OptionOverride>> options =
                orElse(at(eachBy("modifier_id", OPTION_OVERRIDE), "modifier_overrides"), List.of());

        @Override
        public GroupUse get(JsonNode node) {
            return new GroupUse(
                    Square.need(list, node, "modifier_list_id"),
                    Square.need(ordinal, node, "ordinal"),
                    Square.need(MIN, node, "min_selected_modifiers"),
                    Square.need(MAX, node, "max_selected_modifiers"),
                    orUnset(enabled.get(node)),
                    Square.need(options, node, "modifier_overrides"));
        }

        @Override
        public JsonNode put(JsonNode node, @Nullable GroupUse use) {
            if (use == null) {
                return node;
            }
            JsonNode with = ordinal.put(list.put(node, use.group()), use.ordinal());
            with = MAX.put(MIN.put(with, use.min()), use.max());
            return options.put(enabled.put(with, use.enabled()), use.options());
        }
    };

    static final Mapping ITEM = Mapping.of(Kind.ITEM)
            .field(Item.NAME, at(TEXT, "item_data", "name"))
            .field(Item.DESCRIPTION, at(description(), "item_data"))
            .field(Item.CATEGORIES, at(eachBy("id", PLACEMENT), "item_data", "categories"))
            .field(Item.MODIFIER_GROUPS, at(eachBy("modifier_list_id", LIST_INFO), "item_data", "modifier_list_info"))
            .field(Item.TAXES, at(each(Square.ID), "item_data", "tax_ids"))
            .field(Item.PHOTOS, at(each(Square.ID), "item_data", "image_ids"))
            .field(Item.ARCHIVED, at(BOOL, "item_data", "is_archived"))
            .field(Item.ALCOHOL, at(BOOL, "item_data", "is_alcoholic"))
            .build();

    static final Mapping CATEGORY = Mapping.of(Kind.CATEGORY)
            .field(Category.NAME, at(TEXT, "category_data", "name"))
            .field(Category.PARENT, at(parent(), "category_data", "parent_category"))
            .field(Category.VISIBLE, at(Square.FLAG, "category_data", "online_visibility"))
            .field(Category.PHOTOS, at(each(Square.ID), "category_data", "image_ids"))
            .build();

    static final Mapping TAX = Mapping.of(Kind.TAX)
            .field(Tax.NAME, at(TEXT, "tax_data", "name"))
            .field(Tax.PERCENT, at(DECIMAL_TEXT, "tax_data", "percentage"))
            .field(
                    Tax.INCLUSION,
                    at(
                            words(Map.of("ADDITIVE", Tax.Inclusion.ADDITIVE, "INCLUSIVE", Tax.Inclusion.INCLUSIVE)),
                            "tax_data",
                            "inclusion_type"))
            .field(Tax.ENABLED, at(BOOL, "tax_data", "enabled"))
            .build();

    static final Mapping IMAGE = Mapping.of(Kind.PHOTO)
            .field(Photo.NAME, at(TEXT, "image_data", "name"))
            .field(Photo.URL, at(TEXT, "image_data", "url"))
            .field(Photo.CAPTION, at(TEXT, "image_data", "caption"))
            .build();

    private static final Lens<Option> OPTION = new Lens<>() {
        private final Lens<RecordId> id = at(Square.ID, "id");
        private final Lens<Long> ordinal = orElse(at(LONG, "modifier_data", "ordinal"), 0L);
        private final Lens<TriState> onByDefault = at(Square.FLAG, "modifier_data", "on_by_default");
        private final Lens<TriState> hidden = at(Square.FLAG, "modifier_data", "hidden_online");

        @Override
        public Option get(JsonNode node) {
            return new Option(
                    Square.need(id, node, "id"),
                    Square.need(ordinal, node, "ordinal"),
                    null,
                    orUnset(onByDefault.get(node)),
                    orUnset(hidden.get(node)),
                    Bound.UNSET);
        }

        @Override
        public JsonNode put(JsonNode node, @Nullable Option option) {
            if (option == null) {
                return node;
            }
            JsonNode start = node.isObject() ? node : SquareShapes.typed("MODIFIER");
            JsonNode with = ordinal.put(id.put(start, option.item()), option.ordinal());
            return hidden.put(onByDefault.put(with, option.onByDefault()), option.hidden());
        }
    };

    static final Mapping MODIFIER_LIST = Mapping.of(Kind.MODIFIER_GROUP)
            .field(ModifierGroup.NAME, at(TEXT, "modifier_list_data", "name"))
            .field(ModifierGroup.ORDINAL, at(LONG, "modifier_list_data", "ordinal"))
            .field(ModifierGroup.MIN, at(MIN, "modifier_list_data"))
            .field(ModifierGroup.MAX, at(groupMax(), "modifier_list_data"))
            .field(ModifierGroup.OPTIONS, at(eachBy("id", OPTION), "modifier_list_data", "modifiers"))
            .field(
                    ModifierGroup.INPUT,
                    at(
                            words(Map.of("LIST", ModifierGroup.Input.LIST, "TEXT", ModifierGroup.Input.TEXT)),
                            "modifier_list_data",
                            "modifier_type"))
            .field(
                    ModifierGroup.TEXT_CHARS_MAX,
                    at(
                            map(LONG, ModifierGroup.TEXT_CHARS_MAX.codec()::read, Integer::longValue),
                            "modifier_list_data",
                            "max_length"))
            .field(
                    ModifierGroup.VISIBLE,
                    at(
                            orElse(
                                    map(BOOL, hidden -> TriState.of(!hidden), visible -> visible == TriState.NO),
                                    TriState.UNSET),
                            "modifier_list_data",
                            "hidden_from_customer"))
            .build();

    /** Lists made before there were numbers say SINGLE or MULTIPLE. */
    private static Lens<Bound> groupMax() {
        Lens<Bound> byType = at(words(Map.of("SINGLE", Bound.at(1), "MULTIPLE", Bound.UNLIMITED)), "selection_type");
        return orElse(firstOf(List.of(at(Square.BOUND, "max_selected_modifiers"), byType)), Bound.UNSET);
    }

    static Mapping variation(String location) {
        String data = "item_variation_data";
        return Mapping.of(Kind.ITEM)
                .field(Item.NAME, at(TEXT, data, "name"))
                .field(Item.SKU, at(TEXT, data, "sku"))
                .field(Item.BARCODE, at(TEXT, data, "upc"))
                .field(Item.VARIATION_OF, at(placement("item_id", "ordinal"), data))
                .field(Item.PRICING, at(PRICING, data, "pricing_type"))
                .field(Item.PRICE, here(Square.MONEY, data, "price_money", location))
                .field(Item.STATUS, at(soldOut(location), data, "location_overrides"))
                .field(
                        Item.UNTIL,
                        at(
                                keyed(readOnlyAt("sold_out_valid_until"), "location_id", location),
                                data,
                                "location_overrides"))
                .field(Item.STOCK_TRACKED, tracked(location))
                .field(Item.PHOTOS, at(each(Square.ID), data, "image_ids"))
                .build();
    }

    /** Whether a variation is counted there. */
    static Lens<Boolean> tracked(String location) {
        return here(BOOL, "item_variation_data", "track_inventory", location);
    }

    static Mapping modifier(String location) {
        String data = "modifier_data";
        return Mapping.of(Kind.ITEM)
                .field(Item.NAME, at(TEXT, data, "name"))
                .field(Item.PRICE, here(Square.MONEY, data, "price_money", location))
                .field(Item.STATUS, at(soldOut(location), data, "location_overrides"))
                .build();
    }

    private static final Lens<Item.Pricing> PRICING =
            words(Map.of("FIXED_PRICING", Item.Pricing.FIXED, "VARIABLE_PRICING", Item.Pricing.OPEN));

    /** The location's own value where it has one, and the value for all locations otherwise. */
    private static <T> Lens<T> here(Lens<T> lens, String data, String name, String location) {
        Lens<T> own = at(keyed(at(lens, name), "location_id", location), data, "location_overrides");
        Lens<T> all = at(lens, data, name);
        return new Lens<>() {
            @Override
            public @Nullable T get(JsonNode node) {
                T value = own.get(node);
                return value == null ? all.get(node) : value;
            }

            @Override
            public JsonNode put(JsonNode node, @Nullable T value) {
                if (value == null) {
                    return all.put(own.put(node, null), null);
                }
                if (value.equals(get(node))) {
                    return node;
                }
                // What holds for all locations is theirs, too.
                return own.get(node) == null && all.get(node) == null ? all.put(node, value) : own.put(node, value);
            }
        };
    }

    /** Square sets this itself from stock; writes are ignored there. */
    private static Lens<SaleStatus> soldOut(String location) {
        Lens<Boolean> flag = keyed(at(BOOL, "sold_out"), "location_id", location);
        return readOnly(node -> {
            Boolean soldOut = flag.get(node);
            return soldOut == null || !soldOut ? SaleStatus.FOR_SALE : SaleStatus.PAUSED;
        });
    }

    private static Lens<Instant> readOnlyAt(String name) {
        return readOnly(at(Square.INSTANT, name)::get);
    }

    /** Where Square has the text as HTML too, the HTML counts; the tags that it had go with the text that it had. */
    private static Lens<String> description() {
        Lens<String> plain = firstOf(List.of(at(TEXT, "description"), at(TEXT, "description_plaintext")));
        Lens<String> html = at(TEXT, "description_html");
        return new Lens<>() {
            @Override
            public @Nullable String get(JsonNode node) {
                return plain.get(node);
            }

            @Override
            public JsonNode put(JsonNode node, @Nullable String value) {
                if (Objects.equals(get(node), value)) {
                    return node;
                }
                JsonNode with = plain.put(node, value);
                boolean marked = node.path("description_html").isTextual();
                return marked ? html.put(with, value == null ? null : escaped(value)) : with;
            }
        };
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** A parent may be there with an ordinal only: then there is none. */
    private static Lens<Placement> parent() {
        return new Lens<>() {
            @Override
            public @Nullable Placement get(JsonNode node) {
                return PLACEMENT.get(node);
            }

            @Override
            public JsonNode put(JsonNode node, @Nullable Placement value) {
                return value == null && get(node) == null ? node : PLACEMENT.put(node, value);
            }
        };
    }

    private static Lens<Placement> placement(String idName, String ordinalName) {
        Lens<RecordId> id = at(Square.ID, idName);
        Lens<Long> ordinal = orElse(at(LONG, ordinalName), 0L);
        return new Lens<>() {
            @Override
            public @Nullable Placement get(JsonNode node) {
                RecordId in = id.get(node);
                return in == null ? null : new Placement(in, Square.need(ordinal, node, ordinalName));
            }

            @Override
            public JsonNode put(JsonNode node, @Nullable Placement value) {
                if (value == null) {
                    return id.put(node, null);
                }
                return ordinal.put(id.put(node, value.in()), value.ordinal());
            }
        };
    }
}
