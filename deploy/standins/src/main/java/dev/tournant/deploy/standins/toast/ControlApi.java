package dev.tournant.deploy.standins.toast;

import akka.http.javadsl.server.Route;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Answer;
import dev.tournant.deploy.standins.core.ControlDirectives;
import dev.tournant.deploy.standins.core.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Steers the stand-in, under {@code /control}. No part of Toast; no token, no limits, no faults. */
final class ControlApi extends ControlDirectives {
    private final ToastStandin standin;

    ControlApi(ToastStandin standin) {
        this.standin = standin;
    }

    Route route() {
        return control(
                got("state", this::state),
                got("truth", "restaurant", this::truth),
                got("stats", () -> Answer.ok(standin.stats())),
                posted("edit", this::edit),
                posted("subscribe", this::subscribe),
                posted("rate", this::rate),
                posted("seed", this::seed),
                settable("limits", () -> standin.limits().json(), this::changeLimits),
                got("tokens", this::tokens),
                luck(standin::beginLuck),
                settable("faults", () -> standin.faults().json(), this::changeFaults));
    }

    private static Answer unknownRestaurant(String guid) {
        return refused(404, "no restaurant " + guid + "; GET /control/state lists them");
    }

    private Answer state() {
        ObjectNode json = Json.object();
        ArrayNode clients = json.putArray("clients");
        standin.clients()
                .forEach(client -> clients.addObject()
                        .put("clientId", client.clientId())
                        .put("clientSecret", client.clientSecret()));
        json.set(
                "restaurants",
                Json.array(standin.allRestaurants().stream()
                        .map(restaurant -> restaurant.atomically(() -> state(restaurant)))
                        .toList()));
        json.set("subscriptions", Json.array(standin.subscriptions()));
        return Answer.ok(json);
    }

    private Answer tokens() {
        ObjectNode json = Json.object();
        ArrayNode issued = json.putArray("issued");
        standin.issuedTokens().forEach(issued::add);
        return Answer.ok(json);
    }

    private static ObjectNode state(Restaurant restaurant) {
        ObjectNode json = Json.object();
        json.put("guid", restaurant.guid());
        json.put("name", restaurant.identity().name());
        json.put("locationName", restaurant.identity().location());
        json.put("timeZone", restaurant.identity().timeZone());
        json.put("currencyCode", restaurant.identity().currency());
        json.put("managementGroupGuid", restaurant.identity().groupGuid());
        json.set("lastUpdated", lastUpdated(restaurant));
        json.put("publications", restaurant.publications());
        json.put("edited", restaurant.isEdited());
        json.put("items", restaurant.book().items().size());
        json.put("modifiers", restaurant.book().options().size());
        json.put("notInStock", restaurant.stock().levels().size());
        return json;
    }

    private static com.fasterxml.jackson.databind.@Nullable JsonNode lastUpdated(Restaurant restaurant) {
        return restaurant
                .published()
                .map(document -> document.path("lastUpdated"))
                .orElse(null);
    }

    /** What is true of one restaurant now: what clients see, what they would see after a publish, and the stock. */
    private Answer truth(String guid) {
        Optional<Restaurant> found = standin.restaurant(guid);
        return found.map(restaurant -> restaurant.atomically(() -> {
                    ObjectNode json = Json.object();
                    json.put("restaurantGuid", guid);
                    json.set("lastUpdated", lastUpdated(restaurant));
                    json.set("published", restaurant.published().orElse(null));
                    json.set("draft", restaurant.draft(new Random(0)));
                    ArrayNode stock = json.putArray("stock");
                    var ids = restaurant.book().stockable();
                    restaurant
                            .stock()
                            .levels()
                            .forEach((item, level) -> stock.add(Stock.json(item, ids.get(item), level)));
                    return Answer.ok(json);
                }))
                .orElseGet(() -> unknownRestaurant(guid));
    }

    private Answer edit(ObjectNode request) {
        String restaurant = request.path("restaurant").asText();
        Optional<EditKind> kind = EditKind.of(request.path("kind").asText());
        if (standin.restaurant(restaurant).isEmpty()) {
            return unknownRestaurant(restaurant);
        }
        if (kind.isEmpty()) {
            return refused(
                    400, "no kind of edit is called " + request.path("kind").asText() + "; there are " + kinds());
        }
        @Nullable String guid = request.path("guid").asText(null);
        Optional<Edit> made = standin.edit(restaurant, kind.get(), guid, request.path("value"));
        if (made.isPresent() && request.path("publish").asBoolean()) {
            standin.edit(restaurant, EditKind.PUBLISH);
        }
        return made.map(edit -> Answer.ok(edit.json()))
                .orElseGet(
                        () -> refused(404, "nothing there for a " + kind.get().wireName()));
    }

    private static List<String> kinds() {
        return Arrays.stream(EditKind.values()).map(EditKind::wireName).toList();
    }

    /** {@code "only": true} ends the other subscriptions of the category. */
    private Answer subscribe(ObjectNode request) {
        Optional<Category> category = Category.of(request.path("category").asText());
        String url = request.path("url").asText();
        String secret = request.path("secret").asText();
        if (category.isEmpty() || secret.isEmpty()) {
            return refused(400, "a category (menus or stock) and a secret are needed");
        }
        if (request.path("only").asBoolean()) {
            standin.unsubscribe(category.get());
        }
        standin.subscribe(category.get(), url, secret);
        return Answer.ok(Json.object().put("subscribed", 1));
    }

    private Answer rate(ObjectNode request) {
        standin.setEditsPerSecond(request.path("editsPerSecond").asDouble(-1));
        return Answer.ok(Json.object().put("editsPerSecond", standin.editsPerSecond()));
    }

    private Answer seed(ObjectNode request) {
        if (!request.path("seed").isIntegralNumber()) {
            return refused(400, "a seed is a whole number");
        }
        standin.reseed(request.path("seed").asLong());
        return state();
    }

    private void changeLimits(ObjectNode asked) {
        standin.setLimits(standin.limits().with(asked));
    }

    private void changeFaults(ObjectNode asked) {
        standin.setFaults(standin.faults().with(asked));
    }
}
