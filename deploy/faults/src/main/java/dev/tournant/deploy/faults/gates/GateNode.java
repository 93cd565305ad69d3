package dev.tournant.deploy.faults.gates;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import dev.tournant.adapter.Gates;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Limit;
import dev.tournant.adapter.News;
import dev.tournant.adapter.Outbound;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.auth.StaticHeader;
import dev.tournant.adapter.signature.PrefixedHeader;
import dev.tournant.cluster.gate.ShardedGates;
import dev.tournant.cluster.lease.NodeLeases;
import dev.tournant.cluster.lease.Timings;
import dev.tournant.http.client.AuthorisedClient;
import dev.tournant.http.client.ClientConfig;
import dev.tournant.http.client.PartnerClient;
import dev.tournant.http.client.token.Tokens;
import dev.tournant.http.client.token.TokensInMemory;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerName;
import dev.tournant.persistence.CassandraLedgers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A node that does nothing but call the {@link CountingPartner}, as fast as it is let: gates, client and cluster are those
 * of production. It goes on until it is ended. To the partner its name is its port.
 */
public final class GateNode {
    private static final PartnerName PARTNER = new PartnerName("counting");
    private static final Duration LATER_MAX = Duration.ofSeconds(1);
    private static final Duration UNREACHABLE_WAITS = Duration.ofMillis(100);

    private final ActorSystem<?> system;
    private final String name;
    private final Outbound outbound;

    private GateNode(ActorSystem<?> system, String name, Outbound outbound) {
        this.system = system;
        this.name = name;
        this.outbound = outbound;
    }

    /** Arguments: Cassandra, port, port to bind, seeds, partner's URL, limiter, limit, milliseconds, pools, clients each, parts. */
    public static void main(String[] args) {
        Config config = config(args);
        ActorSystem<Void> system = ActorSystem.create(
                Behaviors.empty(), "tournant", Timings.of(config).over(config));
        MeterRegistry registry = new SimpleMeterRegistry();
        int calls = Integer.parseInt(args[6]);
        Duration per = Duration.ofMillis(Long.parseLong(args[7]));
        Gates gates = args[5].equals("gate") ? gates(system, calls, per, registry) : new TokenBucketGates(calls, per);
        ClientConfig partners = ClientConfig.read(system.settings().config());
        PartnerClient client = PartnerClient.create(system, partners, gates, registry);
        Keyring keys = Keyring.of("key", "none");
        Outbound outbound = new AuthorisedClient(
                client,
                Map.of(PARTNER, new StaticHeader(new PrefixedHeader("x-key", ""), "key")),
                name -> Optional.of(keys),
                Tokens.create(system, partners.tokens(), new TokensInMemory(System::nanoTime), client::send, registry),
                Clock.systemUTC(),
                system.executionContext());
        GateNode node = new GateNode(system, args[1], outbound);
        for (int pool = 0; pool < Integer.parseInt(args[8]); pool++) {
            for (int each = 0; each < Integer.parseInt(args[9]); each++) {
                node.call("pool-" + pool);
            }
        }
    }

    private static Gates gates(ActorSystem<?> system, int calls, Duration per, MeterRegistry registry) {
        Limit limit = Limit.rate("calls", Limit.Scope.LOCATION, calls, per);
        return ShardedGates.start(
                        system,
                        Map.of(PARTNER, List.of(limit)),
                        (partner, limits, answer) ->
                                limits.stream().map(each -> News.NONE).toList(),
                        NodeLeases.start(system, registry),
                        CassandraLedgers.create(system),
                        registry)
                .gates();
    }

    private static Config config(String[] args) {
        List<String> seeds = Arrays.stream(args[3].split(",", -1))
                .map(seed -> "akka://tournant@" + seed)
                .toList();
        return ConfigFactory.parseString("""
                        tournant.cassandra.contact-points = ["%s"]
                        akka.remote.artery.canonical.port = %s
                        akka.remote.artery.bind.port = %s
                        akka.cluster.jmx.enabled = off
                        # The partner's slowest answer takes 8 s, and a standstill 3 s.
                        tournant.gate.request-life = 15s
                        # Either no pool is divided or all are.
                        tournant.gate.shared-from = %s
                        tournant.gate.shared-parts = %s
                        tournant.client.partners.counting {
                          base-url = "%s"
                          timeout = 12s
                          gate-wait-max = 2s
                          connections-max = 2048
                          queue-max = 4096
                          attempts-max = 1
                        }
                        """.formatted(
                        args[0], args[1], args[2], args[10].equals("1") ? Integer.MAX_VALUE : 1, args[10], args[4]))
                .withFallback(ConfigFactory.parseResources("tournant-cluster.conf"))
                .withFallback(ConfigFactory.parseResources("tournant-client.conf"))
                .withFallback(ConfigFactory.defaultReference())
                .withValue("akka.cluster.seed-nodes", ConfigValueFactory.fromIterable(seeds))
                .resolve();
    }

    /** Calls, and again when it is answered or refused. */
    private void call(String pool) {
        Link link = new Link(new LinkId(pool), PARTNER, "account", pool, "key");
        Request request = new Request("GET", "/calls?pool=" + pool + "&from=" + name, Map.of(), null, false);
        outbound.send(link, request, Lane.MENU)
                .whenCompleteAsync((answer, failure) -> again(pool, failure), system.executionContext());
    }

    private void again(String pool, @Nullable Throwable failure) {
        if (failure == null) {
            call(pool);
            return;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        Duration wait = cause instanceof Gates.Refused refused ? refused.after() : UNREACHABLE_WAITS;
        long millis = Math.min(LATER_MAX.toMillis(), wait.toMillis());
        // Not all at once.
        long chance = ThreadLocalRandom.current().nextLong(5, 50);
        system.scheduler()
                .scheduleOnce(Duration.ofMillis(millis + chance), () -> call(pool), system.executionContext());
    }
}
