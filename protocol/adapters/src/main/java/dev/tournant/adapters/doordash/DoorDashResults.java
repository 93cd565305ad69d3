package dev.tournant.adapters.doordash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Result;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads DoorDash's answer to one call. A push that is taken is a job. One that is refused for some items is made again
 * without them: a single bad item must not keep a menu from going out.
 */
final class DoorDashResults {
    /** How often a push is made again with less. */
    static final int TRIES_MAX = 5;

    private static final String AGAIN = ".r";
    private static final int CONFLICT = 409;

    private final Call call;
    private final Request request;

    DoorDashResults(Call call) {
        this.call = call;
        this.request = call.request();
    }

    private boolean isCreation() {
        return request.method().equals("POST") && request.path().equals(DoorDashApi.MENUS);
    }

    private boolean isPush() {
        return request.path().startsWith(DoorDashApi.MENUS);
    }

    /** A creation that may be under way: its end is awaited, and nothing is created meanwhile. */
    private Result maybeTaken() {
        return all(new Outcome.Pending(job()));
    }

    Result read(Answer answer) {
        boolean jobPending = DoorDashApi.isJobPending(answer);
        boolean taken = answer.status() >= 200 && answer.status() < 300 && !jobPending;
        if (taken) {
            return isPush() ? all(new Outcome.Pending(job(answer))) : status(answer);
        }
        Outcome refusal = DoorDashApi.REFUSALS.outcome(answer);
        if (isPush() && (answer.status() == CONFLICT || jobPending)) {
            return all(Planning.askAgain(why(refusal)));
        }
        if (isCreation() && refusal instanceof Outcome.TryLater && answer.status() != 429) {
            return maybeTaken();
        }
        boolean menuIsGone = isPush()
                && !isCreation()
                && answer.status() == 404
                && !DoorDashApi.REFUSALS.code(answer).equals("unknown_store_id");
        if (menuIsGone) {
            return all(new Outcome.ReadAgain(DoorDashAdapter.MENUS, why(refusal)));
        }
        if (!isPush() && DoorDashApi.REFUSALS.leavesOpen(answer)) {
            return all(refusal, StoreStatus.maybeTaken(call));
        }
        return isPush() && refusal instanceof Outcome.GiveUp no ? withoutBlamed(answer, no) : all(refusal);
    }

    Result unanswered(String why) {
        return isCreation()
                ? maybeTaken()
                : all(new Outcome.TryLater(Duration.ZERO, why), isPush() ? Map.of() : StoreStatus.maybeTaken(call));
    }

    /** That of a store may be set twice, so what is no answer of DoorDash's settles nothing. */
    private Result status(Answer answer) {
        try {
            if (answer.body().length > 0) {
                Documents.object(answer.body());
            }
            return all(Outcome.DONE, StoreStatus.taken(call));
        } catch (InvalidValue e) {
            return all(
                    new Outcome.TryLater(Duration.ZERO, "the answer " + e.getMessage()), StoreStatus.maybeTaken(call));
        }
    }

    private static String why(Outcome refusal) {
        return refusal instanceof Outcome.GiveUp no
                ? no.why()
                : refusal instanceof Outcome.TryLater later ? later.why() : "";
    }

    private Result all(Outcome outcome) {
        return all(outcome, Map.of());
    }

    private Result all(Outcome outcome, Map<RecordKey, Remote> remotes) {
        Map<RecordKey, Outcome> outcomes = new HashMap<>();
        call.about().keySet().forEach(key -> outcomes.put(key, outcome));
        return new Result(outcomes, remotes, List.of());
    }

    private String job() {
        return sent().path("reference").asText();
    }

    /** DoorDash repeats the name that we gave. */
    private String job(Answer answer) {
        String said = body(answer).path("reference").asText();
        return said.isEmpty() ? job() : said;
    }

    private ObjectNode sent() {
        String json = request.json();
        return Documents.object((json == null ? "{}" : json).getBytes(StandardCharsets.UTF_8));
    }

    /** An answer that is no JSON says nothing but its status. */
    private static ObjectNode body(Answer answer) {
        try {
            return Documents.object(answer.body());
        } catch (InvalidValue e) {
            return Documents.empty();
        }
    }

    private Result withoutBlamed(Answer answer, Outcome.GiveUp refusal) {
        ObjectNode sent = sent();
        JsonNode errors = body(answer).path("field_errors");
        Blame blame = Blame.of(sent.path("menu"), errors);
        if (!blame.isComplete() || job().endsWith(AGAIN.repeat(TRIES_MAX))) {
            return all(refusal);
        }
        ObjectNode rest = sent.deepCopy().put("reference", job() + AGAIN);
        rest.set("menu", blame.without());
        Told.closeIfEmpty(rest);
        Map<RecordKey, Outcome> outcomes = new HashMap<>();
        blame.reasons().forEach((key, why) -> outcomes.put(key, new Outcome.GiveUp(refusal.code(), why)));
        Map<RecordKey, RecordId> about = new HashMap<>(call.about());
        about.keySet().removeAll(outcomes.keySet());
        Request again = new Request(
                request.method(), request.path(), request.headers(), Documents.text(rest), request.repeatable());
        return new Result(outcomes, Map.of(), List.of(new Call(again, about, call.lock())));
    }
}
