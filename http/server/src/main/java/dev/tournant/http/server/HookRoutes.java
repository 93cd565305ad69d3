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
import dev.tournant.messages.Unclaimed;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Webhooks: verified over the raw bytes, stored, acknowledged; never parsed here.
 *
 * <p>The signature is verified before anything is charged: a genuine webhook to its link, whose rate nobody else can use
 * up; any other to the address that it comes from, as is what cannot be a webhook of ours. So a partner that sends all it
 * has from one address is bounded by its links alone, and a forger by the address.
 *
 * <p>A request by which a partner asks whether the URL is ours is none of these ({@link Webhooks#handshake}): it has no
 * signature, is charged to its address, answered 200 and not stored. The log says its code.
 */
final class HookRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(HookRoutes.class);

    /** Merchants that one webhook may be about; one that is about more is kept as a whole. */
    private static final int PARTS_MAX = 1_000;

    private final Map<PartnerName, Adapter> adapters;
    private final Directory directory;
    private final Credentials credentials;
    private final Inbox inbox;
    private final Bodies bodies;
    private final HttpConfig config;
    private final TokenBuckets rates;
    private final TokenBuckets appRates;
    private final Strangers strangers;
    private final InstantSource clock;
    private final HttpMetrics metrics;
    private final Executor executor;
    private final AtomicBoolean inboxFails = new AtomicBoolean();

    HookRoutes(
            HttpApi api,
            Bodies bodies,
            TokenBuckets rates,
            TokenBuckets appRates,
            Strangers strangers,
            HttpMetrics metrics) {
        this.adapters = api.adapters();
        this.directory = api.directory();
        this.credentials = api.credentials();
        this.inbox = api.inbox();
        this.bodies = bodies;
        this.config = api.config();
        this.rates = rates;
        this.appRates = appRates;
        this.strangers = strangers;
        this.clock = api.clock();
        this.metrics = metrics;
        this.executor = api.system().executionContext();
    }

    List<Operation> operations() {
        return List.of(
                new Operation("POST", "/v1/hooks/{partner}", Access.SIGNED, this::receiveForAll),
                new Operation("POST", "/v1/hooks/{partner}/{link}", Access.SIGNED, this::receive));
    }

    /**
     * What a webhook claims to come by.
     *
     * @param credentials with which it is verified
     * @param caller whose bucket of {@code rates} it is charged to
     */
    private record Subscription(String name, String credentials, TokenBuckets rates, String caller) {}

    private CompletionStage<HttpResponse> receive(Call call) {
        Instant receivedAt = clock.instant();
        Adapter adapter = adapter(call);
        return counted(adapter.partner(), () -> {
            Directory.Route route = route(call, adapter.partner());
            LinkId link = route.link().id();
            String name = "merchant " + route.merchant() + " link " + link;
            Subscription by = new Subscription(name, route.link().credentials(), rates, link.value());
            return genuine(call, webhooks(call, adapter), by)
                    .thenComposeAsync(
                            body -> stored(body, each -> inbox.append(inbound(route, receivedAt, call.trace(), each))),
                            executor);
        });
    }

    /** One URL for all merchants of an application: the body says whose it is. */
    private CompletionStage<HttpResponse> receiveForAll(Call call) {
        Instant receivedAt = clock.instant();
        Adapter adapter = adapter(call);
        return counted(adapter.partner(), () -> {
            PartnerName partner = adapter.partner();
            String credentialsName = config.hookCredentials().get(partner);
            if (credentialsName == null) {
                strangers.charge(call.address());
                throw new Refusal(
                        Problem.UNKNOWN_LINK,
                        "webhooks of " + partner + " are taken by link here: POST /v1/hooks/" + partner + "/{link}");
            }
            Webhooks webhooks = webhooks(call, adapter);
            Subscription by = new Subscription("all of " + partner, credentialsName, appRates, partner.value());
            return genuine(call, webhooks, by)
                    .thenComposeAsync(
                            body -> stored(body, each -> store(partner, webhooks, each, receivedAt, call.trace())),
                            executor);
        });
    }

    private CompletionStage<Void> store(
            PartnerName partner, Webhooks webhooks, byte[] body, Instant receivedAt, String trace) {
        List<CompletableFuture<Void>> stores = new ArrayList<>();
        for (Webhooks.Part part : parts(webhooks, body)) {
            List<Directory.Route> routes = directory.routes(partner, part.account(), part.location());
            if (routes.isEmpty()) {
                if (!directory.isComplete()) {
                    throw new Refusal(
                            Problem.UNAVAILABLE, "this node has just started and does not know all links yet");
                }
                stores.add(inbox.append(new Unclaimed(partner, named(part), receivedAt, trace, part.body()))
                        .toCompletableFuture());
            }
            for (Directory.Route route : routes) {
                stores.add(inbox.append(inbound(route, receivedAt, trace, part.body()))
                        .toCompletableFuture());
            }
        }
        return CompletableFuture.allOf(stores.toArray(CompletableFuture<?>[]::new));
    }

    /** A genuine webhook that cannot be told apart is not sent back, as it would only come again: it is nobody's. */
    private static List<Webhooks.Part> parts(Webhooks webhooks, byte[] body) {
        List<Webhooks.Part> nobodys = List.of(new Webhooks.Part("", null, body));
        try {
            List<Webhooks.Part> parts = webhooks.parts(body);
            return parts.isEmpty() || parts.size() > PARTS_MAX ? nobodys : parts;
        } catch (InvalidValue e) {
            return nobodys;
        }
    }

    private static String named(Webhooks.Part part) {
        return part.account() != null ? part.account() : part.location() == null ? "" : part.location();
    }

    private static Inbound inbound(Directory.Route route, Instant receivedAt, String trace, byte[] body) {
        return new Inbound(
                route.merchant(),
                route.link().partner(),
                route.link().id(),
                Inbound.Source.WEBHOOK,
                receivedAt,
                trace,
                null,
                body);
    }

    /**
     * The body, once its signature is verified; until then it holds one of the places of its address. Empty for a handshake.
     */
    private CompletionStage<Optional<byte[]>> genuine(Call call, Webhooks webhooks, Subscription by) {
        Keyring secrets = secrets(by);
        Shares.Share place = strangers.place(call.address());
        return CompletableFuture.completedFuture(call.request())
                .thenCompose(request -> bodies.bytes(request, config.hookBytesMax()))
                .handleAsync(
                        (body, failure) -> {
                            if (failure != null) {
                                strangers.charge(call.address());
                                throw new CompletionException(Failures.cause(failure));
                            }
                            return verify(call, webhooks, body, by, secrets)
                                    ? Optional.of(body)
                                    : Optional.<byte[]>empty();
                        },
                        executor)
                .whenCompleteAsync((body, failure) -> place.free(), executor);
    }

    /** How many were accepted, asked whether the URL is ours, or were refused and why. */
    private CompletionStage<HttpResponse> counted(PartnerName partner, Supplier<CompletionStage<Taken>> work) {
        CompletionStage<Taken> answer;
        try {
            answer = work.get();
        } catch (RuntimeException e) {
            metrics.hook(partner, outcome(e));
            throw e;
        }
        return answer.whenCompleteAsync(
                        (taken, failure) -> metrics.hook(partner, taken == null ? outcome(failure) : taken.outcome()),
                        executor)
                .thenApplyAsync(taken -> Answers.empty(StatusCodes.OK), executor);
    }

    private static String outcome(Throwable failure) {
        return Failures.cause(failure) instanceof Refusal refusal
                ? refusal.problem().code()
                : Problem.DEFECT.code();
    }

    private Adapter adapter(Call call) {
        String name = call.name("partner");
        Adapter adapter = id(() -> new PartnerName(name)).map(adapters::get).orElse(null);
        if (adapter == null) {
            strangers.charge(call.address());
            throw new Refusal(Problem.UNKNOWN_PARTNER, "there is no adapter for " + Call.shown(name));
        }
        return adapter;
    }

    private Webhooks webhooks(Call call, Adapter adapter) {
        return adapter.webhooks().orElseThrow(() -> {
            strangers.charge(call.address());
            return new Refusal(Problem.UNKNOWN_PARTNER, adapter.partner() + " sends no webhooks");
        });
    }

    private Directory.Route route(Call call, PartnerName partner) {
        String name = call.name("link");
        Directory.Route route =
                id(() -> new LinkId(name)).flatMap(directory::route).orElse(null);
        if (route != null && route.link().partner().equals(partner)) {
            return route;
        }
        if (route == null && !directory.isComplete()) {
            throw new Refusal(Problem.UNAVAILABLE, "this node has just started and does not know all links yet");
        }
        strangers.charge(call.address());
        throw new Refusal(Problem.UNKNOWN_LINK, "there is no link " + Call.shown(name) + " to " + partner);
    }

    private static <T> Optional<T> id(Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }

    private Keyring secrets(Subscription by) {
        String name = by.credentials();
        @Nullable Keyring secrets = credentials.named(name).orElse(null);
        if (secrets == null) {
            LOG.warn("webhook refused: {} names credentials {}, which this node has not", by.name(), name);
            throw new Refusal(Problem.UNAVAILABLE, "this node cannot verify such webhooks now");
        }
        return secrets;
    }

    /** False for a handshake, which is no webhook. */
    private boolean verify(Call call, Webhooks webhooks, byte[] body, Subscription by, Keyring secrets) {
        HttpRequest request = call.request();
        Verification verified =
                webhooks.scheme().verify(new Hook(url(request), headers(request), body), secrets, clock.instant());
        if (!verified.genuine()) {
            // Before the log line, so that a flood does not fill the log.
            strangers.charge(call.address());
            Optional<String> code = webhooks.handshake(body);
            if (code.isPresent()) {
                LOG.info(
                        "{}: somebody asks whether its URL for webhooks is ours; if the partner waits for it, tell it the"
                                + " code {}",
                        by.name(),
                        code.get());
                return false;
            }
            LOG.info("webhook refused: {}: {}", by.name(), verified.why());
            throw new Refusal(Problem.BAD_SIGNATURE, "the signature does not fit the body");
        }
        Duration wait = by.rates().take(by.caller());
        if (!wait.isZero()) {
            throw new Refusal(Problem.SLOW_DOWN, by.name() + " sends too many webhooks", wait);
        }
        return true;
    }

    /** As the partner knows it: its registration may hold escapes and a query, so they stay as they were sent. */
    private String url(HttpRequest request) {
        String target = request.getHeader(RawRequestURI.class)
                .map(HttpHeader::value)
                .filter(each -> each.startsWith("/"))
                .orElse(request.getUri().getPathString());
        return config.publicUrl() + target;
    }

    static Map<String, String> headers(HttpRequest request) {
        Map<String, String> headers = new HashMap<>();
        for (HttpHeader header : request.getHeaders()) {
            if (header.renderInRequests()) {
                headers.merge(header.lowercaseName(), header.value(), (one, two) -> one + ", " + two);
            }
        }
        headers.put("content-type", request.entity().getContentType().toString().toLowerCase(Locale.ROOT));
        return headers;
    }

    /** What became of a request that is answered 200. */
    private enum Taken {
        ACCEPTED,
        HANDSHAKE;

        /** As metrics count it. */
        String outcome() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private CompletionStage<Taken> stored(Optional<byte[]> body, Function<byte[], CompletionStage<Void>> append) {
        if (body.isEmpty()) {
            return CompletableFuture.completedFuture(Taken.HANDSHAKE);
        }
        return append.apply(body.get())
                .handleAsync(
                        (nothing, failure) -> {
                            if (failure == null) {
                                inboxRecovered();
                                return Taken.ACCEPTED;
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
