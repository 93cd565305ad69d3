package dev.tournant.deploy.faults.gates;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import dev.tournant.adapter.Gates;
import dev.tournant.adapter.Keyring;
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
    static final PartnerName PARTNER = new PartnerName("counting");
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

    /**
     * Arguments: Cassandra, port, port to bind, seeds, partner's URL, limiter, set of limits, limit, milliseconds, locations,
     * clients of each way to each location, parts.
     */
    public static void main(String[] args) {
        Config config = config(args);
        ActorSystem<Void> system = ActorSystem.create(
                Behaviors.empty(), "tournant", Timings.of(config).over(config));
        MeterRegistry registry = new SimpleMeterRegistry();
        LimitSet set = LimitSet.valueOf(args[6]);
        int locations = Integer.parseInt(args[9]);
        List<Limit> limits =
                set.limits(Integer.parseInt(args[7]), Duration.ofMillis(Long.parseLong(args[8])), locations);
        Gates gates = args[5].equals(GateTrial.GATE) ? gates(system, limits, registry) : new TokenBucketGates(limits);
        ClientConfig partners = ClientConfig.read(system.settings().config());
        PartnerClient client = PartnerClient.create(system, partners, gates, registry);
        Outbound outbound = new AuthorisedClient(
                client,
                Map.of(PARTNER, new StaticHeader(new PrefixedHeader("x-key", ""), "key")),
                application -> Optional.of(Keyring.of("key", "none", Keyring.APPLICATION, application)),
                Tokens.create(system, partners.tokens(), new TokensInMemory(System::nanoTime), client::send, registry),
                Clock.systemUTC(),
                system.executionContext());
        GateNode node = new GateNode(system, args[1], outbound);
        for (int location = 0; location < locations; location++) {
            for (LimitSet.Way way : set.ways()) {
                for (int each = 0; each < Integer.parseInt(args[10]); each++) {
                    node.call(new Errand("pool-" + location, set.application(location), way));
                }
            }
        }
    }

    private static Gates gates(ActorSystem<?> system, List<Limit> limits, MeterRegistry registry) {
        return ShardedGates.start(
                        system,
                        Map.of(PARTNER, limits),
                        (partner, counted, answer) ->
                                counted.stream().map(each -> News.NONE).toList(),
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
                        # A quota of minutes in place of a day; one machine has one clock.
                        tournant.gate.quota-from = %s ms
                        tournant.gate.quota-blocks = 20
                        tournant.gate.wall-clock-error = 1s
                        # Either no pool is divided or all are that can be.
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
                                args[0],
                                args[1],
                                args[2],
                                LimitSet.QUOTA_PER.toMillis(),
                                args[11].equals("1") ? Integer.MAX_VALUE : 1,
                                args[11],
                                args[4]))
                .withFallback(ConfigFactory.parseResources("tournant-cluster.conf"))
                .withFallback(ConfigFactory.parseResources("tournant-client.conf"))
                .withFallback(ConfigFactory.defaultReference())
                .withValue("akka.cluster.seed-nodes", ConfigValueFactory.fromIterable(seeds))
                .resolve();
    }

    /** What is called again and again. */
    private record Errand(String location, String application, LimitSet.Way way) {
        Link link() {
            return new Link(new LinkId(location), PARTNER, "account", location, application);
        }

        Request request(String from) {
            String path = way.path() + "?app=" + application + "&location=" + location + "&from=" + from;
            return new Request("GET", path, Map.of(), null, false);
        }
    }

    /** Calls, and again when it is answered or refused. */
    private void call(Errand errand) {
        outbound.send(errand.link(), errand.request(name), errand.way().lane())
                .whenCompleteAsync((answer, failure) -> again(errand, failure), system.executionContext());
    }

    private void again(Errand errand, @Nullable Throwable failure) {
        if (failure == null) {
            call(errand);
            return;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        Duration wait = cause instanceof Gates.Refused refused ? refused.after() : UNREACHABLE_WAITS;
        long millis = Math.min(LATER_MAX.toMillis(), wait.toMillis());
        // Not all at once.
        long chance = ThreadLocalRandom.current().nextLong(5, 50);
        system.scheduler()
                .scheduleOnce(Duration.ofMillis(millis + chance), () -> call(errand), system.executionContext());
    }
}
