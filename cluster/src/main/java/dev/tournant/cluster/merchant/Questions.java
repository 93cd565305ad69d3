package dev.tournant.cluster.merchant;

import akka.actor.typed.ActorRef;
import dev.tournant.cluster.lease.NodeLease;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.MerchantMessage;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.model.PartnerName;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions from what is written, also while a write is under way: nobody was told of that yet. Those that come
 * before the merchant knows who it is are held, so many at most.
 */
final class Questions {
    private final MerchantLimits limits;
    private final NodeLease lease;
    private final Map<PartnerName, Traits> partners;
    private final Watchers watchers;
    private final Executor executor;
    /** Tells somebody to come back. */
    private final Consumer<ActorRef<MerchantReply>> slowDown;

    private final Deque<MerchantMessage> early = new ArrayDeque<>();
    private @Nullable MerchantState written;

    Questions(
            MerchantLimits limits,
            Map<PartnerName, Traits> partners,
            NodeLease lease,
            Watchers watchers,
            Executor executor,
            Consumer<ActorRef<MerchantReply>> slowDown) {
        this.limits = limits;
        this.partners = partners;
        this.lease = lease;
        this.watchers = watchers;
        this.executor = executor;
        this.slowDown = slowDown;
    }

    /** What stands in the journal, and so what anybody may be shown; null until it is recovered. */
    @Nullable
    MerchantState written() {
        return written;
    }

    /** This stands in the journal now. */
    void written(MerchantState state) {
        written = state;
        while (!early.isEmpty()) {
            answer(state, early.remove());
        }
    }

    /** Nothing is known until {@link #written(MerchantState)}. */
    void forget() {
        written = null;
    }

    void take(MerchantMessage message) {
        MerchantState state = written;
        if (state != null) {
            answer(state, message);
        } else if (early.size() < limits.waitingMax()) {
            early.add(message);
        } else if (message instanceof MerchantMessage.Ask ask) {
            slowDown.accept(ask.replyTo());
        }
        // A watch is renewed, so one more or less makes no difference.
    }

    private void answer(MerchantState state, MerchantMessage message) {
        lease.check();
        if (message instanceof MerchantMessage.Ask ask && ask.query() instanceof MerchantQuery.Rehearse rehearse) {
            rehearse(state, rehearse, ask.replyTo());
        } else if (message instanceof MerchantMessage.Ask ask) {
            ask.replyTo()
                    .tell(MerchantQueries.answer(
                            state, ask.query(), partners, limits.messageBytesMax(), Instant.now()));
        } else if (message instanceof MerchantMessage.Watch watch) {
            watchers.watch(watch, state);
        } else if (message instanceof MerchantMessage.Unwatch unwatch) {
            watchers.unwatch(unwatch);
        } else {
            throw new IllegalArgumentException("a message that this version does not know: " + message);
        }
    }

    /** Beside the actor, as it may take a while: the state is immutable, and the rules are pure. */
    private void rehearse(MerchantState state, MerchantQuery.Rehearse rehearse, ActorRef<MerchantReply> replyTo) {
        executor.execute(() -> {
            MerchantReply reply = new Rehearsing(limits, partners).of(state, rehearse);
            lease.check();
            replyTo.tell(reply);
        });
    }
}
