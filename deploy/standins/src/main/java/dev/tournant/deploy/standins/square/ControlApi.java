package dev.tournant.deploy.standins.square;

import akka.http.javadsl.server.Route;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Answer;
import dev.tournant.deploy.standins.core.ControlDirectives;
import dev.tournant.deploy.standins.core.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Steers the stand-in, under {@code /control}. No part of Square; no token, no faults. */
final class ControlApi extends ControlDirectives {
    private final SquareStandin standin;

    ControlApi(SquareStandin standin) {
        this.standin = standin;
    }

    Route route() {
        return control(
                got("state", this::state),
                got("truth", "seller", this::truth),
                got("stats", () -> Answer.ok(standin.stats())),
                posted("edit", this::edit),
                posted("items", this::addItems),
                posted("subscribe", this::subscribe),
                posted("rate", this::rate),
                posted("code", this::code),
                posted("revoke", this::revoke),
                settable("tokens", () -> standin.tokenRules().json(), this::changeTokens),
                luck(standin::beginLuck),
                settable("faults", () -> standin.faults().json(), this::changeFaults));
    }

    private static Answer unknownSeller(String id) {
        return refused(404, "no seller " + id + "; GET /control/state lists them");
    }

    private Answer state() {
        ArrayNode sellers = Json.array(standin.allSellers().stream()
                .map(seller -> seller.atomically(() -> state(seller)))
                .toList());
        ObjectNode state = Json.object();
        state.putObject("application")
                .put("id", standin.application().id())
                .put("secret", standin.application().secret());
        return Answer.ok(state.set("sellers", sellers));
    }

    private ObjectNode state(Seller seller) {
        ObjectNode json = Json.object();
        json.put("merchantId", seller.merchantId());
        json.put("name", seller.identity().name());
        json.put("token", seller.identity().token());
        json.put("currency", seller.identity().currency());
        ArrayNode locations = json.putArray("locations");
        seller.locations()
                .forEach(location -> locations
                        .addObject()
                        .put("id", Shape.id(location))
                        .put("name", location.path("name").asText())
                        .put("timezone", location.path("timezone").asText())
                        .put("status", location.path("status").asText()));
        json.put("version", seller.catalogue().latest());
        json.put("latestTime", Json.time(seller.catalogue().latest()));
        Map<String, Long> byType = seller.catalogue()
                .every(Shape.TYPES)
                .filter(object -> !Shape.isDeleted(object))
                .collect(Collectors.groupingBy(Shape::type, TreeMap::new, Collectors.counting()));
        ObjectNode objects = json.putObject("objects");
        byType.forEach(objects::put);
        json.put("tombstones", seller.catalogue().tombstoneCount());
        json.put("inventoryCounts", seller.inventory().size());
        json.set("subscriptions", Json.texts(standin.subscriptions(seller.merchantId())));
        return json;
    }

    /** What is true of one seller now, at one moment: what every client should end up with. */
    private Answer truth(String id) {
        Optional<Seller> found = standin.seller(id);
        return found.map(seller -> seller.atomically(() -> {
                    ObjectNode json = Json.object();
                    json.put("merchantId", seller.merchantId());
                    json.put("version", seller.catalogue().latest());
                    json.set("objects", Json.array(live(seller)));
                    json.set("counts", Json.array(seller.inventory().newestFirst((key, count) -> true)));
                    json.set("locations", Json.array(List.copyOf(seller.locations())));
                    return Answer.ok(json);
                }))
                .orElseGet(() -> unknownSeller(id));
    }

    private static List<ObjectNode> live(Seller seller) {
        return seller.catalogue().topLevel().stream()
                .filter(object -> !Shape.isDeleted(object))
                .toList();
    }

    private Answer edit(ObjectNode request) {
        String id = request.path("seller").asText();
        String wireName = request.path("kind").asText();
        Optional<EditKind> kind = EditKind.of(wireName);
        Optional<Seller> seller = standin.seller(id);
        if (seller.isEmpty()) {
            return unknownSeller(id);
        }
        if (kind.isEmpty()) {
            return refused(400, "no kind of edit is called " + wireName + "; there are " + kinds());
        }
        if (!request.hasNonNull("objectId")) {
            return Answer.ok(standin.edit(seller.get(), kind.get()).json());
        }
        return standin.edit(seller.get(), kind.get(), request.path("objectId").asText())
                .map(edit -> Answer.ok(edit.json()))
                .orElseGet(() -> refused(404, "nothing there for a " + wireName + " in the object named"));
    }

    private Answer addItems(ObjectNode request) {
        String id = request.path("seller").asText();
        int items = request.path("items").asInt();
        return standin.seller(id)
                .map(seller ->
                        Answer.ok(Json.object().put("added", items).put("version", standin.addItems(seller, items))))
                .orElseGet(() -> unknownSeller(id));
    }

    private static List<String> kinds() {
        return java.util.Arrays.stream(EditKind.values())
                .map(EditKind::wireName)
                .toList();
    }

    /** {@code "seller": "*"} subscribes for all sellers; {@code "only": true} ends their other subscriptions. */
    private Answer subscribe(ObjectNode request) {
        String id = request.path("seller").asText();
        String url = request.path("url").asText();
        String key = request.path("signatureKey").asText();
        if (key.isEmpty()) {
            return refused(400, "a signatureKey is needed");
        }
        List<Seller> sellers = id.equals("*")
                ? standin.allSellers()
                : standin.seller(id).stream().toList();
        if (sellers.isEmpty()) {
            return unknownSeller(id);
        }
        boolean only = request.path("only").asBoolean();
        sellers.forEach(seller -> {
            if (only) {
                standin.unsubscribe(seller.merchantId());
            }
            standin.subscribe(seller.merchantId(), url, key);
        });
        return Answer.ok(Json.object().put("subscribed", sellers.size()));
    }

    private Answer rate(ObjectNode request) {
        standin.setEditsPerSecond(request.path("editsPerSecond").asDouble(-1));
        return Answer.ok(Json.object().put("editsPerSecond", standin.editsPerSecond()));
    }

    /** A seller consents. */
    private Answer code(ObjectNode request) {
        String id = request.path("seller").asText();
        return standin.seller(id).isEmpty()
                ? unknownSeller(id)
                : Answer.ok(Json.object().put("code", standin.code(id)));
    }

    private Answer revoke(ObjectNode request) {
        String id = request.path("seller").asText();
        if (standin.seller(id).isEmpty()) {
            return unknownSeller(id);
        }
        standin.revoke(id);
        return Answer.ok(Json.object().put("revoked", id));
    }

    private void changeTokens(ObjectNode asked) {
        standin.setTokenRules(standin.tokenRules().with(asked));
    }

    private void changeFaults(ObjectNode asked) {
        standin.setFaults(standin.faults().with(asked));
    }
}
