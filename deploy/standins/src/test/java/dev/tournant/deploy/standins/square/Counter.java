package dev.tournant.deploy.standins.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Answer;
import dev.tournant.deploy.standins.core.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** One seller over the counter, without HTTP, by a clock that the test moves. */
final class Counter implements InstantSource, Seller.Watcher {
    static final int ITEMS = 60;

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    final List<String> told = new ArrayList<>();
    final Editor editor;
    final Seller seller;

    Counter(long seed) {
        this.editor = new Editor(seed);
        this.seller = SellerSeed.open(seed, 0, ITEMS, this, this);
    }

    @Override
    public Instant instant() {
        return now;
    }

    void at(Instant time) {
        now = time;
    }

    JsonNode search(String request) {
        return ok(() -> new CatalogReads(seller).search(json(request)));
    }

    JsonNode counts(String request) {
        return ok(() -> new InventoryReads(seller).counts(json(request)));
    }

    Answer upsert(JsonNode... objects) {
        ObjectNode request = Json.object().put("idempotency_key", "key-" + told.size() + "-" + objects.length);
        request.putArray("batches").addObject().set("objects", Json.array(List.of(objects)));
        return seller.atomically(() -> new UpsertRequest(seller).batch(request));
    }

    ObjectNode object(String id) {
        return seller.atomically(() -> seller.catalogue().find(id).orElseThrow().deepCopy());
    }

    ObjectNode any(String type) {
        return seller.atomically(
                () -> seller.catalogue().live(type).findFirst().orElseThrow().deepCopy());
    }

    JsonNode ok(Supplier<Answer> work) {
        Answer answer = seller.atomically(work);
        if (!answer.isOk()) {
            throw new AssertionError(answer.body().toString());
        }
        return answer.body();
    }

    static ObjectNode json(String text) {
        return Json.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
    }

    static List<String> ids(JsonNode objects) {
        return Json.objectsOf(objects).stream().map(Shape::id).toList();
    }

    static String code(Answer answer) {
        return answer.body().path("errors").path(0).path("code").asText();
    }

    @Override
    public void catalogueChanged(Seller changed) {
        told.add("catalog");
    }

    @Override
    public void countsChanged(Seller changed, List<ObjectNode> counts) {
        counts.forEach(count -> told.add("count " + count.path("quantity").asText()));
    }

    @Override
    public void locationChanged(Seller changed, String locationId) {
        told.add("location " + locationId);
    }
}
