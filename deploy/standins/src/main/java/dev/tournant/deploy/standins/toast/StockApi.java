package dev.tournant.deploy.standins.toast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Json;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The stock API of one restaurant. Call inside {@link Restaurant#atomically}. */
final class StockApi {
    private final Restaurant restaurant;
    /** Multi-location ids by guid, and the other way round. */
    private final Map<String, String> ids;

    private final Map<String, String> guids = new HashMap<>();

    StockApi(Restaurant restaurant) {
        this.restaurant = restaurant;
        this.ids = restaurant.book().stockable();
        ids.forEach((guid, multiLocationId) -> guids.put(multiLocationId, guid));
    }

    /** What is not simply in stock; {@code status} narrows it. */
    Reply inventory(Optional<String> status) {
        Optional<Stock.Status> asked = status.flatMap(Stock.Status::of);
        if (status.isPresent()
                && asked.filter(each -> each != Stock.Status.IN_STOCK).isEmpty()) {
            return Reply.refused(ToastError.bad("status is QUANTITY or OUT_OF_STOCK", "status"));
        }
        ArrayNode found = Json.array(List.of());
        restaurant.stock().levels().forEach((guid, level) -> {
            if (ids.containsKey(guid) && asked.map(level.status()::equals).orElse(true)) {
                found.add(valid(guid));
            }
        });
        return Reply.ok(found);
    }

    /** Everything that is asked for, in stock or not. */
    Reply search(JsonNode body) {
        if (!body.path("guids").isArray() && !body.path("multiLocationIds").isArray()) {
            return Reply.refused(ToastError.bad("guids or multiLocationIds are needed", "guids"));
        }
        ArrayNode found = Json.array(List.of());
        Set<String> asked = new LinkedHashSet<>(Json.textsOf(body.path("guids")));
        for (String multiLocationId : Json.textsOf(body.path("multiLocationIds"))) {
            String guid = guids.get(multiLocationId);
            if (guid == null) {
                found.add(invalid(Json.object().put("multiLocationId", multiLocationId)));
            } else {
                asked.add(guid);
            }
        }
        asked.forEach(guid -> found.add(
                ids.containsKey(guid) ? valid(guid) : invalid(Json.object().put("guid", guid))));
        return Reply.ok(found);
    }

    /** Sets what can be set. An item that there is not is marked in the answer and holds up no other. */
    Reply update(JsonNode body) {
        List<ObjectNode> updates = Json.objectsOf(body);
        if (!body.isArray() || updates.size() != body.size()) {
            return Reply.refused(ToastError.bad("The body has to be a list of inventory updates", null));
        }
        for (ObjectNode update : updates) {
            Optional<ToastError> wrong = wrong(update);
            if (wrong.isPresent()) {
                return Reply.refused(wrong.get());
            }
        }
        ArrayNode done = Json.array(List.of());
        updates.forEach(update -> done.add(guid(update)
                .map(guid -> {
                    restaurant.setStock(guid, ids.get(guid), level(update));
                    return valid(guid);
                })
                .orElseGet(() -> invalid(update))));
        return Reply.ok(done);
    }

    private static Optional<ToastError> wrong(ObjectNode update) {
        Optional<Stock.Status> status = Stock.Status.of(MenuBook.text(update, "status"));
        if (status.isEmpty()) {
            return Optional.of(ToastError.bad("status is IN_STOCK, QUANTITY or OUT_OF_STOCK", "status"));
        }
        boolean counts = status.get() == Stock.Status.QUANTITY;
        if (counts && !update.path("quantity").isNumber()) {
            return Optional.of(ToastError.bad("A QUANTITY needs a number", "quantity"));
        }
        return Optional.empty();
    }

    private Optional<String> guid(ObjectNode update) {
        return update.hasNonNull("guid")
                ? Optional.of(MenuBook.text(update, "guid")).filter(ids::containsKey)
                : Optional.ofNullable(guids.get(MenuBook.text(update, "multiLocationId")));
    }

    private static Stock.Level level(ObjectNode update) {
        return switch (Stock.Status.of(MenuBook.text(update, "status")).orElseThrow()) {
            case IN_STOCK -> Stock.Level.IN_STOCK;
            case OUT_OF_STOCK -> Stock.Level.OUT_OF_STOCK;
            case QUANTITY -> Stock.Level.quantity(update.path("quantity").asDouble());
        };
    }

    private ObjectNode valid(String guid) {
        return Stock.json(guid, ids.get(guid), restaurant.stock().of(guid)).put("itemGuidValidity", "VALID");
    }

    private static ObjectNode invalid(ObjectNode asked) {
        ObjectNode json = Json.object();
        json.put("guid", asked.path("guid").asText(null));
        json.put("multiLocationId", asked.path("multiLocationId").asText(null));
        json.put("status", asked.path("status").asText(null));
        json.set("quantity", asked.path("quantity").isNumber() ? asked.path("quantity") : null);
        return json.put("itemGuidValidity", "INVALID");
    }
}
