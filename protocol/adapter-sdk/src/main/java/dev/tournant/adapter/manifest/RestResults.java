package dev.tournant.adapter.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.FormBody;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Result;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the answer to the call for one object. */
final class RestResults {
    private final Manifest manifest;
    private final WritingSpec spec;
    private final Call call;
    private final Answer answer;
    /** Where ids stand is the same for all links. */
    private final Shapes shapes;

    RestResults(Manifest manifest, WritingSpec spec, Call call, Answer answer) {
        this.manifest = manifest;
        this.spec = spec;
        this.call = call;
        this.answer = answer;
        this.shapes = manifest.anyShapes();
    }

    Result read() {
        BatchResults batch = batch();
        if (batch != null) {
            return batch(batch);
        }
        boolean removes = call.request().json() == null;
        if (answer.status() / 100 == 2) {
            return success(removes);
        }
        if (removes && (answer.status() == 404 || answer.status() == 410)) {
            return all(Outcome.DONE);
        }
        if (spec.conflicts().contains(answer.status())) {
            return all(
                    again("HTTP " + answer.status() + " " + manifest.refusals().code(answer)));
        }
        return all(refused());
    }

    /** What an answer means that is no success. What may have been made, and bears no key, is not told again blindly. */
    private Outcome refused() {
        Outcome refused = manifest.refusals().outcome(answer);
        return !call.request().repeatable() && manifest.refusals().leavesOpen(answer)
                ? again("it may have been made; HTTP " + answer.status())
                : refused;
    }

    private @Nullable BatchResults batch() {
        WritingSpec.Calls calls =
                spec.recordOf(call.request()).map(spec.records()::get).orElse(null);
        WritingSpec.Batch batch = calls == null ? null : calls.batch();
        Described described =
                spec.recordOf(call.request()).flatMap(shapes::named).orElse(null);
        return batch == null || described == null || !batch.isCalledBy(call.request())
                ? null
                : new BatchResults(
                        manifest, spec, new BatchResults.Told(batch, described.shape()), call, answer, this::again);
    }

    private Result batch(BatchResults batch) {
        Outcome whole = refused();
        if (answer.status() / 100 == 2) {
            try {
                ObjectNode document = Documents.object(answer.body());
                return manifest.refusals().refuses(document) ? all(whole) : batch.each(document);
            } catch (InvalidValue e) {
                return all(again("the answer " + e.getMessage()));
            }
        }
        if (spec.conflicts().contains(answer.status())) {
            return all(
                    again("HTTP " + answer.status() + " " + manifest.refusals().code(answer)));
        }
        List<Call> halves = whole instanceof Outcome.GiveUp ? batch.halves() : List.of();
        return halves.isEmpty() ? all(whole) : new Result(Map.of(), Map.of(), halves);
    }

    private Result success(boolean removes) {
        if (removes && answer.body().length == 0) {
            return all(Outcome.DONE);
        }
        try {
            if (manifest.refusals().refuses(Documents.object(answer.body()))) {
                return all(manifest.refusals().outcome(answer));
            }
        } catch (InvalidValue e) {
            return all(again("the answer " + e.getMessage()));
        }
        return removes ? all(Outcome.DONE) : written();
    }

    private Outcome again(String why) {
        return again(manifest, spec, call, why);
    }

    /** What holds the object that the call was about. */
    private static Outcome again(Manifest manifest, WritingSpec spec, Call call, String why) {
        String name = spec.recordOf(call.request()).orElse("");
        String resource = manifest.resources().values().stream()
                .filter(each -> each.contents().records().contains(name))
                .map(Resource::name)
                .findFirst()
                .orElseGet(() -> manifest.resources().keySet().iterator().next());
        return new Outcome.ReadAgain(resource, why);
    }

    /** Of a call that was sent and never answered: what bears no key and may have been made is looked for. */
    static Result unanswered(Manifest manifest, WritingSpec spec, Call call, String why) {
        return all(call, again(manifest, spec, call, why));
    }

    private Result all(Outcome outcome) {
        return all(call, outcome);
    }

    private static Result all(Call call, Outcome outcome) {
        Map<RecordKey, Outcome> outcomes = new HashMap<>();
        call.about().keySet().forEach(key -> outcomes.put(key, outcome));
        return new Result(outcomes, Map.of(), List.of());
    }

    private Result written() {
        Map<RecordKey, Outcome> outcomes = new HashMap<>();
        Map<RecordKey, Remote> remotes = new HashMap<>();
        RestAnswer found = found();
        call.about().forEach((key, name) -> {
            Remote remote = found == null ? null : found.remote(key, name);
            if (remote == null && isGone(found, name)) {
                outcomes.put(key, Outcome.DONE);
            } else if (remote == null) {
                // It may have been written all the same, and may not be written twice.
                outcomes.put(key, again("the answer does not mention " + name));
            } else {
                remotes.put(key, remote);
                outcomes.put(key, Outcome.DONE);
            }
        });
        return new Result(outcomes, remotes, List.of());
    }

    /** What was taken out of an object is rightly not in it; what was put in was sent in the request. */
    private boolean isGone(@Nullable RestAnswer found, RecordId name) {
        String json = call.request().json();
        return found != null
                && !name.value().startsWith(RestObject.PLACE)
                && json != null
                && !call.request().path().contains(FormBody.percent(name.value()))
                && !json.contains(Documents.text(Plains.node(name.value())));
    }

    private @Nullable RestAnswer found() {
        String name = spec.recordOf(call.request()).orElse(null);
        WritingSpec.Calls calls = name == null ? null : spec.records().get(name);
        Described described = name == null ? null : shapes.named(name).orElse(null);
        if (calls == null || described == null) {
            return null;
        }
        try {
            JsonNode object = Documents.object(answer.body());
            for (String member :
                    calls.answer() == null ? List.<String>of() : calls.answer().names()) {
                object = object.path(member);
            }
            return object instanceof ObjectNode whole ? new RestAnswer(shapes, described.shape(), whole) : null;
        } catch (InvalidValue e) {
            return null;
        }
    }
}
