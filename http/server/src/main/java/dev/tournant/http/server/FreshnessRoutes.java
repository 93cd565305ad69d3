package dev.tournant.http.server;

import akka.http.javadsl.model.HttpResponse;
import dev.tournant.http.server.Operation.Access;
import dev.tournant.messages.FreshnessBoard;
import dev.tournant.messages.FreshnessBoard.Supposition;
import dev.tournant.messages.PoolBoard;
import dev.tournant.messages.Problem;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** How fresh what is known of partners is, what it would come to otherwise, and reading a merchant now. */
final class FreshnessRoutes {
    private static final double CALLS_MAX = 1e6;
    private static final double FACTOR_MAX = 1e6;
    private static final double MILLIS = 1e3;

    private final FreshnessBoard board;
    private final Asking asking;
    private final Bodies bodies;
    private final Executor executor;

    FreshnessRoutes(FreshnessBoard board, Asking asking, Bodies bodies, Executor executor) {
        this.board = board;
        this.asking = asking;
        this.bodies = bodies;
        this.executor = executor;
    }

    List<Operation> operations() {
        return List.of(
                new Operation("GET", "/v1/pools/{pool}/freshness", Access.READ, this::pool),
                new Operation("GET", "/v1/pools/{pool}/what-if", Access.READ, this::suppose),
                new Operation("GET", "/v1/merchants/{id}/freshness", Access.READ, this::merchant),
                new Operation("POST", "/v1/merchants/{id}/refresh", Access.WRITE, call -> refresh(call, null)),
                new Operation(
                        "POST",
                        "/v1/merchants/{id}/links/{link}/refresh",
                        Access.WRITE,
                        call -> refresh(call, call.link())));
    }

    private static String name(Call call) {
        String name = call.name("pool");
        if (name.isEmpty() || name.length() > PoolBoard.NAME_CHARS_MAX) {
            throw unknown(name);
        }
        return name;
    }

    private static Refusal unknown(String name) {
        return new Refusal(Problem.UNKNOWN_POOL, "nothing is polled in a pool " + Call.shown(name));
    }

    private CompletionStage<HttpResponse> pool(Call call) {
        call.query();
        String name = name(call);
        return board.pool(name)
                .thenApplyAsync(found -> Answers.json(json(found.orElseThrow(() -> unknown(name)))), executor);
    }

    private CompletionStage<HttpResponse> suppose(Call call) {
        Map<String, String> query = call.query("limit", "merchants", "webhooks");
        String name = name(call);
        Double limit = query.containsKey("limit") ? number(query, "limit", CALLS_MAX) : null;
        double factor = query.containsKey("merchants") ? number(query, "merchants", FACTOR_MAX) : 1;
        boolean webhooks = webhooks(query.getOrDefault("webhooks", "on"));
        return board.suppose(name, new Supposition(limit, factor, webhooks))
                .thenApplyAsync(found -> Answers.json(json(found.orElseThrow(() -> unknown(name)))), executor);
    }

    private static boolean webhooks(String text) {
        return switch (text) {
            case "on" -> true;
            case "off" -> false;
            default ->
                throw new Refusal(
                        Problem.BAD_REQUEST, "query parameter webhooks must be on or off, not " + Call.shown(text));
        };
    }

    private static double number(Map<String, String> query, String name, double most) {
        String text = query.getOrDefault(name, "");
        try {
            // Not Double.parseDouble, which takes 5d and 0x1p3 for numbers.
            double number = new BigDecimal(text).doubleValue();
            if (number > 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new Refusal(
                Problem.BAD_REQUEST,
                "query parameter " + name + " must be a number above 0 and at most " + (long) most + ", not "
                        + Call.shown(text));
    }

    private CompletionStage<HttpResponse> merchant(Call call) {
        call.query();
        MerchantId id = call.merchant();
        return asking.summary(id)
                .thenComposeAsync(found -> board.merchant(id, found.profile()), executor)
                .thenApplyAsync(
                        shown -> {
                            Map<String, Object> json = new LinkedHashMap<>();
                            json.put("id", id.value());
                            json.put(
                                    "resources",
                                    shown.resources().stream()
                                            .map(FreshnessRoutes::json)
                                            .toList());
                            if (!shown.silentPools().isEmpty()) {
                                json.put("silent-pools", shown.silentPools());
                            }
                            return Answers.json(json);
                        },
                        executor);
    }

    private CompletionStage<HttpResponse> refresh(Call call, @Nullable LinkId link) {
        call.query();
        MerchantId id = call.merchant();
        bodies.ignore(call.request());
        return asking.summary(id)
                .thenComposeAsync(
                        found -> {
                            if (link != null && found.profile().link(link).isEmpty()) {
                                throw new Refusal(Problem.UNKNOWN_LINK, "the merchant has no link \"" + link + "\"");
                            }
                            return board.refresh(id, found.profile(), link);
                        },
                        executor)
                .thenApplyAsync(
                        count -> {
                            Map<String, Object> json = new LinkedHashMap<>();
                            json.put("id", id.value());
                            json.put("reading", count);
                            return Answers.json(json);
                        },
                        executor);
    }

    private static Map<String, Object> json(FreshnessBoard.Pool pool) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", pool.name());
        json.put("resources", pool.resources());
        json.put("calls-per-second", pool.callsPerSecond());
        json.put("fresh", pool.fresh());
        json.put("bound", pool.bound());
        json.put("ratio", pool.ratio());
        json.put("price", pool.price());
        json.put("threshold-ms", pool.threshold() * MILLIS);
        json.put("waiting", pool.waiting());
        json.put("under-way", pool.underWay());
        json.put("first-reads", pool.firstReads());
        json.put("audited", pool.audited());
        putUnlessNull(json, "audited-fresh", pool.auditedFresh());
        putUnlessNull(json, "audited-error", pool.auditedError());
        json.put("sorts", pool.sorts().stream().map(FreshnessRoutes::json).toList());
        return json;
    }

    private static Map<String, Object> json(FreshnessBoard.Sort sort) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("partner", sort.partner());
        json.put("resource", sort.resource());
        json.put("resources", sort.resources());
        json.put("newcomers", sort.newcomers());
        json.put("failing", sort.failing());
        json.put("parked", sort.parked());
        json.put("held", sort.held());
        json.put("fresh", sort.fresh());
        json.put("age-ms", ages(sort));
        json.put("max-age-ms", sort.maxAge().toMillis());
        json.put("starved", sort.starved());
        json.put("objective", sort.objective());
        json.put("error-budget-left", sort.errorBudgetLeft());
        json.put("changes-per-hour", sort.changesPerHour());
        json.put("recall", sort.recall());
        json.put("precision", sort.precision());
        json.put("webhooks-silent", sort.webhooksSilent());
        return json;
    }

    private static Map<String, Object> ages(FreshnessBoard.Sort sort) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("p50", sort.ageP50().toMillis());
        json.put("p90", sort.ageP90().toMillis());
        json.put("p99", sort.ageP99().toMillis());
        json.put("max", sort.ageMax().toMillis());
        return json;
    }

    private static Map<String, Object> json(FreshnessBoard.Resource resource) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("link", resource.link().value());
        json.put("resource", resource.resource());
        json.put("pool", resource.pool());
        json.put("phase", resource.phase());
        json.put("under-way", resource.underWay());
        putUnlessNull(json, "seen-at", resource.seenAt());
        json.put("fresh", resource.fresh());
        json.put("unseen-changes", resource.unseenChanges());
        json.put("webhooks", resource.webhooks());
        putUnlessNull(json, "next-at", resource.nextAt());
        json.put("changes-per-hour", resource.changesPerHour());
        json.put("recall", resource.recall());
        json.put("precision", resource.precision());
        json.put("webhooks-work", resource.webhooksWork());
        json.put("failures", resource.failures());
        FreshnessBoard.FirstRead first = resource.firstRead();
        if (first != null) {
            json.put("first-read", json(first));
        }
        return json;
    }

    private static Map<String, Object> json(FreshnessBoard.FirstRead first) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("pages", first.pages());
        putUnlessNull(json, "since", first.since());
        return json;
    }

    private static Map<String, Object> json(FreshnessBoard.Outlook outlook) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("calls-per-second", outlook.callsPerSecond());
        json.put("fresh", outlook.fresh());
        json.put("fresh-most", outlook.freshMost());
        json.put("lag-ms", millis(outlook.lag()));
        json.put("price", outlook.price());
        return json;
    }

    private static long millis(Duration duration) {
        return duration.toMillis();
    }

    private static void putUnlessNull(Map<String, Object> json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
