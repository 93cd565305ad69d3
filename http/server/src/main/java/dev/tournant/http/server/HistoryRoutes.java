package dev.tournant.http.server;

import akka.http.javadsl.model.HttpResponse;
import dev.tournant.http.server.Operation.Access;
import dev.tournant.messages.History;
import dev.tournant.messages.Problem;
import dev.tournant.model.Instants;
import dev.tournant.model.MerchantId;
import dev.tournant.model.Presence;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Who changed a record, what, when and in which event. */
final class HistoryRoutes {
    private static final String PATH = "/v1/merchants/{id}/records/{kind}/{recordId}/history";

    private final History history;
    private final Executor executor;

    HistoryRoutes(History history, Executor executor) {
        this.history = history;
        this.executor = executor;
    }

    List<Operation> operations() {
        return List.of(new Operation("GET", PATH, Access.READ, this::list));
    }

    private CompletionStage<HttpResponse> list(Call call) {
        MerchantId merchant = call.merchant();
        RecordKey key = call.key();
        Page page = Page.of(call);
        History.Place before = page.after(HistoryRoutes::place).orElse(null);
        String path = Answers.path(merchant, key) + "/history";
        return AsOf.answered(history.of(merchant, key, before, page.limit()), executor)
                .thenApplyAsync(
                        found -> {
                            if (before == null
                                    && found.next() == null
                                    && found.entries().isEmpty()) {
                                throw new Refusal(Problem.UNKNOWN_RECORD, "there has never been a " + key);
                            }
                            return listed(found, page, path);
                        },
                        executor);
    }

    private static History.Place place(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 2 || !parts[0].matches("[0-9]{1,18}") || !parts[1].matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException("no place");
        }
        return new History.Place(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }

    private static HttpResponse listed(History.Page found, Page page, String path) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("history", found.entries().stream().map(HistoryRoutes::json).toList());
        json.put("revision", found.head());
        History.Place next = found.next();
        if (next != null) {
            json.put("next", page.next(path, next.revision() + "." + next.row()));
        }
        return Answers.json(json);
    }

    private static Map<String, Object> json(History.Entry entry) {
        RecordDelta delta = entry.delta();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("revision", entry.revision());
        json.put("at", Instants.print(entry.at()));
        json.put("link", entry.link());
        json.put("event", entry.event());
        json.put("said-at", delta.stamp());
        json.put("version", delta.version());
        json.put("presence", Presence.CODEC.write(delta.presence()));
        json.put("fields", delta.fields().write());
        History.Cause by = entry.forwardBy();
        if (by != null) {
            json.put("came-forward", Map.of("link", by.link(), "event", by.event()));
        }
        RecordDelta told = entry.notKept();
        if (told != null) {
            json.put("not-kept", Map.of("told", told.fields().write()));
        }
        return json;
    }
}
