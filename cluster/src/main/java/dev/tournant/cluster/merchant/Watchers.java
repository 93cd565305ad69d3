package dev.tournant.cluster.merchant;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import dev.tournant.messages.MerchantMessage;
import dev.tournant.messages.Revision;
import dev.tournant.messages.WatchSignal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Those who follow a merchant's revisions. The newest ones are kept at hand, so that a watcher that comes back goes on
 * without a look into the journal. A watcher that does not renew its watch is forgotten.
 */
final class Watchers {
    private final ActorContext<MerchantMessage> context;
    private final int watchersMax;
    private final int recentMax;
    private final Duration ttl;

    private final Map<ActorRef<WatchSignal>, Long> deadlineNanos = new HashMap<>();
    private final Deque<Revision> recent = new ArrayDeque<>();

    Watchers(ActorContext<MerchantMessage> context, MerchantLimits limits) {
        this.context = context;
        this.watchersMax = limits.watchersMax();
        this.recentMax = limits.recentRevisionsMax();
        this.ttl = limits.watchTtl();
    }

    void watch(MerchantMessage.Watch watch, MerchantState state) {
        forgetLate();
        ActorRef<WatchSignal> watcher = watch.watcher();
        boolean renewal = deadlineNanos.containsKey(watcher);
        if (!renewal && deadlineNanos.size() >= watchersMax) {
            watcher.tell(new WatchSignal.Ended("the merchant has " + watchersMax + " watchers, the most"));
            return;
        }
        deadlineNanos.put(watcher, System.nanoTime() + ttl.toNanos());
        keepOnlyUpTo(state.revision());
        boolean known = state.profile() != null;
        long oldest =
                recent.isEmpty() ? state.revision() + 1 : recent.getFirst().number();
        long liveFrom = Math.max(oldest, watch.after() + 1);
        watcher.tell(new WatchSignal.Watching(known, state.revision(), liveFrom, state.rowBefore(watch.after())));
        List<Revision> missed =
                recent.stream().filter(each -> each.number() > watch.after()).toList();
        missed.forEach(each -> watcher.tell(new WatchSignal.Revised(List.of(each))));
        if (!known) {
            deadlineNanos.remove(watcher);
        }
    }

    void unwatch(MerchantMessage.Unwatch unwatch) {
        deadlineNanos.remove(unwatch.watcher());
    }

    void revised(List<Revision> revisions) {
        if (!revisions.isEmpty()) {
            keepOnlyUpTo(revisions.get(0).number() - 1);
        }
        for (Revision each : revisions) {
            recent.add(each);
            if (recent.size() > recentMax) {
                recent.removeFirst();
            }
        }
        if (!deadlineNanos.isEmpty() && !revisions.isEmpty()) {
            forgetLate();
            // One message a revision: a whole group may weigh more than a message may.
            for (Revision each : revisions) {
                WatchSignal news = new WatchSignal.Revised(List.of(each));
                deadlineNanos.keySet().forEach(watcher -> watcher.tell(news));
            }
        }
    }

    void end(String why) {
        deadlineNanos.keySet().forEach(watcher -> watcher.tell(new WatchSignal.Ended(why)));
        deadlineNanos.clear();
    }

    /**
     * A write that failed and landed all the same is known from the journal only, as the merchant starts again from there:
     * what came before it then says nothing of what came next.
     */
    private void keepOnlyUpTo(long revision) {
        if (!recent.isEmpty() && recent.getLast().number() != revision) {
            recent.clear();
        }
    }

    private void forgetLate() {
        long now = System.nanoTime();
        int before = deadlineNanos.size();
        deadlineNanos.values().removeIf(deadline -> deadline - now < 0);
        if (deadlineNanos.size() < before) {
            context.getLog().debug("{} watchers did not renew their watch", before - deadlineNanos.size());
        }
    }
}
