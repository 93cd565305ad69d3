package dev.tournant.deploy.standins.doordash;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The shape of a pushed or pulled menu, looked at before a job is made of it: which fields have to be there, of what type,
 * in what range. What the fields mean together is left to the job, {@link MenuPhase} and {@link HoursPhase}.
 */
final class MenuRules {
    /** Extras within options within extras, and so on. */
    static final int EXTRAS_DEPTH_MAX = 8;

    static final int CENTS_MAX = 10_000_000;

    private static final int SORT_ID_MAX = 1_000_000;
    private static final int QUANTITY_MAX = 1_000;

    private MenuRules() {}

    /** A pushed menu, its store included. */
    static List<FieldError> push(ObjectNode request) {
        FieldCheck top = FieldCheck.of(request, "");
        top.text("reference")
                .requiredObject("store")
                .ifPresent(store -> store.requiredText("merchant_supplied_id").requiredText("provider_type"));
        checkMenu(top);
        return top.errors();
    }

    /** One element of a pulled {@code menus}, which has no store of its own. */
    static List<FieldError> pulled(ObjectNode element, int at) {
        FieldCheck top = FieldCheck.of(element, "menus[" + at + "].");
        top.text("id").text("reference");
        checkMenu(top);
        return top.errors();
    }

    private static void checkMenu(FieldCheck top) {
        List<FieldCheck> open = top.requiredObjects("open_hours");
        open.forEach(hours -> hours.requiredText("day_index").text("start_time").text("end_time"));
        List<FieldCheck> special = top.requiredObjects("special_hours");
        special.forEach(hours ->
                hours.requiredText("date").flag("closed").text("start_time").text("end_time"));
        top.requiredObject("menu").ifPresent(menu -> {
            menu.requiredText("name").text("subtitle").flag("active").text("merchant_supplied_id");
            menu.requiredObjects("categories").forEach(MenuRules::checkCategory);
        });
    }

    private static void checkCategory(FieldCheck category) {
        category.requiredText("name")
                .text("subtitle")
                .text("merchant_supplied_id")
                .flag("active")
                .integer("sort_id", 0, SORT_ID_MAX);
        category.requiredObjects("items").forEach(MenuRules::checkItem);
    }

    private static void checkItem(FieldCheck item) {
        checkPriced(item).flag("is_alcohol");
        item.objects("extras").forEach(extra -> checkExtra(extra, 1));
    }

    private static FieldCheck checkPriced(FieldCheck priced) {
        return priced.requiredText("name")
                .text("description")
                .requiredText("merchant_supplied_id")
                .flag("active")
                .integer("sort_id", 0, SORT_ID_MAX)
                .requiredPrice("price", CENTS_MAX)
                .number("tax_rate", 0, 100);
    }

    private static void checkExtra(FieldCheck extra, int depth) {
        extra.requiredText("name")
                .text("description")
                .text("merchant_supplied_id")
                .flag("active")
                .integer("sort_id", 0, SORT_ID_MAX);
        for (String bound : List.of(
                "min_num_options",
                "max_num_options",
                "num_free_options",
                "min_option_choice_quantity",
                "max_option_choice_quantity",
                "min_aggregate_options_quantity",
                "max_aggregate_options_quantity")) {
            extra.integer(bound, 0, QUANTITY_MAX);
        }
        extra.ordered("min_num_options", "max_num_options")
                .ordered("num_free_options", "max_num_options")
                .ordered("min_option_choice_quantity", "max_option_choice_quantity")
                .ordered("min_aggregate_options_quantity", "max_aggregate_options_quantity");
        extra.requiredObjects("options").forEach(option -> checkOption(option, depth));
    }

    private static void checkOption(FieldCheck option, int depth) {
        checkPriced(option).flag("default");
        List<FieldCheck> nested = option.objects("extras");
        if (depth < EXTRAS_DEPTH_MAX) {
            nested.forEach(extra -> checkExtra(extra, depth + 1));
        } else if (!nested.isEmpty()) {
            option.error("extras", "must not nest deeper than " + EXTRAS_DEPTH_MAX);
        }
    }
}
