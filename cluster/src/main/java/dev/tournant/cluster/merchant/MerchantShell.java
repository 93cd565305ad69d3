package dev.tournant.cluster.merchant;

import akka.actor.typed.PreRestart;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.ActorContext;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.RecoveryCompleted;
import akka.persistence.typed.SnapshotAdapter;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.Effect;
import akka.persistence.typed.javadsl.EffectFactories;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.RetentionCriteria;
import akka.persistence.typed.javadsl.SignalHandler;
import dev.tournant.messages.MerchantMessage;
import dev.tournant.model.MerchantId;
import dev.tournant.persistence.Commit;
import dev.tournant.persistence.MerchantSnapshot;
import java.time.Duration;

/** The persistent behaviour of a merchant: hands everything to it. */
final class MerchantShell extends EventSourcedBehavior<MerchantMessage, Commit, MerchantState> {
    private final Merchant merchant;
    private final RetentionCriteria retention;

    MerchantShell(MerchantId id, Merchant merchant, MerchantLimits limits) {
        super(
                PersistenceId.of(Merchant.TYPE.name(), id.value()),
                SupervisorStrategy.restartWithBackoff(Duration.ofMillis(500), Duration.ofSeconds(20), 0.3)
                        .withStashCapacity(limits.stashMax()));
        this.merchant = merchant;
        this.retention = RetentionCriteria.snapshotEvery(limits.snapshotEveryRows(), limits.snapshotsKept());
    }

    @Override
    public MerchantState emptyState() {
        return MerchantState.EMPTY;
    }

    @Override
    public CommandHandler<MerchantMessage, Commit, MerchantState> commandHandler() {
        return (state, message) -> merchant.receive(this, state, message);
    }

    @Override
    public EventHandler<MerchantState, Commit> eventHandler() {
        return (state, commit) -> merchant.after(this, state, commit);
    }

    @Override
    public SignalHandler<MerchantState> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), merchant::recovered)
                .onSignal(PreRestart.instance(), state -> merchant.restarting())
                .build();
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return retention;
    }

    @Override
    public SnapshotAdapter<MerchantState> snapshotAdapter() {
        return new Snapshots();
    }

    EffectFactories<Commit, MerchantState> effects() {
        return Effect();
    }

    /** The number of the row that is being applied. */
    long row(ActorContext<MerchantMessage> context) {
        return lastSequenceNumber(context);
    }

    private final class Snapshots implements SnapshotAdapter<MerchantState> {
        /** Called after the write and before the snapshot is saved. */
        @Override
        public Object toJournal(MerchantState state) {
            merchant.checkLease();
            return state.snapshot();
        }

        @Override
        public MerchantState fromJournal(Object from) {
            return MerchantState.of((MerchantSnapshot) from);
        }
    }
}
