package dev.tournant.deploy.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.messages.Json;
import dev.tournant.model.Direction;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Projection;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the merchants of a stack and links them to what the stand-ins hold. */
final class Linking {
    private static final int TRIES_MAX = 6;
    /** What a marketplace takes of a price is put on it. */
    private static final Projection DEARER = Projection.CODEC.read(Map.of("prices", List.of(Map.of("percent", "10"))));

    private final Stack stack;
    private final Servers servers;
    private final StackOptions options;
    private final List<JsonNode> sellers;
    private final JsonNode restaurants;
    private final JsonNode doorDash;
    /** Sellers and restaurants of merchants that are everywhere. */
    private final Set<String> taken = new HashSet<>();

    Linking(Stack stack, Servers servers, StackOptions options) throws IOException {
        this.stack = stack;
        this.servers = servers;
        this.options = options;
        this.sellers = servers.standin().sellers();
        this.restaurants = servers.toast().state().path("restaurants");
        this.doorDash = servers.doorDash().state();
    }

    /** A merchant with a seller at Square, and the first ones with a store at DoorDash too. */
    Stack.Merchant seller(int nth) throws IOException {
        JsonNode seller = sellers.get(nth);
        JsonNode location = seller.path("locations").path(0);
        Stack.Merchant merchant = new Stack.Merchant(
                new MerchantId("merchant-" + (nth + 1)),
                new LinkId("square-" + (nth + 1)),
                seller.path("merchantId").asText(),
                location.path("id").asText(),
                stack.nodes().get(nth % stack.nodes().size()));
        boolean sells = nth < options.stores();
        List<Link> links = new ArrayList<>();
        links.add(new Link(
                merchant.link(),
                new PartnerName("square"),
                merchant.seller(),
                merchant.location(),
                "square-" + merchant.seller(),
                sells ? Direction.BOTH : Direction.READ,
                Projection.ALL));
        if (sells) {
            links.add(new Link(
                    new LinkId("doordash-" + (nth + 1)),
                    new PartnerName("doordash"),
                    doorDash.path("providerType").asText(),
                    store(nth),
                    StackCredentials.DOORDASH,
                    Direction.WRITE,
                    DEARER));
        }
        put(merchant.id(), seller.path("name"), seller.path("currency"), location.path("timezone"), links);
        subscribe(merchant);
        return merchant;
    }

    /** A merchant at Square and at Toast, of which it is told stock, in both directions, and with a store at DoorDash. */
    Stack.Everywhere everywhere(int nth) throws IOException {
        for (int i = options.merchants(); i < sellers.size(); i++) {
            for (int j = options.restaurants(); j < restaurants.size(); j++) {
                String currency = sellers.get(i).path("currency").asText();
                boolean fits =
                        currency.equals(restaurants.path(j).path("currencyCode").asText());
                if (fits && taken.add("seller " + i) && taken.add("restaurant " + j)) {
                    return everywhere(nth, sellers.get(i), restaurants.path(j));
                }
            }
        }
        throw new IllegalStateException("no seller and restaurant are left that have one currency; use another --seed");
    }

    private Stack.Everywhere everywhere(int nth, JsonNode seller, JsonNode restaurant) throws IOException {
        JsonNode location = seller.path("locations").path(0);
        String guid = restaurant.path("guid").asText();
        String store = store(options.stores() + nth);
        Stack.Merchant merchant = new Stack.Merchant(
                new MerchantId("everywhere-" + (nth + 1)),
                new LinkId("everywhere-square-" + (nth + 1)),
                seller.path("merchantId").asText(),
                location.path("id").asText(),
                stack.nodes().get(nth % stack.nodes().size()));
        List<Link> links = List.of(
                new Link(
                        merchant.link(),
                        new PartnerName("square"),
                        merchant.seller(),
                        merchant.location(),
                        "square-" + merchant.seller(),
                        Direction.BOTH,
                        Projection.ALL),
                new Link(
                        new LinkId("everywhere-toast-" + (nth + 1)),
                        new PartnerName("toast"),
                        guid,
                        guid,
                        StackCredentials.TOAST,
                        Direction.BOTH,
                        Projection.ALL),
                new Link(
                        new LinkId("everywhere-doordash-" + (nth + 1)),
                        new PartnerName("doordash"),
                        doorDash.path("providerType").asText(),
                        store,
                        StackCredentials.DOORDASH,
                        Direction.WRITE,
                        DEARER));
        put(merchant.id(), seller.path("name"), seller.path("currency"), location.path("timezone"), links);
        subscribe(merchant);
        return new Stack.Everywhere(merchant, guid, store);
    }

    private void subscribe(Stack.Merchant merchant) throws IOException {
        servers.standin()
                .subscribe(
                        merchant.seller(),
                        merchant.hookNode().url() + "/v1/hooks/square/" + merchant.link(),
                        stack.signatureKey());
    }

    String store(int nth) {
        return doorDash.path("stores").path(nth).path("merchantSuppliedId").asText();
    }

    /** A merchant with a restaurant at Toast. */
    MerchantId restaurant(int nth) throws IOException {
        JsonNode restaurant = restaurants.path(nth);
        MerchantId merchant = new MerchantId("restaurant-" + (nth + 1));
        String guid = restaurant.path("guid").asText();
        put(
                merchant,
                restaurant.path("name"),
                restaurant.path("currencyCode"),
                restaurant.path("timeZone"),
                List.of(new Link(
                        new LinkId("toast-" + (nth + 1)),
                        new PartnerName("toast"),
                        guid,
                        guid,
                        StackCredentials.TOAST)));
        return merchant;
    }

    /** Toast and DoorDash send the webhooks of all merchants to one URL. */
    void subscribe() throws IOException {
        String hooks = stack.nodes().get(0).url() + "/v1/hooks/";
        for (String category : List.of("menus", "stock")) {
            servers.toast()
                    .control(
                            "subscribe",
                            "{\"only\":true,\"category\":\"" + category + "\",\"url\":\"" + hooks
                                    + "toast\",\"secret\":\"" + stack.secret("toast-" + category) + "\"}");
        }
        servers.doorDash()
                .control(
                        "subscribe",
                        "{\"url\":\"" + hooks + "doordash\",\"token\":\"" + stack.secret("doordash-webhooks") + "\"}");
    }

    private void put(MerchantId merchant, JsonNode name, JsonNode currency, JsonNode zone, List<Link> links)
            throws IOException {
        MerchantProfile profile = new MerchantProfile(
                name.asText(), Currency.getInstance(currency.asText()), ZoneId.of(zone.asText()), links);
        String url = stack.nodes().get(0).url() + "/v1/merchants/" + merchant;
        String body = Json.text().writeValueAsString(profile);
        WebClient.Reply reply = stack.web().send("PUT", url, body, Map.of());
        // The first merchants wake while the nodes are still warming up.
        for (int tries = 1; tries < TRIES_MAX && reply.status() == 503; tries++) {
            reply = stack.web().send("PUT", url, body, Map.of());
        }
        reply.ok();
    }
}
