package dev.tournant.cluster.merchant;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import dev.tournant.messages.MerchantMessage;
import java.time.Duration;

/**
 * Lets a merchant rest that nobody has spoken to for a while and that has nothing to go on with. Akka would count what only
 * wakes it as speaking to it, and would let one rest that has yet to tell a partner something.
 */
final class Idling {
    /** See whether it has been idle for long enough. */
    enum Look implements Merchant.Internal {
        NOW
    }

    private static final int LOOKS = 4;

    private final ActorContext<MerchantMessage> context;
    private final TimerScheduler<MerchantMessage> timers;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final Duration after;
    private long touchedNanos = System.nanoTime();

    Idling(
            ActorContext<MerchantMessage> context,
            TimerScheduler<MerchantMessage> timers,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Duration after) {
        this.context = context;
        this.timers = timers;
        this.shard = shard;
        this.after = after;
    }

    /** After a start, which knows no timers. */
    void begin() {
        timers.startTimerWithFixedDelay(Look.NOW, Look.NOW, after.dividedBy(LOOKS));
    }

    void touched() {
        touchedNanos = System.nanoTime();
    }

    /** @param atRest whether there is nothing to go on with */
    void look(boolean atRest) {
        if (!atRest) {
            touched();
        } else if (System.nanoTime() - touchedNanos >= after.toNanos()) {
            shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
        }
    }
}
