package dev.tournant.http.server;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.model.headers.TimeoutAccess;
import dev.tournant.http.server.Operation.Access;
import dev.tournant.messages.Problem;
import dev.tournant.model.InvalidValue;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets requests in, one way for all routes: which operation, who calls, how often, how many at once; then the
 * operation; then the answer or the problem, with the headers that all bear. Only what came through here reads a body.
 * Webhooks are charged by {@link HookRoutes}, which alone can tell whether they are genuine.
 *
 * <p>Nothing is said about what exists before the caller is known, and every request ends within
 * {@link HttpConfig#answerWithin}.
 */
final class Door {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    private final Router router;
    private final ApiKeys apiKeys;
    private final TokenBuckets keyRates;
    private final Strangers strangers;
    private final ClientAddress addresses;
    private final Slots calls;
    private final Slots hooks;
    private final HttpConfig config;
    private final HttpMetrics metrics;
    private final ActorSystem<?> system;
    private final Executor executor;

    Door(
            Router router,
            TokenBuckets keyRates,
            Strangers strangers,
            Slots calls,
            Slots hooks,
            HttpConfig config,
            HttpMetrics metrics,
            ActorSystem<?> system) {
        this.router = router;
        this.apiKeys = new ApiKeys(config.keys());
        this.keyRates = keyRates;
        this.strangers = strangers;
        this.addresses = new ClientAddress(config.trustedProxies());
        this.calls = calls;
        this.hooks = hooks;
        this.config = config;
        this.metrics = metrics;
        this.system = system;
        this.executor = system.executionContext();
    }

    CompletionStage<HttpResponse> enter(HttpRequest request) {
        long begun = System.nanoTime();
        String trace = Trace.of(request);
        request.getHeader(TimeoutAccess.class)
                .ifPresent(access -> access.timeoutAccess().updateHandler(late -> tooLate(trace)));
        Router.Match match = router.match(request);
        Admission admission = new Admission();
        CompletableFuture<HttpResponse> answer = admission.answer;
        try {
            admit(request, match, trace, admission);
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
        return answer.orTimeout(config.answerWithin().toMillis(), TimeUnit.MILLISECONDS)
                .handleAsync(
                        (response, failure) -> {
                            admission.leave();
                            HttpResponse whole = failure == null
                                    ? Answers.secured(response)
                                    : refused(request, match, trace, Failures.cause(failure));
                            metrics.answered(match, whole.status().intValue(), System.nanoTime() - begun);
                            return whole.addHeader(RawHeader.create("X-Request-Id", trace));
                        },
                        executor);
    }

    /** A request's answer to be, and the place that it takes up until then. */
    private static final class Admission {
        final CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
        /** Written before the answer can complete. */
        Slots.@Nullable Slot slot;

        void leave() {
            if (slot != null) {
                slot.free();
            }
        }
    }

    private void admit(HttpRequest request, Router.Match match, String trace, Admission admission) {
        String address = addresses.of(request);
        boolean signed =
                match.found().filter(each -> each.access() == Access.SIGNED).isPresent();
        Optional<ApiKey> key = signed ? Optional.empty() : charged(request, address);
        Operation operation = match.found().orElseThrow(() -> unmatched(match));
        authorise(operation, key, request);
        Slots slots = operation.access() == Access.SIGNED ? hooks : calls;
        admission.slot = slots.take()
                .orElseThrow(() -> new Refusal(Problem.SLOW_DOWN, "too many requests are under way on this node"));
        if (operation.method().equals("GET")) {
            request.discardEntityBytes(system);
        }
        operation
                .handler()
                .handle(new Call(request, match.names(), trace, address))
                .whenCompleteAsync((response, failure) -> settle(admission.answer, response, failure), executor);
    }

    private static void settle(
            CompletableFuture<HttpResponse> answer, @Nullable HttpResponse response, @Nullable Throwable failure) {
        if (failure != null) {
            answer.completeExceptionally(failure);
        } else if (response != null) {
            answer.complete(response);
        } else {
            answer.completeExceptionally(new IllegalStateException("an operation answered nothing"));
        }
    }

    private static Refusal unmatched(Router.Match match) {
        return match.allowed().isEmpty()
                ? new Refusal(Problem.UNKNOWN_ROUTE, "there is nothing at this path")
                : new Refusal(Problem.METHOD_NOT_ALLOWED, "this path takes " + String.join(", ", match.allowed()));
    }

    /**
     * Charges a request to the key that it shows, whatever it asks for; where it shows none that is valid, to its
     * address. The key is looked at first, so that whoever shares an address with strangers does not suffer from them.
     */
    private Optional<ApiKey> charged(HttpRequest request, String address) {
        Optional<ApiKey> key = apiKeys.owner(Call.header(request, "Authorization"));
        key.ifPresentOrElse(this::charge, () -> strangers.charge(address));
        return key;
    }

    private void charge(ApiKey key) {
        Duration wait = keyRates.take(key.name());
        if (!wait.isZero()) {
            throw new Refusal(Problem.SLOW_DOWN, "the API key " + key.name() + " is used too often", wait);
        }
    }

    private static void authorise(Operation operation, Optional<ApiKey> shown, HttpRequest request) {
        if (operation.access() != Access.READ && operation.access() != Access.WRITE) {
            return;
        }
        ApiKey key = shown.orElseThrow(() -> ApiKeys.unauthenticated(Call.header(request, "Authorization")));
        Scope scope = operation.access() == Access.READ ? Scope.READ : Scope.WRITE;
        if (!key.scopes().contains(scope)) {
            throw new Refusal(Problem.FORBIDDEN, "the API key " + key.name() + " has no scope " + scope.text());
        }
    }

    private HttpResponse refused(HttpRequest request, Router.Match match, String trace, Throwable failure) {
        Refusal refusal = refusal(match, trace, failure);
        metrics.refused(refusal.problem());
        request.discardEntityBytes(system);
        HttpResponse response = ProblemDocument.of(refusal, config.retryAfter());
        return refusal.problem() == Problem.METHOD_NOT_ALLOWED
                ? response.addHeader(RawHeader.create("Allow", String.join(", ", match.allowed())))
                : response;
    }

    private static Refusal refusal(Router.Match match, String trace, Throwable failure) {
        if (failure instanceof Refusal refusal) {
            return refusal;
        }
        if (failure instanceof InvalidValue invalid) {
            return new Refusal(Problem.INVALID_VALUE, String.valueOf(invalid.getMessage()));
        }
        if (failure instanceof TimeoutException) {
            return new Refusal(
                    Problem.UNAVAILABLE, "there was no answer in time; a change may or may not have been made");
        }
        if (failure instanceof akka.http.scaladsl.model.IllegalUriException uri) {
            return new Refusal(Problem.BAD_REQUEST, uri.info().summary());
        }
        LOG.error("defect in {} {}, request {}", match.method(), match.route(), trace, failure);
        return new Refusal(Problem.DEFECT, "request " + trace);
    }

    private HttpResponse tooLate(String trace) {
        metrics.refused(Problem.UNAVAILABLE);
        Refusal refusal =
                new Refusal(Problem.UNAVAILABLE, "there was no answer in time; a change may or may not have been made");
        return ProblemDocument.of(refusal, config.retryAfter()).addHeader(RawHeader.create("X-Request-Id", trace));
    }
}
