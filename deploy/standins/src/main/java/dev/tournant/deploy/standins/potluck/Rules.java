package dev.tournant.deploy.standins.potluck;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What an object has to be, and what becomes of it when another is deleted. */
final class Rules {
    static final long PRICE_MAX = 100_000_000_000L;
    static final int NAME_CHARS_MAX = 512;

    private static final Set<String> STATES = Set.of("ON_SALE", "SOLD_OUT", "RETIRED", "SEASONAL");

    private Rules() {}

    /** The object with names for what is new in it; {@link PotluckError} for one that cannot be taken. */
    static ObjectNode checked(Location location, Sort sort, ObjectNode object) {
        name("name", object);
        switch (sort) {
            case CATEGORY -> category(location, object);
            case ITEM -> item(location, object);
            default -> group(location, object);
        }
        return object;
    }

    static void checkStore(ObjectNode store) {
        name("name", store);
        if (store.has("taking_orders") && !store.path("taking_orders").isBoolean()) {
            throw PotluckError.invalid("taking_orders", "must be true or false");
        }
    }

    private static void name(String path, JsonNode object) {
        String name = object.path("name").asText();
        if (!object.path("name").isTextual() || name.isBlank() || name.length() > NAME_CHARS_MAX) {
            throw PotluckError.invalid(path, "must be text of 1 to " + NAME_CHARS_MAX + " characters");
        }
    }

    private static void category(Location location, ObjectNode category) {
        String id = category.path("id").asText();
        String parent = category.path("parent_id").asText();
        Set<String> above = new HashSet<>(Set.of(id));
        while (!parent.isEmpty()) {
            if (!above.add(parent)) {
                throw PotluckError.invalid("parent_id", "leads back to where it began");
            }
            parent = need(location, Sort.CATEGORY, "parent_id", parent)
                    .path("parent_id")
                    .asText();
        }
    }

    private static void item(Location location, ObjectNode item) {
        price("price_minor", item);
        if (item.has("state") && !STATES.contains(item.path("state").asText())) {
            throw PotluckError.invalid("state", "must be one of " + STATES);
        }
        if (item.has("stock") && !item.path("stock").isNumber()) {
            throw PotluckError.invalid("stock", "must be a number");
        }
        item.path("in")
                .forEach(each -> need(
                        location, Sort.CATEGORY, "in", each.path("category").asText()));
        item.path("groups")
                .forEach(each -> need(
                        location, Sort.OPTION_GROUP, "groups", each.path("id").asText()));
    }

    private static void price(String path, JsonNode object) {
        JsonNode price = object.path("price_minor");
        boolean none = price.isMissingNode() || price.isNull();
        boolean good = none || (price.isIntegralNumber() && price.asLong() >= 0 && price.asLong() <= PRICE_MAX);
        if (!good) {
            throw PotluckError.invalid(path, "must be a whole number from 0 to " + PRICE_MAX);
        }
    }

    private static JsonNode need(Location location, Sort sort, String field, String id) {
        return location.live(id)
                .filter(each -> each.sort() == sort)
                .map(each -> (JsonNode) each.object())
                .orElseThrow(() -> PotluckError.invalid(field, "there is no " + id + " among the " + sort.list()));
    }

    /** Options that bear no id are new. */
    private static void group(Location location, ObjectNode group) {
        Set<String> known = new HashSet<>();
        location.live(group.path("id").asText())
                .ifPresent(before -> before.object()
                        .path("options")
                        .forEach(each -> known.add(each.path("id").asText())));
        for (JsonNode option : group.path("options")) {
            if (!(option instanceof ObjectNode one)) {
                throw PotluckError.invalid("options", "must be objects");
            }
            name("options.name", one);
            price("options.price_minor", one);
            if (!one.has("id")) {
                one.put("id", location.name("o"));
            } else if (!known.contains(one.path("id").asText())) {
                throw PotluckError.invalid("options.id", "leave it out for a new option");
            }
        }
    }

    /** An object without what it says of one that is deleted; empty where it says nothing of it. */
    static Optional<ObjectNode> without(Location.Held held, Sort sort, String deleted) {
        ObjectNode object = held.object().deepCopy();
        boolean changed = false;
        if (sort == Sort.CATEGORY && object.path("parent_id").asText().equals(deleted)) {
            object.remove("parent_id");
            changed = true;
        }
        changed |= sort == Sort.CATEGORY && removed(object.path("in"), "category", deleted);
        changed |= sort == Sort.OPTION_GROUP && removed(object.path("groups"), "id", deleted);
        return changed ? Optional.of(object) : Optional.empty();
    }

    private static boolean removed(JsonNode list, String member, String deleted) {
        boolean changed = false;
        if (list instanceof ArrayNode array) {
            for (int at = array.size() - 1; at >= 0; at--) {
                if (array.path(at).path(member).asText().equals(deleted)) {
                    array.remove(at);
                    changed = true;
                }
            }
        }
        return changed;
    }
}
