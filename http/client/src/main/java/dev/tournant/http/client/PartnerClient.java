package dev.tournant.http.client;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.Http;
import akka.http.javadsl.OutgoingConnectionBuilder;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.settings.ClientConnectionSettings;
import akka.stream.javadsl.Flow;
import com.typesafe.config.Config;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Outbound.Unreachable;
import dev.tournant.adapter.Request;
import dev.tournant.model.PartnerName;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import scala.jdk.javaapi.DurationConverters;

/**
 * Calls partners over HTTP/1.1, and nobody else: only configured base URLs can be reached, and redirects are answers
 * like any other. Certificates and host names are verified as the JDK does.
 *
 * <p>429, and 503 with {@code Retry-After}, are never retried here: the caller knows the partner's limits.
 */
public final class PartnerClient implements AutoCloseable {
    private final Map<PartnerName, PartnerConfig> partners;
    private final Map<PartnerName, PartnerPool> pools = new HashMap<>();

    private PartnerClient(ClientConfig config) {
        this.partners = config.partners();
    }

    /** Opens no connection before the first call. */
    public static PartnerClient create(ActorSystem<?> system, ClientConfig config, MeterRegistry registry) {
        PartnerClient client = new PartnerClient(config);
        ClientMetrics metrics = new ClientMetrics(registry);
        config.partners()
                .forEach((name, partner) -> client.pools.put(
                        name, new PartnerPool(partner, connection(system, config, partner), system, metrics)));
        return client;
    }

    private static Flow<HttpRequest, HttpResponse, ?> connection(
            ActorSystem<?> system, ClientConfig config, PartnerConfig partner) {
        OutgoingConnectionBuilder to = Http.get(system)
                .connectionTo(partner.baseUrl().getHost())
                .toPort(partner.port())
                .withClientConnectionSettings(settings(system, config, partner));
        return partner.isSecure() ? to.https() : to.http();
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
     * Sends a request that is authorised already. Completes with the answer whatever its status, or fails with {@link
     * Unreachable} when there is none within the time limit; it never waits longer than that.
     */
    public CompletionStage<Answer> send(PartnerName partner, Request request) {
        PartnerConfig config = partners.get(partner);
        PartnerPool pool = pools.get(partner);
        if (config == null || pool == null) {
            return CompletableFuture.failedFuture(new Unreachable(ClientConfig.PATH + ".partners has no " + partner));
        }
        try {
            return pool.send(Outgoing.of(config.baseUrl(), request), request.repeatable());
        } catch (Unreachable refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** Ends calls under way as unreachable, closes all connections, and refuses what comes later. */
    @Override
    public void close() {
        pools.values().forEach(PartnerPool::close);
    }
}
