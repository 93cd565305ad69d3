package dev.tournant.deploy.standins.core;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import akka.http.javadsl.unmarshalling.Unmarshaller;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * What the control APIs are made of, under {@code /control}: no part of a partner, no token, no faults. Bodies are JSON
 * objects, errors {@code {"error":"..."}}; an {@link IllegalArgumentException} is a 400 with its message.
 */
public abstract class ControlDirectives extends AllDirectives {

    protected Route control(Route first, Route... others) {
        return pathPrefix(
                "control",
                () -> concat(
                        concat(first, others),
                        complete(HttpAnswers.of(
                                refused(404, "nothing here; deploy/standins/README.md lists what is")))));
    }

    protected Route got(String path, Supplier<Answer> work) {
        return path(path, () -> get(() -> answered(work)));
    }

    /** With one parameter, which has to be there. */
    protected Route got(String path, String parameter, Function<String, Answer> work) {
        return path(path, () -> get(() -> parameter(parameter, value -> answered(() -> work.apply(value)))));
    }

    protected Route posted(String path, Function<ObjectNode, Answer> work) {
        return postedLater(path, work.andThen(CompletableFuture::completedFuture));
    }

    protected Route postedLater(String path, Function<ObjectNode, CompletionStage<Answer>> work) {
        return path(
                path,
                () -> post(() -> entity(
                        Unmarshaller.entityToByteString(),
                        bytes -> completeWithFuture(Json.readObject(bytes.toArray())
                                .map(body -> safely(() -> work.apply(body)))
                                .orElseGet(() -> safely(ControlDirectives::notAnObject))))));
    }

    /** A GET tells how it is; a POST changes it, and tells too. */
    protected Route settable(String path, Supplier<ObjectNode> now, Consumer<ObjectNode> change) {
        return concat(got(path, () -> Answer.ok(now.get())), posted(path, asked -> {
            change.accept(asked);
            return Answer.ok(now.get());
        }));
    }

    /** {@code {"seed":77}}: from now on faults strike as that seed says. */
    protected Route luck(LongConsumer begin) {
        return posted("luck", asked -> {
            if (!asked.path("seed").canConvertToLong()) {
                return refused(400, "a seed is needed, a whole number");
            }
            begin.accept(asked.path("seed").asLong());
            return Answer.ok(asked);
        });
    }

    protected static Answer refused(int status, String error) {
        return Answer.of(status, Json.object().put("error", error));
    }

    private Route answered(Supplier<Answer> work) {
        return completeWithFuture(safely(() -> CompletableFuture.completedFuture(work.get())));
    }

    private static CompletionStage<HttpResponse> safely(Supplier<CompletionStage<Answer>> work) {
        try {
            return work.get().thenApply(HttpAnswers::of);
        } catch (IllegalArgumentException outOfRange) {
            return CompletableFuture.completedFuture(
                    HttpAnswers.of(refused(400, String.valueOf(outOfRange.getMessage()))));
        }
    }

    private static CompletionStage<Answer> notAnObject() {
        return CompletableFuture.completedFuture(refused(400, "the body is not a JSON object"));
    }
}
