package dev.tournant.http.server;

import akka.http.javadsl.model.HttpResponse;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Credentials;
import dev.tournant.adapter.Hook;
import dev.tournant.adapter.Hosting;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Verification;
import dev.tournant.http.server.Operation.Access;
import dev.tournant.messages.Directory;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Problem;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.PartnerName;
import dev.tournant.model.RecordKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What partners read from us: the link is found by partner and location, the pull verified, the merchant's records read page
 * by page, and the adapter makes the document of them. A merchant that changes meanwhile is read again, so that no record is
 * missed that moved between two pages.
 *
 * <p>A link's rate is charged after the pull was found genuine, so that nobody else can use it up.
 */
final class PullRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(PullRoutes.class);

    /** Pages of one merchant; it may hold fewer records than fill them. */
    private static final int PAGES_MAX = 200;
    /** How often a merchant that keeps changing is read; then the last reading counts. */
    private static final int TRIES_MAX = 3;

    private final Map<PartnerName, Adapter> adapters;
    private final Directory directory;
    private final Credentials credentials;
    private final Asking asking;
    private final TokenBuckets rates;
    private final Strangers strangers;
    private final String publicUrl;
    private final InstantSource clock;
    private final Executor executor;

    PullRoutes(HttpApi api, Asking asking, TokenBuckets rates, Strangers strangers) {
        this.adapters = api.adapters();
        this.directory = api.directory();
        this.credentials = api.credentials();
        this.asking = asking;
        this.rates = rates;
        this.strangers = strangers;
        this.publicUrl = api.config().publicUrl();
        this.clock = api.clock();
        this.executor = api.system().executionContext();
    }

    List<Operation> operations() {
        return List.of(new Operation("GET", "/v1/pull/{partner}/{location}", Access.SIGNED, this::pull));
    }

    private CompletionStage<HttpResponse> pull(Call call) {
        Directory.Route route;
        Hosting hosting;
        try {
            PartnerName partner = partner(call.name("partner"));
            hosting = hosting(partner);
            route = route(partner, call.name("location"));
        } catch (Refusal e) {
            strangers.charge(call.address());
            throw e;
        }
        verify(hosting, call, route);
        return new Reading(route)
                .read(1)
                .thenApplyAsync(
                        records -> Answers.document(hosting.page(route.link(), records, Map.of(), clock.instant())),
                        executor);
    }

    private static PartnerName partner(String name) {
        try {
            return new PartnerName(name);
        } catch (InvalidValue e) {
            throw unknownPartner(name);
        }
    }

    private static Refusal unknownPartner(String name) {
        return new Refusal(Problem.UNKNOWN_PARTNER, "nothing is pulled by " + Call.shown(name));
    }

    private Hosting hosting(PartnerName partner) {
        return Optional.ofNullable(adapters.get(partner))
                .flatMap(Adapter::hosting)
                .orElseThrow(() -> unknownPartner(partner.value()));
    }

    private Directory.Route route(PartnerName partner, String location) {
        return directory.routes(partner, null, location).stream().findFirst().orElseThrow(() -> {
            boolean known = directory.isComplete();
            return known
                    ? new Refusal(
                            Problem.UNKNOWN_LINK,
                            "there is no link to the location " + Call.shown(location) + " of " + partner)
                    : new Refusal(Problem.UNAVAILABLE, "this node has just started and does not know all links yet");
        });
    }

    private void verify(Hosting hosting, Call call, Directory.Route route) {
        String link = route.link().id().value();
        String url = publicUrl + call.request().getUri().getPathString();
        Hook shown = new Hook(url, HookRoutes.headers(call.request()), new byte[0]);
        Verification verified = hosting.scheme().verify(shown, secrets(route), clock.instant());
        if (!verified.genuine()) {
            strangers.charge(call.address());
            LOG.info("pull refused: merchant {} link {}: {}", route.merchant(), link, verified.why());
            throw new Refusal(Problem.UNAUTHENTICATED, "the pull does not bear the token of this location's link");
        }
        Duration wait = rates.take(link);
        if (!wait.isZero()) {
            throw new Refusal(Problem.SLOW_DOWN, "this link is used too often", wait);
        }
    }

    private Keyring secrets(Directory.Route route) {
        String name = route.link().credentials();
        return credentials.named(name).orElseThrow(() -> {
            LOG.warn(
                    "pull refused: link {} names credentials {}, which this node has not",
                    route.link().id(),
                    name);
            return new Refusal(Problem.UNAVAILABLE, "this node cannot verify pulls of this location now");
        });
    }

    /** All records of one merchant, as of one revision. */
    private final class Reading {
        private final Directory.Route route;

        Reading(Directory.Route route) {
            this.route = route;
        }

        CompletionStage<List<FlatRecord>> read(int attempt) {
            return page(null, new ArrayList<>(), 1, null, attempt);
        }

        private CompletionStage<List<FlatRecord>> page(
                @Nullable RecordKey after, List<FlatRecord> found, int number, @Nullable Long revision, int attempt) {
            MerchantQuery.Records query = after == null
                    ? new MerchantQuery.Records(null, null, null, MerchantQuery.Records.LIMIT_MAX)
                    : new MerchantQuery.Records(null, after.kind(), after.id(), MerchantQuery.Records.LIMIT_MAX);
            return asking.ask(route.merchant(), query)
                    .thenComposeAsync(page -> follow(page, found, number, revision, attempt), executor);
        }

        private CompletionStage<List<FlatRecord>> follow(
                MerchantReply.Records page, List<FlatRecord> found, int number, @Nullable Long revision, int attempt) {
            boolean moved = revision != null && revision != page.merchantRevision();
            if (moved && attempt < TRIES_MAX) {
                return read(attempt + 1);
            }
            found.addAll(page.values());
            if (!page.more() || page.values().isEmpty()) {
                return CompletableFuture.completedFuture(found);
            }
            if (number == PAGES_MAX) {
                throw new Refusal(
                        Problem.TOO_MANY_RECORDS, "the merchant's records fill more than " + PAGES_MAX + " pages");
            }
            RecordKey last = page.values().get(page.values().size() - 1).key();
            return page(last, found, number + 1, page.merchantRevision(), attempt);
        }
    }
}
