package dev.tournant.cluster.sync;

import dev.tournant.model.Category;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.Placement;
import dev.tournant.model.Projection;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether a record is shown, by the definition and without regard to time; for merchants without circles. */
final class PlainReach {
    private final Projection projection;
    private final Map<RecordKey, FieldMap> all;

    PlainReach(Projection projection, Map<RecordKey, FieldMap> all) {
        this.projection = projection;
        this.all = all;
    }

    boolean isShown(RecordKey key) {
        FieldMap fields = all.get(key);
        if (fields == null || projection.without().contains(key)) {
            return false;
        }
        return switch (key.kind()) {
            case STORE -> true;
            case MENU -> projection.menus().isEmpty() || projection.menus().contains(key.id());
            case CATEGORY -> category(fields);
            case ITEM -> item(key, fields);
            case MODIFIER_GROUP -> anyOrNone(users(key.id()));
            case PHOTO, TAX -> anyOrNone(all.keySet().stream().filter(each -> uses(each, key)));
        };
    }

    private boolean category(FieldMap fields) {
        Placement parent = fields.get(Category.PARENT);
        return (parent == null || isShown(new RecordKey(Kind.CATEGORY, parent.in())))
                && anyOrNone(keys(Kind.MENU, fields.get(Category.MENUS)));
    }

    private boolean item(RecordKey key, FieldMap fields) {
        Placement dish = fields.get(Item.VARIATION_OF);
        if (dish != null) {
            return isShown(new RecordKey(Kind.ITEM, dish.in()));
        }
        return anyOrNone(Stream.concat(
                keys(Kind.CATEGORY, fields.get(Item.CATEGORIES)),
                all.keySet().stream().filter(each -> offers(each, key.id()))));
    }

    /** An option that is a variation stands for its dish. */
    private boolean offers(RecordKey group, RecordId item) {
        return group.kind() == Kind.MODIFIER_GROUP
                && orEmpty(all.get(group).get(ModifierGroup.OPTIONS)).stream().anyMatch(each -> {
                    Placement dish =
                            all.get(new RecordKey(Kind.ITEM, each.item())).get(Item.VARIATION_OF);
                    return (dish == null ? each.item() : dish.in()).equals(item);
                });
    }

    private Stream<RecordKey> users(RecordId group) {
        return all.entrySet().stream()
                .filter(each -> each.getKey().kind() == Kind.ITEM
                        && orEmpty(each.getValue().get(Item.MODIFIER_GROUPS)).stream()
                                .anyMatch(use -> use.group().equals(group)))
                .map(Map.Entry::getKey);
    }

    private boolean uses(RecordKey by, RecordKey what) {
        FieldMap fields = all.get(by);
        boolean photo = what.kind() == Kind.PHOTO;
        return switch (by.kind()) {
            case ITEM -> orEmpty(fields.get(photo ? Item.PHOTOS : Item.TAXES)).contains(what.id());
            case CATEGORY -> photo && orEmpty(fields.get(Category.PHOTOS)).contains(what.id());
            default -> false;
        };
    }

    private boolean anyOrNone(Stream<RecordKey> keys) {
        List<RecordKey> list = keys.toList();
        return list.isEmpty() || list.stream().anyMatch(this::isShown);
    }

    private static Stream<RecordKey> keys(Kind kind, @Nullable List<Placement> placements) {
        return orEmpty(placements).stream().map(each -> new RecordKey(kind, each.in()));
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
