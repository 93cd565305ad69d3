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
import dev.tournant.adapter.Limit;
import dev.tournant.adapter.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
 * <p>{@code GET /PATH?app=APPLICATION&location=LOCATION&from=CALLER} is a call, of any path that its {@link LimitSet} has;
 * {@code GET /locations} prints, for each location, {@code NAME calls}, one a line; {@code GET /limits}, for each limit
 * and whose calls it counts, {@code LIMIT NAME calls most over}; {@code GET /callers} who has called, one a line.
 */
public final class CountingPartner {
    /** What is let in only some at a time takes as long: else nobody would be there when the next one comes. */
    private static final Duration WORK = Duration.ofMillis(250);

    private final ActorSystem<?> system;
    private final Network network;
    private final long seed;
    private final LimitSet set;
    private final List<Limit> limits;
    private final long begin = System.nanoTime();
    private final Map<String, Line> lines = new ConcurrentHashMap<>();
    private final Map<Kind, Visits> visits = new ConcurrentHashMap<>();
    private final Set<String> callers = ConcurrentHashMap.newKeySet();

    /** Calls that count alike. */
    private record Kind(String application, String location, String path) {
        boolean countsFor(Limit limit) {
            return limit.counts(new Request("GET", path, Map.of(), null, false));
        }

        /** Whose calls those of this kind are, to a limit. */
        String key(Limit limit) {
            return switch (limit.scope()) {
                case APPLICATION -> application;
                case LOCATION -> location;
                default -> throw new IllegalArgumentException("this partner has no limits by " + limit.scope());
            };
        }
    }

    private CountingPartner(ActorSystem<?> system, Network network, long seed, LimitSet set, List<Limit> limits) {
        this.system = system;
        this.network = network;
        this.seed = seed;
        this.set = set;
        this.limits = limits;
    }

    /** Arguments: port, network, seed, set of limits, limit, milliseconds, locations. */
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
        LimitSet set = LimitSet.valueOf(args[3]);
        List<Limit> limits = set.limits(
                Integer.parseInt(args[4]), Duration.ofMillis(Long.parseLong(args[5])), Integer.parseInt(args[6]));
        CountingPartner partner =
                new CountingPartner(system, Network.valueOf(args[1]), Long.parseLong(args[2]), set, limits);
        Http.get(system)
                .newServerAt("127.0.0.1", Integer.parseInt(args[0]))
                .bind(partner.routes())
                .toCompletableFuture()
                .join();
    }

    private Route routes() {
        Route[] calls =
                set.ways().stream().map(way -> calls(way.path().substring(1))).toArray(Route[]::new);
        Route answers = concat(
                path("callers", () -> complete(String.join("\n", callers))),
                path("locations", () -> complete(locations())),
                path("limits", () -> complete(limits())));
        return concat(answers, calls);
    }

    private Route calls(String name) {
        return path(
                segment(name),
                () -> parameter(
                        "app",
                        application -> parameter(
                                "location",
                                location -> parameter(
                                        "from",
                                        caller -> completeWithFuture(
                                                called(new Kind(application, location, "/" + name), caller))))));
    }

    private long now() {
        return System.nanoTime() - begin;
    }

    private CompletionStage<HttpResponse> called(Kind kind, String caller) {
        callers.add(caller);
        Line line =
                lines.computeIfAbsent(kind.location(), each -> new Line(network, new Random(seed ^ each.hashCode())));
        Visits all = visits.computeIfAbsent(kind, each -> new Visits());
        long arrived = now();
        Line.Trip trip = line.arrived(arrived);
        int number = all.arrived(arrived);
        return later(trip.toCountNanos())
                .thenCompose(there -> {
                    all.counted(number, now());
                    return later(trip.toAnswerNanos() + workNanos(kind));
                })
                .thenApply(done -> {
                    all.answered(number, now());
                    return HttpResponse.create().withStatus(StatusCodes.OK).withEntity("{}");
                });
    }

    private long workNanos(Kind kind) {
        return limits.stream().anyMatch(limit -> limit.per() == null && kind.countsFor(limit)) ? WORK.toNanos() : 0;
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

    private String locations() {
        Map<String, Integer> counted = new TreeMap<>();
        visits.forEach((kind, all) -> counted.merge(kind.location(), all.counted(), Integer::sum));
        return counted.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining("\n"));
    }

    private String limits() {
        return limits.stream().flatMap(limit -> seen(limit).stream()).collect(Collectors.joining("\n"));
    }

    private List<String> seen(Limit limit) {
        Map<String, List<Stay>> stays = new TreeMap<>();
        visits.forEach((kind, all) -> {
            if (kind.countsFor(limit)) {
                stays.computeIfAbsent(kind.key(limit), each -> new ArrayList<>())
                        .addAll(all.stays());
            }
        });
        return stays.entrySet().stream()
                .map(each -> {
                    Counted seen = Counted.of(limit, each.getValue());
                    return limit.name() + " " + each.getKey() + " " + seen.calls() + " " + seen.most() + " "
                            + seen.over();
                })
                .toList();
    }

    /** The way to one location. Guarded by itself. */
    private static final class Line {
        private final Network network;
        private final Random random;
        private long stallBegins;
        private long stallEnds;

        /** From arrival until the call is counted, and from then until it is answered. */
        record Trip(long toCountNanos, long toAnswerNanos) {}

        Line(Network network, Random random) {
            this.network = network;
            this.random = random;
        }

        private void nextStall(long after) {
            long pause = (long) (-Math.log(1 - random.nextDouble()) * Network.STALL_EVERY_SECONDS * 1e9);
            stallBegins = after + pause;
            stallEnds = stallBegins + network.stallNanos(random);
        }

        synchronized Trip arrived(long now) {
            if (now >= stallEnds) {
                nextStall(now);
            }
            long whole = network.nanos(random);
            boolean stalls = now >= stallBegins && stallEnds > stallBegins;
            // What arrives while everything stands still is counted when it goes on, all at once.
            long toCount = stalls ? stallEnds - now : (long) (whole * random.nextDouble());
            return new Trip(toCount, stalls ? whole : whole - toCount);
        }
    }

    /** Calls of one kind. Guarded by itself. */
    private static final class Visits {
        private static final int CALLS_MAX = 2_000_000;

        private final List<Stay> stays = new ArrayList<>();
        private int counted;

        synchronized int arrived(long at) {
            if (stays.size() >= CALLS_MAX) {
                throw new IllegalStateException("more than " + CALLS_MAX + " calls of one kind");
            }
            stays.add(new Stay(at, Stay.NOT_YET, Stay.NOT_YET));
            return stays.size() - 1;
        }

        synchronized void counted(int number, long at) {
            counted++;
            stays.set(number, new Stay(stays.get(number).arrived(), at, Stay.NOT_YET));
        }

        synchronized void answered(int number, long at) {
            Stay stay = stays.get(number);
            stays.set(number, new Stay(stay.arrived(), stay.counted(), at));
        }

        synchronized int counted() {
            return counted;
        }

        synchronized List<Stay> stays() {
            return List.copyOf(stays);
        }
    }
}
