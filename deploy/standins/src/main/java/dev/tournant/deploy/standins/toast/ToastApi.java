package dev.tournant.deploy.standins.toast;

import akka.actor.ActorSystem;
import akka.http.javadsl.model.AttributeKeys;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import akka.http.javadsl.unmarshalling.Unmarshaller;
import akka.pattern.Patterns;
import akka.util.ByteString;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.tournant.deploy.standins.core.Answer;
import dev.tournant.deploy.standins.core.Json;
import dev.tournant.deploy.standins.core.Luck;
import dev.tournant.deploy.standins.core.Stats;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Toast's HTTP API: who asks, how often, whether it goes wrong on purpose, and which part of the restaurant answers. */
final class ToastApi extends AllDirectives {
    static final String RESTAURANT_HEADER = "Toast-Restaurant-External-ID";

    private static final String WHOLE_MENUS = "/menus/v2/menus";
    private static final List<String> APIS = List.of("authentication", "menus", "stock", "restaurants");

    /** A request as a restaurant's parts see it. A body that was not sent is null. */
    private record Asked(Restaurant restaurant, Optional<String> status, JsonNode body) {}

    private enum Kind {
        LOGIN,
        READ,
        WRITE
    }

    /** The restaurant is named by the path where that has a group, and by the header elsewhere. */
    private record Endpoint(String method, Pattern path, String name, Kind kind, Function<Asked, Reply> work) {
        static Endpoint of(String method, String path, Kind kind, Function<Asked, Reply> work) {
            Pattern pattern = Pattern.compile(path.replace("{guid}", "([^/]+)"));
            return new Endpoint(method, pattern, method + " " + path, kind, work);
        }
    }

    private static final List<Endpoint> ENDPOINTS = List.of(
            Endpoint.of("POST", "/authentication/v1/authentication/login", Kind.LOGIN, asked -> {
                throw new IllegalStateException("no restaurant logs anybody in");
            }),
            Endpoint.of(
                    "GET",
                    "/menus/v2/metadata",
                    Kind.READ,
                    asked -> asked.restaurant().metadata()),
            Endpoint.of(
                    "GET", WHOLE_MENUS, Kind.READ, asked -> asked.restaurant().menus()),
            Endpoint.of(
                    "GET",
                    "/stock/v1/inventory",
                    Kind.READ,
                    asked -> new StockApi(asked.restaurant()).inventory(asked.status())),
            Endpoint.of(
                    "POST",
                    "/stock/v1/inventory/search",
                    Kind.READ,
                    asked -> new StockApi(asked.restaurant()).search(asked.body())),
            Endpoint.of(
                    "PUT",
                    "/stock/v1/inventory/update",
                    Kind.WRITE,
                    asked -> new StockApi(asked.restaurant()).update(asked.body())),
            Endpoint.of(
                    "GET",
                    "/restaurants/v1/restaurants/{guid}",
                    Kind.READ,
                    asked -> Reply.ok(asked.restaurant().info())));

    private final Restaurants restaurants;
    private final Doorkeeper doorkeeper;
    private final Supplier<Limits> limits;
    private final Luck<Faults> luck;
    private final Stats stats;
    private final InstantSource clock;
    private final ActorSystem system;
    private final Limiter limiter = new Limiter();
    private final Wire wire;

    ToastApi(
            Restaurants restaurants,
            Doorkeeper doorkeeper,
            Supplier<Limits> limits,
            Luck<Faults> luck,
            Stats stats,
            InstantSource clock,
            ActorSystem system) {
        this.restaurants = restaurants;
        this.doorkeeper = doorkeeper;
        this.limits = limits;
        this.luck = luck;
        this.stats = stats;
        this.clock = clock;
        this.system = system;
        this.wire = new Wire(luck);
    }

    Route route() {
        return entity(
                Unmarshaller.entityToByteString(),
                bytes -> extractRequest(request ->
                        completeWithFuture(after(luck.faults().latencyMs(), () -> answered(request, bytes)))));
    }

    private CompletionStage<HttpResponse> after(long waitMs, Supplier<HttpResponse> work) {
        return waitMs == 0
                ? CompletableFuture.completedFuture(work.get())
                : Patterns.after(
                        Duration.ofMillis(waitMs),
                        system.scheduler(),
                        system.dispatcher(),
                        () -> CompletableFuture.completedFuture(work.get()));
    }

    private HttpResponse answered(HttpRequest request, ByteString bytes) {
        long now = clock.millis();
        String path = request.getUri().path();
        Optional<String> client = header(request, "Authorization")
                .filter(value -> value.startsWith("Bearer "))
                .flatMap(value -> doorkeeper.clientOf(value.substring("Bearer ".length()), now));
        Limiter.Verdict verdict =
                limiter.admit(scope(request, client), api(path), path.equals(WHOLE_MENUS), limits.get(), now);
        if (!verdict.admitted()) {
            return refused(ToastError.tooMany(), Optional.of(verdict));
        }
        Faults faults = luck.faults();
        if (luck.strikes(faults.rateLimitRatio())) {
            Limiter.Verdict feigned = Limiter.Verdict.exhausted(verdict.by(), now, now + 1_000);
            return refused(ToastError.tooMany(), faults.rateLimitHeaders() ? Optional.of(feigned) : Optional.empty());
        }
        if (luck.strikes(faults.unavailableRatio())) {
            return refused(ToastError.unavailable(), Optional.of(verdict));
        }
        if (luck.strikes(faults.errorRatio())) {
            return refused(ToastError.internal(), Optional.of(verdict));
        }
        return dispatched(request, path, client, bytes, verdict);
    }

    private HttpResponse dispatched(
            HttpRequest request, String path, Optional<String> client, ByteString bytes, Limiter.Verdict verdict) {
        List<Endpoint> there = ENDPOINTS.stream()
                .filter(endpoint -> endpoint.path().matcher(path).matches())
                .toList();
        Optional<Endpoint> found = there.stream()
                .filter(endpoint -> endpoint.method().equals(request.method().name()))
                .findFirst();
        if (found.isEmpty()) {
            ToastError error = there.isEmpty() ? ToastError.noSuchPath() : ToastError.notAllowed();
            return refused(error, Optional.of(verdict));
        }
        stats.request(found.get().name());
        if (found.get().kind() == Kind.LOGIN) {
            return login(bytes, verdict);
        }
        boolean struck = luck.strikes(luck.faults().unauthorizedRatio());
        if (client.isEmpty() || struck) {
            return refused(ToastError.unauthorized(), Optional.of(verdict));
        }
        return called(found.get(), request, path, bytes, verdict);
    }

    private HttpResponse login(ByteString bytes, Limiter.Verdict verdict) {
        JsonNode body = Json.read(bytes.toArray()).orElse(NullNode.getInstance());
        Doorkeeper.Login login = doorkeeper.login(body, limits.get(), clock.millis());
        if (login.token().isPresent()) {
            return wire.response(login.token().get(), Optional.of(verdict));
        }
        Limiter.Verdict said = login.limit() == null ? verdict : login.limit();
        return refused(login.refusal().orElseGet(ToastError::internal), Optional.of(said));
    }

    private HttpResponse called(
            Endpoint endpoint, HttpRequest request, String path, ByteString bytes, Limiter.Verdict verdict) {
        Matcher matcher = endpoint.path().matcher(path);
        Optional<String> guid = matcher.matches() && matcher.groupCount() > 0
                ? Optional.of(matcher.group(1))
                : header(request, RESTAURANT_HEADER);
        Optional<Restaurant> restaurant = guid.flatMap(restaurants::of);
        if (restaurant.isEmpty()) {
            ToastError error = guid.isPresent()
                    ? ToastError.noSuchRestaurant()
                    : ToastError.bad("The header " + RESTAURANT_HEADER + " is missing", RESTAURANT_HEADER);
            return refused(error, Optional.of(verdict));
        }
        Optional<JsonNode> body = bytes.isEmpty() ? Optional.of(NullNode.getInstance()) : Json.read(bytes.toArray());
        if (body.isEmpty()) {
            return refused(ToastError.bad("The body is not JSON", null), Optional.of(verdict));
        }
        Optional<String> status = request.getUri().query().get("status");
        Asked asked = new Asked(restaurant.get(), status, body.get());
        Answer answer =
                restaurant.get().atomically(() -> endpoint.work().apply(asked)).answer(luck::uuid);
        boolean lost =
                endpoint.kind() == Kind.WRITE && luck.strikes(luck.faults().lostAnswerRatio());
        return lost ? refused(ToastError.internal(), Optional.of(verdict)) : sent(answer, Optional.of(verdict));
    }

    private HttpResponse refused(ToastError error, Optional<Limiter.Verdict> verdict) {
        return sent(error.answer(luck.uuid()), verdict);
    }

    private HttpResponse sent(Answer answer, Optional<Limiter.Verdict> verdict) {
        if (!answer.isOk()) {
            stats.refusal(answer.status());
        }
        return wire.response(answer, verdict);
    }

    /** What limits count by: the client at the restaurant, or where the request comes from. */
    private static String scope(HttpRequest request, Optional<String> client) {
        Optional<String> restaurant = header(request, RESTAURANT_HEADER);
        if (client.isPresent() && restaurant.isPresent()) {
            return client.get() + " " + restaurant.get();
        }
        return request.getAttribute(AttributeKeys.remoteAddress)
                .flatMap(address -> address.getAddress())
                .map(address -> address.getHostAddress())
                .orElse("");
    }

    private static String api(String path) {
        return APIS.stream()
                .filter(name -> path.startsWith("/" + name + "/"))
                .findFirst()
                .orElse("other");
    }

    private static Optional<String> header(HttpRequest request, String name) {
        return request.getHeader(name).map(header -> header.value());
    }
}
