package dev.tournant.http.server;

import akka.http.javadsl.model.HttpResponse;
import dev.tournant.messages.Declined;
import dev.tournant.messages.History;
import dev.tournant.messages.History.Moment;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Problem;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Instants;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Kind;
import dev.tournant.model.MerchantId;
import dev.tournant.model.RecordKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Records as they were at a moment, which {@value #PARAMETER} names: the number of a revision, or an instant. */
final class AsOf {
    static final String PARAMETER = "as-of";

    private final History history;
    private final Executor executor;

    AsOf(History history, Executor executor) {
        this.history = history;
        this.executor = executor;
    }

    CompletionStage<HttpResponse> record(MerchantId merchant, RecordKey key, String asOf) {
        return answered(history.record(merchant, key, moment(asOf)), executor)
                .thenApplyAsync(found -> Answers.json(RecordRoutes.present(key, found)), executor);
    }

    CompletionStage<HttpResponse> list(
            MerchantId merchant, @Nullable Kind kind, Page page, @Nullable RecordKey after, String path, String asOf) {
        return answered(history.records(merchant, kind, after, page.limit(), moment(asOf)), executor)
                .thenApplyAsync(found -> listed(found, page, path), executor);
    }

    private static HttpResponse listed(MerchantReply.Records found, Page page, String path) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("records", found.values());
        json.put("revision", found.merchantRevision());
        if (found.more() && !found.values().isEmpty()) {
            FlatRecord last = found.values().get(found.values().size() - 1);
            // By its revision the moment is the same for all pages, whatever is committed meanwhile.
            json.put("next", page.next(path, last.key().toString()) + "&" + PARAMETER + "=" + found.merchantRevision());
        }
        return Answers.json(json);
    }

    private static Moment moment(String text) {
        return text.matches("[0-9]{1,18}")
                ? new Moment.AfterRevision(Long.parseLong(text))
                : new Moment.At(instant(PARAMETER, text, "the number of a revision, or "));
    }

    /** The instant that a parameter of the query holds. */
    static Instant instant(String parameter, String text, String or) {
        try {
            return Instants.parse(text);
        } catch (InvalidValue | DateTimeException e) {
            throw new Refusal(
                    Problem.BAD_REQUEST,
                    parameter + " is " + Call.shown(text) + "; use " + or + "an instant such as 2026-01-31T12:00:00Z");
        }
    }

    /** Makes the cluster's no ours. */
    static <T> CompletionStage<T> answered(CompletionStage<T> answer, Executor executor) {
        return answer.handleAsync(
                (value, failure) -> {
                    if (failure == null) {
                        return value;
                    }
                    Throwable cause = Failures.cause(failure);
                    if (cause instanceof Declined declined) {
                        throw new Refusal(declined.problem(), declined.detail());
                    }
                    throw cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
                },
                executor);
    }
}
