package dev.tournant.deploy.standins.doordash;

import akka.actor.ActorSystem;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.pattern.Patterns;
import akka.util.ByteString;
import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.function.Supplier;

/**
 * What every API request passes through: who asks, how often, what goes wrong on purpose before it is done, and what goes
 * wrong with the answer afterwards.
 */
final class Admission {
    /** Does what is asked. The body of a request without one is a missing node. */
    interface Call {
        Answer answer(JsonNode body);
    }

    private final Tokens tokens;
    private final RateWindow window;
    private final int requestsMax;
    private final Luck<Faults> luck;
    private final Stats stats;
    private final ActorSystem system;

    Admission(DoorDashSettings settings, Tokens tokens, Luck<Faults> luck, Stats stats, ActorSystem system) {
        this.tokens = tokens;
        this.window = new RateWindow(settings.requestsWindow());
        this.requestsMax = settings.requestsMax();
        this.luck = luck;
        this.stats = stats;
        this.system = system;
    }

    CompletionStage<HttpResponse> read(HttpRequest request, Call call) {
        return later(() -> admitted(request).orElseGet(() -> call.answer(Json.object())));
    }

    /** A write whose answer may get lost: it is done all the same. */
    CompletionStage<HttpResponse> write(HttpRequest request, ByteString bytes, Call call) {
        return later(() -> admitted(request).orElseGet(() -> {
            Optional<JsonNode> body = Json.read(bytes.toArray());
            if (body.isEmpty()) {
                return DoorDashError.notJson().answer();
            }
            Answer answer = call.answer(body.get());
            return answer.isOk() && luck.strikes(luck.faults().lostAnswerRatio())
                    ? DoorDashError.gatewayTimeout().answer()
                    : answer;
        }));
    }

    private CompletionStage<HttpResponse> later(Supplier<Answer> work) {
        long waitMs = luck.faults().latencyMs();
        return waitMs == 0
                ? CompletableFuture.completedFuture(response(work.get()))
                : Patterns.after(
                        Duration.ofMillis(waitMs),
                        system.scheduler(),
                        system.dispatcher(),
                        () -> CompletableFuture.completedFuture(response(work.get())));
    }

    /** What the request is refused with; empty when it may be done. */
    private Optional<Answer> admitted(HttpRequest request) {
        Tokens.Verdict verdict = tokens.check(request.getHeader("Authorization").map(HttpHeader::value));
        if (verdict instanceof Tokens.Verdict.Accepted accepted) {
            return limited(accepted.keyId());
        }
        if (verdict instanceof Tokens.Verdict.Refused refused) {
            return Optional.of(DoorDashError.unauthorized(refused.why()).answer());
        }
        throw new IllegalStateException("no such verdict: " + verdict);
    }

    private Optional<Answer> limited(String keyId) {
        Faults faults = luck.faults();
        if (!window.admits(keyId, requestsMax, System.nanoTime()) || luck.strikes(faults.rateLimitRatio())) {
            Answer answer = DoorDashError.tooMany().answer();
            return Optional.of(faults.rateLimitHeaders() ? answer.withHeaders(limitHeaders(keyId)) : answer);
        }
        if (luck.strikes(faults.unauthorizedRatio())) {
            return Optional.of(DoorDashError.unauthorized("Authorization could not be checked")
                    .answer());
        }
        return luck.strikes(faults.errorRatio())
                ? Optional.of(DoorDashError.internal().answer())
                : Optional.empty();
    }

    private Map<String, String> limitHeaders(String keyId) {
        long seconds =
                Math.max(1, window.wait(keyId, requestsMax, System.nanoTime()).toSeconds() + 1);
        return Map.of(
                "Retry-After", Long.toString(seconds),
                "X-RateLimit-Limit", Integer.toString(requestsMax),
                "X-RateLimit-Remaining", "0");
    }

    private HttpResponse response(Answer answer) {
        if (!answer.isOk()) {
            stats.refusal(answer.status());
        }
        Faults faults = luck.faults();
        return luck.strikes(faults.resetRatio())
                ? HttpAnswers.brokenOff(answer)
                : HttpAnswers.slowly(answer, Duration.ofMillis(faults.slowBodyMs()));
    }
}
