package dev.tournant.cluster.merchant;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import akka.persistence.typed.javadsl.Effect;
import akka.persistence.typed.javadsl.EffectBuilder;
import dev.tournant.adapter.Lane;
import dev.tournant.cluster.lease.NodeLease;
import dev.tournant.cluster.merchant.Waiting.Change;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantMessage;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.WireMessage;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.persistence.Commit;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The actor of one merchant.
 *
 * <p><b>Group commit.</b> Commands wait in {@link #waiting}; the first one sends a {@link Flush} to self, which comes
 * behind everything that is in the mailbox by then. On {@code Flush} the waiting commands are decided one after
 * another, each against the state that the ones before lead to, and written as one row; after it all are answered.
 * What arrives while a write is under way makes the next group: the busier a merchant, the larger its groups, with one
 * round trip to Cassandra each.
 *
 * <p><b>Order.</b> Commands are decided in order of arrival. Answers go out after the write, never before. Questions
 * are answered from committed state.
 *
 * <p><b>Failure.</b> When the journal fails, the actor stops and is started again after a backoff; callers hear nothing
 * and ask again, which the rules make safe. Nothing is answered that was not written.
 *
 * <p><b>One writer.</b> The node's lease is checked between the end of a write and the first sign of it, and before
 * anything is said that stands on what is written. So what was acknowledged was written while no other node could have
 * read the journal to go on from it; a node that stood still for too long ends here, and what it had written last was
 * never acknowledged.
 *
 * <p><b>Bounds.</b> {@code waiting-max} commands wait; the next ones are told to slow down, as they are while {@code
 * outbox-max} revisions wait for Kafka. What comes from outside never reaches Akka's stash ({@link MerchantFront}); should the
 * merchant's own messages overflow it, the actor stops rather than miss one (tournant-cluster.conf).
 */
public final class Merchant {
    public static final EntityTypeKey<MerchantMessage> TYPE = EntityTypeKey.create(MerchantMessage.class, "merchant");

    private static final Duration SLOW_DOWN = Duration.ofMillis(100);

    /** Messages that never leave the node. */
    public interface Internal extends MerchantMessage {}

    /**
     * Read this from its partner now. Comes from other nodes too.
     *
     * @param by who says so: what is told if there is no such thing to read
     * @param pause between two pages
     */
    public record ReadNow(String by, LinkId link, String resource, Lane lane, Duration pause)
            implements MerchantMessage, WireMessage {}

    /**
     * Wakes a merchant that may have something to go on with. One that has nothing soon rests again.
     *
     * @param round counts the rounds
     */
    public record Wake(long round) implements MerchantMessage, WireMessage {}

    private enum Flush implements Internal {
        FLUSH
    }

    /** Sharding asks the actor to stop: it is idle, or its shard moves. */
    public enum Stop implements Internal {
        STOP
    }

    private final MerchantId id;
    private final ActorContext<MerchantMessage> context;
    private final MerchantLimits limits;
    private final MerchantRules rules;
    private final MerchantMetrics metrics;
    private final NodeLease lease;
    private final long token;
    private final Replay replay;
    private final InstantSource clock = InstantSource.system();

    private final Outbox outbox;
    private final Errands errands;
    private final Watchers watchers;

    private final Idling idling;
    private final HandOver handOver;
    private final Waiting waiting;
    private final Questions questions;

    private @Nullable Decided decided;
    private long recoveryStartedNanos = System.nanoTime();

    /** The state that a commit leads to, known from deciding it, so that it is not computed twice. */
    private record Decided(Commit commit, MerchantState after) {}

    private Merchant(
            MerchantId id,
            ActorContext<MerchantMessage> context,
            TimerScheduler<MerchantMessage> timers,
            MerchantSetup setup,
            Idling idling,
            long token) {
        this.id = id;
        this.idling = idling;
        this.handOver = new HandOver(timers);
        this.context = context;
        this.limits = setup.limits();
        this.rules = setup.rules();
        this.metrics = setup.metrics();
        this.lease = setup.lease();
        this.token = token;
        this.replay = new Replay(rules);
        this.outbox = new Outbox(id, context, timers, setup.ports(), metrics);
        this.errands = new Errands(
                lease,
                outbox,
                new Fetches(id, context, timers, setup.ports()),
                new Pushes(id, context, timers, setup.ports(), setup.partners(), limits, clock));
        this.watchers = new Watchers(context, setup.limits());
        this.waiting = new Waiting(rules, limits);
        this.questions =
                new Questions(limits, setup.partners(), lease, watchers, context.getExecutionContext(), this::slowDown);
    }

    /**
     * The behaviour of one merchant.
     *
     * @param shard is told when it may rest
     * @param idleAfter how long nobody speaks to it before
     * @param token of a shard, the fencing token that this node writes under; asked for as the actor starts
     */
    public static Behavior<MerchantMessage> create(
            MerchantId id,
            MerchantSetup setup,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Duration idleAfter,
            ToLongFunction<String> token) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            // Sharding starts an entity as a child of its shard.
            String name = context.getSelf().path().parent().name();
            Idling idling = new Idling(context, timers, shard, idleAfter);
            Merchant merchant = new Merchant(id, context, timers, setup, idling, token.applyAsLong(name));
            return Behaviors.intercept(
                    () -> new MerchantFront(merchant), new MerchantShell(id, merchant, setup.limits()));
        }));
    }

    /** The journal failed. What waits is kept; whoever was being answered asks again. */
    void restarting() {
        recoveryStartedNanos = System.nanoTime();
        replay.begin();
        decided = null;
        questions.forget();
        metrics.restarted();
    }

    void recovered(MerchantState state) {
        lease.check();
        if (replay.discarded() > 0) {
            metrics.discarded(replay.discarded());
            context.getLog()
                    .warn(
                            "merchant {}: {} rows that a former holder wrote last were left out; none was acknowledged",
                            id,
                            replay.discarded());
        }
        metrics.recovered(Duration.ofNanos(System.nanoTime() - recoveryStartedNanos));
        // A restart cancels all timers, but keeps this object.
        errands.restarted();
        idling.begin();
        questions.written(state);
        if (!waiting.isEmpty()) {
            context.getSelf().tell(Flush.FLUSH);
        }
        if (handOver.hasBegun()) {
            handOver.begin();
            context.getSelf().tell(Stop.STOP);
        }
        errands.proceed(state);
        decideAnew(state);
    }

    Effect<Commit, MerchantState> receive(MerchantShell shell, MerchantState state, MerchantMessage message) {
        if (message instanceof Flush) {
            return flush(shell, state);
        }
        if (message instanceof MerchantPorts.Published published) {
            lease.check();
            outbox.published(published, state);
            return settle(shell, state);
        }
        if (message instanceof Idling.Look) {
            idling.look(!handOver.hasBegun() && waiting.isEmpty() && errands.isNone(state));
            return shell.effects().none();
        }
        if (errands.isAboutOne(message)) {
            idling.touched();
            remember(errands.take(message, state, handOver.hasBegun()));
            return shell.effects().none();
        }
        if (message instanceof Stop) {
            return stop(shell, state);
        }
        if (message instanceof HandOver.Lingered) {
            return waiting.isEmpty() && isSettled(state)
                    ? shell.effects().stop()
                    : shell.effects().none();
        }
        if (message instanceof HandOver.TooLong) {
            context.getLog().warn("merchant {} hands over with {} revisions not published", id, outbox.size(state));
            return shell.effects().stop();
        }
        throw new IllegalArgumentException("a message that this version does not know: " + message);
    }

    /** What comes from outside. */
    void take(MerchantMessage message) {
        if (!(message instanceof Wake)) {
            idling.touched();
        }
        if (message instanceof MerchantMessage.Change change) {
            enqueue(new Change(change.command(), change.replyTo()));
        } else if (!(message instanceof Wake)) {
            questions.take(message);
        }
    }

    void checkLease() {
        lease.check();
    }

    private void slowDown(ActorRef<MerchantReply> replyTo) {
        metrics.slowedDown();
        replyTo.tell(new MerchantReply.SlowDown(SLOW_DOWN.toMillis()));
    }

    private void enqueue(Change change) {
        MerchantState state = questions.written();
        if (waiting.isFull() || (state != null && outbox.size(state) >= limits.outboxMax())) {
            slowDown(change.replyTo());
            return;
        }
        add(change);
    }

    private void add(Change change) {
        if (waiting.isEmpty()) {
            context.getSelf().tell(Flush.FLUSH);
        }
        waiting.add(change);
    }

    /** Decides a group of what waits, and writes what it leads to. */
    private Effect<Commit, MerchantState> flush(MerchantShell shell, MerchantState state) {
        Waiting.Group group = waiting.decide(state);
        if (!waiting.isEmpty()) {
            context.getSelf().tell(Flush.FLUSH);
        }
        if (group.parts().isEmpty()) {
            // They stand on what is written, as answers to questions do.
            lease.check();
            group.answers().forEach(Runnable::run);
            return handOver.hasBegun() && waiting.isEmpty()
                    ? settle(shell, state)
                    : shell.effects().none();
        }
        return persist(shell, group.after(), group.parts(), group.answers());
    }

    /** Writes parts that lead to {@code now}, and with them what is known to be published. */
    private EffectBuilder<Commit, MerchantState> persist(
            MerchantShell shell, MerchantState now, List<Commit> parts, List<Runnable> answers) {
        List<Commit> all = new ArrayList<>(parts);
        Commit published = Commit.published(outbox.publishedThrough());
        if (!published.isEmpty()) {
            all.add(published);
        }
        Commit commit = Commit.joined(all).with(token);
        long startedNanos = System.nanoTime();
        decided = new Decided(commit, rules.written(now, published));
        if (!answers.isEmpty()) {
            metrics.group(answers.size(), commit.revisions().size());
        }
        return shell.effects().persist(commit).thenRun(after -> {
            lease.check();
            questions.written(after);
            metrics.persisted(Duration.ofNanos(System.nanoTime() - startedNanos));
            answers.forEach(Runnable::run);
            watchers.revised(commit.revisions());
            errands.proceed(after);
            decideAnew(after);
            if (handOver.hasBegun()) {
                context.getSelf().tell(Stop.STOP);
            }
        });
    }

    /** Akka hands back the very commit that was decided; while recovering there is none to compare with. */
    @SuppressWarnings("ReferenceEquality")
    MerchantState after(MerchantShell shell, MerchantState state, Commit commit) {
        Decided known = decided;
        decided = null;
        return known != null && known.commit() == commit
                ? known.after()
                : replay.after(state, commit, shell.row(context));
    }

    /** What this actor tells itself is few, and has its place whatever else waits. */
    private void remember(@Nullable MerchantCommand own) {
        if (own != null) {
            add(new Change(own, context.getSystem().ignoreRef()));
        }
    }

    /** After the rules changed: the next records, until all are decided by them. Who takes over goes on. */
    private void decideAnew(MerchantState state) {
        if (state.anew() != null && !handOver.hasBegun() && !waiting.has(MerchantCommand.DecideAnew.class)) {
            remember(new MerchantCommand.DecideAnew(clock.instant()));
        }
    }

    /** Writes down what is published when it frees much memory, or before it hands over. */
    private Effect<Commit, MerchantState> settle(MerchantShell shell, MerchantState state) {
        boolean due = handOver.hasBegun() ? !outbox.isWritten(state) : outbox.isLarge(state);
        if (due && outbox.isDone(state)) {
            return persist(shell, state, List.of(), List.of());
        }
        if (handOver.hasBegun() && isSettled(state)) {
            handOver.linger();
        }
        return shell.effects().none();
    }

    private boolean isSettled(MerchantState state) {
        return outbox.isDone(state) && outbox.isWritten(state);
    }

    private Effect<Commit, MerchantState> stop(MerchantShell shell, MerchantState state) {
        if (!handOver.hasBegun()) {
            watchers.end("the merchant moves or rests");
            handOver.begin();
        }
        return waiting.isEmpty() ? settle(shell, state) : shell.effects().none();
    }
}
