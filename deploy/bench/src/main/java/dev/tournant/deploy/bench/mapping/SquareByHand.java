package dev.tournant.deploy.bench.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.Documents;
import dev.tournant.model.Bound;
import dev.tournant.model.Category;
import dev.tournant.model.FieldMap;
import dev.tournant.model.GroupUse;
import dev.tournant.model.Instants;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.Money;
import dev.tournant.model.Option;
import dev.tournant.model.Placement;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Stamp;
import dev.tournant.model.TriState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The same mapping as {@code SquareMappings}, written out by hand on Jackson's tree, for what {@link SquarePages} holds:
 * what a mapping costs that can neither be run backwards nor say where an error is.
 */
final class SquareByHand {
    private final String location;
    private final List<RecordDelta> deltas = new ArrayList<>();

    SquareByHand(String location) {
        this.location = location;
    }

    List<RecordDelta> read(byte[] page) {
        for (JsonNode object : Documents.object(page).path("objects")) {
            switch (object.path("type").asText()) {
                case "ITEM" -> item(object);
                case "CATEGORY" -> category(object);
                case "MODIFIER_LIST" -> list(object);
                default ->
                    throw new IllegalArgumentException(object.path("type").asText());
            }
        }
        return deltas;
    }

    private void add(Kind kind, JsonNode object, FieldMap fields) {
        RecordKey key = new RecordKey(kind, id(object.path("id")));
        Stamp stamp = Stamp.at(Instants.parse(object.path("updated_at").textValue()));
        deltas.add(RecordDelta.set(key, stamp, object.path("version").longValue(), fields));
    }

    private static RecordId id(JsonNode node) {
        return new RecordId(node.textValue());
    }

    private static @Nullable Boolean bool(JsonNode node) {
        return node.isBoolean() ? node.booleanValue() : null;
    }

    private static TriState tri(JsonNode node) {
        return node.isBoolean() ? TriState.of(node.booleanValue()) : TriState.UNSET;
    }

    private static Bound bound(JsonNode node) {
        if (!node.isIntegralNumber() || node.longValue() == -1) {
            return Bound.UNSET;
        }
        return Bound.at(node.intValue());
    }

    private static @Nullable Money money(JsonNode node) {
        return node.isObject()
                ? Money.ofMinor(
                        node.path("amount").longValue(),
                        Money.currency(node.path("currency").textValue()))
                : null;
    }

    private static @Nullable List<RecordId> ids(JsonNode list) {
        if (!list.isArray()) {
            return null;
        }
        List<RecordId> ids = new ArrayList<>(list.size());
        list.forEach(each -> ids.add(id(each)));
        return ids;
    }

    private void category(JsonNode object) {
        JsonNode data = object.path("category_data");
        JsonNode parent = data.path("parent_category");
        FieldMap.Builder fields = FieldMap.builder(Kind.CATEGORY);
        fields.setOrClear(Category.NAME, data.path("name").textValue());
        fields.setOrClear(
                Category.PARENT,
                parent.path("id").isTextual()
                        ? new Placement(
                                id(parent.path("id")), parent.path("ordinal").longValue())
                        : null);
        fields.setOrClear(Category.VISIBLE, tri(data.path("online_visibility")));
        fields.setOrClear(Category.PHOTOS, ids(data.path("image_ids")));
        add(Kind.CATEGORY, object, fields.build());
    }

    private void item(JsonNode object) {
        JsonNode data = object.path("item_data");
        FieldMap.Builder fields = FieldMap.builder(Kind.ITEM);
        fields.setOrClear(Item.NAME, data.path("name").textValue());
        fields.setOrClear(Item.DESCRIPTION, data.path("description").textValue());
        List<Placement> categories = new ArrayList<>();
        for (JsonNode each : data.path("categories")) {
            categories.add(
                    new Placement(id(each.path("id")), each.path("ordinal").longValue()));
        }
        fields.setOrClear(Item.CATEGORIES, categories);
        List<GroupUse> uses = new ArrayList<>();
        for (JsonNode each : data.path("modifier_list_info")) {
            uses.add(new GroupUse(
                    id(each.path("modifier_list_id")),
                    each.path("ordinal").longValue(),
                    bound(each.path("min_selected_modifiers")),
                    bound(each.path("max_selected_modifiers")),
                    tri(each.path("enabled")),
                    List.of()));
        }
        fields.setOrClear(Item.MODIFIER_GROUPS, uses);
        fields.setOrClear(Item.TAXES, ids(data.path("tax_ids")));
        fields.setOrClear(Item.PHOTOS, ids(data.path("image_ids")));
        fields.setOrClear(Item.ARCHIVED, bool(data.path("is_archived")));
        fields.setOrClear(Item.ALCOHOL, bool(data.path("is_alcoholic")));
        add(Kind.ITEM, object, fields.build());
        data.path("variations").forEach(this::variation);
    }

    private void variation(JsonNode object) {
        JsonNode data = object.path("item_variation_data");
        JsonNode own = here(data);
        FieldMap.Builder fields = FieldMap.builder(Kind.ITEM);
        fields.setOrClear(Item.NAME, data.path("name").textValue());
        fields.setOrClear(Item.SKU, data.path("sku").textValue());
        fields.setOrClear(Item.BARCODE, data.path("upc").textValue());
        fields.setOrClear(
                Item.VARIATION_OF,
                new Placement(id(data.path("item_id")), data.path("ordinal").longValue()));
        fields.setOrClear(
                Item.PRICING,
                "FIXED_PRICING".equals(data.path("pricing_type").textValue()) ? Item.Pricing.FIXED : Item.Pricing.OPEN);
        price(own, data, fields);
        fields.setOrClear(Item.UNTIL, null);
        Boolean tracked = bool(own.path("track_inventory"));
        fields.setOrClear(Item.STOCK_TRACKED, tracked == null ? bool(data.path("track_inventory")) : tracked);
        fields.setOrClear(Item.PHOTOS, ids(data.path("image_ids")));
        add(Kind.ITEM, object, fields.build());
    }

    private static void price(JsonNode own, JsonNode data, FieldMap.Builder fields) {
        Money price = money(own.path("price_money"));
        fields.setOrClear(Item.PRICE, price == null ? money(data.path("price_money")) : price);
        boolean soldOut = own.path("sold_out").booleanValue();
        fields.setOrClear(Item.STATUS, soldOut ? SaleStatus.PAUSED : SaleStatus.FOR_SALE);
    }

    private JsonNode here(JsonNode data) {
        for (JsonNode each : data.path("location_overrides")) {
            if (location.equals(each.path("location_id").textValue())) {
                return each;
            }
        }
        return Documents.empty();
    }

    private void list(JsonNode object) {
        JsonNode data = object.path("modifier_list_data");
        FieldMap.Builder fields = FieldMap.builder(Kind.MODIFIER_GROUP);
        fields.setOrClear(ModifierGroup.NAME, data.path("name").textValue());
        fields.setOrClear(ModifierGroup.ORDINAL, data.path("ordinal").longValue());
        fields.setOrClear(ModifierGroup.MIN, bound(data.path("min_selected_modifiers")));
        fields.setOrClear(ModifierGroup.MAX, bound(data.path("max_selected_modifiers")));
        List<Option> options = new ArrayList<>();
        for (JsonNode each : data.path("modifiers")) {
            JsonNode modifier = each.path("modifier_data");
            options.add(new Option(
                    id(each.path("id")),
                    modifier.path("ordinal").longValue(),
                    null,
                    tri(modifier.path("on_by_default")),
                    tri(modifier.path("hidden_online")),
                    Bound.UNSET));
        }
        fields.setOrClear(ModifierGroup.OPTIONS, options);
        fields.setOrClear(
                ModifierGroup.INPUT,
                "TEXT".equals(data.path("modifier_type").textValue())
                        ? ModifierGroup.Input.TEXT
                        : ModifierGroup.Input.LIST);
        fields.setOrClear(ModifierGroup.TEXT_CHARS_MAX, null);
        fields.setOrClear(ModifierGroup.VISIBLE, TriState.UNSET);
        add(Kind.MODIFIER_GROUP, object, fields.build());
        data.path("modifiers").forEach(this::modifier);
    }

    private void modifier(JsonNode object) {
        JsonNode data = object.path("modifier_data");
        FieldMap.Builder fields = FieldMap.builder(Kind.ITEM);
        fields.setOrClear(Item.NAME, data.path("name").textValue());
        price(here(data), data, fields);
        add(Kind.ITEM, object, fields.build());
    }
}
