package dev.tournant.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.deploy.stack.Stack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a store at DoorDash sells, as its stand-in has it. */
final class MarketShown {
    private final LiveStack live;
    private final Stack.Everywhere everywhere;
    private final String link;

    MarketShown(LiveStack live, Stack.Everywhere everywhere, String link) {
        this.live = live;
        this.everywhere = everywhere;
        this.link = link;
    }

    String link() {
        return link;
    }

    /** By our id, once for each place where it stands on a menu that is on. */
    Map<String, List<JsonNode>> items() throws IOException {
        Map<String, List<JsonNode>> items = new HashMap<>();
        Set<String> names = new TreeSet<>();
        for (JsonNode each : live.stack()
                .doorDash()
                .look("truth?store=" + everywhere.store())
                .path("menus")) {
            JsonNode menu = each.path("menu");
            String own = menu.path("merchant_supplied_id").asText();
            assertThat(names.add(own)).as("a menu is at DoorDash once: " + own).isTrue();
            // DoorDash deletes no menu: one that is no more is off, with all that was in it.
            if (menu.path("active").asBoolean(true)) {
                read(own, menu, items);
            }
        }
        return items;
    }

    private static void read(String menu, JsonNode tree, Map<String, List<JsonNode>> into) {
        for (JsonNode category : tree.path("categories")) {
            Set<String> here = new TreeSet<>();
            for (JsonNode item : category.path("items")) {
                String id = item.path("merchant_supplied_id").asText();
                String where = category.path("merchant_supplied_id").asText() + " of menu " + menu;
                assertThat(here.add(id)).as(id + " is once in " + where).isTrue();
                into.computeIfAbsent(id, none -> new ArrayList<>()).add(item);
            }
        }
    }

    /** Menus that are on and speak of an item of ours, as a dish or as an option of one. */
    Set<String> menus(String item) throws IOException {
        Set<String> menus = new TreeSet<>();
        for (JsonNode each : live.stack()
                .doorDash()
                .look("truth?store=" + everywhere.store())
                .path("menus")) {
            JsonNode menu = each.path("menu");
            boolean speaks = menu.findValuesAsText("merchant_supplied_id").contains(item);
            if (speaks && menu.path("active").asBoolean(true)) {
                menus.add(each.path("id").asText());
            }
        }
        return menus;
    }

    /** Records that DoorDash will not have, as kind/id; the first ones. */
    Set<String> refused() throws IOException {
        Set<String> refused = new TreeSet<>();
        report().path("quarantined")
                .forEach(each -> refused.add(each.path("record").asText()));
        return refused;
    }

    /** Why it will not have them, each reason once. */
    Set<String> reasons() throws IOException {
        Set<String> reasons = new TreeSet<>();
        report().path("quarantined")
                .forEach(each -> reasons.add(
                        each.path("code").asText() + ": " + each.path("why").asText()));
        return reasons;
    }

    /** Whether any are tried again though nothing about them changes. */
    boolean isTriedAgain() throws IOException {
        return report().path("what").asText().contains("will be tried again");
    }

    private JsonNode report() throws IOException {
        return live.web()
                .get(live.url(everywhere.merchant(), "/links/" + link))
                .ok()
                .json();
    }
}
