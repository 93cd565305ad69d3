package dev.tournant.cluster.gate;

import akka.actor.Address;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Scheduler;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.receptionist.Receptionist;
import akka.actor.typed.receptionist.ServiceKey;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import dev.tournant.cluster.gate.GateMessage.Look;
import dev.tournant.cluster.gate.GateMessage.Seen;
import dev.tournant.messages.PoolBoard;
import dev.tournant.messages.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The pools of the whole cluster: each node tells the names of those that it holds, and only the gates of these are asked for
 * the rest. So a name that nobody holds wakes nothing, whatever somebody types. What does not answer in {@code look-timeout}
 * is named as silent.
 */
final class Board implements PoolBoard {
    /** Names that one node tells at once: a whole page, and one that says that there is another. */
    static final int NAMES_MAX = LIMIT_MAX + 1;

    private static final ServiceKey<Question> KEY = ServiceKey.create(Question.class, "gate-names");

    /** What a node is asked. */
    interface Question extends WireMessage {
        ActorRef<Held> replyTo();
    }

    /** For the names of pools that it holds, in order. */
    record Names(@Nullable String after, int limit, ActorRef<Held> replyTo) implements Question {}

    /** Whether it holds this one. */
    record Holds(String pool, ActorRef<Held> replyTo) implements Question {}

    record Held(List<String> pools) implements WireMessage {
        Held {
            pools = List.copyOf(pools);
        }
    }

    /**
     * Who can be asked.
     *
     * @param tellers one of each node
     * @param look at a pool that is held
     * @param self of this node, as host:port
     */
    record Ports(
            Supplier<CompletionStage<List<ActorRef<Question>>>> tellers,
            Function<String, CompletionStage<Seen>> look,
            String self,
            Duration timeout,
            Scheduler scheduler,
            Executor executor) {}

    /** An answer, or null, of {@code of}. */
    private record Asked<T, R>(T of, @Nullable R answer) {}

    private final Ports ports;

    Board(Ports ports) {
        this.ports = ports;
    }

    /** Of the cluster. */
    static Board of(ActorSystem<?> system, String self, Duration timeout) {
        ClusterSharding sharding = ClusterSharding.get(system);
        return new Board(new Ports(
                () -> AskPattern.<Receptionist.Command, Receptionist.Listing>ask(
                                system.receptionist(),
                                replyTo -> Receptionist.find(KEY, replyTo),
                                timeout,
                                system.scheduler())
                        .thenApplyAsync(
                                listing -> List.copyOf(listing.getServiceInstances(KEY)), system.executionContext()),
                name -> sharding.entityRefFor(Gate.TYPE, name).ask(Look::new, timeout),
                self,
                timeout,
                system.scheduler(),
                system.executionContext()));
    }

    /** Tells what this node holds. */
    static Behavior<Question> teller(NavigableSet<String> held) {
        return Behaviors.setup(context -> {
            context.getSystem().receptionist().tell(Receptionist.register(KEY, context.getSelf()));
            return Behaviors.receive(Question.class)
                    .onMessage(Names.class, names -> {
                        NavigableSet<String> rest = names.after() == null ? held : held.tailSet(names.after(), false);
                        names.replyTo()
                                .tell(new Held(rest.stream()
                                        .limit(Math.min(names.limit(), NAMES_MAX))
                                        .toList()));
                        return Behaviors.same();
                    })
                    .onMessage(Holds.class, holds -> {
                        holds.replyTo().tell(new Held(held.contains(holds.pool()) ? List.of(holds.pool()) : List.of()));
                        return Behaviors.same();
                    })
                    .build();
        });
    }

    @Override
    public CompletionStage<Page> pools(@Nullable String after, int limit) {
        int shown = Math.max(1, Math.min(limit, LIMIT_MAX));
        return nodes(replyTo -> new Names(after, shown + 1, replyTo))
                .thenComposeAsync(
                        nodes -> {
                            List<String> names = List.copyOf(names(nodes));
                            List<String> page = names.subList(0, Math.min(shown, names.size()));
                            String next = page.size() < names.size() ? page.get(page.size() - 1) : null;
                            return all(page, ports.look())
                                    .thenApplyAsync(pools -> page(nodes, pools, next), ports.executor());
                        },
                        ports.executor());
    }

    private Page page(
            List<Asked<ActorRef<Question>, Held>> nodes, List<Asked<String, Seen>> pools, @Nullable String next) {
        return new Page(
                // One that was closed since shows nothing.
                pools.stream()
                        .flatMap(each -> Optional.ofNullable(each.answer()).map(Seen::pool).stream())
                        .toList(),
                silent(pools, name -> name),
                silent(nodes, this::address),
                next);
    }

    @Override
    public CompletionStage<Optional<Pool>> pool(String name) {
        return nodes(replyTo -> new Holds(name, replyTo))
                .thenComposeAsync(
                        nodes -> {
                            if (names(nodes).contains(name)) {
                                return ports.look()
                                        .apply(name)
                                        .thenApplyAsync(seen -> Optional.ofNullable(seen.pool()), ports.executor());
                            }
                            List<String> silent = silent(nodes, this::address);
                            return silent.isEmpty()
                                    ? CompletableFuture.completedFuture(Optional.empty())
                                    : CompletableFuture.failedFuture(new TimeoutException(
                                            silent + " did not tell whether the pool is held there"));
                        },
                        ports.executor());
    }

    private CompletionStage<List<Asked<ActorRef<Question>, Held>>> nodes(Function<ActorRef<Held>, Question> question) {
        return ports.tellers()
                .get()
                .thenComposeAsync(
                        tellers -> tellers.isEmpty()
                                // As on a node that has just started: nobody may be taken for a no.
                                ? CompletableFuture.failedFuture(
                                        new TimeoutException("no node has told yet which pools it holds"))
                                : all(
                                        tellers,
                                        node -> AskPattern.<Question, Held>ask(
                                                node, question::apply, ports.timeout(), ports.scheduler())),
                        ports.executor());
    }

    private static NavigableSet<String> names(List<Asked<ActorRef<Question>, Held>> nodes) {
        NavigableSet<String> names = new TreeSet<>();
        nodes.forEach(
                each -> Optional.ofNullable(each.answer()).map(Held::pools).ifPresent(names::addAll));
        return names;
    }

    private static <T, R> List<String> silent(List<Asked<T, R>> asked, Function<T, String> name) {
        return asked.stream()
                .filter(each -> each.answer() == null)
                .map(each -> name.apply(each.of()))
                .toList();
    }

    private String address(ActorRef<Question> teller) {
        Address address = teller.path().address();
        return address.hasGlobalScope() ? address.hostPort() : ports.self();
    }

    /** Asks all at once. */
    private <T, R> CompletionStage<List<Asked<T, R>>> all(List<T> of, Function<T, CompletionStage<R>> ask) {
        List<CompletableFuture<Asked<T, R>>> asked = new ArrayList<>();
        for (T each : of) {
            asked.add(ask.apply(each)
                    .handleAsync((reply, failure) -> new Asked<T, R>(each, reply), ports.executor())
                    .toCompletableFuture());
        }
        return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
                .thenApplyAsync(
                        done -> asked.stream().map(CompletableFuture::join).toList(), ports.executor());
    }
}
