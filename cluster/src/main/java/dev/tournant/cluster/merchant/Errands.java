package dev.tournant.cluster.merchant;

import dev.tournant.cluster.lease.NodeLease;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantMessage;
import org.jspecify.annotations.Nullable;

/**
 * What a merchant has others do: publish its changes, fetch from partners and tell them. All follows from its state; what
 * comes of it is to be remembered.
 */
final class Errands {
    private final NodeLease lease;
    private final Outbox outbox;
    private final Fetches fetches;
    private final Pushes pushes;

    Errands(NodeLease lease, Outbox outbox, Fetches fetches, Pushes pushes) {
        this.lease = lease;
        this.outbox = outbox;
        this.fetches = fetches;
        this.pushes = pushes;
    }

    /** Starts whatever the state says is due. */
    void proceed(MerchantState state) {
        outbox.proceed(state);
        fetches.proceed(state);
        pushes.proceed(state);
    }

    /** After a restart, which cancels all timers. */
    void restarted() {
        outbox.restarted();
        fetches.restarted();
        pushes.restarted();
    }

    /** Whether there is nothing to be done now or later, unless something happens. */
    boolean isNone(MerchantState state) {
        boolean reads = state.feeds().values().stream().anyMatch(feed -> feed.isDue() && !feed.removed());
        return outbox.isDone(state) && !reads && fetches.isNone() && pushes.isNone(state);
    }

    boolean isAboutOne(MerchantMessage message) {
        return message instanceof MerchantPorts.Fetched
                || message instanceof Merchant.ReadNow
                || message instanceof Fetches.Retry
                || message instanceof Fetches.SayAgain
                || message instanceof Pushes.Due
                || message instanceof Pushes.Again
                || message instanceof MerchantPorts.Told
                || message instanceof MerchantPorts.PushEnded
                || message instanceof Outbox.Retry;
    }

    /**
     * Goes on with one. Nothing is told or published on the word of a node whose lease has run out.
     *
     * @param stopping whether nothing new is to be read or told
     * @return what is to be remembered; null for nothing
     */
    @Nullable
    MerchantCommand take(MerchantMessage message, MerchantState state, boolean stopping) {
        if (message instanceof MerchantPorts.Fetched fetched) {
            MerchantCommand broke = fetches.ended(fetched, state);
            fetches.proceed(state);
            return broke;
        }
        if (message instanceof Merchant.ReadNow
                || message instanceof Fetches.Retry
                || message instanceof Fetches.SayAgain) {
            if (!stopping) {
                read(message, state);
            }
            return null;
        }
        lease.check();
        if (message instanceof Pushes.Due due) {
            return stopping ? null : pushes.due(due, state);
        }
        if (message instanceof Pushes.Again again) {
            return stopping ? null : pushes.again(again, state);
        }
        if (message instanceof MerchantPorts.Told told) {
            return pushes.told(told);
        }
        if (message instanceof MerchantPorts.PushEnded ended) {
            return pushes.ended(ended, state);
        }
        outbox.retry(state);
        return null;
    }

    private void read(MerchantMessage message, MerchantState state) {
        if (message instanceof Merchant.ReadNow now) {
            fetches.read(now, state);
        } else if (message instanceof Fetches.Retry retry) {
            fetches.retry(retry, state);
            fetches.proceed(state);
        } else {
            fetches.sayAgain(state);
        }
    }
}
