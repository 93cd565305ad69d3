package dev.tournant.cluster.merchant;

import akka.actor.typed.javadsl.TimerScheduler;
import dev.tournant.messages.MerchantMessage;
import java.time.Duration;

/** How a merchant ends here, as its shard moves or as it rests: in time, and not before what was on its way has come. */
final class HandOver {
    enum TooLong implements Merchant.Internal {
        NOW
    }

    /** Nothing came for as long as anything could still be on its way here. */
    enum Lingered implements Merchant.Internal {
        NOW
    }

    private static final Duration WITHIN = Duration.ofSeconds(5);
    /** Longer than a message takes within a cluster. */
    private static final Duration LINGER = Duration.ofMillis(200);

    private final TimerScheduler<MerchantMessage> timers;
    private boolean begun;

    HandOver(TimerScheduler<MerchantMessage> timers) {
        this.timers = timers;
    }

    boolean hasBegun() {
        return begun;
    }

    /** Also after a restart, which cancels all timers. */
    void begin() {
        begun = true;
        timers.startSingleTimer(TooLong.NOW, TooLong.NOW, WITHIN);
    }

    /** Sharding sends nothing new, but what is on its way or in the mailbox would be lost unanswered. */
    void linger() {
        timers.startSingleTimer(Lingered.NOW, Lingered.NOW, LINGER);
    }
}
