package dev.tournant.cluster.merchant;

import akka.Done;
import akka.NotUsed;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.EntityRef;
import akka.japi.Pair;
import akka.stream.OverflowStrategy;
import akka.stream.javadsl.AsPublisher;
import akka.stream.javadsl.JavaFlowSupport;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.typed.javadsl.ActorSource;
import dev.tournant.messages.ChangeStream;
import dev.tournant.messages.Declined;
import dev.tournant.messages.MerchantMessage;
import dev.tournant.messages.Problem;
import dev.tournant.messages.Revision;
import dev.tournant.messages.WatchSignal;
import dev.tournant.model.MerchantId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The revisions of a merchant: what is older than the merchant has at hand is read from the journal, the rest comes
 * from the merchant itself. The watch is renewed from the last revision seen, so a merchant that moves or restarts is
 * found again, and what was committed in between is filled in.
 */
public final class JournalChanges implements ChangeStream {
    private static final Duration RENEW = Duration.ofSeconds(5);
    /** How long the merchant may take to say anything, with time for a second question; less than what asks has. */
    private static final Duration BEGIN_WITHIN = Duration.ofSeconds(10);

    private static final int BUFFER = 1_024;
    private static final WatchSignal RENEWED = new WatchSignal.Ended("renewed");

    private final ActorSystem<?> system;
    private final JournalRows rows;

    public JournalChanges(ActorSystem<?> system) {
        this.system = system;
        this.rows = new JournalRows(system);
    }

    @Override
    public CompletionStage<Flow.Publisher<Revision>> after(MerchantId merchant, long revision) {
        CompletableFuture<Done> begun = new CompletableFuture<>();
        Flow.Publisher<Revision> publisher = revisions(merchant, revision, begun)
                .runWith(JavaFlowSupport.Sink.asPublisher(AsPublisher.WITHOUT_FANOUT), system);
        return begun.orTimeout(BEGIN_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                .handleAsync(
                        (done, failure) -> {
                            if (failure == null) {
                                return publisher;
                            }
                            JavaFlowSupport.Source.fromPublisher(publisher).runWith(Sink.cancelled(), system);
                            throw failure instanceof Declined declined
                                    ? declined
                                    : new Declined(Problem.UNAVAILABLE, "merchant " + merchant + " does not answer");
                        },
                        system.executionContext());
    }

    /** @param begun completed by what the merchant says first */
    private Source<Revision, NotUsed> revisions(MerchantId merchant, long after, CompletableFuture<Done> begun) {
        EntityRef<MerchantMessage> entity = ClusterSharding.get(system).entityRefFor(Merchant.TYPE, merchant.value());
        AtomicLong last = new AtomicLong(after);
        Pair<ActorRef<WatchSignal>, Source<WatchSignal, NotUsed>> watcher = ActorSource.<WatchSignal>actorRef(
                        signal -> false, signal -> Optional.empty(), BUFFER, OverflowStrategy.fail())
                .preMaterialize(system);
        Source<WatchSignal, ?> renewals = Source.tick(Duration.ZERO, RENEW, RENEWED)
                .map(tick -> {
                    entity.tell(new MerchantMessage.Watch(last.get(), watcher.first()));
                    return tick;
                });
        return watcher.second()
                .map(signal -> heard(merchant, signal, begun))
                .merge(renewals)
                .flatMapConcat(signal -> read(merchant, signal, last))
                .statefulMapConcat(() -> revision -> inOrder(revision, last))
                .watchTermination((ignored, done) -> {
                    done.whenCompleteAsync(
                            (end, failure) -> entity.tell(new MerchantMessage.Unwatch(watcher.first())),
                            system.executionContext());
                    return NotUsed.getInstance();
                });
    }

    /** A watch that was forgotten may find its place taken too: then the stream ends with the same reason. */
    private static WatchSignal heard(MerchantId merchant, WatchSignal signal, CompletableFuture<Done> begun) {
        if (signal instanceof WatchSignal.Full full) {
            Declined declined = new Declined(
                    Problem.SLOW_DOWN,
                    "merchant " + merchant + " has " + full.watchersMax() + " followers on all nodes together, the most"
                            + " (tournant.merchant.watchers-max): end a stream that is not needed, or wait for one to end");
            begun.completeExceptionally(declined);
            throw declined;
        }
        if (signal instanceof WatchSignal.Watching) {
            begun.complete(Done.getInstance());
        }
        return signal;
    }

    private Source<Revision, NotUsed> read(MerchantId merchant, WatchSignal signal, AtomicLong last) {
        if (signal instanceof WatchSignal.Revised revised) {
            return Source.from(revised.revisions());
        }
        if (signal instanceof WatchSignal.Watching watching && watching.liveFrom() > last.get() + 1) {
            return history(merchant, watching.journalFrom(), watching.liveFrom());
        }
        return Source.empty();
    }

    private Source<Revision, NotUsed> history(MerchantId merchant, long fromRow, long before) {
        return rows.of(merchant, fromRow, Long.MAX_VALUE)
                .mapConcat(row -> row.commit().revisions())
                .takeWhile(revision -> revision.number() < before);
    }

    private static List<Revision> inOrder(Revision revision, AtomicLong last) {
        if (revision.number() <= last.get()) {
            return List.of();
        }
        if (revision.number() > last.get() + 1) {
            throw new IllegalStateException(
                    "revision " + revision.number() + " came after " + last.get() + "; watch again");
        }
        last.set(revision.number());
        return List.of(revision);
    }
}
