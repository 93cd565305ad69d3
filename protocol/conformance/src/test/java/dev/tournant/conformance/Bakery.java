package dev.tournant.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.manifest.ManifestAdapter;
import dev.tournant.adapter.manifest.ManifestException;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A bakery's own side: takes items in batches with an answer for each, and categories as patches. */
class Bakery implements Counterpart {
    static final ManifestAdapter ADAPTER = adapter();
    static final Samples SAMPLES = Samples.onClassPath(Bakery.class, "/bakery/samples");
    static final Subject SUBJECT =
            Subject.of(ADAPTER, new Link(new LinkId("ba-1"), ADAPTER.partner(), "ACC", "corner", "main"), SAMPLES);
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    final Map<String, ObjectNode> categories = new TreeMap<>();
    final Map<String, ObjectNode> items = new TreeMap<>();
    private final Map<String, Answer> done = new HashMap<>();
    private int named;
    private boolean refuses;
    private boolean loses;

    Bakery() {
        for (Sample page : SAMPLES.pages("menu")) {
            JsonNode tree = page.tree().orElseThrow();
            tree.path("categories").forEach(each -> keep(categories, each.deepCopy()));
            tree.path("items").forEach(each -> keep(items, each.deepCopy()));
        }
    }

    private static ManifestAdapter adapter() {
        try (InputStream yaml = Bakery.class.getResourceAsStream("/bakery/bakery.yaml")) {
            byte[] text = Objects.requireNonNull(yaml, "the manifest").readAllBytes();
            return ManifestAdapter.of("bakery.yaml", new String(text, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ManifestException e) {
            throw new AssertionError(e);
        }
    }

    private static void keep(Map<String, ObjectNode> all, ObjectNode object) {
        all.put(object.path("id").asText(), object);
    }

    @Override
    public boolean editElsewhere(String partnersId) {
        ObjectNode object = items.getOrDefault(partnersId, categories.get(partnersId));
        if (object != null) {
            object.withObject("/text").put("title", "Theirs");
            object.put("revision", object.path("revision").asLong() + 1);
        }
        return object != null;
    }

    @Override
    public boolean refuseNext() {
        refuses = true;
        return true;
    }

    @Override
    public boolean loseNextAnswer() {
        loses = true;
        return true;
    }

    @Override
    public Answer send(Request bare) {
        if (refuses) {
            refuses = false;
            return answer(429, Documents.empty());
        }
        String key = bare.headers().getOrDefault("Idempotency-Key", "");
        Answer answer = done.containsKey(key) ? done.getOrDefault(key, answer(500, bare(""))) : answer(bare);
        if (!key.isEmpty() && answer.status() < 300) {
            done.put(key, answer);
        }
        if (loses) {
            loses = false;
            return answer(504, Documents.empty());
        }
        return answer;
    }

    private static ObjectNode bare(String code) {
        ObjectNode body = Documents.empty();
        body.putObject("error").put("code", code);
        return body;
    }

    private static Answer answer(int status, JsonNode body) {
        return new Answer(status, Map.of(), Documents.text(body).getBytes(StandardCharsets.UTF_8), NOW);
    }

    private Answer answer(Request request) {
        String id = request.path().substring(request.path().lastIndexOf('/') + 1);
        Map<String, ObjectNode> all = request.path().contains("/categories") ? categories : items;
        ObjectNode before = all.get(id);
        String seen = request.headers().getOrDefault("If-Match", "");
        if (before != null && !seen.equals("\"" + before.path("revision").asLong() + "\"")) {
            return answer(412, bare("stale"));
        }
        if (request.method().equals("GET")) {
            return answer(200, menu());
        }
        if (request.method().equals("DELETE")) {
            return all.remove(id) == null ? answer(404, bare("unknown")) : answer(204, Documents.empty());
        }
        ObjectNode body = Documents.object(String.valueOf(request.json()).getBytes(StandardCharsets.UTF_8));
        if (id.equals("batch")) {
            return batch(body);
        }
        if (before == null && request.method().equals("PATCH")) {
            return answer(404, bare("unknown"));
        }
        return answer(200, kept(categories, before == null ? body : patched(before, body)));
    }

    private ObjectNode menu() {
        ObjectNode menu = Documents.empty();
        ArrayNode shelves = menu.putArray("categories");
        categories.values().forEach(each -> shelves.add(each.deepCopy()));
        ArrayNode goods = menu.putArray("items");
        items.values().forEach(each -> goods.add(each.deepCopy()));
        return menu;
    }

    private ObjectNode kept(Map<String, ObjectNode> all, ObjectNode object) {
        if (!object.has("id")) {
            object.put("id", "n-" + ++named);
        }
        object.put("revision", object.path("revision").asLong() + 1);
        keep(all, object);
        return object.deepCopy();
    }

    /** As RFC 7396 has it. */
    static ObjectNode patched(ObjectNode before, JsonNode patch) {
        ObjectNode after = before.deepCopy();
        for (Map.Entry<String, JsonNode> each : patch.properties()) {
            JsonNode was = after.path(each.getKey());
            if (each.getValue().isNull()) {
                after.remove(each.getKey());
            } else if (each.getValue().isObject() && was instanceof ObjectNode inner) {
                after.set(each.getKey(), patched(inner, each.getValue()));
            } else {
                after.set(each.getKey(), each.getValue());
            }
        }
        return after;
    }

    Answer batch(ObjectNode body) {
        ObjectNode answer = Documents.empty();
        ArrayNode results = answer.putArray("results");
        for (JsonNode each : body.path("items")) {
            results.add(one(each.deepCopy()));
        }
        return answer(200, answer);
    }

    private ObjectNode one(ObjectNode item) {
        ObjectNode before = items.get(item.path("id").asText());
        if (before != null && !before.path("revision").equals(item.path("revision"))) {
            return bare("stale").put("status", 412);
        }
        if (!item.at("/text/title").isTextual()) {
            return bare("no-title").put("status", 422);
        }
        for (JsonNode size : item.path("sizes")) {
            if (!size.has("id")) {
                ((ObjectNode) size).put("id", "n-" + ++named);
            }
        }
        ObjectNode result = Documents.empty().put("status", 200);
        result.set("item", kept(items, item));
        return result;
    }
}
