package dev.tournant.deploy.standins.doordash;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import akka.http.javadsl.unmarshalling.Unmarshaller;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Steers the stand-in, under {@code /control}. No part of DoorDash; no token, no faults. */
final class ControlApi extends AllDirectives {
    private final DoorDashStandin standin;
    private final Pull pull;

    ControlApi(DoorDashStandin standin, Pull pull) {
        this.standin = standin;
        this.pull = pull;
    }

    Route route() {
        return pathPrefix(
                "control",
                () -> concat(
                        path("state", () -> get(() -> answered(this::state))),
                        path("truth", () -> get(() -> parameter("store", id -> answered(() -> truth(id))))),
                        path("stats", () -> get(() -> answered(() -> Answer.ok(standin.stats())))),
                        path("edit", () -> posted(this::edit)),
                        path("stores", () -> posted(this::store)),
                        path("subscribe", () -> posted(this::subscribe)),
                        path("pull", () -> post(this::pulled)),
                        path(
                                "faults",
                                () -> concat(
                                        get(() -> answered(
                                                () -> Answer.ok(standin.faults().json()))),
                                        posted(this::faults)))));
    }

    private Route posted(Function<ObjectNode, Answer> work) {
        return post(() -> entity(
                Unmarshaller.entityToByteString(),
                bytes -> answered(
                        () -> Json.readObject(bytes.toArray()).map(work).orElseGet(ControlApi::notAnObject))));
    }

    private Route pulled() {
        return entity(
                Unmarshaller.entityToByteString(),
                bytes -> completeWithFuture(Json.readObject(bytes.toArray())
                        .map(this::pull)
                        .orElseGet(() -> CompletableFuture.completedFuture(notAnObject()))
                        .thenApply(HttpAnswers::whole)));
    }

    private Route answered(Supplier<Answer> work) {
        return complete(safely(work));
    }

    private static HttpResponse safely(Supplier<Answer> work) {
        try {
            return HttpAnswers.whole(work.get());
        } catch (IllegalArgumentException outOfRange) {
            return HttpAnswers.whole(refused(400, String.valueOf(outOfRange.getMessage())));
        }
    }

    private static Answer notAnObject() {
        return refused(400, "the body is not a JSON object");
    }

    private static Answer refused(int status, String error) {
        return Answer.of(status, Json.object().put("error", error));
    }

    private static Answer unknownStore(String id) {
        return refused(404, "no store " + id + "; GET /control/state lists them");
    }

    private static boolean isUrl(String url) {
        return url.matches("https?://[^/]+(/.*)?");
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
                .map(Answer::ok)
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
        if (token.isEmpty() || !isUrl(url)) {
            return refused(400, "an http url and a token are needed");
        }
        standin.subscribe(url, token);
        return Answer.ok(Json.object().put("webhookUrl", url));
    }

    private CompletionStage<Answer> pull(ObjectNode request) {
        String id = request.path("store").asText();
        String url = request.path("url").asText();
        Optional<Store> store = standin.store(id);
        if (store.isEmpty()) {
            return CompletableFuture.completedFuture(unknownStore(id));
        }
        if (!isUrl(url)) {
            return CompletableFuture.completedFuture(refused(400, "an http url is needed"));
        }
        boolean ingest = request.path("ingest").asBoolean();
        return pull.pull(store.get(), url, request.path("token").asText(), ingest)
                .thenApply(Answer::ok);
    }

    private Answer faults(ObjectNode request) {
        standin.setFaults(standin.faults().with(request));
        return Answer.ok(standin.faults().json());
    }
}
