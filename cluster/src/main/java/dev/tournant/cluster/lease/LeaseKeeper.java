package dev.tournant.cluster.lease;

import dev.tournant.persistence.Leases;
import dev.tournant.persistence.Leases.Holder;
import dev.tournant.persistence.Leases.NodeRow;
import dev.tournant.persistence.Leases.State;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node's lease: renews it, and watches those of others, on one thread of its own, so that nothing that is
 * slow in the actor system can delay it. Answers of the store come to that thread too; what is shared with others is
 * {@link #validUntil} alone.
 */
public final class LeaseKeeper implements NodeLease {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
    /** Attempts to begin a run: another process at the same address may begin one at the same time. */
    private static final int BEGIN_ATTEMPTS_MAX = 20;

    private final Holder self;
    private final Terms terms;
    private final Leases store;
    private final LeaseMetrics metrics;
    private final LongSupplier nanoTime;
    private final Halt halt;
    private final Holding holding;
    private final Watching watching;
    /** What answers ask the thread to do. Bounded by the requests under way, of which there are a few. */
    private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();

    private final AtomicBoolean given = new AtomicBoolean();
    private final CompletableFuture<Void> back = new CompletableFuture<>();

    private volatile long validUntil;
    private volatile boolean isGiven;

    /** What a keeper needs besides its terms. */
    record Surroundings(
            Leases store, Supplier<Set<String>> members, LeaseMetrics metrics, LongSupplier nanoTime, Halt halt) {}

    private record Begun(Holder self, long beforeNanos) {}

    private LeaseKeeper(Begun begun, Terms terms, Surroundings around) {
        this.self = begun.self();
        this.terms = terms;
        this.store = around.store();
        this.metrics = around.metrics();
        this.nanoTime = around.nanoTime();
        this.halt = around.halt();
        this.holding = new Holding(terms, begun.beforeNanos());
        this.watching = new Watching(self.node(), terms, store, around.members(), metrics, nanoTime, inbox::add);
        this.validUntil = holding.validUntil();
    }

    /**
     * Begins a run of this node and keeps its lease. Waits for the store; never for an earlier run of the node.
     *
     * @param within how long the store may take
     */
    static LeaseKeeper begin(String node, Duration within, Terms terms, Surroundings around) {
        Begun begun = begun(node, within, terms, around);
        LeaseKeeper keeper = new LeaseKeeper(begun, terms, around);
        around.metrics().watch(keeper);
        Thread thread = new Thread(keeper::run, "tournant-lease");
        thread.setDaemon(true);
        thread.start();
        LOG.info("holds the lease of {}, for {} after each renewal", begun.self(), terms.ttl());
        return keeper;
    }

    private static Begun begun(String node, Duration within, Terms terms, Surroundings around) {
        Leases store = around.store();
        LongSupplier nanoTime = around.nanoTime();
        long deadline = nanoTime.getAsLong() + within.toNanos();
        RuntimeException trouble = new IllegalStateException("other processes keep beginning runs of " + node
                + "; give each node a TOURNANT_HOST and TOURNANT_PORT of its own");
        List<NodeRow> before = null;
        for (int attempt = 0; attempt < BEGIN_ATTEMPTS_MAX && nanoTime.getAsLong() - deadline < 0; attempt++) {
            try {
                List<NodeRow> rows = wait(store.runs(node), deadline, nanoTime);
                // What a first attempt may have left is not what an earlier run left.
                before = before == null ? rows : before;
                Holder self = new Holder(
                        node, rows.isEmpty() ? 1 : last(rows).holder().epoch() + 1);
                long beforeNanos = nanoTime.getAsLong();
                if (wait(store.begin(self, terms.ttl()), deadline, nanoTime)) {
                    look(before, around);
                    return new Begun(self, beforeNanos);
                }
            } catch (CompletionException e) {
                trouble = e;
                new CompletableFuture<Void>()
                        .completeOnTimeout(null, terms.retryNanos(), TimeUnit.NANOSECONDS)
                        .join();
            }
        }
        throw new IllegalStateException(
                "the lease of this node cannot be begun in Cassandra (apply the schema, see that a quorum is up): "
                        + trouble.getMessage(),
                trouble);
    }

    private static NodeRow last(List<NodeRow> rows) {
        return rows.get(rows.size() - 1);
    }

    /** How the runs before this one ended, and strikes out those that did. */
    private static void look(List<NodeRow> before, Surroundings around) {
        if (!before.isEmpty() && last(before).state() != State.RELEASED) {
            around.metrics().lostBefore();
            LOG.warn(
                    "{} did not give its lease back: it was killed, or halted as its lease had run out",
                    last(before).holder());
        }
        before.stream()
                .filter(row -> !row.isHeld())
                .forEach(row -> around.store().forget(row.holder()));
    }

    private static <T> T wait(CompletionStage<T> stage, long deadline, LongSupplier nanoTime) {
        return stage.toCompletableFuture()
                .orTimeout(Math.max(1, deadline - nanoTime.getAsLong()), TimeUnit.NANOSECONDS)
                .join();
    }

    /** This run of this node. */
    public Holder self() {
        return self;
    }

    @Override
    public void check() {
        if (!holds()) {
            over();
        }
    }

    private boolean holds() {
        return !isGiven && nanoTime.getAsLong() - validUntil < 0;
    }

    private void over() {
        if (isGiven) {
            // Halting now could keep the news from the store, and others waiting.
            back.completeOnTimeout(null, terms.requestLife().toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            halt.now("it was given back, and something was still to be done with it");
        }
        halt.now("it ran out, as this process stood still or the store did not answer");
    }

    @Override
    public Duration left() {
        return isGiven ? Duration.ZERO : Duration.ofNanos(Math.max(0, validUntil - nanoTime.getAsLong()));
    }

    /** Somebody waits for a lease of this node to be over: it is watched until it is. */
    void await(Holder holder) {
        inbox.add(() -> watching.await(holder.node()));
    }

    /** From now on this node does not act; others are told so at once. Completes when they are, or cannot be. */
    CompletionStage<Void> giveBack() {
        isGiven = true;
        if (given.compareAndSet(false, true)) {
            store.release(self)
                    .whenCompleteAsync(
                            (done, failure) -> {
                                if (failure != null) {
                                    LOG.warn(
                                            "the lease could not be given back, others wait until it runs out",
                                            failure);
                                }
                                back.complete(null);
                            },
                            Runnable::run);
        }
        return back;
    }

    private void run() {
        try {
            long watchAt = nanoTime.getAsLong();
            while (!isGiven) {
                long now = nanoTime.getAsLong();
                long until = step(now);
                if (now - watchAt >= 0) {
                    watchAt = now + terms.renewEvery().toNanos();
                    watching.tick();
                }
                Runnable next = inbox.poll(Math.min(until, watchAt) - nanoTime.getAsLong(), TimeUnit.NANOSECONDS);
                while (next != null) {
                    next.run();
                    next = inbox.poll();
                }
            }
        } catch (InterruptedException | RuntimeException e) {
            halt.now("as the thread that keeps it failed: " + e);
        }
    }

    /** Does what is due, and tells when the next thing is. */
    private long step(long now) {
        Holding.Step step = holding.next(now);
        validUntil = holding.validUntil();
        if (step instanceof Holding.Step.Renew renew) {
            renew(renew.request());
            return now + terms.requestLife().toNanos();
        }
        if (step instanceof Holding.Step.Halt over) {
            if (!isGiven) {
                halt.now(over.why());
            }
            return now + terms.renewEvery().toNanos();
        }
        return ((Holding.Step.Wait) step).untilNanos();
    }

    private void renew(Holding.Request request) {
        store.renew(self, request.version())
                .whenCompleteAsync(
                        (outcome, failure) -> {
                            long now = nanoTime.getAsLong();
                            if (failure == null) {
                                holding.answered(request, outcome, now);
                                metrics.renewed(Duration.ofNanos(now - request.beforeNanos()));
                            } else {
                                holding.failed(request, now);
                                metrics.unknown();
                            }
                        },
                        inbox::add);
    }
}
