package dev.tournant.deploy.standins.doordash;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.Stream;

/** What the first phase of a job finds wrong with a menu of the right shape. */
final class MenuPhase {
    private MenuPhase() {}

    static Optional<String> trouble(JsonNode menu) {
        boolean sells = MenuTree.each(menu.path("categories"))
                .filter(MenuTree::isActive)
                .flatMap(category -> MenuTree.each(category.path("items")))
                .anyMatch(MenuTree::isActive);
        if (MenuTree.isActive(menu) && !sells) {
            return Optional.of("The menu is active and has no active item in an active category.");
        }
        return Stream.concat(MenuTree.items(menu), MenuTree.options(menu))
                .filter(MenuTree::isActive)
                .flatMap(MenuTree::extras)
                .filter(MenuTree::isActive)
                .filter(extra -> extra.path("min_num_options").asInt() > offered(extra))
                .map(extra -> "The extra `" + extra.path("name").asText() + "` asks for "
                        + extra.path("min_num_options").asInt() + " options and has " + offered(extra)
                        + " that are active.")
                .findFirst();
    }

    /** How many choices the active options of an extra are good for. */
    private static long offered(JsonNode extra) {
        long active =
                MenuTree.each(extra.path("options")).filter(MenuTree::isActive).count();
        return active * Math.max(1, extra.path("max_option_choice_quantity").asInt());
    }
}
