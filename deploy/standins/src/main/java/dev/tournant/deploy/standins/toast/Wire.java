package dev.tournant.deploy.standins.toast;

import akka.http.javadsl.model.HttpResponse;
import dev.tournant.deploy.standins.core.Answer;
import dev.tournant.deploy.standins.core.HttpAnswers;
import dev.tournant.deploy.standins.core.Luck;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Answers as they leave: with what they say of limits, and with the bodies that come slowly or break off. */
final class Wire {
    private final Luck<Faults> luck;

    Wire(Luck<Faults> luck) {
        this.luck = luck;
    }

    HttpResponse response(Answer answer, Optional<Limiter.Verdict> verdict) {
        Answer whole = verdict.map(said -> answer.withHeaders(headers(said))).orElse(answer);
        Faults faults = luck.faults();
        return luck.strikes(faults.resetRatio())
                ? HttpAnswers.brokenOff(whole)
                : HttpAnswers.slowly(whole, Duration.ofMillis(faults.slowBodyMs()));
    }

    private static Map<String, String> headers(Limiter.Verdict verdict) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Toast-RateLimit-By", verdict.by().name());
        headers.put("X-Toast-RateLimit-Remaining", Integer.toString(verdict.remaining()));
        headers.put("X-Toast-RateLimit-Reset", Long.toString(verdict.resetEpochSeconds()));
        if (!verdict.admitted()) {
            headers.put("Retry-After", Long.toString(verdict.retryAfterSeconds()));
        }
        return headers;
    }
}
