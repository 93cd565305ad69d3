package dev.tournant.cluster.merchant;

import akka.actor.typed.ActorSystem;
import akka.stream.javadsl.Sink;
import dev.tournant.messages.Declined;
import dev.tournant.messages.History;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Merchants;
import dev.tournant.messages.Problem;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Kind;
import dev.tournant.model.MerchantId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks back in the journals of merchants. The merchant says where a revision is and how far it has come; what a second
 * writer may have left behind that does not count.
 */
public final class JournalHistory implements History {
    private final ActorSystem<?> system;
    private final Executor executor;
    private final Merchants merchants;
    private final HistoryLimits limits;
    private final JournalRows rows;
    private final Semaphore readings;

    public JournalHistory(ActorSystem<?> system, Merchants merchants) {
        this.system = system;
        this.executor = system.executionContext();
        this.merchants = merchants;
        this.limits = HistoryLimits.of(system.settings().config());
        this.rows = new JournalRows(system);
        this.readings = new Semaphore(limits.readingsMax());
    }

    @Override
    public CompletionStage<Page> of(MerchantId merchant, RecordKey key, @Nullable Place before, int limit) {
        return reading(() -> place(merchant, before == null ? Long.MAX_VALUE : before.revision())
                .thenComposeAsync(
                        at -> {
                            long revision = before == null ? at.head() + 1 : Math.min(before.revision(), at.head() + 1);
                            long row = before == null ? at.rows() : Math.min(before.row(), at.rows());
                            return new Search(merchant, key, at.head(), limit).from(revision, row);
                        },
                        executor));
    }

    /** Goes back through the journal, window by window. */
    private final class Search {
        private final MerchantId merchant;
        private final RecordKey key;
        private final long head;
        private final int limit;
        private final List<Entry> found = new ArrayList<>();
        private int revisions;
        private long weight;
        private long read;

        Search(MerchantId merchant, RecordKey key, long head, int limit) {
            this.merchant = merchant;
            this.key = key;
            this.head = head;
            this.limit = Math.max(1, Math.min(limit, LIMIT_MAX));
        }

        CompletionStage<Page> from(long before, long row) {
            if (row < 1) {
                return CompletableFuture.completedFuture(new Page(found, head, null));
            }
            boolean full = revisions >= limit || weight >= limits.pageBytesMax() || read >= limits.rowsMax();
            if (full) {
                return CompletableFuture.completedFuture(new Page(found, head, new Place(before, row)));
            }
            long first = Math.max(1, row - limits.windowRows() + 1);
            Entries entries = new Entries(key, before, limit - revisions, limits.pageBytesMax() - weight);
            return rows.of(merchant, first, row)
                    .runWith(Sink.foreach(entries::take), system)
                    .thenComposeAsync(
                            done -> {
                                found.addAll(entries.newestFirst());
                                revisions += entries.revisions();
                                weight += entries.weight();
                                read += row - first + 1;
                                return entries.isCut()
                                        ? CompletableFuture.completedFuture(new Page(found, head, entries.rest()))
                                        : from(before, first - 1);
                            },
                            executor);
        }
    }

    @Override
    public CompletionStage<MerchantReply.OneRecord> record(MerchantId merchant, RecordKey key, Moment asOf) {
        return folded(merchant, asOf, key)
                .thenApply(fold -> new MerchantReply.OneRecord(fold.record(key), fold.revision()));
    }

    @Override
    public CompletionStage<MerchantReply.Records> records(
            MerchantId merchant, @Nullable Kind kind, @Nullable RecordKey after, int limit, Moment asOf) {
        int most = Math.max(1, Math.min(limit, MerchantQuery.Records.LIMIT_MAX));
        return folded(merchant, asOf, null).thenApply(fold -> {
            List<FlatRecord> page = fold.records().page(kind, after, most + 1);
            int taken = 0;
            long heavy = 0;
            while (taken < Math.min(page.size(), most)) {
                heavy += Weight.of(page.get(taken));
                if (taken > 0 && heavy > limits.pageBytesMax()) {
                    break;
                }
                taken++;
            }
            return new MerchantReply.Records(page.subList(0, taken), taken < page.size(), fold.revision());
        });
    }

    private CompletionStage<Fold> folded(MerchantId merchant, Moment asOf, @Nullable RecordKey only) {
        long wanted = asOf instanceof Moment.AfterRevision after ? after.number() : Long.MAX_VALUE;
        return reading(() -> place(merchant, wanted)
                .thenComposeAsync(
                        at -> {
                            if (wanted != Long.MAX_VALUE && wanted > at.head()) {
                                throw new Declined(
                                        Problem.BAD_REQUEST,
                                        "revision " + wanted + " is not there yet; the newest one is " + at.head());
                            }
                            if (wanted != Long.MAX_VALUE && at.row() > limits.foldRowsMax()) {
                                throw tooLong("revision " + wanted + " is behind row " + at.row());
                            }
                            return fold(merchant, new Fold(asOf, only), at);
                        },
                        executor));
    }

    private CompletionStage<Fold> fold(MerchantId merchant, Fold fold, MerchantReply.Place at) {
        return rows.of(merchant, 1, Math.min(at.rows(), limits.foldRowsMax()))
                .takeWhile(row -> {
                    fold.take(row);
                    return !fold.isOver();
                })
                .runWith(Sink.ignore(), system)
                .thenApply(done -> {
                    if (!fold.isOver() && at.rows() > limits.foldRowsMax()) {
                        throw tooLong("the moment is behind row " + fold.rows());
                    }
                    return fold;
                });
    }

    private Declined tooLong(String where) {
        return new Declined(
                Problem.JOURNAL_TOO_LONG,
                where + " of the merchant's journal; at most " + limits.foldRowsMax()
                        + " rows are folded for one request");
    }

    private CompletionStage<MerchantReply.Place> place(MerchantId merchant, long revision) {
        return merchants
                .ask(merchant, new MerchantQuery.Place(revision), limits.within())
                .thenApply(reply -> {
                    if (reply instanceof MerchantReply.Place place) {
                        return place;
                    }
                    throw Declined.of(reply);
                });
    }

    /** Each holds some megabytes and keeps Cassandra busy, so a node has a few at a time. */
    private <T> CompletionStage<T> reading(Supplier<CompletionStage<T>> work) {
        if (!readings.tryAcquire()) {
            return CompletableFuture.failedFuture(new Declined(
                    Problem.SLOW_DOWN, "this node reads " + limits.readingsMax() + " journals already, the most"));
        }
        // A reading that takes too long goes on to its end, which is bounded in rows, and keeps its place until then.
        CompletionStage<T> done = work.get().whenComplete((result, failure) -> readings.release());
        return done.toCompletableFuture()
                .copy()
                .orTimeout(limits.within().toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> {
                    throw new CompletionException(late(failure));
                });
    }

    private Throwable late(Throwable failure) {
        if (failure instanceof CompletionException && failure.getCause() != null) {
            return late(failure.getCause());
        }
        return failure instanceof TimeoutException
                ? new Declined(
                        Problem.UNAVAILABLE,
                        "the journal was not read within " + limits.within().toMillis() + " ms")
                : failure;
    }
}
