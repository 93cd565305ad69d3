package dev.tournant.deploy.standins.doordash;

import akka.http.javadsl.server.Route;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Answer;
import dev.tournant.deploy.standins.core.ControlDirectives;
import dev.tournant.deploy.standins.core.HttpUrl;
import dev.tournant.deploy.standins.core.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Steers the stand-in, under {@code /control}. No part of DoorDash; no token, no faults. */
final class ControlApi extends ControlDirectives {
    private final DoorDashStandin standin;
    private final Pull pull;

    ControlApi(DoorDashStandin standin, Pull pull) {
        this.standin = standin;
        this.pull = pull;
    }

    Route route() {
        return control(
                got("state", this::state),
                got("truth", "store", this::truth),
                got("stats", () -> Answer.ok(standin.stats())),
                posted("edit", this::edit),
                posted("stores", this::store),
                posted("subscribe", this::subscribe),
                postedLater("pull", this::pull),
                luck(standin::beginLuck),
                settable("faults", () -> standin.faults().json(), this::changeFaults));
    }

    private static Answer unknownStore(String id) {
        return refused(404, "no store " + id + "; GET /control/state lists them");
    }

    private Answer state() {
        ObjectNode json = Json.object();
        json.put("providerType", standin.providerType());
        ArrayNode keys = json.putArray("keys");
        standin.keys()
                .forEach(key -> keys.addObject()
                        .put("developerId", key.developerId())
                        .put("keyId", key.keyId())
                        .put("signingSecret", key.signingSecret()));
        ArrayNode stores = json.putArray("stores");
        standin.allStores().forEach(store -> stores.add(summary(store.truth())));
        json.put("webhookUrl", standin.webhookUrl().orElse(null));
        return Answer.ok(json);
    }

    private static ObjectNode summary(ObjectNode truth) {
        ObjectNode json = Json.object();
        json.put("merchantSuppliedId", truth.path("merchant_supplied_id").asText());
        json.put("active", truth.path("is_active").asBoolean());
        json.put("bankDetails", truth.path("bank_details").asBoolean());
        ArrayNode menus = json.putArray("menus");
        truth.path("menus").forEach(menu -> menus.add(menu.path("id").asText()));
        json.put("suspendedItems", truth.path("suspended_items").size());
        json.put("pendingJobs", truth.path("pending_jobs").size());
        return json;
    }

    private Answer truth(String id) {
        return standin.store(id).map(store -> Answer.ok(store.truth())).orElseGet(() -> unknownStore(id));
    }

    private Answer edit(ObjectNode request) {
        String id = request.path("store").asText();
        String wireName = request.path("kind").asText();
        Optional<Store> store = standin.store(id);
        Optional<EditKind> kind = EditKind.of(wireName);
        if (store.isEmpty()) {
            return unknownStore(id);
        }
        if (kind.isEmpty()) {
            return refused(400, "no kind of edit is called " + wireName + "; there are " + kinds());
        }
        return standin.edit(store.get(), kind.get(), text(request, "itemId"), text(request, "value"))
                .map(edit -> Answer.ok(edit.json()))
                .orElseGet(() -> refused(404, "no such item on a menu of the store"));
    }

    private static List<String> kinds() {
        return Arrays.stream(EditKind.values()).map(EditKind::wireName).toList();
    }

    private static Optional<String> text(ObjectNode request, String field) {
        return request.hasNonNull(field) ? Optional.of(request.path(field).asText()) : Optional.empty();
    }

    /** Opens a store, or changes one. */
    private Answer store(ObjectNode request) {
        String id = request.path("merchantSuppliedId").asText();
        if (id.isBlank()) {
            return refused(400, "a merchantSuppliedId is needed");
        }
        Store store = standin.openStore(id);
        if (request.hasNonNull("bankDetails")) {
            store.setBankDetails(request.path("bankDetails").asBoolean());
        }
        return Answer.ok(summary(store.truth()));
    }

    private Answer subscribe(ObjectNode request) {
        String url = request.path("url").asText();
        String token = request.path("token").asText();
        if (token.isEmpty()) {
            return refused(400, "a token is needed");
        }
        standin.subscribe(url, token);
        return Answer.ok(Json.object().put("webhookUrl", url));
    }

    private CompletionStage<Answer> pull(ObjectNode request) {
        String id = request.path("store").asText();
        String url = HttpUrl.of(request.path("url").asText()).toString();
        Optional<Store> store = standin.store(id);
        if (store.isEmpty()) {
            return CompletableFuture.completedFuture(unknownStore(id));
        }
        boolean ingest = request.path("ingest").asBoolean();
        return pull.pull(store.get(), url, request.path("token").asText(), ingest)
                .thenApply(Answer::ok);
    }

    private void changeFaults(ObjectNode asked) {
        standin.setFaults(standin.faults().with(asked));
    }
}
