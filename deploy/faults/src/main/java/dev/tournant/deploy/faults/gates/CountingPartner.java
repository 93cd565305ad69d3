package dev.tournant.deploy.faults.gates;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.parameter;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.http.javadsl.Http;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.Route;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A partner that counts: each call at some instant between its arrival and its answer, on its own clock. It refuses
 * nothing, so that whoever sends too much is not held back by it. One process of its own.
 *
 * <p>{@code GET /calls?pool=NAME&from=CALLER} is a call; {@code GET /windows?limit=L&millis=W} prints, for each pool, {@code
 * NAME calls most over}, one a line; {@code GET /callers} who has called, one a line; {@code GET /forget} begins anew.
 */
public final class CountingPartner {
    private static final int CALLS_MAX = 2_000_000;

    private final ActorSystem<?> system;
    private final Network network;
    private final long seed;
    private final Map<String, Pool> pools = new ConcurrentHashMap<>();
    private final Set<String> callers = ConcurrentHashMap.newKeySet();

    private CountingPartner(ActorSystem<?> system, Network network, long seed) {
        this.system = system;
        this.network = network;
        this.seed = seed;
    }

    /** Arguments: port, network, seed. */
    public static void main(String[] args) {
        ActorSystem<Void> system = ActorSystem.create(
                Behaviors.empty(),
                "counting-partner",
                ConfigFactory.parseString("""
                akka.http.server.max-connections = 4096
                akka.http.server.backlog = 4096
                akka.loglevel = WARNING
                akka.actor.provider = local
                """)
                        .withFallback(ConfigFactory.defaultReference())
                        .resolve());
        CountingPartner partner = new CountingPartner(system, Network.valueOf(args[1]), Long.parseLong(args[2]));
        Http.get(system)
                .newServerAt("127.0.0.1", Integer.parseInt(args[0]))
                .bind(partner.routes())
                .toCompletableFuture()
                .join();
    }

    private Route routes() {
        return concat(
                path(
                        "calls",
                        () -> parameter(
                                "pool", name -> parameter("from", caller -> completeWithFuture(called(name, caller))))),
                path("callers", () -> complete(String.join("\n", callers))),
                path(
                        "windows",
                        () -> parameter(
                                "limit",
                                limit -> parameter(
                                        "millis",
                                        millis -> complete(windows(Integer.parseInt(limit), Long.parseLong(millis)))))),
                path(segment("forget"), () -> {
                    pools.clear();
                    callers.clear();
                    return complete("");
                }));
    }

    private CompletionStage<HttpResponse> called(String name, String caller) {
        callers.add(caller);
        Pool pool = pools.computeIfAbsent(name, each -> new Pool(network, new Random(seed ^ each.hashCode())));
        Pool.Trip trip = pool.arrived(System.nanoTime());
        return later(trip.toCountNanos())
                .thenCompose(arrived -> {
                    pool.counted(System.nanoTime());
                    return later(trip.toAnswerNanos());
                })
                .thenApply(answered ->
                        HttpResponse.create().withStatus(StatusCodes.OK).withEntity("{}"));
    }

    private CompletionStage<Void> later(long nanos) {
        CompletableFuture<Void> then = new CompletableFuture<>();
        if (nanos == 0) {
            then.complete(null);
        } else {
            system.scheduler()
                    .scheduleOnce(Duration.ofNanos(nanos), () -> then.complete(null), system.executionContext());
        }
        return then;
    }

    private String windows(int limit, long millis) {
        return new TreeMap<>(pools)
                .entrySet().stream()
                        .map(each -> {
                            Windows seen = each.getValue()
                                    .windows(limit, Duration.ofMillis(millis).toNanos());
                            return each.getKey() + " " + seen.calls() + " " + seen.most() + " " + seen.over();
                        })
                        .collect(Collectors.joining("\n"));
    }

    /** What was counted of one pool. Guarded by itself. */
    private static final class Pool {
        private final Network network;
        private final Random random;
        private long[] times = new long[1_024];
        private int calls;
        private long stallBegins;
        private long stallEnds;

        /** From arrival until the call is counted, and from then until it is answered. */
        record Trip(long toCountNanos, long toAnswerNanos) {}

        Pool(Network network, Random random) {
            this.network = network;
            this.random = random;
            nextStall(System.nanoTime());
        }

        private void nextStall(long after) {
            long pause = (long) (-Math.log(1 - random.nextDouble()) * Network.STALL_EVERY_SECONDS * 1e9);
            stallBegins = after + pause;
            stallEnds = stallBegins + network.stallNanos(random);
        }

        synchronized Trip arrived(long now) {
            if (now - stallEnds >= 0) {
                nextStall(now);
            }
            long whole = network.nanos(random);
            boolean stalls = now - stallBegins >= 0 && stallEnds - stallBegins > 0;
            // What arrives while everything stands still is counted when it goes on, all at once.
            long toCount = stalls ? stallEnds - now : (long) (whole * random.nextDouble());
            return new Trip(toCount, stalls ? whole : whole - toCount);
        }

        synchronized void counted(long now) {
            if (calls == times.length) {
                if (calls >= CALLS_MAX) {
                    throw new IllegalStateException("more than " + CALLS_MAX + " calls of one pool");
                }
                times = Arrays.copyOf(times, calls * 2);
            }
            times[calls++] = now;
        }

        synchronized Windows windows(int limit, long windowNanos) {
            return Windows.of(Arrays.copyOf(times, calls), limit, windowNanos);
        }
    }
}
