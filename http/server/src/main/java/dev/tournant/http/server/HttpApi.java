package dev.tournant.http.server;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.settings.ServerSettings;
import akka.pattern.Patterns;
import com.typesafe.config.Config;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Credentials;
import dev.tournant.messages.ChangeStream;
import dev.tournant.messages.Consents;
import dev.tournant.messages.Directory;
import dev.tournant.messages.FreshnessBoard;
import dev.tournant.messages.History;
import dev.tournant.messages.Inbox;
import dev.tournant.messages.Merchants;
import dev.tournant.messages.PoolBoard;
import dev.tournant.messages.Replays;
import dev.tournant.model.PartnerName;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

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
        History history,
        Replays replays,
        Map<PartnerName, Adapter> adapters,
        Credentials credentials,
        Consents consents,
        PoolBoard pools,
        FreshnessBoard freshness,
        InstantSource clock,
        MeterRegistry registry) {
    public HttpApi {
        adapters = Map.copyOf(adapters);
    }

    /** A server that listens. */
    public static final class Running {
        /** How long the last bytes of ended streams may take to leave. */
        private static final Duration FLUSH = Duration.ofMillis(500);

        private final ActorSystem<?> system;
        private final ServerBinding binding;
        private final Parts parts;
        private final Duration drainWithin;
        private final AtomicBoolean stopping = new AtomicBoolean();

        private Running(ActorSystem<?> system, ServerBinding binding, Parts parts, Duration drainWithin) {
            this.system = system;
            this.binding = binding;
            this.parts = parts;
            this.drainWithin = drainWithin;
        }

        public InetSocketAddress address() {
            return binding.localAddress();
        }

        /**
         * Takes no more connections, ends the streams of changes, and lets requests under way go on until
         * {@code drain-within} has passed. Completes when all is closed; calling it again does no more than wait.
         */
        public CompletionStage<Void> stop() {
            if (stopping.compareAndSet(false, true)) {
                Duration wait = parts.changes.stop() ? FLUSH : Duration.ZERO;
                // Akka counts a streamed answer as given once it has begun, and would cut it before its end is sent.
                CompletionStage<?> unused = binding.unbind()
                        .thenCompose(unbound -> Patterns.after(wait, system, () -> binding.terminate(drainWithin)));
            }
            return binding.whenTerminated().thenAccept(terminated -> {});
        }
    }

    /** Starts to listen; fails when the address is taken. Its owner stops it. */
    public CompletionStage<Running> bind() {
        Parts parts = parts(registry);
        return Http.get(system)
                .newServerAt(config.host(), config.port())
                .withSettings(settings())
                .bind(parts.door::enter)
                .thenApplyAsync(
                        binding -> new Running(system, binding, parts, config.drainWithin()),
                        system.executionContext());
    }

    /** Every operation, for checks against the description. */
    List<Operation> inventory() {
        return parts(new SimpleMeterRegistry()).router.operations();
    }

    private record Parts(Router router, Door door, ChangeRoutes changes) {}

    private Parts parts(MeterRegistry meters) {
        Slots streams = new Slots(config.streamsMax());
        Slots calls = new Slots(config.inFlightMax());
        Slots hooks = new Slots(config.hooksInFlightMax());
        HttpMetrics metrics = new HttpMetrics(meters, streams, calls, hooks);
        Executor executor = system.executionContext();
        Asking asking = new Asking(merchants, config.askWithin(), executor);
        Bodies bodies = new Bodies(system, config.bodyWithin());
        TokenBuckets hookRates = new TokenBuckets(config.hookRate(), System::nanoTime);
        TokenBuckets appHookRates = new TokenBuckets(config.appHookRate(), System::nanoTime);
        Strangers strangers = new Strangers(
                new TokenBuckets(config.addressRate(), System::nanoTime), new Shares(config.hooksUnverifiedMax()));
        ChangeRoutes live = new ChangeRoutes(asking, changes, config, system, streams);

        List<Operation> all = new ArrayList<>();
        all.addAll(new MerchantRoutes(asking, directory, bodies, config, clock, executor).operations());
        all.addAll(new RecordRoutes(asking, new AsOf(history, executor), bodies, config, clock, executor).operations());
        all.addAll(new HistoryRoutes(history, executor).operations());
        all.addAll(new LinkRoutes(asking, bodies, config, clock, executor).operations());
        all.addAll(
                new LinkEditRoutes(asking, new LinkHolders(directory), bodies, config, clock, executor).operations());
        all.addAll(new ControlRoutes(this, asking, bodies, System::nanoTime).operations());
        all.addAll(new ReplayRoutes(replays, system).operations());
        all.addAll(new ExplainRoutes(asking, bodies, clock, executor).operations());
        all.addAll(live.operations());
        all.addAll(new HookRoutes(this, bodies, hookRates, appHookRates, strangers, metrics).operations());
        all.addAll(new PullRoutes(this, asking, hookRates, strangers).operations());
        all.addAll(new ConsentRoutes(consents, bodies, config, executor).operations());
        all.addAll(new PoolRoutes(pools, executor).operations());
        all.addAll(new FreshnessRoutes(freshness, asking, bodies, executor).operations());
        all.addAll(OpenApi.operations());
        Router router = new Router(all);
        TokenBuckets keyRates = new TokenBuckets(config.keyRate(), System::nanoTime);
        return new Parts(router, new Door(router, keyRates, strangers, calls, hooks, config, metrics, system), live);
    }

    private ServerSettings settings() {
        Config all = system.settings().config();
        return ServerSettings.create(config.server().atPath("akka.http.server").withFallback(all));
    }
}
