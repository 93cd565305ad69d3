package dev.tournant.cluster.merchant;

import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.tournant.messages.Fact;
import dev.tournant.messages.MerchantMessage;
import dev.tournant.messages.Revision;
import dev.tournant.model.MerchantId;
import dev.tournant.model.MerchantProfile;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings committed revisions to Kafka: at least once, in order, one batch under way at a time. What is in Kafka is
 * written down with the next journal row; after a crash the rest, and perhaps a little more, is published again.
 */
final class Outbox {
    private static final int BATCH_MAX = 200;
    /** Revisions kept in memory only because no row has been written since; beyond this, one is written for it. */
    private static final int LARGE = 64;

    private static final Duration RETRY = Duration.ofSeconds(1);

    /** Try again what could not be published. */
    enum Retry implements Merchant.Internal {
        NOW
    }

    private final MerchantId id;
    private final ActorContext<MerchantMessage> context;
    private final TimerScheduler<MerchantMessage> timers;
    private final MerchantPorts ports;
    private final MerchantMetrics metrics;

    private boolean underWay;
    private long publishedThrough;

    Outbox(
            MerchantId id,
            ActorContext<MerchantMessage> context,
            TimerScheduler<MerchantMessage> timers,
            MerchantPorts ports,
            MerchantMetrics metrics) {
        this.id = id;
        this.context = context;
        this.timers = timers;
        this.ports = ports;
        this.metrics = metrics;
    }

    void proceed(MerchantState state) {
        if (underWay) {
            return;
        }
        List<Revision> batch = unpublished(state).first(BATCH_MAX);
        if (batch.isEmpty()) {
            return;
        }
        underWay = true;
        ports.publish(id, batch, newProfile(state, batch), context.getSelf().narrow());
    }

    private Backlog unpublished(MerchantState state) {
        return state.outbox().after(publishedThrough);
    }

    private static @Nullable MerchantProfile newProfile(MerchantState state, List<Revision> batch) {
        boolean changed = batch.stream()
                .anyMatch(each -> each.facts().stream().anyMatch(fact -> fact instanceof Fact.ProfileSet));
        return changed ? state.profile() : null;
    }

    void published(MerchantPorts.Published answer, MerchantState state) {
        if (answer.failure() != null) {
            metrics.publishFailed();
            timers.startSingleTimer(Retry.NOW, RETRY);
            return;
        }
        underWay = false;
        Backlog waited = unpublished(state);
        int done = waited.size() - waited.sizeAfter(answer.through());
        if (done > 0) {
            metrics.published(waited.first(1).get(0).at());
        }
        publishedThrough = Math.max(publishedThrough, answer.through());
        proceed(state);
    }

    /** The answer to what is under way may have been lost with a timer: it is published again, which does no harm. */
    void restarted() {
        underWay = false;
    }

    void retry(MerchantState state) {
        underWay = false;
        proceed(state);
    }

    /** The newest revision that is known to be in Kafka since this actor started; 0 if none. */
    long publishedThrough() {
        return publishedThrough;
    }

    int size(MerchantState state) {
        return state.outbox().sizeAfter(publishedThrough);
    }

    /** Whether everything is in Kafka. */
    boolean isDone(MerchantState state) {
        return size(state) == 0;
    }

    /** Whether the journal says so too. */
    boolean isWritten(MerchantState state) {
        return state.outbox().isEmpty();
    }

    boolean isLarge(MerchantState state) {
        return state.outbox().size() >= LARGE;
    }
}
