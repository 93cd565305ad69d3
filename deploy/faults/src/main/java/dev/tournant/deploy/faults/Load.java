package dev.tournant.deploy.faults;

import dev.tournant.deploy.stack.NodeProcess;
import dev.tournant.deploy.stack.Stack;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writers and observers of each merchant at each node, until it is closed.
 *
 * <p>A writer sends its next update a while after the last one was answered, so that a node that stands still has one
 * update of each of its writers waiting at its door. An observer asks by the clock, whether or not it was answered, so
 * that the first answer of a merchant that moved is seen when it is given.
 */
final class Load implements AutoCloseable {
    private static final int THREADS = 4;
    private static final Duration AFTER_A_REFUSAL = Duration.ofMillis(200);
    private static final Duration DRAINED_WITHIN = Duration.ofSeconds(100);
    /** Of one observer. */
    private static final int QUESTIONS_MAX = 12;

    private final Ledger ledger;
    private final Api api;
    private final Duration pace;
    private final ExecutorService callbacks = Executors.newFixedThreadPool(THREADS);
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong nextId = new AtomicLong();
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean stopped;

    private Load(Stack stack, Ledger ledger, Duration pace) {
        this.ledger = ledger;
        this.pace = pace;
        this.api = new Api(stack.apiKey(), Settings.PATIENCE, callbacks);
    }

    static Load start(Stack stack, Ledger ledger, Settings settings, long seed) {
        Duration pace = settings.pace();
        Duration look = settings.look();
        Load load = new Load(stack, ledger, pace);
        SplittableRandom random = new SplittableRandom(seed);
        for (Stack.Merchant merchant : stack.merchants()) {
            for (NodeProcess node : stack.nodes()) {
                String id = merchant.id().value();
                for (int i = 0; i < settings.writers(); i++) {
                    load.after(within(pace, random), () -> load.write(node, id));
                }
                load.observe(node, id, within(look, random), look);
            }
        }
        return load;
    }

    private static Duration within(Duration period, SplittableRandom random) {
        return Duration.ofNanos(random.nextLong(Math.max(1, period.toNanos())));
    }

    private void after(Duration delay, Runnable what) {
        if (!stopped) {
            Future<?> unused = clock.schedule(what, delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void write(NodeProcess node, String merchant) {
        if (stopped) {
            return;
        }
        String id = Ids.record(nextId.incrementAndGet());
        long began = System.nanoTime();
        underWay.incrementAndGet();
        finish(api.create(node, merchant, id).thenAccept(revision -> {
            if (revision > 0) {
                ledger.acknowledged(new Ledger.Ack(merchant, id, revision, node.name(), began, System.nanoTime()));
            }
            after(revision > 0 ? pace : pace.plus(AFTER_A_REFUSAL), () -> write(node, merchant));
        }));
    }

    private void observe(NodeProcess node, String merchant, Duration first, Duration look) {
        AtomicInteger questions = new AtomicInteger();
        Runnable ask = () -> {
            if (stopped || questions.get() >= QUESTIONS_MAX) {
                return;
            }
            questions.incrementAndGet();
            underWay.incrementAndGet();
            long began = System.nanoTime();
            finish(api.revision(node, merchant).thenAccept(revision -> {
                questions.decrementAndGet();
                if (revision > 0) {
                    ledger.read(new Ledger.Read(merchant, revision, node.name(), began, System.nanoTime()));
                }
            }));
        };
        Future<?> unused = clock.scheduleAtFixedRate(ask, first.toNanos(), look.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void finish(CompletableFuture<Void> answered) {
        Future<?> unused = answered.whenCompleteAsync(
                (done, failure) -> {
                    underWay.decrementAndGet();
                    if (failure != null && !stopped) {
                        System.err.println("the load has a fault of its own: " + failure);
                    }
                },
                callbacks);
    }

    /** Sends nothing more, and waits for the answers to what was sent. */
    @Override
    public void close() {
        stopped = true;
        clock.shutdownNow();
        Wait.until(DRAINED_WITHIN, () -> underWay.get() == 0);
        callbacks.shutdownNow();
    }
}
