package dev.tournant.http.server;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import dev.tournant.http.server.Operation.Access;
import dev.tournant.messages.Consents;
import dev.tournant.messages.Problem;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.PartnerName;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** How an operator gets a merchant's consent: the page to send the merchant to, and the code that comes back. */
final class ConsentRoutes {
    private static final int TEXT_CHARS_MAX = 1_000;
    private static final int CODE_CHARS_MAX = 4_096;
    private static final int CREDENTIALS_CHARS_MAX = 128;

    private final Consents consents;
    private final Bodies bodies;
    private final HttpConfig config;
    private final Executor executor;

    ConsentRoutes(Consents consents, Bodies bodies, HttpConfig config, Executor executor) {
        this.consents = consents;
        this.bodies = bodies;
        this.config = config;
        this.executor = executor;
    }

    List<Operation> operations() {
        return List.of(
                new Operation("GET", "/v1/credentials/{name}/consent", Access.READ, this::page),
                new Operation("POST", "/v1/credentials/{name}/code", Access.WRITE, this::exchange));
    }

    private CompletionStage<HttpResponse> page(Call call) {
        Map<String, String> query = call.query("partner", "redirect-uri", "state");
        PartnerName partner = new PartnerName(need(query, "partner"));
        String redirectUri = need(query, "redirect-uri");
        String state = need(query, "state");
        URI page = answered(() -> consents.page(partner, name(call), redirectUri, state));
        return CompletableFuture.completedFuture(Answers.json(Map.of("url", page.toString())));
    }

    private static String need(Map<String, String> query, String parameter) {
        String value = query.get(parameter);
        if (value == null || value.isEmpty() || value.length() > TEXT_CHARS_MAX) {
            throw new Refusal(
                    Problem.BAD_REQUEST,
                    "query parameter " + parameter + " must have 1 to " + TEXT_CHARS_MAX + " characters");
        }
        return value;
    }

    /** What the browser brought. The code is a secret until it is spent. */
    private record Brought(PartnerName partner, String code, String redirectUri) {
        private static final List<String> MEMBERS = List.of("partner", "code", "redirect-uri");

        static Brought read(Map<?, ?> json) {
            for (Object name : json.keySet()) {
                if (!MEMBERS.contains(String.valueOf(name))) {
                    throw new InvalidValue("there are members that nobody knows; use " + MEMBERS);
                }
            }
            return new Brought(
                    new PartnerName(text(json, "partner", TEXT_CHARS_MAX)),
                    text(json, "code", CODE_CHARS_MAX),
                    text(json, "redirect-uri", TEXT_CHARS_MAX));
        }

        private static String text(Map<?, ?> json, String name, int charsMax) {
            if (json.get(name) instanceof String text && !text.isEmpty() && text.length() <= charsMax) {
                return text;
            }
            throw new InvalidValue("must be text of 1 to " + charsMax + " characters").under(name);
        }

        @Override
        public String toString() {
            return "Brought[" + partner + "]";
        }
    }

    private CompletionStage<HttpResponse> exchange(Call call) {
        call.query();
        String name = name(call);
        return bodies.object(call.request(), Bodies.JSON, config.jsonBytesMax())
                .handleAsync(
                        (json, failure) -> {
                            if (failure == null) {
                                return Brought.read(json);
                            }
                            throw unread(Failures.cause(failure));
                        },
                        executor)
                .thenComposeAsync(
                        brought -> answered(() ->
                                consents.exchange(brought.partner(), name, brought.code(), brought.redirectUri())),
                        executor)
                .handleAsync(
                        (done, failure) -> {
                            if (failure == null) {
                                return Answers.empty(StatusCodes.NO_CONTENT);
                            }
                            throw refusal(Failures.cause(failure));
                        },
                        executor);
    }

    /** What a parser says of malformed JSON may repeat a piece of it, and that may be the code. */
    private static RuntimeException unread(Throwable failure) {
        return failure instanceof Refusal refusal && refusal.problem() == Problem.INVALID_JSON
                ? new Refusal(Problem.INVALID_JSON, "the body is no JSON in UTF-8")
                : refusal(failure);
    }

    private static String name(Call call) {
        String name = call.name("name");
        if (name.isEmpty() || name.length() > CREDENTIALS_CHARS_MAX) {
            throw new Refusal(Problem.UNKNOWN_CREDENTIALS, "the nodes have no such credentials");
        }
        return name;
    }

    private static <T> T answered(Supplier<T> work) {
        try {
            return work.get();
        } catch (Consents.Refused e) {
            throw new Refusal(e.problem(), e.detail());
        }
    }

    private static RuntimeException refusal(Throwable failure) {
        if (failure instanceof Consents.Refused refused) {
            return new Refusal(refused.problem(), refused.detail());
        }
        return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
    }
}
