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
import dev.tournant.messages.Problem;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.PartnerName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What partners read from us: the link is found by partner and location, the pull verified, and the adapter makes the
 * document of the records that the link should show and of what the partner holds, without which it would be given again
 * what it has.
 *
 * <p>A link's rate is charged after the pull was found genuine, so that nobody else can use it up.
 */
final class PullRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(PullRoutes.class);

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
        LinkReading reading =
                new LinkReading(asking, executor, route.merchant(), route.link().id());
        return reading.records()
                .thenComposeAsync(
                        records -> reading.remotes()
                                .thenApplyAsync(
                                        remotes -> Answers.document(
                                                hosting.page(route.link(), records, remotes, clock.instant())),
                                        executor),
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
}
