package dev.tournant.adapters.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Details;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Result;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads Square's answer to one write. A batch is taken or refused as a whole, and the refusal seldom names the object
 * that is to blame: the batch is halved until it is found. Errors also come inside a 200.
 */
final class SquareResults {
    private static final Pattern NO_SUCH_OBJECT =
            Pattern.compile("invalid object id|object id.*not found|no such object", Pattern.CASE_INSENSITIVE);
    private static final Pattern CHANGE = Pattern.compile("changes\\[(\\d{1,4})].*");

    private final Call call;
    private final Answer answer;
    private final Map<RecordKey, Outcome> outcomes = new HashMap<>();
    private final Map<RecordKey, Remote> remotes = new HashMap<>();

    SquareResults(Call call, Answer answer) {
        this.call = call;
        this.answer = answer;
    }

    Result read() {
        ObjectNode body;
        try {
            body = Documents.object(answer.body());
        } catch (InvalidValue e) {
            return read(Documents.empty(), "the answer " + e.getMessage());
        }
        return read(body, "");
    }

    /** @param trouble why there is no body to read; empty where there is one */
    private Result read(ObjectNode body, String trouble) {
        JsonNode error = body.path("errors").path(0);
        String code = error.path("code").asText("");
        String why = "HTTP " + answer.status() + " " + code + ": "
                + Details.plain(error.path("detail").asText(""));
        Outcome general = SquareApi.REFUSALS.outcome(answer);
        if (!(general instanceof Outcome.GiveUp)) {
            return all(general);
        }
        if (code.equals("VERSION_MISMATCH")) {
            return all(new Outcome.ReadAgain(SquareFetch.CATALOG, why));
        }
        if (!code.isEmpty()) {
            return refused(body, code, why);
        }
        if (answer.status() != 200) {
            return all(new Outcome.GiveUp("http-" + answer.status(), why));
        }
        // Something between us and Square may answer 200 with a page of its own, whether or not the call arrived.
        return trouble.isEmpty() ? done(body) : all(new Outcome.ReadAgain(written(), trouble));
    }

    private String written() {
        return call.request().path().equals(SquareWriting.COUNT) ? SquareFetch.INVENTORY : SquareFetch.CATALOG;
    }

    private Result all(Outcome outcome) {
        call.about().keySet().forEach(key -> outcomes.put(key, outcome));
        return result(List.of());
    }

    private Result result(List<Call> instead) {
        return new Result(outcomes, remotes, instead);
    }

    private Result done(ObjectNode body) {
        return switch (call.request().path()) {
            case SquareWriting.UPSERT -> upserted(body);
            case SquareWriting.DELETE -> deleted(body);
            default -> all(Outcome.DONE);
        };
    }

    private Result upserted(ObjectNode body) {
        Map<String, String> ids = new HashMap<>();
        body.path("id_mappings")
                .forEach(each -> ids.put(
                        each.path("client_object_id").asText(),
                        each.path("object_id").asText()));
        Map<String, Remote> found = new HashMap<>();
        for (JsonNode each : body.path("objects")) {
            if (each.path("id").isTextual()) {
                find(each, found);
            }
        }
        call.about().forEach((key, name) -> {
            Remote remote = found.get(ids.getOrDefault(name.value(), name.value()));
            if (remote == null) {
                // It may have been written all the same, and may not be written twice.
                outcomes.put(key, new Outcome.ReadAgain(SquareFetch.CATALOG, "the answer does not mention " + name));
            } else {
                remotes.put(key, remote);
                outcomes.put(key, Outcome.DONE);
            }
        });
        return result(List.of());
    }

    /** Nested objects have versions of their own, which stand nowhere but in the objects around them. */
    private static void find(JsonNode object, Map<String, Remote> into) {
        for (JsonNode each : SquareBatches.objects(object)) {
            boolean whole = each.equals(object);
            into.put(each.path("id").asText(), remote(each, whole ? (ObjectNode) object : null));
        }
    }

    static Remote remote(JsonNode object, @Nullable ObjectNode document) {
        return new Remote(
                new RecordId(object.path("id").asText()), object.path("version").asLong(), document);
    }

    private Result deleted(ObjectNode body) {
        Set<String> gone = new HashSet<>();
        body.path("deleted_object_ids").forEach(each -> gone.add(each.asText()));
        call.about()
                .forEach((key, name) -> outcomes.put(
                        key,
                        gone.contains(name.value())
                                ? Outcome.DONE
                                : new Outcome.ReadAgain(
                                        SquareFetch.CATALOG, "the answer does not say that " + name + " is gone")));
        return result(List.of());
    }

    private Result refused(ObjectNode body, String code, String why) {
        return switch (call.request().path()) {
            case SquareWriting.UPSERT -> halved(code, why);
            case SquareWriting.COUNT -> withoutBlamed(body, code, why);
            default -> all(new Outcome.GiveUp(code, why));
        };
    }

    private ObjectNode sent() {
        String json = call.request().json();
        return Documents.object((json == null ? "{}" : json).getBytes(StandardCharsets.UTF_8));
    }

    private Result halved(String code, String why) {
        ObjectNode sent = sent();
        List<ObjectNode> objects = new ArrayList<>();
        sent.path("batches").path(0).path("objects").forEach(each -> objects.add((ObjectNode) each));
        List<List<ObjectNode>> families = SquareBatches.families(objects);
        if (families.size() <= 1) {
            // Deleted at Square behind our back: what it has now decides what is told of it next.
            boolean isGone = NO_SUCH_OBJECT.matcher(why).find();
            return all(
                    isGone
                            ? new Outcome.ReadAgain(SquareFetch.CATALOG, why)
                            : new Outcome.GiveUp(code, why));
        }
        Map<RecordId, RecordKey> records = new HashMap<>();
        call.about().forEach((key, name) -> records.put(name, key));
        String key = sent.path("idempotency_key").asText();
        int half = families.size() / 2;
        List<Call> halves = new ArrayList<>();
        for (List<List<ObjectNode>> part :
                List.of(families.subList(0, half), families.subList(half, families.size()))) {
            List<ObjectNode> batch = part.stream().flatMap(List::stream).toList();
            halves.add(SquareWriting.upsert(batch, records, key + "." + halves.size()));
        }
        return result(halves);
    }

    /** Errors of counts name the place of the count that is to blame. */
    private Result withoutBlamed(ObjectNode body, String code, String why) {
        ObjectNode sent = sent();
        Map<String, Outcome> blamed = new HashMap<>();
        for (JsonNode error : body.path("errors")) {
            Matcher place = CHANGE.matcher(error.path("field").asText(""));
            if (place.matches()) {
                JsonNode change = sent.path("changes").path(Integer.parseInt(place.group(1)));
                blamed.put(
                        counted(change),
                        new Outcome.GiveUp(
                                error.path("code").asText(),
                                Details.plain(error.path("detail").asText())));
            }
        }
        if (blamed.isEmpty()) {
            return halvedCounts(sent, code, why);
        }
        ArrayNode rest = Documents.empty().putArray("changes");
        sent.path("changes").forEach(change -> {
            if (!blamed.containsKey(counted(change))) {
                rest.add(change);
            }
        });
        Map<RecordKey, RecordId> about = new HashMap<>();
        call.about().forEach((key, name) -> {
            Outcome own = blamed.get(name.value());
            if (own == null) {
                about.put(key, name);
            } else {
                outcomes.put(key, own);
            }
        });
        return result(rest.isEmpty() ? List.of() : List.of(counts(sent, rest, about, ".r")));
    }

    /** Where no place is named, it is found as for objects. */
    private Result halvedCounts(ObjectNode sent, String code, String why) {
        List<JsonNode> changes = new ArrayList<>();
        sent.path("changes").forEach(changes::add);
        if (changes.size() <= 1) {
            return all(new Outcome.GiveUp(code, why));
        }
        int half = changes.size() / 2;
        List<Call> halves = new ArrayList<>();
        for (List<JsonNode> part : List.of(changes.subList(0, half), changes.subList(half, changes.size()))) {
            Set<String> names = new HashSet<>();
            part.forEach(change -> names.add(counted(change)));
            Map<RecordKey, RecordId> about = new HashMap<>(call.about());
            about.values().removeIf(name -> !names.contains(name.value()));
            ArrayNode some = Documents.empty().putArray("changes").addAll(part);
            halves.add(counts(sent, some, about, "." + halves.size()));
        }
        return result(halves);
    }

    private static String counted(JsonNode change) {
        return change.path("physical_count").path("catalog_object_id").asText();
    }

    private static Call counts(ObjectNode sent, ArrayNode changes, Map<RecordKey, RecordId> about, String key) {
        ObjectNode body = sent.deepCopy();
        body.set("changes", changes);
        body.put("idempotency_key", sent.path("idempotency_key").asText() + key);
        return new Call(SquareWriting.request(SquareWriting.COUNT, body), about, "");
    }
}
