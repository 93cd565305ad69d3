package dev.tournant.http.server;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawHeader;
import dev.tournant.messages.Problem;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The form of every no: {@code application/problem+json}, RFC 9457. */
final class ProblemDocument {
    /** The problem's code is appended; the page behind it explains it to people. */
    static final String TYPE = "https://tournant.dev/problems/";

    private static final ContentType CONTENT_TYPE = ContentTypes.create(
            MediaTypes.applicationWithFixedCharset("problem+json", akka.http.javadsl.model.HttpCharsets.UTF_8));

    private ProblemDocument() {}

    static HttpResponse of(Refusal refusal, Duration retryAfterElse) {
        Problem problem = refusal.problem();
        HttpResponse response = of(problem, refusal.detail());
        if (problem == Problem.UNAUTHENTICATED) {
            response = response.addHeader(RawHeader.create("WWW-Authenticate", "Bearer"));
        }
        if (problem == Problem.SLOW_DOWN || problem == Problem.UNAVAILABLE) {
            long millis = refusal.retryAfter().orElse(retryAfterElse).toMillis();
            String seconds = Long.toString(Math.max(1, (millis + 999) / 1000));
            response = response.addHeader(RawHeader.create("Retry-After", seconds));
        }
        return response;
    }

    static HttpResponse of(Problem problem, String detail) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", TYPE + problem.code());
        json.put("title", title(problem));
        json.put("status", problem.status());
        json.put("detail", detail);
        json.put("code", problem.code());
        json.put("advice", problem.advice());
        return Answers.secured(HttpResponse.create()
                .withStatus(StatusCodes.get(problem.status()))
                .withEntity(HttpEntities.create(CONTENT_TYPE, Answers.bytes(json))));
    }

    private static String title(Problem problem) {
        String words = problem.code().replace('-', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
