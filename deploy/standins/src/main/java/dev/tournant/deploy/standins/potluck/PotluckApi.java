package dev.tournant.deploy.standins.potluck;

import static akka.http.javadsl.server.PathMatchers.segment;

import akka.actor.ActorSystem;
import akka.http.javadsl.model.HttpHeader;
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
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** Potluck's HTTP API under {@code /v1}: who asks, how often, what goes wrong on purpose, and which location answers. */
final class PotluckApi extends AllDirectives {
    private final Map<String, Location> locations;
    private final Tokens tokens;
    private final int requestsMax;
    private final Luck<Faults> luck;
    private final Stats stats;
    private final ActorSystem system;
    private final RateWindow window = new RateWindow(Duration.ofSeconds(1));
    private final Map<String, Idempotency> idempotency = new ConcurrentHashMap<>();

    PotluckApi(
            Map<String, Location> locations,
            Tokens tokens,
            int requestsPerSecondMax,
            Luck<Faults> luck,
            Stats stats,
            ActorSystem system) {
        this.locations = locations;
        this.tokens = tokens;
        this.requestsMax = requestsPerSecondMax;
        this.luck = luck;
        this.stats = stats;
        this.system = system;
    }

    Route route() {
        return pathPrefix(
                "v1",
                () -> entity(
                        Unmarshaller.entityToByteString(),
                        bytes -> extractRequest(request -> concat(
                                path(
                                        segment("oauth").slash("token"),
                                        () -> post(() -> answered(
                                                "POST oauth/token",
                                                () -> tokens.grant(bytes.utf8String()),
                                                HttpAnswers::of))),
                                pathPrefix(
                                        segment("locations").slash(segment()),
                                        id -> location(new Asked(request, bytes, id))),
                                complete(HttpAnswers.of(
                                        PotluckError.notFound("such route").answer()))))));
    }

    /** A request about a location. */
    private record Asked(HttpRequest request, ByteString bytes, String location) {
        Optional<String> header(String name) {
            return request.getHeader(name).map(HttpHeader::value);
        }

        Optional<String> parameter(String name) {
            return request.getUri().query().get(name);
        }

        ObjectNode body() {
            return Json.readObject(bytes.toArray())
                    .orElseThrow(() -> PotluckError.bad("the body is not a JSON object"));
        }

        /** The revision that the object has to be at; a number in quotes, as an entity tag is. */
        OptionalLong expected() {
            return header("If-Match")
                    .map(tag -> {
                        if (!tag.matches("\"[0-9]{1,18}\"")) {
                            throw PotluckError.bad("If-Match is the revision in quotes");
                        }
                        return OptionalLong.of(Long.parseLong(tag.substring(1, tag.length() - 1)));
                    })
                    .orElse(OptionalLong.empty());
        }

        String text() {
            return request.method().value() + " " + request.getUri().path() + " " + bytes.utf8String();
        }
    }

    private Route location(Asked asked) {
        return concat(
                pathEnd(() -> concat(
                        get(() -> read("GET location", asked, location -> Answer.ok(location.store()))),
                        put(() -> written(
                                "PUT location",
                                asked,
                                location -> Answer.ok(location.putStore(asked.body(), asked.expected())))))),
                path("catalog", () -> get(() -> read("GET catalog", asked, location -> catalog(location, asked)))),
                pathPrefix(
                        segment(),
                        name -> Sort.ofPath(name)
                                .map(sort -> objects(sort, asked))
                                .orElseGet(this::reject)));
    }

    private Route objects(Sort sort, Asked asked) {
        return concat(
                pathEnd(() -> post(() -> written(
                        "POST " + sort.list(),
                        asked,
                        location -> Answer.of(201, location.create(sort, asked.body()))))),
                path(
                        segment(),
                        id -> concat(
                                put(() -> written(
                                        "PUT " + sort.list(),
                                        asked,
                                        location ->
                                                Answer.ok(location.replace(sort, id, asked.body(), asked.expected())))),
                                delete(() -> written(
                                        "DELETE " + sort.list(),
                                        asked,
                                        location -> Answer.ok(location.delete(sort, id, asked.expected())))))));
    }

    private static Answer catalog(Location location, Asked asked) {
        return Answer.ok(new Feed(location)
                .page(asked.parameter("limit"), asked.parameter("changed_since"), asked.parameter("cursor")));
    }

    /** Does what is asked of a location. */
    private interface Work {
        Answer at(Location location);
    }

    private Route read(String endpoint, Asked asked, Work work) {
        return answered(endpoint, () -> work.at(admitted(asked)), this::spoilt);
    }

    /** A write whose answer may get lost: it is done all the same. */
    private Route written(String endpoint, Asked asked, Work work) {
        return answered(
                endpoint,
                () -> {
                    Location location = admitted(asked);
                    Answer answer = idempotency
                            .computeIfAbsent(location.id(), unknown -> new Idempotency())
                            .once(asked.header("Idempotency-Key"), asked.text(), () -> work.at(location));
                    if (luck.strikes(luck.faults().lostAnswerRatio())) {
                        throw PotluckError.lostAnswer();
                    }
                    return answer;
                },
                this::spoilt);
    }

    private Location admitted(Asked asked) {
        tokens.check(asked.header("Authorization").orElse(""));
        Faults faults = luck.faults();
        if (luck.strikes(faults.unauthorizedRatio())) {
            throw PotluckError.unauthorised("The access token could not be checked");
        }
        Location location = locations.get(asked.location());
        if (location == null) {
            throw PotluckError.notFound("location " + asked.location());
        }
        long now = System.nanoTime();
        if (!window.admits(location.account(), requestsMax, now)) {
            throw PotluckError.tooMany(
                    window.wait(location.account(), requestsMax, now).toSeconds() + 1);
        }
        if (luck.strikes(faults.rateLimitRatio())) {
            throw PotluckError.tooMany(1);
        }
        if (luck.strikes(faults.errorRatio())) {
            throw PotluckError.busy();
        }
        if (asked.parameter("cursor").isPresent() && luck.strikes(faults.expiredCursorRatio())) {
            throw PotluckError.bad("cursor has expired; begin anew");
        }
        return location;
    }

    private Route answered(String endpoint, Supplier<Answer> work, Function<Answer, HttpResponse> leaves) {
        stats.request(endpoint);
        long waitMs = luck.faults().latencyMs();
        CompletionStage<HttpResponse> response = waitMs == 0
                ? CompletableFuture.completedFuture(response(work, leaves))
                : Patterns.after(
                        Duration.ofMillis(waitMs),
                        system.scheduler(),
                        system.dispatcher(),
                        () -> CompletableFuture.completedFuture(response(work, leaves)));
        return completeWithFuture(response);
    }

    /** As the answer leaves: slowly or broken off, if so drawn; and without headers that tell how long to wait, if so set. */
    private HttpResponse spoilt(Answer answer) {
        Faults faults = luck.faults();
        Answer told = answer.status() == 429 && !faults.rateLimitHeaders() ? answer.withHeaders(Map.of()) : answer;
        return luck.strikes(faults.resetRatio())
                ? HttpAnswers.brokenOff(told)
                : HttpAnswers.slowly(told, Duration.ofMillis(faults.slowBodyMs()));
    }

    private HttpResponse response(Supplier<Answer> work, Function<Answer, HttpResponse> leaves) {
        Answer answer;
        try {
            answer = work.get();
        } catch (PotluckError refused) {
            answer = refused.answer();
        }
        if (!answer.isOk()) {
            stats.refusal(answer.status());
        }
        return leaves.apply(answer);
    }
}
