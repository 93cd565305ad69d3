package dev.tournant.http.server;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import dev.tournant.http.server.Operation.Access;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Problem;
import dev.tournant.messages.Replays;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Instants;
import dev.tournant.model.LinkId;
import dev.tournant.model.Presence;
import dev.tournant.model.RecordDelta;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What a link's partner once sent, read again. Unless it is told otherwise, it only says what would change. */
final class ReplayRoutes {
    private static final String PATH = "/v1/merchants/{id}/links/{link}/replay";
    private static final String FROM = "from";
    private static final String DRY_RUN = "dry-run";
    private static final String FROM_QUARANTINE = "from-quarantine";

    private final Replays replays;
    private final ActorSystem<?> system;
    private final Executor executor;

    ReplayRoutes(Replays replays, ActorSystem<?> system) {
        this.replays = replays;
        this.system = system;
        this.executor = system.executionContext();
    }

    List<Operation> operations() {
        return List.of(new Operation("POST", PATH, Access.WRITE, this::replay));
    }

    private CompletionStage<HttpResponse> replay(Call call) {
        call.request().discardEntityBytes(system);
        Map<String, String> query = call.query(FROM, DRY_RUN, FROM_QUARANTINE);
        String from = query.get(FROM);
        if (from == null) {
            throw new Refusal(Problem.BAD_REQUEST, FROM + " is missing; use an instant such as 2026-01-31T12:00:00Z");
        }
        Replays.Wanted wanted = new Replays.Wanted(
                call.merchant(),
                new LinkId(call.name("link")),
                AsOf.instant(FROM, from, ""),
                flag(query, FROM_QUARANTINE, false),
                call.trace());
        return flag(query, DRY_RUN, true)
                ? AsOf.answered(replays.rehearse(wanted), executor)
                        .thenApplyAsync(would -> Answers.json(rehearsed(would)), executor)
                : AsOf.answered(replays.put(wanted), executor)
                        .thenApplyAsync(put -> Answers.json(StatusCodes.ACCEPTED, put(wanted, put)), executor);
    }

    private static boolean flag(Map<String, String> query, String name, boolean otherwise) {
        String text = query.getOrDefault(name, Boolean.toString(otherwise));
        if (!text.equals("true") && !text.equals("false")) {
            throw new Refusal(Problem.BAD_REQUEST, name + " is " + Call.shown(text) + "; use true or false");
        }
        return text.equals("true");
    }

    private static Map<String, Object> put(Replays.Wanted wanted, Replays.Put put) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(DRY_RUN, false);
        json.put("request", wanted.request());
        json.put("put", put.read().records());
        json.put("read", json(put.read()));
        return json;
    }

    private static Map<String, Object> rehearsed(Replays.Rehearsed would) {
        MerchantReply.Rehearsal readable = would.readable();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(DRY_RUN, true);
        json.put("read", json(would.read()));
        json.put("revision", readable.revision());
        json.put("applied", readable.tally().applied());
        json.put("quarantined", would.unreadableCount() + readable.tally().quarantined());
        json.put("changed-count", readable.changedCount());
        json.put("changed", readable.changed().stream().map(ReplayRoutes::json).toList());
        List<MerchantReply.Unable> unable = new ArrayList<>(would.unreadable());
        unable.addAll(readable.unable());
        json.put(
                "unable",
                unable.stream()
                        .limit(MerchantReply.Rehearsal.UNABLE_MAX)
                        .map(ReplayRoutes::json)
                        .toList());
        return json;
    }

    private static Map<String, Object> json(Replays.Extent extent) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("records", extent.records());
        json.put("bytes", extent.bytes());
        Instant until = extent.until();
        if (until != null) {
            json.put("until", Instants.print(until));
        }
        if (extent.cut() != null) {
            json.put("cut", extent.cut());
        }
        return json;
    }

    private static Map<String, Object> json(MerchantReply.Would would) {
        RecordDelta becomes = would.becomes();
        RecordDelta was = would.was();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", becomes.key().kind().json());
        json.put("id", becomes.key().id());
        json.put("was", was == null ? "unknown" : Presence.CODEC.write(was.presence()));
        json.put("becomes", Presence.CODEC.write(becomes.presence()));
        Map<String, @Nullable Object> before =
                was == null ? Map.of() : was.fields().write();
        Map<String, @Nullable Object> after = becomes.fields().write();
        FieldMap named = becomes.fields().isEmpty() && was != null ? was.fields() : becomes.fields();
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < named.size(); i++) {
            String name = named.field(i).name();
            Map<String, @Nullable Object> change = new LinkedHashMap<>();
            change.put("before", before.get(name));
            change.put("after", after.get(name));
            fields.put(name, change);
        }
        json.put("fields", fields);
        return json;
    }

    private static Map<String, Object> json(MerchantReply.Unable unable) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("partition", unable.position().partition());
        json.put("offset", unable.position().offset());
        json.put("problem", unable.problem().code());
        json.put("detail", unable.detail());
        return json;
    }
}
