package dev.tournant.http.server;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.settings.ServerSettings;
import com.typesafe.config.Config;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Credentials;
import dev.tournant.messages.ChangeStream;
import dev.tournant.messages.Directory;
import dev.tournant.messages.Inbox;
import dev.tournant.messages.Merchants;
import dev.tournant.model.PartnerName;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * The HTTP server, and all it needs from outside. {@code new HttpApi(…).bind()} starts it; each call makes a server of
 * its own.
 *
 * @param adapters by the name of their partner
 * @param clock the wall clock, for commands and received webhooks
 */
public record HttpApi(
        ActorSystem<?> system,
        HttpConfig config,
        Merchants merchants,
        Inbox inbox,
        Directory directory,
        ChangeStream changes,
        Map<PartnerName, Adapter> adapters,
        Credentials credentials,
        InstantSource clock,
        MeterRegistry registry) {
    public HttpApi {
        adapters = Map.copyOf(adapters);
    }

    /** A server that listens. */
    public static final class Running {
        private final ServerBinding binding;
        private final ChangeRoutes changes;
        private final Duration drainWithin;

        private Running(ServerBinding binding, ChangeRoutes changes, Duration drainWithin) {
            this.binding = binding;
            this.changes = changes;
            this.drainWithin = drainWithin;
        }

        public InetSocketAddress address() {
            return binding.localAddress();
        }

        /**
         * Takes no more connections, ends the streams of changes, and lets requests under way go on until
         * {@code drain-within} has passed. Completes when all is closed.
         */
        public CompletionStage<Void> stop() {
            CompletionStage<Void> unbound = binding.unbind().thenAccept(done -> changes.stop());
            return unbound.thenCompose(nothing -> binding.terminate(drainWithin)).thenAccept(terminated -> {});
        }
    }

    /** Starts to listen; fails when the address is taken. Its owner stops it. */
    public CompletionStage<Running> bind() {
        Slots streams = new Slots(config.streamsMax());
        ChangeRoutes live = new ChangeRoutes(asking(), changes, config, system, streams);
        Door door = door(live, streams);
        return Http.get(system)
                .newServerAt(config.host(), config.port())
                .withSettings(settings())
                .bind(door::enter)
                .thenApplyAsync(
                        binding -> new Running(binding, live, config.drainWithin()), system.executionContext());
    }

    private Door door(ChangeRoutes live, Slots streams) {
        Slots calls = new Slots(config.inFlightMax());
        Slots hooks = new Slots(config.hooksInFlightMax());
        HttpMetrics metrics = new HttpMetrics(registry, streams, calls, hooks);
        TokenBuckets rates = new TokenBuckets(config.keyRate(), System::nanoTime);
        return new Door(new Router(operations(live, metrics)), rates, calls, hooks, config, metrics, system);
    }

    private List<Operation> operations(ChangeRoutes live, HttpMetrics metrics) {
        Asking asking = asking();
        Bodies bodies = new Bodies(system, config.bodyWithin());
        TokenBuckets rates = new TokenBuckets(config.hookRate(), System::nanoTime);
        List<Operation> all = new ArrayList<>();
        all.addAll(new MerchantRoutes(asking, directory, bodies, config, clock, system.executionContext()).operations());
        all.addAll(new RecordRoutes(asking, bodies, config, clock, system.executionContext()).operations());
        all.addAll(live.operations());
        all.addAll(new HookRoutes(this, bodies, rates, metrics).operations());
        all.addAll(OpenApi.operations());
        return all;
    }

    /** Every operation, for checks against the description. */
    List<Operation> inventory() {
        Slots none = new Slots(1);
        ChangeRoutes live = new ChangeRoutes(asking(), changes, config, system, none);
        return operations(live, new HttpMetrics(registry, none, none, none));
    }

    private Asking asking() {
        return new Asking(merchants, config.askWithin(), system.executionContext());
    }

    private ServerSettings settings() {
        Config all = system.settings().config();
        return ServerSettings.create(config.server().atPath("akka.http.server").withFallback(all));
    }
}
