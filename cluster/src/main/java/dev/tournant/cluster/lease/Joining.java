package dev.tournant.cluster.lease;

import akka.actor.Address;
import akka.actor.typed.ActorSystem;
import akka.cluster.Cluster;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.tournant.persistence.CassandraLeases;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins the cluster of {@value #SEEDS}, or founds it. It is founded by the seed that stands first alone, and only while no
 * other node holds a lease ({@link Founding}): a first seed that comes back and reaches nobody waits for the others.
 */
public final class Joining {
    static final String SEEDS = "tournant.cluster.seeds";

    private static final Logger LOG = LoggerFactory.getLogger(Joining.class);
    private static final Pattern HOST_PORT = Pattern.compile("(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:]+]):([0-9]{1,5})");
    private static final int PORT_MAX = 65_535;

    private final Cluster cluster;
    private final List<String> seeds;
    private final CompletableFuture<Void> joined = new CompletableFuture<>();

    private Joining(Cluster cluster, List<String> seeds) {
        this.cluster = cluster;
        this.seeds = seeds;
    }

    /** The seeds as {@code host:port}; empty where somebody else sees to it that this node joins. */
    public static List<String> seeds(Config config) {
        String text = config.getString(SEEDS).strip();
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> seeds =
                Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        for (String seed : seeds) {
            Matcher matcher = HOST_PORT.matcher(seed);
            if (!matcher.matches() || !isPort(Integer.parseInt(matcher.group(1)))) {
                throw new ConfigException.BadValue(
                        SEEDS, "\"" + seed + "\" is no HOST:PORT; write them with commas between them");
            }
        }
        return seeds;
    }

    private static boolean isPort(int number) {
        return number > 0 && number <= PORT_MAX;
    }

    /**
     * Returns when this node is a member. Waits for Cassandra, where it may have to found the cluster; how long it tries is
     * {@code akka.cluster.shutdown-after-unsuccessful-join-seed-nodes}, and {@code tournant.lease.begin-within} for
     * Cassandra.
     */
    public static void await(ActorSystem<?> system) {
        Config config = system.settings().config();
        List<String> seeds = seeds(config);
        if (!seeds.isEmpty()) {
            new Joining(Cluster.get(system), seeds).await(config);
        }
    }

    private void await(Config config) {
        cluster.registerOnMemberUp(() -> joined.complete(null));
        cluster.registerOnMemberRemoved(
                () -> joined.completeExceptionally(new IllegalStateException("no cluster could be joined")));
        String self = cluster.selfAddress().hostPort().replaceFirst("^.*@", "");
        if (seeds.get(0).equals(self) && config.getBoolean(Timings.ENFORCED)) {
            Timings timings = Timings.of(config);
            try (CassandraLeases store = CassandraLeases.connect(config, timings.requestLife(), Runnable::run)) {
                found(new Founding(self, store, timings.terms(), System::nanoTime), self, config, timings);
            }
        } else {
            join(seeds);
        }
        joined.join();
    }

    /** Joins whoever is there, until this node is a member or nobody else is there. */
    private void found(Founding founding, String self, Config config, Timings timings) {
        long giveUp = System.nanoTime()
                + config.getDuration("tournant.lease.begin-within").toNanos();
        Set<String> asked = Set.of();
        while (!isJoinedWithin(asked.isEmpty() ? 0 : timings.renewEvery().toNanos())) {
            try {
                Set<String> others = founding.others();
                if (others.isEmpty()) {
                    join(seeds);
                    return;
                }
                if (!others.equals(asked)) {
                    LOG.info("{} hold leases: this node joins them, and founds no cluster of its own", others);
                    Set<String> all = new LinkedHashSet<>(others);
                    all.addAll(seeds.stream().filter(seed -> !seed.equals(self)).toList());
                    join(all);
                    asked = others;
                }
            } catch (CompletionException e) {
                if (System.nanoTime() - giveUp >= 0) {
                    throw new IllegalStateException(
                            "whether other nodes hold leases cannot be read from Cassandra (apply the schema, see that a"
                                    + " quorum is up): " + e.getMessage(),
                            e);
                }
                LOG.info("Cassandra does not answer yet: {}", e.getMessage());
                isJoinedWithin(timings.renewEvery().toNanos());
            }
        }
    }

    private boolean isJoinedWithin(long nanos) {
        try {
            joined.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while joining", e);
        }
    }

    private void join(Collection<String> nodes) {
        List<Address> addresses = new ArrayList<>();
        for (String node : nodes) {
            int colon = node.lastIndexOf(':');
            addresses.add(new Address(
                    cluster.selfAddress().protocol(),
                    cluster.selfAddress().system(),
                    node.substring(0, colon),
                    Integer.parseInt(node.substring(colon + 1))));
        }
        cluster.joinSeedNodes(addresses);
    }
}
