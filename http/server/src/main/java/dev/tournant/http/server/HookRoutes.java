package dev.tournant.http.server;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawRequestURI;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Credentials;
import dev.tournant.adapter.Hook;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Verification;
import dev.tournant.adapter.Webhooks;
import dev.tournant.http.server.Operation.Access;
import dev.tournant.messages.Directory;
import dev.tournant.messages.Inbound;
import dev.tournant.messages.Inbox;
import dev.tournant.messages.Problem;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Webhooks: verified over the raw bytes, stored, acknowledged; never parsed here.
 *
 * <p>A link's rate is charged after its signature was found genuine, so that nobody else can use it up.
 */
final class HookRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(HookRoutes.class);

    private final Map<PartnerName, Adapter> adapters;
    private final Directory directory;
    private final Credentials credentials;
    private final Inbox inbox;
    private final Bodies bodies;
    private final HttpConfig config;
    private final TokenBuckets rates;
    private final InstantSource clock;
    private final HttpMetrics metrics;
    private final Executor executor;
    private final AtomicBoolean inboxFails = new AtomicBoolean();

    HookRoutes(HttpApi api, Bodies bodies, TokenBuckets rates, HttpMetrics metrics) {
        this.adapters = api.adapters();
        this.directory = api.directory();
        this.credentials = api.credentials();
        this.inbox = api.inbox();
        this.bodies = bodies;
        this.config = api.config();
        this.rates = rates;
        this.clock = api.clock();
        this.metrics = metrics;
        this.executor = api.system().executionContext();
    }

    List<Operation> operations() {
        return List.of(new Operation("POST", "/v1/hooks/{partner}/{link}", Access.SIGNED, this::receive));
    }

    private CompletionStage<HttpResponse> receive(Call call) {
        Instant receivedAt = clock.instant();
        Adapter adapter = adapter(call.name("partner"));
        return counted(adapter.partner(), () -> {
            Directory.Route route = route(call.name("link"), adapter.partner());
            Webhooks webhooks = webhooks(adapter);
            Keyring secrets = secrets(route);
            return bodies.bytes(call.request(), config.hookBytesMax())
                    .thenComposeAsync(
                            body -> {
                                verify(webhooks, call.request(), body, route, secrets);
                                return store(new Inbound(
                                        route.merchant(),
                                        adapter.partner(),
                                        route.link().id(),
                                        Inbound.Source.WEBHOOK,
                                        receivedAt,
                                        call.trace(),
                                        null,
                                        body));
                            },
                            executor);
        });
    }

    private CompletionStage<HttpResponse> counted(PartnerName partner, Supplier<CompletionStage<HttpResponse>> work) {
        CompletionStage<HttpResponse> answer;
        try {
            answer = work.get();
        } catch (RuntimeException e) {
            metrics.hook(partner, outcome(e));
            throw e;
        }
        return answer.whenCompleteAsync(
                (response, failure) -> metrics.hook(partner, failure == null ? "accepted" : outcome(failure)),
                executor);
    }

    private static String outcome(Throwable failure) {
        return Failures.cause(failure) instanceof Refusal refusal
                ? refusal.problem().code()
                : Problem.DEFECT.code();
    }

    private Adapter adapter(String name) {
        Adapter adapter = id(() -> new PartnerName(name)).map(adapters::get).orElse(null);
        if (adapter == null) {
            throw new Refusal(Problem.UNKNOWN_PARTNER, "there is no adapter for " + Call.shown(name));
        }
        return adapter;
    }

    private static Webhooks webhooks(Adapter adapter) {
        return adapter.webhooks()
                .orElseThrow(() -> new Refusal(Problem.UNKNOWN_PARTNER, adapter.partner() + " sends no webhooks"));
    }

    private Directory.Route route(String name, PartnerName partner) {
        Directory.Route route =
                id(() -> new LinkId(name)).flatMap(directory::route).orElse(null);
        if (route != null && route.link().partner().equals(partner)) {
            return route;
        }
        if (route == null && !directory.isComplete()) {
            throw new Refusal(Problem.UNAVAILABLE, "this node has just started and does not know all links yet");
        }
        throw new Refusal(Problem.UNKNOWN_LINK, "there is no link " + Call.shown(name) + " to " + partner);
    }

    private static <T> Optional<T> id(Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }

    private Keyring secrets(Directory.Route route) {
        String name = route.link().credentials();
        @Nullable Keyring secrets = credentials.named(name).orElse(null);
        if (secrets == null) {
            LOG.warn(
                    "webhook refused: link {} names credentials {}, which this node has not",
                    route.link().id(),
                    name);
            throw new Refusal(Problem.UNAVAILABLE, "this node cannot verify webhooks of this link now");
        }
        return secrets;
    }

    private void verify(Webhooks webhooks, HttpRequest request, byte[] body, Directory.Route route, Keyring secrets) {
        LinkId link = route.link().id();
        Verification verified =
                webhooks.scheme().verify(new Hook(url(request), headers(request), body), secrets, clock.instant());
        if (!verified.genuine()) {
            LOG.info("webhook refused: merchant {} link {}: {}", route.merchant(), link, verified.why());
            throw new Refusal(Problem.BAD_SIGNATURE, "the signature does not fit the body");
        }
        Duration wait = rates.take(link.value());
        if (!wait.isZero()) {
            throw new Refusal(Problem.SLOW_DOWN, "this link sends too many webhooks", wait);
        }
    }

    /** As the partner knows it: its registration may hold escapes and a query, so they stay as they were sent. */
    private String url(HttpRequest request) {
        String target = request.getHeader(RawRequestURI.class)
                .map(HttpHeader::value)
                .filter(each -> each.startsWith("/"))
                .orElse(request.getUri().getPathString());
        return config.publicUrl() + target;
    }

    private static Map<String, String> headers(HttpRequest request) {
        Map<String, String> headers = new HashMap<>();
        for (HttpHeader header : request.getHeaders()) {
            if (header.renderInRequests()) {
                headers.merge(header.lowercaseName(), header.value(), (one, two) -> one + ", " + two);
            }
        }
        headers.put("content-type", request.entity().getContentType().toString().toLowerCase(Locale.ROOT));
        return headers;
    }

    private CompletionStage<HttpResponse> store(Inbound payload) {
        return inbox.append(payload)
                .handleAsync(
                        (nothing, failure) -> {
                            if (failure == null) {
                                inboxRecovered();
                                return Answers.empty(StatusCodes.OK);
                            }
                            throw notStored(Failures.cause(failure));
                        },
                        executor);
    }

    private Refusal notStored(Throwable failure) {
        if (failure instanceof Inbox.Full) {
            return new Refusal(Problem.UNAVAILABLE, "too many webhooks are under way");
        }
        if (inboxFails.compareAndSet(false, true)) {
            LOG.warn("webhooks cannot be stored: {}", failure.toString());
        }
        return new Refusal(Problem.UNAVAILABLE, "the webhook could not be stored");
    }

    private void inboxRecovered() {
        if (inboxFails.compareAndSet(true, false)) {
            LOG.info("webhooks are stored again");
        }
    }
}
