package dev.tournant.adapters.toast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.lens.Mapping;
import dev.tournant.model.Category;
import dev.tournant.model.FieldMap;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Kind;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.Placement;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import dev.tournant.model.Whole;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Menus as they were published last, all of them. Groups of menus nest, to any depth: each is a category, with the one
 * that it stands in as its parent and the menu around it.
 *
 * <p>What is not there any more is gone. Statements are as of the publication; that something is missing is as of when
 * the document was seen, as stock was told of it since it was published.
 */
final class ToastMenus {
    private static final Set<Kind> TOLD = EnumSet.of(Kind.MENU, Kind.CATEGORY, Kind.ITEM, Kind.MODIFIER_GROUP);
    private static final String MENU_GROUPS = "menuGroups";

    private final Stamp stamp;
    private final ToastReport report = new ToastReport();
    private final ToastGroups groups;
    private final ToastItems items;
    private final Map<RecordId, FieldMap> menus = new LinkedHashMap<>();
    private final Map<RecordId, Heading> headings = new LinkedHashMap<>();

    /** A category so far; it may stand on several menus. */
    private record Heading(FieldMap own, @Nullable Placement parent, Map<RecordId, Placement> menus) {}

    private ToastMenus(ObjectNode document, Payload payload, Stamp stamp) {
        ToastPrices prices = new ToastPrices(payload.currency());
        this.stamp = stamp;
        this.groups = new ToastGroups(document, prices, report);
        this.items = new ToastItems(prices, groups, report);
    }

    /** The answer to a probe tells nothing of menus, but when they were published. */
    static Reading read(ObjectNode document, Payload payload) {
        Toast.checkRestaurant(document, "restaurantGuid", payload.link());
        Stamp published = Stamp.at(Toast.need(Toast.LAST_UPDATED, document, "lastUpdated"));
        if (!document.has("menus")) {
            return Reading.of(new PartnerEvent("", List.of(), List.of()));
        }
        return new ToastMenus(document, payload, published).read(document, Stamp.at(payload.receivedAt()));
    }

    private Reading read(ObjectNode document, Stamp received) {
        JsonNode all = document.path("menus");
        if (!all.isArray()) {
            throw new InvalidValue("must be a list").under("menus");
        }
        for (int i = 0; i < all.size(); i++) {
            menu("menus[" + i + "]", all.get(i));
        }
        List<RecordDelta> deltas = new ArrayList<>();
        menus.forEach((menu, fields) -> deltas.add(set(Kind.MENU, menu, fields)));
        headings.forEach((category, heading) -> deltas.add(set(Kind.CATEGORY, category, fields(heading))));
        deltas.addAll(groups.deltas(stamp, items));
        deltas.addAll(items.deltas(stamp));
        Stamp seen = received.compareTo(stamp) > 0 ? received : stamp;
        List<Whole> wholes = TOLD.stream()
                .filter(report::isWhole)
                .map(kind -> new Whole(kind, seen, FieldMap.EMPTY))
                .toList();
        return new Reading(List.of(new PartnerEvent("", deltas, List.of(), wholes)), report.unreadable());
    }

    private RecordDelta set(Kind kind, RecordId id, FieldMap fields) {
        return RecordDelta.set(new RecordKey(kind, id), stamp, 0, fields);
    }

    private static FieldMap fields(Heading heading) {
        return FieldMap.builder(Kind.CATEGORY)
                .putAll(heading.own)
                .setOrClear(Category.PARENT, heading.parent)
                .set(Category.MENUS, List.copyOf(heading.menus.values()))
                .build();
    }

    private void menu(String path, JsonNode menu) {
        RecordId id = named(path, menu, EnumSet.of(Kind.MENU, Kind.CATEGORY, Kind.ITEM));
        if (id != null) {
            menus.putIfAbsent(id, own(path, new RecordKey(Kind.MENU, id), ToastMappings.MENU, menu));
            menuGroups(path, menu, List.of(id));
        }
    }

    private void menuGroups(String path, JsonNode around, List<RecordId> above) {
        JsonNode inside = list(path, around, MENU_GROUPS, EnumSet.of(Kind.CATEGORY, Kind.ITEM));
        for (int i = 0; i < inside.size(); i++) {
            menuGroup(Toast.path(path, MENU_GROUPS + "[" + i + "]"), inside.get(i), above, i);
        }
    }

    private void menuGroup(String path, JsonNode group, List<RecordId> above, int ordinal) {
        RecordId id = named(path, group, EnumSet.of(Kind.CATEGORY, Kind.ITEM));
        if (id == null) {
            return;
        }
        Placement place = new Placement(above.get(above.size() - 1), ordinal);
        Heading heading = headings.computeIfAbsent(
                id,
                fresh -> new Heading(
                        own(path, new RecordKey(Kind.CATEGORY, id), ToastMappings.CATEGORY, group),
                        above.size() == 1 ? null : place,
                        new LinkedHashMap<>()));
        heading.menus.putIfAbsent(above.get(0), new Placement(above.get(0), ordinal));
        List<RecordId> inside = new ArrayList<>(above);
        inside.add(id);
        menuItems(path, group, inside);
        menuGroups(path, group, inside);
    }

    private void menuItems(String path, JsonNode group, List<RecordId> above) {
        JsonNode inside = list(path, group, "menuItems", EnumSet.of(Kind.ITEM));
        for (int i = 0; i < inside.size(); i++) {
            String at = Toast.path(path, "menuItems[" + i + "]");
            RecordId id = named(at, inside.get(i), EnumSet.of(Kind.ITEM));
            if (id != null) {
                items.onMenu(at, id, inside.get(i), above, i);
            }
        }
    }

    private FieldMap own(String path, RecordKey key, Mapping mapping, JsonNode node) {
        return mapping.get(node, e -> report.value(path, key.toString(), e));
    }

    /** Null where nobody can say which record this is: nor, then, which of these kinds are missing. */
    private @Nullable RecordId named(String path, JsonNode node, Set<Kind> kinds) {
        try {
            return Toast.need(Toast.GUID, node, "guid");
        } catch (InvalidValue e) {
            report.unnamed(path, e, kinds);
            return null;
        }
    }

    private JsonNode list(String path, JsonNode around, String name, Set<Kind> kinds) {
        try {
            return Toast.list(around, name);
        } catch (InvalidValue e) {
            report.unnamed(path, e, kinds);
            return around.path("");
        }
    }
}
