package dev.tournant.deploy.standins.toast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One document made of the menus as they are: every group and option that is in use gets a number that means nothing
 * outside of it, another one in each document.
 */
final class Publication {
    private static final int FIRST_NUMBER_MAX = 5_000;
    private static final String GROUP_REFS = "modifierGroupReferences";
    private static final String OPTION_REFS = "modifierOptionReferences";

    private final MenuBook book;
    private final Map<String, Integer> groupNumbers = new HashMap<>();
    private final Map<String, Integer> optionNumbers = new HashMap<>();
    private final Map<String, Integer> preGroupNumbers = new HashMap<>();

    private Publication(MenuBook book, Set<String> groups, Random random) {
        this.book = book;
        Set<String> options = groups.stream()
                .flatMap(guid -> Json.textsOf(group(guid).path(OPTION_REFS)).stream())
                .filter(book.options()::containsKey)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<String> preGroups = groups.stream()
                .map(guid -> group(guid).path("preModifierGroupReference"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        int count = groups.size() + options.size() + preGroups.size();
        int first = 1 + random.nextInt(FIRST_NUMBER_MAX);
        List<Integer> numbers =
                new ArrayList<>(IntStream.range(first, first + count).boxed().toList());
        Collections.shuffle(numbers, random);
        groups.forEach(guid -> groupNumbers.put(guid, numbers.remove(numbers.size() - 1)));
        options.forEach(key -> optionNumbers.put(key, numbers.remove(numbers.size() - 1)));
        preGroups.forEach(guid -> preGroupNumbers.put(guid, numbers.remove(numbers.size() - 1)));
    }

    /** A document of its own, without the time of its publication. Same random, same numbers. */
    static ObjectNode of(MenuBook book, String restaurantGuid, String timeZone, Random random) {
        Set<String> placed = new LinkedHashSet<>();
        book.menuGroups()
                .forEach(group -> group.path("menuItems")
                        .forEach(place -> placed.add(MenuBook.text(place, MenuBook.PLACED_ITEM))));
        Publication publication = new Publication(book, book.groupsInUse(placed), random);
        ObjectNode document = Json.object();
        document.put("restaurantGuid", restaurantGuid);
        document.putNull("lastUpdated");
        document.put("restaurantTimeZone", timeZone);
        document.set(
                "menus", Json.array(book.menus().stream().map(publication::menu).toList()));
        document.set(GROUP_REFS, publication.groups());
        document.set(OPTION_REFS, publication.options());
        document.set("preModifierGroupReferences", publication.preGroups());
        return document;
    }

    private ObjectNode group(String guid) {
        return book.groups().getOrDefault(guid, Json.object());
    }

    private ObjectNode menu(ObjectNode menu) {
        ObjectNode copy = menu.deepCopy();
        Json.objectsOf(copy.path("menuGroups")).forEach(this::fill);
        return copy;
    }

    /** Puts items where their places are, in a group and in those inside it. */
    private void fill(ObjectNode group) {
        ArrayNode items = Json.array(List.of());
        for (JsonNode place : group.path("menuItems")) {
            ObjectNode item = book.items().get(MenuBook.text(place, MenuBook.PLACED_ITEM));
            if (item != null) {
                items.add(item(item, place.path(MenuBook.MENU_PRICE)));
            }
        }
        group.set("menuItems", items);
        Json.objectsOf(group.path("menuGroups")).forEach(this::fill);
    }

    private ObjectNode item(ObjectNode item, JsonNode menuPrice) {
        ObjectNode copy = item.deepCopy();
        if (menuPrice.isNumber()) {
            copy.set("price", menuPrice);
            copy.put("pricingStrategy", Cook.MENU_SPECIFIC_PRICE);
            copy.putNull("pricingRules");
        }
        number(copy);
        return copy;
    }

    private void number(ObjectNode holder) {
        holder.set(GROUP_REFS, numbers(holder.path(GROUP_REFS), groupNumbers));
        Json.objectsOf(holder.path("portions"))
                .forEach(portion -> portion.set(GROUP_REFS, numbers(portion.path(GROUP_REFS), groupNumbers)));
    }

    private ObjectNode groups() {
        ObjectNode references = Json.object();
        groupNumbers.forEach((guid, number) -> {
            ObjectNode copy = group(guid).deepCopy();
            copy.put("referenceId", number);
            copy.set(OPTION_REFS, numbers(copy.path(OPTION_REFS), optionNumbers));
            JsonNode preGroup = copy.path("preModifierGroupReference");
            copy.put("preModifierGroupReference", preGroupNumbers.get(preGroup.asText()));
            references.set(Integer.toString(number), copy);
        });
        return references;
    }

    private ObjectNode options() {
        ObjectNode references = Json.object();
        optionNumbers.forEach((key, number) -> {
            ObjectNode copy = book.options().getOrDefault(key, Json.object()).deepCopy();
            copy.put("referenceId", number);
            number(copy);
            references.set(Integer.toString(number), copy);
        });
        return references;
    }

    private ObjectNode preGroups() {
        ObjectNode references = Json.object();
        preGroupNumbers.forEach((guid, number) -> {
            ObjectNode copy = book.preGroups().getOrDefault(guid, Json.object()).deepCopy();
            copy.put("referenceId", number);
            references.set(Integer.toString(number), copy);
        });
        return references;
    }

    /** The numbers of those that are in the document: what was archived is left out. */
    private static ArrayNode numbers(JsonNode keys, Map<String, Integer> numbers) {
        ArrayNode array = Json.array(List.of());
        for (String key : Json.textsOf(keys)) {
            Integer number = numbers.get(key);
            if (number != null) {
                array.add(number);
            }
        }
        return array;
    }
}
