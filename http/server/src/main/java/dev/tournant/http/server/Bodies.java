package dev.tournant.http.server;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpRequest;
import akka.http.scaladsl.model.EntityStreamSizeException;
import akka.stream.Materializer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.tournant.adapter.Documents;
import dev.tournant.messages.Json;
import dev.tournant.messages.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Receives bodies within limits of size, time and nesting. */
final class Bodies {
    static final List<String> JSON = List.of("application/json");
    static final List<String> JSON_PATCH = List.of("application/merge-patch+json", "application/json");

    private static final ObjectReader READER =
            Json.text().readerFor(Object.class).with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

    private final Materializer materializer;
    private final Executor executor;
    private final Duration within;

    Bodies(ActorSystem<?> system, Duration within) {
        this.materializer = Materializer.matFromSystem(system);
        this.executor = system.executionContext();
        this.within = within;
    }

    /** Lets a body go by that means nothing. */
    void ignore(HttpRequest request) {
        request.discardEntityBytes(materializer);
    }

    /** The raw bytes. */
    CompletionStage<byte[]> bytes(HttpRequest request, int bytesMax) {
        List<String> encodings = Call.header(request, "content-encoding");
        if (!encodings.isEmpty() && !encodings.equals(List.of("identity"))) {
            throw new Refusal(Problem.WRONG_CONTENT_TYPE, "send the body without Content-Encoding");
        }
        HttpEntity entity = request.entity();
        if (entity.getContentLengthOption().orElse(0) > bytesMax) {
            throw tooLarge(bytesMax);
        }
        return entity.withSizeLimit(bytesMax)
                .toStrict(within.toMillis(), bytesMax, materializer)
                .handleAsync(
                        (strict, failure) -> {
                            if (failure != null) {
                                throw broken(Failures.cause(failure), bytesMax);
                            }
                            return strict.getData().toArray();
                        },
                        executor);
    }

    /** A JSON object, as plain data. */
    CompletionStage<Map<?, ?>> object(HttpRequest request, List<String> types, int bytesMax) {
        String type = request.entity().getContentType().mediaType().toString().toLowerCase(Locale.ROOT);
        if (!types.contains(type)) {
            throw new Refusal(
                    Problem.WRONG_CONTENT_TYPE, "send Content-Type: " + types.get(0) + ", not " + Call.shown(type));
        }
        return bytes(request, bytesMax).thenApplyAsync(Bodies::object, executor);
    }

    /** Reads a JSON object; refuses what is no UTF-8, no JSON, no object, nested too deeply, or names a member twice. */
    static Map<?, ?> object(byte[] body) {
        @Nullable Object json;
        try {
            json = READER.readValue(utf8(body));
        } catch (StreamConstraintsException e) {
            throw String.valueOf(e.getOriginalMessage()).contains("nesting depth")
                    ? new Refusal(Problem.TOO_DEEP, "the body is nested more than " + Json.DEPTH_MAX + " deep")
                    : new Refusal(Problem.INVALID_JSON, "the body holds a number or text that is too long");
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw new Refusal(Problem.INVALID_JSON, "the body is no JSON" + where + ": " + Documents.why(e));
        }
        if (json instanceof Map<?, ?> object) {
            return object;
        }
        throw new Refusal(Problem.INVALID_VALUE, "the body must be a JSON object");
    }

    private static String utf8(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Refusal(Problem.INVALID_JSON, "the body is no UTF-8");
        }
    }

    private Refusal broken(Throwable failure, int bytesMax) {
        if (failure instanceof EntityStreamSizeException) {
            return tooLarge(bytesMax);
        }
        if (failure instanceof TimeoutException) {
            return new Refusal(Problem.TOO_SLOW, "the body did not arrive within " + within.toSeconds() + " s");
        }
        return new Refusal(Problem.BAD_REQUEST, "the body broke off");
    }

    private static Refusal tooLarge(int bytesMax) {
        return new Refusal(Problem.TOO_LARGE, "the body may have at most " + bytesMax + " bytes");
    }
}
