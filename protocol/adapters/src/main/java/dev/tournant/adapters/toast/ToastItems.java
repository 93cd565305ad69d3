package dev.tournant.adapters.toast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tournant.model.Bound;
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.GroupUse;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Money;
import dev.tournant.model.Placement;
import dev.tournant.model.PriceRule;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import dev.tournant.model.TriState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Items from all places where they stand: an item may be in several groups of menus, and be an option of several
 * modifier groups, under one GUID. Each becomes one record.
 *
 * <p>On a menu, the item says what it is; what only is an option is said by its options. A price that holds on one menu
 * only, or is that of a modifier group, becomes a rule for this path.
 */
final class ToastItems {
    /** Of a path that is longer, the inner part. */
    private static final int PATH_MAX = 16;

    private static final String BASE_PRICE = "BASE_PRICE";
    private static final String GROUP_PRICE = "GROUP_PRICE";
    /** Strategies of an option that does not cost what its group says. */
    private static final List<String> OWN_PRICE = List.of(
            BASE_PRICE,
            "MENU_SPECIFIC_PRICE",
            "TIME_SPECIFIC_PRICE",
            "SIZE_PRICE",
            "SIZE_SEQUENCE_PRICE",
            "OPEN_PRICE",
            "NONE");

    private final ToastPrices prices;
    private final ToastGroups groups;
    private final ToastReport report;
    private final Map<RecordId, Found> found = new LinkedHashMap<>();

    ToastItems(ToastPrices prices, ToastGroups groups, ToastReport report) {
        this.prices = prices;
        this.groups = groups;
        this.report = report;
    }

    /** @param above the records that it stands in, from the menu inwards */
    private record OnMenu(String path, JsonNode node, List<RecordId> above, Placement placement) {}

    /**
     * @param group null for an option that no group offers
     * @param groupPath where the group stands
     */
    private record AsOption(
            String path, JsonNode node, @Nullable RecordId group, String groupPath, JsonNode groupNode) {}

    private static final class Found {
        final List<OnMenu> onMenus = new ArrayList<>();
        final List<AsOption> asOptions = new ArrayList<>();

        /** What holds for the item itself, rather than for one menu. */
        @Nullable
        OnMenu main() {
            return onMenus.stream()
                    .filter(each -> !Toast.says(each.node, "pricingStrategy", "MENU_SPECIFIC_PRICE"))
                    .findFirst()
                    .orElse(onMenus.isEmpty() ? null : onMenus.get(0));
        }
    }

    /** @param above the records that it stands in, from the menu inwards: the last is its category */
    void onMenu(String path, RecordId item, JsonNode node, List<RecordId> above, long ordinal) {
        Placement placement = new Placement(above.get(above.size() - 1), ordinal);
        found(item).onMenus.add(new OnMenu(path, node, List.copyOf(above), placement));
    }

    void asOption(String path, RecordId item, JsonNode node, RecordId group, String groupPath, JsonNode groupNode) {
        found(item).asOptions.add(new AsOption(path, node, group, groupPath, groupNode));
    }

    /** An option that no group offers is an item all the same. */
    void besides(String path, RecordId item, JsonNode node) {
        Found known = found(item);
        if (known.onMenus.isEmpty() && known.asOptions.isEmpty()) {
            known.asOptions.add(new AsOption(path, node, null, "", MissingNode.getInstance()));
        }
    }

    private Found found(RecordId item) {
        return found.computeIfAbsent(item, id -> new Found());
    }

    List<RecordDelta> deltas(Stamp stamp) {
        List<RecordDelta> deltas = new ArrayList<>(found.size());
        found.forEach((item, each) ->
                deltas.add(RecordDelta.set(new RecordKey(Kind.ITEM, item), stamp, 0, new Dish(item, each).fields())));
        return deltas;
    }

    /** Puts one item together. */
    private final class Dish {
        private final RecordId item;
        private final Found all;
        private final String path;
        private final JsonNode node;
        private final FieldMap.Builder fields = FieldMap.builder(Kind.ITEM);
        /** Where is read just now: some fields are made of several places. */
        private String at;

        Dish(RecordId item, Found all) {
            OnMenu main = all.main();
            this.item = item;
            this.all = all;
            this.path = main == null ? all.asOptions.get(0).path : main.path;
            this.node = main == null ? all.asOptions.get(0).node : main.node;
            this.at = path;
        }

        FieldMap fields() {
            fields.putAll(ToastMappings.ITEM.get(node, this::report));
            set(Item.CATEGORIES, this::categories);
            set(Item.PRICE, this::price);
            set(Item.PRICE_RULES, this::rules);
            set(Item.MODIFIER_GROUPS, this::uses);
            return fields.build();
        }

        /** Nothing is said of a field that cannot be read. */
        private <T> void set(Field<T> field, Supplier<@Nullable T> read) {
            at = path;
            try {
                T value = read.get();
                if (value != null) {
                    field.codec().check(value);
                }
                fields.setOrClear(field, value);
            } catch (InvalidValue e) {
                report(e);
            }
        }

        private void report(InvalidValue e) {
            report.value(at, record(), e);
        }

        private String record() {
            return new RecordKey(Kind.ITEM, item).toString();
        }

        private @Nullable List<Placement> categories() {
            Map<RecordId, Placement> placements = new LinkedHashMap<>();
            all.onMenus.forEach(each -> placements.putIfAbsent(each.placement.in(), each.placement));
            return placements.isEmpty() ? null : List.copyOf(placements.values());
        }

        /** An option that is on no menu has the price that all its groups agree on. */
        private @Nullable Money price() {
            if (!all.onMenus.isEmpty()) {
                return prices.base(node);
            }
            Set<@Nullable Money> different = new LinkedHashSet<>();
            for (AsOption each : all.asOptions) {
                at = each.path;
                different.add(prices.base(each.node));
            }
            return different.size() == 1 ? different.iterator().next() : null;
        }

        /** Those of a path first: the first rule that matches decides. */
        private @Nullable List<PriceRule> rules() {
            List<PriceRule> rules = new ArrayList<>();
            Money usual = all.onMenus.isEmpty() ? null : prices.base(node);
            for (OnMenu each : all.onMenus) {
                at = each.path;
                Money here = prices.base(each.node);
                if (here != null && !here.equals(usual)) {
                    rules.add(ToastPrices.rule(pathOf(each), here));
                }
            }
            for (AsOption each : all.asOptions) {
                at = each.path;
                RecordId group = each.group;
                if (group != null && hasGroupsPrice(each)) {
                    at = each.groupPath;
                    rules.addAll(prices.rules(each.groupNode, List.of(group, item)));
                }
            }
            at = path;
            rules.addAll(prices.rules(node, List.of()));
            return rules.isEmpty() ? null : rules;
        }

        /** {@link InvalidValue} for an unknown word, where it matters which one it is. */
        private static boolean hasGroupsPrice(AsOption option) {
            String strategy = option.node.path("pricingStrategy").asText(BASE_PRICE);
            boolean matters = option.groupNode.path("pricingRules").isObject();
            if (matters && !GROUP_PRICE.equals(strategy) && !OWN_PRICE.contains(strategy)) {
                throw new InvalidValue("\"" + strategy + "\" is unknown; known are " + GROUP_PRICE + " and "
                                + String.join(", ", OWN_PRICE))
                        .under("pricingStrategy");
            }
            return GROUP_PRICE.equals(strategy);
        }

        private List<RecordId> pathOf(OnMenu each) {
            List<RecordId> whole = new ArrayList<>(each.above);
            whole.add(item);
            return whole.subList(Math.max(0, whole.size() - PATH_MAX), whole.size());
        }

        private @Nullable List<GroupUse> uses() {
            Set<RecordId> used = new LinkedHashSet<>();
            if (all.onMenus.isEmpty()) {
                for (AsOption each : all.asOptions) {
                    at = each.path;
                    used.addAll(groups.usedBy(each.path, record(), each.node));
                }
            } else {
                used.addAll(groups.usedBy(path, record(), node));
            }
            List<GroupUse> uses = new ArrayList<>();
            for (RecordId group : used) {
                uses.add(new GroupUse(group, uses.size(), Bound.UNSET, Bound.UNSET, TriState.UNSET, List.of()));
            }
            return uses.isEmpty() ? null : uses;
        }
    }
}
