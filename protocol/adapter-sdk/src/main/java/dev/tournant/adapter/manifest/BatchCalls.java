package dev.tournant.adapter.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Request;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Calls that tell several objects at once. */
final class BatchCalls {
    private BatchCalls() {}

    /**
     * An object to tell.
     *
     * @param about records in it, by our keys, with their names in it as {@link RestObject#names} has them
     */
    record Told(JsonNode object, Map<RecordKey, RecordId> about, boolean isFresh) {}

    /** Parts of at most so many. */
    static List<List<Told>> parts(List<Told> all, int most) {
        List<List<Told>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += most) {
            parts.add(all.subList(from, Math.min(all.size(), from + most)));
        }
        return parts;
    }

    /**
     * One call. What is new in the object at place 2 and has the place {@code #0:1} there is called {@code #2#0:1}.
     *
     * @param bare method, path and headers
     */
    static Call of(WritingSpec.Batch batch, Request bare, List<Told> told, boolean hasKey, String lock) {
        ArrayNode objects = Plains.JSON.arrayNode(told.size());
        Map<RecordKey, RecordId> about = new TreeMap<>();
        boolean fresh = false;
        for (int i = 0; i < told.size(); i++) {
            Told each = told.get(i);
            objects.add(each.object());
            fresh |= each.isFresh();
            String prefix = RestObject.PLACE + i;
            each.about()
                    .forEach((key, name) -> about.put(
                            key,
                            name.value().startsWith(RestObject.PLACE) ? new RecordId(prefix + name.value()) : name));
        }
        String json = Bodies.with("{}", batch.objects(), objects);
        return new Call(new Request(bare.method(), bare.path(), bare.headers(), json, !fresh || hasKey), about, lock);
    }

    /** Two calls in place of one that was refused as a whole: of its first and of its second half. */
    static List<Call> halves(WritingSpec spec, WritingSpec.Batch batch, Call call, List<Told> told) {
        List<Call> halves = new ArrayList<>();
        int half = (told.size() + 1) / 2;
        for (List<Told> part : parts(told, half)) {
            Map<String, String> headers = new LinkedHashMap<>(call.request().headers());
            String header = spec.idempotencyHeader();
            if (header != null) {
                headers.computeIfPresent(header, (name, key) -> key + "." + halves.size());
            }
            Request bare = new Request(call.request().method(), call.request().path(), headers, null, true);
            halves.add(of(batch, bare, part, header != null, call.lock()));
        }
        return halves;
    }
}
