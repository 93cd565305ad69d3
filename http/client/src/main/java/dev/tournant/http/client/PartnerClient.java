package dev.tournant.http.client;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.settings.ClientConnectionSettings;
import com.typesafe.config.Config;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Gates;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Outbound.Unreachable;
import dev.tournant.adapter.Party;
import dev.tournant.adapter.Request;
import dev.tournant.http.client.token.TokenName;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Link;
import dev.tournant.model.PartnerName;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import scala.jdk.javaapi.DurationConverters;

/**
 * Calls partners over HTTP/1.1, and nobody else: only configured base URLs can be reached, and redirects are answers
 * like any other. Nothing leaves without a pass of the gates, one for each sending.
 *
 * <p>429, and 503 with {@code Retry-After}, are never retried here: the caller knows what can wait.
 */
public final class PartnerClient implements AutoCloseable {
    private final Map<PartnerName, PartnerWay> ways = new HashMap<>();
    private final String egress;

    private PartnerClient(String egress) {
        this.egress = egress;
    }

    /** Opens no connection before the first call. */
    public static PartnerClient create(
            ActorSystem<?> system, ClientConfig config, Gates gates, MeterRegistry registry) {
        return create(system, config, gates, registry, trust());
    }

    static PartnerClient create(
            ActorSystem<?> system, ClientConfig config, Gates gates, MeterRegistry registry, SSLContext trust) {
        PartnerClient client = new PartnerClient(config.egress());
        ClientMetrics metrics = new ClientMetrics(registry);
        config.partners().forEach((name, partner) -> {
            Wire wire = new Wire(system, partner, settings(system, config, partner), trust);
            PartnerPool pool = new PartnerPool(partner, wire, system);
            client.ways.put(name, new PartnerWay(partner, gates, pool, system, metrics));
        });
        return client;
    }

    private static SSLContext trust() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    private static ClientConnectionSettings settings(
            ActorSystem<?> system, ClientConfig config, PartnerConfig partner) {
        Config all = system.settings().config();
        ClientConnectionSettings settings = ClientConnectionSettings.create(
                config.connection().atPath("akka.http.client").withFallback(all));
        Duration idle = config.connection().getDuration("idle-timeout");
        // A partner that takes its time to answer is cut off by the deadline of the call, not as an idle one.
        Duration longest = idle.compareTo(partner.timeout()) > 0 ? idle : partner.timeout();
        return settings.withIdleTimeout(DurationConverters.toScala(longest));
    }

    /**
     * Sends a request for a link, authorised already by {@code keys}. Completes with the answer whatever its status, or
     * fails with {@link Unreachable} when there is none within the time limit, or with {@link Gates.Refused} when a limit
     * leaves no room for it; it never waits longer than that.
     */
    CompletionStage<Answer> send(Link link, Keyring keys, Request request, Lane lane) {
        return send(link, keys, request, lane, false);
    }

    /** @param soon whether it is to be refused unless the gates let it go within {@code credentials-look} */
    CompletionStage<Answer> send(Link link, Keyring keys, Request request, Lane lane, boolean soon) {
        return send(() -> Party.of(link, keys, egress), link.partner(), link.credentials(), request, lane, soon);
    }

    /** How long credentials that did not work come after others; zero for a partner that cannot be called. */
    Duration credentialsRest(PartnerName partner) {
        PartnerWay way = ways.get(partner);
        return way == null ? Duration.ZERO : way.config().credentialsRest();
    }

    /** The same for a request for a token. It goes in the lane {@link Lane#ORDER}: nothing else can go without a token. */
    public CompletionStage<Answer> send(TokenName name, Keyring keys, Request request) {
        return send(
                () -> Party.of(name.partner(), name.credentials(), keys, egress),
                name.partner(),
                name.credentials(),
                request,
                Lane.ORDER,
                false);
    }

    private CompletionStage<Answer> send(
            Supplier<Party> party, PartnerName partner, String credentials, Request request, Lane lane, boolean soon) {
        PartnerWay way = ways.get(partner);
        if (way == null) {
            return CompletableFuture.failedFuture(
                    Unreachable.unsent(ClientConfig.PATH + ".partners has no " + partner));
        }
        try {
            HttpRequest out = Outgoing.of(way.config().baseUrl(), request);
            return way.send(party.get(), request, out, lane, soon);
        } catch (InvalidValue e) {
            return CompletableFuture.failedFuture(
                    Unreachable.unsent("credentials \"" + credentials + "\": " + e.getMessage()));
        } catch (Unreachable refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** Ends calls under way as unreachable, closes all connections, and refuses what comes later. */
    @Override
    public void close() {
        ways.values().forEach(PartnerWay::close);
    }
}
