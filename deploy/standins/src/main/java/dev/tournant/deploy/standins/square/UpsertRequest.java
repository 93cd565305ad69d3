package dev.tournant.deploy.standins.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Answer;
import dev.tournant.deploy.standins.core.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Catalog upserts of one seller. Batches are applied in order, each whole or not at all; a batch that fails leaves the
 * others alone. When all fail, the answer is an error; when some do, their errors come inside a 200. Call inside
 * {@link Seller#atomically}.
 */
final class UpsertRequest {
    static final int BATCH_OBJECTS_MAX = 1_000;
    static final int TOTAL_OBJECTS_MAX = 10_000;

    private final Seller seller;
    private final int nameCharsMax;

    UpsertRequest(Seller seller) {
        this(seller, 0);
    }

    /** @param nameCharsMax where names of items are cut; 0 for nowhere */
    UpsertRequest(Seller seller, int nameCharsMax) {
        this.seller = seller;
        this.nameCharsMax = nameCharsMax;
    }

    Answer batch(ObjectNode request) {
        return seller.idempotency().once("batch-upsert:", request, () -> applyAll(request));
    }

    Answer one(ObjectNode request) {
        return seller.idempotency().once("upsert:", request, () -> applyOne(request));
    }

    private Answer applyAll(ObjectNode request) {
        JsonNode batches = request.path("batches");
        if (batches.isEmpty()) {
            return SquareError.refused(SquareError.missing("batches"));
        }
        int total = 0;
        for (JsonNode batch : batches) {
            int size = countOf(batch.path("objects"));
            if (size > BATCH_OBJECTS_MAX) {
                return SquareError.refused(SquareError.bad(
                        "ARRAY_LENGTH_TOO_LONG", "At most " + BATCH_OBJECTS_MAX + " objects a batch.", "batches"));
            }
            total += size;
        }
        if (total > TOTAL_OBJECTS_MAX) {
            return SquareError.refused(
                    SquareError.bad("ARRAY_LENGTH_TOO_LONG", "At most " + TOTAL_OBJECTS_MAX + " objects.", "batches"));
        }
        List<UpsertBatch.Outcome> outcomes = new ArrayList<>();
        for (int at = 0; at < batches.size(); at++) {
            String field = "batches[" + at + "].objects";
            outcomes.add(new UpsertBatch(seller, field, nameCharsMax)
                    .apply(Json.objectsOf(batches.get(at).path("objects"))));
        }
        return answer(outcomes);
    }

    private Answer applyOne(ObjectNode request) {
        if (!(request.path("object") instanceof ObjectNode object)) {
            return SquareError.refused(SquareError.missing("object"));
        }
        UpsertBatch.Outcome outcome = new UpsertBatch(seller, "object", nameCharsMax).apply(List.of(object));
        if (!outcome.errors().isEmpty()) {
            return SquareError.refused(outcome.errors());
        }
        ObjectNode body = Json.object();
        body.set("catalog_object", outcome.objects().get(0));
        putMappings(body, List.of(outcome));
        return Answer.ok(body);
    }

    private Answer answer(List<UpsertBatch.Outcome> outcomes) {
        List<SquareError> errors =
                outcomes.stream().flatMap(outcome -> outcome.errors().stream()).toList();
        if (outcomes.stream().noneMatch(outcome -> outcome.errors().isEmpty())) {
            return SquareError.refused(errors);
        }
        ObjectNode body = Json.object();
        if (!errors.isEmpty()) {
            body.set("errors", SquareError.array(errors));
        }
        ArrayNode objects = body.putArray("objects");
        outcomes.forEach(outcome -> outcome.objects().forEach(objects::add));
        body.put("updated_at", Json.time(seller.catalogue().latest()));
        putMappings(body, outcomes);
        return Answer.ok(body);
    }

    private static void putMappings(ObjectNode body, List<UpsertBatch.Outcome> outcomes) {
        ArrayNode mappings = body.putArray("id_mappings");
        outcomes.forEach(outcome -> outcome.mappings()
                .forEach((client, server) ->
                        mappings.addObject().put("client_object_id", client).put("object_id", server)));
        if (mappings.isEmpty()) {
            body.remove("id_mappings");
        }
    }

    private static int countOf(JsonNode objects) {
        int count = 0;
        for (JsonNode object : objects) {
            count += 1 + Shape.children(object).size();
        }
        return count;
    }
}
