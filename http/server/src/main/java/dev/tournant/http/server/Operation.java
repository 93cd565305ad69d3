package dev.tournant.http.server;

import akka.http.javadsl.model.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * One method on one path.
 *
 * @param template the path, with a name in braces for each variable segment: {@code /v1/merchants/{id}}
 */
record Operation(String method, String template, Access access, Handler handler) {
    /** Who may call it. */
    enum Access {
        /** Anybody. */
        PUBLIC,
        /** Whoever holds a key with the scope read. */
        READ,
        /** Whoever holds a key with the scope write. */
        WRITE,
        /** Whoever proves to be a partner, by a signature or a token; the handler looks. */
        SIGNED
    }

    /** Carries a call out. A {@link Refusal}, thrown or in the stage, becomes a problem document. */
    @FunctionalInterface
    interface Handler {
        CompletionStage<HttpResponse> handle(Call call);
    }

    List<String> segments() {
        return Router.segments(template);
    }

    @Override
    public String toString() {
        return method + " " + template;
    }
}
