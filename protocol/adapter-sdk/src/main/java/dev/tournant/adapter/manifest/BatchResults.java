package dev.tournant.adapter.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.FieldPath;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Result;
import dev.tournant.adapter.lens.Shape;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the answer to a call for several objects: it has an element for each, in the order in which they were sent. */
final class BatchResults {
    private static final int REFUSED = 422;

    private final Manifest manifest;
    private final WritingSpec spec;
    private final WritingSpec.Batch batch;
    private final Shape shape;
    private final Shapes shapes;
    private final Call call;
    private final Answer answer;
    private final Function<String, Outcome> again;
    private final List<JsonNode> sent = new ArrayList<>();
    private final List<Map<RecordKey, RecordId>> about = new ArrayList<>();
    /** Records that stood in objects and were taken out: nothing in the request tells in which. */
    private final Map<RecordKey, RecordId> left = new TreeMap<>();

    /** @param again what holds the objects has to be read again, and why */
    BatchResults(
            Manifest manifest, WritingSpec spec, Told told, Call call, Answer answer, Function<String, Outcome> again) {
        this.manifest = manifest;
        this.spec = spec;
        this.batch = told.batch();
        this.shapes = manifest.anyShapes();
        this.shape = told.shape();
        this.call = call;
        this.answer = answer;
        this.again = again;
        assign();
    }

    /** What a batch tells. */
    record Told(WritingSpec.Batch batch, Shape shape) {}

    /** Which record stood in which object. */
    private void assign() {
        byte[] body = String.valueOf(call.request().json()).getBytes(StandardCharsets.UTF_8);
        at(Documents.object(body), List.of(batch.objects().split("\\.", -1))).forEach(sent::add);
        List<Set<RecordKey>> names = new ArrayList<>();
        for (JsonNode each : sent) {
            about.add(new TreeMap<>());
            names.add(
                    each instanceof ObjectNode object
                            ? new RestObject(shape, object).names().keySet()
                            : Set.of());
        }
        call.about().forEach((key, name) -> {
            String place = name.value();
            int second = place.indexOf(RestObject.PLACE, 1);
            if (place.startsWith(RestObject.PLACE) && second > 0) {
                about.get(Integer.parseInt(place.substring(1, second))).put(key, new RecordId(place.substring(second)));
                return;
            }
            RecordKey theirs = new RecordKey(key.kind(), name);
            for (int i = 0; i < names.size(); i++) {
                if (names.get(i).contains(theirs)) {
                    about.get(i).put(key, name);
                    return;
                }
            }
            left.put(key, name);
        });
    }

    private static JsonNode at(JsonNode document, List<String> names) {
        JsonNode node = document;
        for (String name : names) {
            node = node.path(name);
        }
        return node;
    }

    /** What became of each record, where the answer is a success as a whole. */
    Result each(ObjectNode document) {
        Map<RecordKey, Outcome> outcomes = new HashMap<>();
        Map<RecordKey, Remote> remotes = new HashMap<>();
        JsonNode elements = at(document, batch.answers().names());
        boolean isAllDone = elements.size() == sent.size();
        for (int i = 0; i < sent.size(); i++) {
            JsonNode element = elements.path(i);
            Outcome refused = refused(element);
            isAllDone &= refused == null;
            if (refused != null) {
                about.get(i).keySet().forEach(key -> outcomes.put(key, refused));
            } else {
                about.get(i).forEach((key, name) -> {
                    Remote remote = remote(element, key, name);
                    outcomes.put(
                            key, remote == null ? again.apply("the answer does not mention " + name) : Outcome.DONE);
                    if (remote != null) {
                        remotes.put(key, remote);
                    }
                });
            }
        }
        Outcome rest = isAllDone ? Outcome.DONE : again.apply("not all objects of the call were taken");
        left.keySet().forEach(key -> outcomes.put(key, rest));
        return new Result(outcomes, remotes, List.of());
    }

    private @Nullable Outcome refused(JsonNode element) {
        FieldPath at = batch.status();
        String said = at == null ? "" : at.text(element).orElse("");
        Answer one = new Answer(
                said.matches("[1-5][0-9]{2}") ? Integer.parseInt(said) : REFUSED,
                answer.headers(),
                Documents.text(element.isObject() ? element : Documents.empty()).getBytes(StandardCharsets.UTF_8),
                answer.at());
        boolean isRefused = said.isEmpty() ? !manifest.refusals().code(one).isEmpty() : one.status() / 100 != 2;
        if (!isRefused) {
            return null;
        }
        boolean isOpen = !call.request().repeatable() && manifest.refusals().leavesOpen(one);
        return isOpen || spec.conflicts().contains(one.status())
                ? again.apply("HTTP " + one.status() + " " + manifest.refusals().code(one))
                : manifest.refusals().outcome(one);
    }

    private @Nullable Remote remote(JsonNode element, RecordKey key, RecordId name) {
        FieldPath at = batch.answer();
        JsonNode object = at == null ? element : at(element, at.names());
        try {
            return object instanceof ObjectNode whole ? new RestAnswer(shapes, shape, whole).remote(key, name) : null;
        } catch (InvalidValue e) {
            return null;
        }
    }

    /** Two calls in place of this one, which failed as a whole; none where it tells one object. */
    List<Call> halves() {
        if (sent.size() < 2 || !left.isEmpty()) {
            return List.of();
        }
        List<BatchCalls.Told> told = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            boolean fresh =
                    about.get(i).values().stream().anyMatch(name -> name.value().equals(RestObject.PLACE));
            told.add(new BatchCalls.Told(sent.get(i), about.get(i), fresh));
        }
        return BatchCalls.halves(spec, batch, call, told);
    }
}
