package dev.tournant.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Request;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A bistro's own side: holds a menu, gives it in pages of two, and takes whole items with their versions. */
class BistroHouse implements Counterpart {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    final Map<String, ObjectNode> menu = new TreeMap<>();
    private final Map<String, Answer> done = new HashMap<>();
    private long version = 1_000;
    private boolean refuses;
    private boolean loses;

    BistroHouse() {
        for (Sample page : Bistro.samples().pages(Bistro.MENU)) {
            page.tree()
                    .orElseThrow()
                    .path("items")
                    .forEach(each -> menu.put(each.path("id").asText(), (ObjectNode) each));
        }
    }

    @Override
    public boolean editElsewhere(String partnersId) {
        ObjectNode item = menu.get(partnersId);
        if (item != null) {
            item.put("name", "Theirs").put("version", ++version);
        }
        return item != null;
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
        Answer answer = answer(bare);
        if (loses) {
            loses = false;
            return answer(504, Documents.empty());
        }
        return answer;
    }

    private static Answer answer(int status, JsonNode body) {
        return new Answer(status, Map.of(), Documents.text(body).getBytes(StandardCharsets.UTF_8), NOW);
    }

    private static Answer error(String code) {
        ObjectNode body = Documents.empty();
        body.putObject("error").put("code", code);
        return answer(400, body);
    }

    private Answer answer(Request request) {
        if (request.method().equals("GET")) {
            return page(request.path());
        }
        ObjectNode body = Documents.object(String.valueOf(request.json()).getBytes(StandardCharsets.UTF_8));
        return request.path().equals(BistroWriting.WRITE) ? written(body) : removed(body);
    }

    private Answer page(String path) {
        int from = path.contains("cursor=") ? Integer.parseInt(path.replaceAll(".*cursor=", "")) : 0;
        ObjectNode page = Documents.empty().put("as_of", "2026-11-22T11:00:00Z");
        ArrayNode items = page.putArray("items");
        menu.values().stream().skip(from).limit(2).forEach(each -> items.add(each.deepCopy()));
        if (from + 2 < menu.size()) {
            page.put("next", String.valueOf(from + 2));
        }
        return answer(200, page);
    }

    Answer written(ObjectNode body) {
        String key = body.path("key").asText();
        return done.containsKey(key) ? done.getOrDefault(key, answer(500, body)) : fresh(key, body);
    }

    private Answer fresh(String key, ObjectNode body) {
        for (JsonNode item : body.path("items")) {
            ObjectNode old = menu.get(item.path("id").asText());
            if (old != null && !versions(old).equals(versions(item)) && !isLonger(old, item)) {
                return error("STALE");
            }
        }
        ObjectNode reply = Documents.empty();
        ArrayNode items = reply.putArray("items");
        body.path("items").forEach(each -> {
            ObjectNode item = each.deepCopy();
            stamp(item);
            item.path("sizes").forEach(size -> stamp((ObjectNode) size));
            menu.put(item.path("id").asText(), item);
            items.add(item.deepCopy());
        });
        Answer answer = answer(200, reply);
        done.put(key, answer);
        return answer;
    }

    private static List<String> versions(JsonNode item) {
        return item.findValuesAsText("version");
    }

    private static boolean isLonger(JsonNode old, JsonNode item) {
        return versions(item).containsAll(versions(old));
    }

    private void stamp(ObjectNode object) {
        object.put("version", ++version).put("updated", NOW.toString());
    }

    private Answer removed(ObjectNode body) {
        body.path("ids").forEach(id -> {
            menu.remove(id.asText());
            menu.values().forEach(item -> {
                if (item.path("sizes") instanceof ArrayNode sizes) {
                    for (int i = sizes.size() - 1; i >= 0; i--) {
                        if (sizes.get(i).path("id").equals(id)) {
                            sizes.remove(i);
                        }
                    }
                }
            });
        });
        return answer(200, body);
    }
}
