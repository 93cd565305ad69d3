package dev.tournant.http.server;

import akka.http.javadsl.model.HttpResponse;
import dev.tournant.http.server.Operation.Access;
import dev.tournant.messages.PoolBoard;
import dev.tournant.messages.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** How full the pools are that partners' limits make, for operators who ask why a call waits. */
final class PoolRoutes {
    private final PoolBoard board;
    private final Executor executor;

    PoolRoutes(PoolBoard board, Executor executor) {
        this.board = board;
        this.executor = executor;
    }

    List<Operation> operations() {
        return List.of(
                new Operation("GET", "/v1/pools", Access.READ, this::list),
                new Operation("GET", "/v1/pools/{pool}", Access.READ, this::show));
    }

    private CompletionStage<HttpResponse> list(Call call) {
        Page page = Page.of(call);
        String after = page.after(PoolRoutes::name).orElse(null);
        return board.pools(after, page.limit()).thenApplyAsync(found -> listed(page, found), executor);
    }

    private static HttpResponse listed(Page page, PoolBoard.Page found) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("pools", found.pools().stream().map(PoolRoutes::json).toList());
        putUnlessEmpty(json, "silent-pools", found.silentPools());
        putUnlessEmpty(json, "silent-nodes", found.silentNodes());
        String last = found.next();
        if (last != null) {
            json.put("next", page.next("/v1/pools", last));
        }
        return Answers.json(json);
    }

    private CompletionStage<HttpResponse> show(Call call) {
        call.query();
        String name = call.name("pool");
        if (!isName(name)) {
            throw unknown(name);
        }
        return board.pool(name)
                .thenApplyAsync(found -> Answers.json(json(found.orElseThrow(() -> unknown(name)))), executor);
    }

    private static Refusal unknown(String name) {
        return new Refusal(Problem.UNKNOWN_POOL, "there is no pool " + Call.shown(name));
    }

    private static String name(String text) {
        if (!isName(text)) {
            throw new IllegalArgumentException("no pool has this name");
        }
        return text;
    }

    private static boolean isName(String text) {
        return !text.isEmpty() && text.length() <= PoolBoard.NAME_CHARS_MAX;
    }

    private static Map<String, Object> json(PoolBoard.Pool pool) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", pool.name());
        json.put("partner", pool.partner());
        json.put("limit-name", pool.limitName());
        json.put("rule", pool.rule());
        json.put("limit", pool.limit());
        putUnlessNull(json, "per-ms", pool.per() == null ? null : pool.per().toMillis());
        putUnlessNull(json, "burst", pool.burst());
        json.put("use", pool.use());
        json.put("in-flight", pool.inFlight());
        json.put("waiting", pool.waiting());
        json.put("refused", pool.refused());
        putUnlessNull(json, "lowered", pool.lowered() == null ? null : json(pool.lowered()));
        putUnlessNull(json, "holder", pool.holder());
        return json;
    }

    private static Map<String, Object> json(PoolBoard.Lowered lowered) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("limit", lowered.limit());
        putUnlessNull(json, "until", lowered.until());
        json.put("why", lowered.why());
        return json;
    }

    private static void putUnlessNull(Map<String, Object> json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static void putUnlessEmpty(Map<String, Object> json, String name, List<String> values) {
        if (!values.isEmpty()) {
            json.put(name, values);
        }
    }
}
