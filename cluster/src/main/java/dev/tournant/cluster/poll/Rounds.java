package dev.tournant.cluster.poll;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.ClusterEvent.MemberEvent;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.ClusterSingleton;
import akka.cluster.typed.SingletonActor;
import akka.cluster.typed.Subscribe;
import com.typesafe.config.Config;
import dev.tournant.cluster.merchant.Merchant;
import dev.tournant.messages.Directory;
import dev.tournant.messages.DirectoryEntry;
import dev.tournant.model.MerchantId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes round all merchants, evenly over {@code round-every}: tells the pollers what each has to read. For {@code
 * wake-rounds} after nodes came or went it wakes each as well: those that were moved, or whose node died, may have something
 * to go on with, and nobody would speak to them for a while. One for the cluster.
 */
public final class Rounds {
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration RESTART_MIN = Duration.ofSeconds(1);
    private static final Duration RESTART_MAX = Duration.ofMinutes(1);

    private enum Tick implements Message {
        NOW
    }

    private enum NodesChanged implements Message {
        NOW
    }

    private interface Message {}

    private final ClusterSharding sharding;
    private final Directory directory;
    private final ShardedPollers pollers;
    private final Duration every;
    private final int perTickMax;
    private final int wakeRoundsMax;

    private @Nullable MerchantId last;
    private long startedNanos = System.nanoTime();
    private int visited;
    private long round;
    private int wakeRounds;

    private Rounds(ActorSystem<?> system, Directory directory, ShardedPollers pollers) {
        Config in = system.settings().config().getConfig("tournant.poll");
        this.sharding = ClusterSharding.get(system);
        this.directory = directory;
        this.pollers = pollers;
        this.every = in.getDuration("round-every");
        this.perTickMax = in.getInt("round-per-tick-max");
        this.wakeRoundsMax = in.getInt("wake-rounds");
        this.wakeRounds = wakeRoundsMax;
    }

    public static void start(ActorSystem<?> system, Directory directory, ShardedPollers pollers) {
        ClusterSingleton.get(system)
                .init(SingletonActor.of(
                        // One that stopped would not come back before its node is gone.
                        Behaviors.supervise(Behaviors.<Message>setup(context -> Behaviors.withTimers(timers -> {
                                    Cluster.get(system)
                                            .subscriptions()
                                            .tell(Subscribe.create(
                                                    context.messageAdapter(
                                                            MemberEvent.class, event -> NodesChanged.NOW),
                                                    MemberEvent.class));
                                    return new Rounds(system, directory, pollers).run(timers);
                                })))
                                .onFailure(SupervisorStrategy.restartWithBackoff(RESTART_MIN, RESTART_MAX, 0.2)),
                        "rounds"));
    }

    private Behavior<Message> run(TimerScheduler<Message> timers) {
        timers.startTimerWithFixedDelay(Tick.NOW, TICK);
        return Behaviors.receive(Message.class)
                .onMessageEquals(Tick.NOW, () -> {
                    step();
                    return Behaviors.same();
                })
                .onMessageEquals(NodesChanged.NOW, () -> {
                    // The round that is under way may have passed by already.
                    wakeRounds = wakeRoundsMax + 1;
                    return Behaviors.same();
                })
                .build();
    }

    /** Visits as many as are due by now; a round that is through waits for its time to be over. */
    private void step() {
        double share = (double) (System.nanoTime() - startedNanos) / every.toNanos();
        int due = (int) Math.min(perTickMax, Math.ceil(directory.size() * Math.min(1, share)) - visited);
        List<DirectoryEntry> next = due <= 0 ? List.of() : directory.merchants(last, due);
        for (DirectoryEntry entry : next) {
            visit(entry);
            last = entry.id();
            visited++;
        }
        if (share >= 1 && next.isEmpty()) {
            last = null;
            visited = 0;
            round++;
            wakeRounds = Math.max(0, wakeRounds - 1);
            startedNanos = System.nanoTime();
        }
    }

    private void visit(DirectoryEntry entry) {
        pollers.has(entry.id(), entry.profile());
        if (wakeRounds > 0) {
            sharding.entityRefFor(Merchant.TYPE, entry.id().value()).tell(new Merchant.Wake(round));
        }
    }
}
