package dev.tournant.deploy.standins.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Json;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;

/**
 * A seller as one JSON object, and back: who it is, all objects with versions and tombstones, counts, locations, and where
 * its events go. Results that are being paged through and idempotency keys are not part of it.
 */
final class SellerState {
    private static final String FORMAT = "tournant-square-seller";
    private static final int FORMAT_VERSION = 1;

    private SellerState() {}

    /** Stored trees never change, so only the lists are made inside the seller's lock. */
    static ObjectNode of(Seller seller, List<Webhooks.Subscription> subscriptions) {
        ObjectNode state = Json.object();
        state.put("format", FORMAT);
        state.put("formatVersion", FORMAT_VERSION);
        ObjectNode identity = state.putObject("identity");
        identity.put("merchantId", seller.merchantId());
        identity.put("name", seller.identity().name());
        identity.put("token", seller.identity().token());
        identity.put("currency", seller.identity().currency());
        identity.put("country", seller.identity().country());
        ArrayNode hooks = state.putArray("subscriptions");
        subscriptions.forEach(
                each -> hooks.addObject().put("url", each.url()).put("signatureKey", each.signatureKey()));
        return seller.atomically(() -> {
            state.put("latest", seller.catalogue().latest());
            state.put("tick", seller.ticks().last());
            state.set("objects", Json.array(seller.catalogue().topLevel()));
            state.set("buried", Json.array(seller.catalogue().buried()));
            state.set("locations", Json.array(seller.locations()));
            ArrayNode counts = state.putArray("counts");
            seller.inventory().counts().forEach((key, count) -> counts.add(json(key, count)));
            return state;
        });
    }

    /**
     * The seller that a state describes. Versions go on after {@code after} at least, epoch ms.
     *
     * @throws IllegalArgumentException when this is no state of a seller; the message says why
     */
    static Seller seller(ObjectNode state, Ids ids, long after, InstantSource clock, Seller.Watcher watcher) {
        if (!state.path("format").asText().equals(FORMAT)) {
            throw new IllegalArgumentException("its format is not \"" + FORMAT + "\"");
        }
        if (state.path("formatVersion").asInt() != FORMAT_VERSION) {
            throw new IllegalArgumentException("its formatVersion is "
                    + state.path("formatVersion").asText() + ", and this stand-in reads " + FORMAT_VERSION);
        }
        JsonNode identity = state.path("identity");
        Seller seller = new Seller(
                new Seller.Identity(
                        text(identity, "merchantId"),
                        text(identity, "name"),
                        text(identity, "token"),
                        text(identity, "currency"),
                        text(identity, "country")),
                clock,
                ids,
                watcher);
        objects(state, "locations").forEach(seller::seedLocation);
        seller.catalogue()
                .restore(objects(state, "objects"), objects(state, "buried"), Math.max(after, number(state, "latest")));
        objects(state, "counts").forEach(count -> seller.inventory().restore(key(count), count(count)));
        seller.ticks().startAfter(Math.max(after, number(state, "tick")));
        return seller;
    }

    static List<Webhooks.Subscription> subscriptions(ObjectNode state) {
        return objects(state, "subscriptions").stream()
                .map(each -> new Webhooks.Subscription(text(each, "url"), text(each, "signatureKey")))
                .toList();
    }

    private static ObjectNode json(Inventory.Key key, Inventory.Count count) {
        return Json.object()
                .put("variation", key.variation())
                .put("location", key.location())
                .put("state", key.state())
                .put("quantity", count.quantity().toPlainString())
                .put("calculatedAt", count.calculatedAt())
                .put("countedAt", count.countedAt());
    }

    private static Inventory.Key key(ObjectNode count) {
        return new Inventory.Key(text(count, "variation"), text(count, "location"), text(count, "state"));
    }

    private static Inventory.Count count(ObjectNode count) {
        return new Inventory.Count(
                new BigDecimal(text(count, "quantity")), number(count, "calculatedAt"), number(count, "countedAt"));
    }

    private static String text(JsonNode from, String field) {
        if (!from.path(field).isTextual()) {
            throw new IllegalArgumentException("it has no text \"" + field + "\"");
        }
        return from.path(field).asText();
    }

    private static long number(JsonNode from, String field) {
        if (!from.path(field).isIntegralNumber()) {
            throw new IllegalArgumentException("it has no number \"" + field + "\"");
        }
        return from.path(field).asLong();
    }

    private static List<ObjectNode> objects(JsonNode from, String field) {
        if (!from.path(field).isArray()) {
            throw new IllegalArgumentException("it has no list \"" + field + "\"");
        }
        return Json.objectsOf(from.path(field));
    }
}
