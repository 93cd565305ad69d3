package dev.tournant.cluster.poll;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.typed.ClusterSingleton;
import akka.cluster.typed.SingletonActor;
import com.typesafe.config.Config;
import dev.tournant.cluster.merchant.Merchant;
import dev.tournant.messages.Directory;
import dev.tournant.messages.DirectoryEntry;
import dev.tournant.model.MerchantId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes round all merchants, evenly over {@code round-every}: tells the pollers what each has to read, and wakes each, as
 * those of a node that died have to go on. One for the cluster.
 */
public final class Rounds {
    private static final Duration TICK = Duration.ofMillis(200);

    private enum Tick {
        NOW
    }

    private final ClusterSharding sharding;
    private final Directory directory;
    private final ShardedPollers pollers;
    private final Duration every;
    private final int perTickMax;

    private @Nullable MerchantId last;
    private long startedNanos = System.nanoTime();
    private int visited;
    private long round;

    private Rounds(ActorSystem<?> system, Directory directory, ShardedPollers pollers) {
        Config in = system.settings().config().getConfig("tournant.poll");
        this.sharding = ClusterSharding.get(system);
        this.directory = directory;
        this.pollers = pollers;
        this.every = in.getDuration("round-every");
        this.perTickMax = in.getInt("round-per-tick-max");
    }

    public static void start(ActorSystem<?> system, Directory directory, ShardedPollers pollers) {
        ClusterSingleton.get(system)
                .init(SingletonActor.of(
                        Behaviors.<Tick>withTimers(timers -> new Rounds(system, directory, pollers).run(timers)),
                        "rounds"));
    }

    private Behavior<Tick> run(TimerScheduler<Tick> timers) {
        timers.startTimerWithFixedDelay(Tick.NOW, TICK);
        return Behaviors.receive(Tick.class)
                .onMessageEquals(Tick.NOW, () -> {
                    step();
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
            startedNanos = System.nanoTime();
        }
    }

    private void visit(DirectoryEntry entry) {
        pollers.has(entry.id(), entry.profile());
        sharding.entityRefFor(Merchant.TYPE, entry.id().value()).tell(new Merchant.Wake(round));
    }
}
