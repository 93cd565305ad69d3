package dev.tournant.deploy.standins.square;

import static akka.http.javadsl.server.PathMatchers.segment;

import akka.actor.ActorSystem;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import akka.http.javadsl.unmarshalling.Unmarshaller;
import akka.pattern.Patterns;
import akka.util.ByteString;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Answer;
import dev.tournant.deploy.standins.core.HttpAnswers;
import dev.tournant.deploy.standins.core.Json;
import dev.tournant.deploy.standins.core.Luck;
import dev.tournant.deploy.standins.core.RateWindow;
import dev.tournant.deploy.standins.core.Stats;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/** Square's HTTP API under {@code /v2}, and its token endpoint: who asks, whether it goes wrong on purpose, and which part of the seller answers. */
final class SquareApi extends AllDirectives {
    /** A request as the seller's parts see it. A body that was not sent is an empty object. */
    private record Asked(Seller seller, Map<String, String> query, ObjectNode body) {
        Optional<String> param(String name) {
            return Optional.ofNullable(query.get(name));
        }

        boolean flag(String name) {
            return Boolean.parseBoolean(query.get(name));
        }
    }

    /** Reads and writes differ in what can go wrong with them. */
    private interface Call {
        CompletionStage<Answer> answer(Asked asked);
    }

    private final Sellers sellers;
    private final Grants grants;
    private final Supplier<TokenRules> tokenRules;
    private final Luck<Faults> luck;
    private final Stats stats;
    private final ActorSystem system;
    private final RateWindow window = new RateWindow(Duration.ofSeconds(1));

    SquareApi(
            Sellers sellers,
            Grants grants,
            Supplier<TokenRules> tokenRules,
            Luck<Faults> luck,
            Stats stats,
            ActorSystem system) {
        this.sellers = sellers;
        this.grants = grants;
        this.tokenRules = tokenRules;
        this.luck = luck;
        this.stats = stats;
        this.system = system;
    }

    Route route() {
        return concat(
                pathPrefix("v2", () -> concat(catalog(), inventory(), locations(), complete(unknownPath()))),
                path(segment("oauth2").slash("token"), () -> post(this::token)));
    }

    /** Needs no token; counts, and goes wrong, by rules of its own. */
    private Route token() {
        return entity(Unmarshaller.entityToByteString(), bytes -> {
            stats.request("POST /oauth2/token");
            TokenRules rules = tokenRules.get();
            return completeWithFuture(
                    after(luck.faults().latencyMs(), () -> CompletableFuture.completedFuture(token(bytes, rules)))
                            .thenApply(this::response));
        });
    }

    private Answer token(ByteString bytes, TokenRules rules) {
        if (luck.strikes(rules.quotaRatio())) {
            return Grants.quotaExceeded();
        }
        return Json.readObject(bytes.toArray())
                .map(asked -> grants.token(asked, rules))
                .orElseGet(() -> Grants.refused(400, "bad_request", "Expected a JSON body."));
    }

    private Route catalog() {
        return pathPrefix(
                "catalog",
                () -> concat(
                        got("info", read(asked -> CatalogReads.info())),
                        got(
                                "list",
                                read(asked -> new CatalogReads(asked.seller())
                                        .list(asked.param("types"), asked.param("cursor")))),
                        posted("search", read(asked -> new CatalogReads(asked.seller()).search(asked.body()))),
                        posted(
                                "batch-retrieve",
                                read(asked -> new CatalogReads(asked.seller()).batchRetrieve(asked.body()))),
                        posted(
                                "batch-upsert",
                                update(asked -> new UpsertRequest(
                                                asked.seller(), luck.faults().nameCharsMax())
                                        .batch(asked.body()))),
                        posted("batch-delete", delete(asked -> new CatalogDeletes(asked.seller()).batch(asked.body()))),
                        posted(
                                "object",
                                update(asked -> new UpsertRequest(
                                                asked.seller(), luck.faults().nameCharsMax())
                                        .one(asked.body()))),
                        path(
                                segment("object").slash(segment()),
                                id -> concat(
                                        get(() -> served("GET /v2/catalog/object/{object_id}", retrieveObject(id))),
                                        delete(() -> served(
                                                "DELETE /v2/catalog/object/{object_id}",
                                                delete(asked -> new CatalogDeletes(asked.seller()).one(id))))))));
    }

    private Call retrieveObject(String id) {
        return read(asked -> asked.query().containsKey("catalog_version")
                ? SquareError.refused(SquareError.notImplemented("reads of older catalog versions"))
                : new CatalogReads(asked.seller())
                        .retrieve(
                                id,
                                asked.flag("include_related_objects"),
                                asked.flag("include_category_path_to_root")));
    }

    private Route inventory() {
        return pathPrefix(
                "inventory",
                () -> concat(
                        path(
                                segment("counts").slash("batch-retrieve"),
                                () -> post(() -> served(
                                        "POST /v2/inventory/counts/batch-retrieve",
                                        read(asked -> new InventoryReads(asked.seller()).counts(asked.body()))))),
                        path(
                                segment("changes").slash("batch-create"),
                                () -> post(() -> served(
                                        "POST /v2/inventory/changes/batch-create",
                                        write(asked ->
                                                new InventoryWrites(asked.seller()).batchCreate(asked.body())))))));
    }

    private Route locations() {
        return pathPrefix(
                "locations",
                () -> concat(
                        pathEnd(() -> get(() ->
                                served("GET /v2/locations", read(asked -> new Locations(asked.seller()).list())))),
                        path(
                                segment(),
                                id -> concat(
                                        get(() -> served(
                                                "GET /v2/locations/{location_id}",
                                                read(asked -> new Locations(asked.seller()).retrieve(id)))),
                                        put(() -> served(
                                                "PUT /v2/locations/{location_id}",
                                                write(asked ->
                                                        new Locations(asked.seller()).update(id, asked.body()))))))));
    }

    private Route got(String name, Call call) {
        return path(name, () -> get(() -> served("GET /v2/catalog/" + name, call)));
    }

    private Route posted(String name, Call call) {
        return path(name, () -> post(() -> served("POST /v2/catalog/" + name, call)));
    }

    private static Call read(Function<Asked, Answer> work) {
        return asked -> CompletableFuture.completedFuture(asked.seller().atomically(() -> work.apply(asked)));
    }

    /** A write whose answer may get lost: it is done all the same. */
    private Call write(Function<Asked, Answer> work) {
        return asked -> {
            Answer answer = asked.seller().atomically(() -> work.apply(asked));
            return CompletableFuture.completedFuture(
                    luck.strikes(luck.faults().lostAnswerRatio())
                            ? SquareError.refused(SquareError.gatewayTimeout())
                            : answer);
        };
    }

    private Call update(Function<Asked, Answer> work) {
        return asked -> alone(asked.seller().updating(), asked, write(work));
    }

    private Call delete(Function<Asked, Answer> work) {
        return asked -> alone(asked.seller().deleting(), asked, write(work));
    }

    /** One catalog write of a kind at a time for a seller; another that comes meanwhile is refused, not queued. */
    private CompletionStage<Answer> alone(AtomicBoolean lock, Asked asked, Call work) {
        if (!lock.compareAndSet(false, true)) {
            return CompletableFuture.completedFuture(
                    SquareError.refused(SquareError.rateLimited("Catalog locked by prior request")));
        }
        return after(luck.faults().writeMs(), () -> work.answer(asked))
                .whenComplete((answer, failure) -> lock.set(false));
    }

    private Route served(String endpoint, Call call) {
        return entity(
                Unmarshaller.entityToByteString(),
                bytes -> parameterMap(query -> extractRequest(request -> {
                    stats.request(endpoint);
                    CompletionStage<Answer> answer =
                            after(luck.faults().latencyMs(), () -> admitted(request, query, bytes, call));
                    return completeWithFuture(answer.thenApply(this::spoilt));
                })));
    }

    private CompletionStage<Answer> admitted(
            HttpRequest request, Map<String, String> query, ByteString bytes, Call call) {
        Optional<Seller> seller = request.getHeader("Authorization")
                .map(header -> header.value())
                .filter(value -> value.startsWith("Bearer "))
                .flatMap(value -> seller(value.substring("Bearer ".length())));
        if (seller.isEmpty()) {
            return refused(SquareError.unauthorized());
        }
        Faults faults = luck.faults();
        if (luck.strikes(faults.unauthorizedRatio())) {
            return refused(SquareError.unauthorized());
        }
        if (isTooFast(seller.get(), faults.requestsPerSecondMax()) || luck.strikes(faults.rateLimitRatio())) {
            return CompletableFuture.completedFuture(tooMany(faults.rateLimitHeaders()));
        }
        if (luck.strikes(faults.errorRatio())) {
            return refused(SquareError.internal());
        }
        Optional<ObjectNode> body = bytes.isEmpty() ? Optional.of(Json.object()) : Json.readObject(bytes.toArray());
        if (body.isEmpty()) {
            return refused(SquareError.notJson());
        }
        boolean goesOn = query.containsKey("cursor") || body.get().hasNonNull("cursor");
        return goesOn && luck.strikes(faults.expiredCursorRatio())
                ? refused(SquareError.invalidCursor())
                : call.answer(new Asked(seller.get(), query, body.get()));
    }

    private static Answer tooMany(boolean withHeaders) {
        Answer answer = SquareError.refused(SquareError.rateLimited("Too many requests have been made."));
        return withHeaders ? answer.withHeaders(Map.of("Retry-After", "1")) : answer;
    }

    private Optional<Seller> seller(String token) {
        return sellers.withToken(token).or(() -> grants.merchantOf(token).flatMap(sellers::of));
    }

    private boolean isTooFast(Seller seller, int requestsPerSecondMax) {
        return requestsPerSecondMax > 0 && !window.admits(seller.merchantId(), requestsPerSecondMax, System.nanoTime());
    }

    private static CompletionStage<Answer> refused(SquareError error) {
        return CompletableFuture.completedFuture(SquareError.refused(error));
    }

    private CompletionStage<Answer> after(long waitMs, java.util.concurrent.Callable<CompletionStage<Answer>> work) {
        try {
            return waitMs == 0
                    ? work.call()
                    : Patterns.after(Duration.ofMillis(waitMs), system.scheduler(), system.dispatcher(), work);
        } catch (Exception failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    /** As the answer leaves: slowly or broken off, if so drawn. */
    private HttpResponse spoilt(Answer answer) {
        HttpResponse whole = response(answer);
        Faults faults = luck.faults();
        if (luck.strikes(faults.resetRatio())) {
            return HttpAnswers.brokenOff(answer);
        }
        return faults.slowBodyMs() == 0 ? whole : HttpAnswers.slowly(answer, Duration.ofMillis(faults.slowBodyMs()));
    }

    private HttpResponse response(Answer answer) {
        if (!answer.isOk()) {
            stats.refusal(answer.status());
        }
        return HttpAnswers.of(answer);
    }

    private static HttpResponse unknownPath() {
        return HttpAnswers.of(SquareError.refused(SquareError.noSuchResource()));
    }
}
