package dev.tournant.cluster.gate;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.receptionist.Receptionist;
import akka.actor.typed.receptionist.ServiceKey;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import dev.tournant.messages.PoolBoard;
import dev.tournant.messages.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The pools of the whole cluster: each node tells the names of those that it holds, and each pool's gate tells the rest. What
 * does not answer in {@code look-timeout} is left out. Never opens a pool.
 */
final class Board implements PoolBoard {
    /** Names that one node tells at once. */
    static final int NAMES_MAX = 1000;

    private static final ServiceKey<Names> KEY = ServiceKey.create(Names.class, "gate-names");

    /** Asks a node for the names of pools that it holds, in order. */
    record Names(@Nullable String after, int limit, ActorRef<Held> replyTo) implements WireMessage {}

    record Held(List<String> pools) implements WireMessage {
        Held {
            pools = List.copyOf(pools);
        }
    }

    private final ActorSystem<?> system;
    private final ClusterSharding sharding;
    private final Executor executor;
    private final Duration timeout;

    Board(ActorSystem<?> system, Duration timeout) {
        this.system = system;
        this.sharding = ClusterSharding.get(system);
        this.executor = system.executionContext();
        this.timeout = timeout;
    }

    /** Tells what this node holds. */
    static Behavior<Names> teller(NavigableSet<String> held) {
        return Behaviors.setup(context -> {
            context.getSystem().receptionist().tell(Receptionist.register(KEY, context.getSelf()));
            return Behaviors.receiveMessage(names -> {
                NavigableSet<String> rest = names.after() == null ? held : held.tailSet(names.after(), false);
                names.replyTo()
                        .tell(new Held(rest.stream()
                                .limit(Math.min(names.limit(), NAMES_MAX))
                                .toList()));
                return Behaviors.same();
            });
        });
    }

    @Override
    public CompletionStage<List<Pool>> pools(@Nullable String after, int limit) {
        return AskPattern.<Receptionist.Command, Receptionist.Listing>ask(
                        system.receptionist(), replyTo -> Receptionist.find(KEY, replyTo), timeout, system.scheduler())
                .thenComposeAsync(
                        listing -> all(
                                List.copyOf(listing.getServiceInstances(KEY)),
                                node -> AskPattern.<Names, Held>ask(
                                        node,
                                        replyTo -> new Names(after, limit, replyTo),
                                        timeout,
                                        system.scheduler())),
                        executor)
                .thenComposeAsync(
                        held -> {
                            TreeSet<String> names = new TreeSet<>();
                            held.forEach(each -> names.addAll(each.pools()));
                            return all(names.stream().limit(limit).toList(), this::pool);
                        },
                        executor)
                .thenApplyAsync(
                        found -> found.stream().flatMap(Optional::stream).toList(), executor);
    }

    @Override
    public CompletionStage<Optional<Pool>> pool(String name) {
        return sharding.entityRefFor(Gate.TYPE, name)
                .<GateMessage.Seen>ask(GateMessage.Look::new, timeout)
                .thenApplyAsync(seen -> Optional.ofNullable(seen.pool()), executor);
    }

    /** Asks all at once; what fails is left out. */
    private <T, R> CompletionStage<List<R>> all(List<T> of, Function<T, CompletionStage<R>> ask) {
        List<CompletableFuture<@Nullable R>> asked = new ArrayList<>();
        for (T each : of) {
            asked.add(ask.apply(each)
                    .<@Nullable R>handleAsync((reply, failure) -> reply, executor)
                    .toCompletableFuture());
        }
        return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
                .thenApplyAsync(
                        done -> asked.stream()
                                .map(CompletableFuture::join)
                                .filter(Objects::nonNull)
                                .map(Objects::requireNonNull)
                                .toList(),
                        executor);
    }
}
