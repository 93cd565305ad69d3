package dev.tournant.http.server;

import akka.event.LoggingAdapter;
import akka.http.ParsingErrorHandler;
import akka.http.javadsl.model.HttpResponse;
import akka.http.scaladsl.model.ErrorInfo;
import akka.http.scaladsl.model.StatusCode;
import akka.http.scaladsl.settings.ServerSettings;
import dev.tournant.messages.Problem;

/** Answers what is no HTTP request at all, before any route sees it; named in {@code tournant-http.conf}. */
public final class ParsingProblems extends ParsingErrorHandler {
    /** Where Akka looks for the only instance. */
    public static final ParsingProblems MODULE$ = new ParsingProblems();

    private ParsingProblems() {}

    @Override
    public HttpResponse handle(StatusCode status, ErrorInfo error, LoggingAdapter log, ServerSettings settings) {
        return ProblemDocument.of(problem(status.intValue()), error.summary());
    }

    private static Problem problem(int status) {
        return switch (status) {
            case 408 -> Problem.TOO_SLOW;
            case 413 -> Problem.TOO_LARGE;
            case 414 -> Problem.URI_TOO_LONG;
            case 431 -> Problem.HEADERS_TOO_LARGE;
            case 501 -> Problem.METHOD_NOT_ALLOWED;
            default -> Problem.BAD_REQUEST;
        };
    }
}
