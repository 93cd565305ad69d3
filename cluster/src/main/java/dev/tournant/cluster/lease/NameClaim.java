package dev.tournant.cluster.lease;

import dev.tournant.persistence.Leases;
import dev.tournant.persistence.Leases.Holder;
import dev.tournant.persistence.Leases.NamedRow;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One name, and whether it belongs to this run of this node. A name has no time of its own: it belongs to a run for as
 * long as that run's lease holds. Whoever wants it takes it from a run that is over, by compare-and-set, and else waits.
 *
 * <p>What is asked is done in the order in which it was asked: a shard that stops and starts again on the same node
 * releases and acquires the same name at nearly the same time.
 */
final class NameClaim {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration PAUSE_MAX = Duration.ofMillis(200);
    private static final long NONE = -1;

    private final String name;
    private final Holder self;
    private final Leases store;
    /** Told of a holder that somebody waits for. */
    private final Consumer<Holder> awaited;

    private final Duration releaseWithin;
    private final Executor executor;

    private CompletionStage<Boolean> last = CompletableFuture.completedFuture(true);
    /** Releases asked for so far: an acquisition that was asked for before the last one is not wanted any longer. */
    private final AtomicLong releases = new AtomicLong();

    /** Acquisitions asked for so far: a release that was asked for before the last one need not be done any longer. */
    private final AtomicLong acquisitions = new AtomicLong();

    private volatile @Nullable NamedRow mine;
    /**
     * The version of the row at which a change was asked for of which nothing is known: while the row is at this version
     * it may be done yet, be it later and by nobody's wish. {@value #NONE} for none.
     */
    private volatile long inDoubt = NONE;

    /** @param releaseWithin how long a release is tried; a node that reaches no store for so long is none any longer */
    NameClaim(
            String name,
            Holder self,
            Leases store,
            Consumer<Holder> awaited,
            Duration releaseWithin,
            Executor executor) {
        this.name = name;
        this.self = self;
        this.store = store;
        this.awaited = awaited;
        this.releaseWithin = releaseWithin;
        this.executor = executor;
    }

    /**
     * @param wait how long for another that is alive to let the name go
     * @param patience how long for a store that does not answer; at least {@code wait}
     */
    CompletionStage<Boolean> acquire(Duration wait, Duration patience) {
        acquisitions.incrementAndGet();
        long asked = releases.get();
        long start = System.nanoTime();
        return next(() -> new Attempt(asked, start + wait.toNanos(), start + patience.toNanos()).go(FIRST_PAUSE));
    }

    /**
     * Lets the name go, and tries until that is done or it is asked for anew: nobody asks for a release a second time, and
     * whoever waits for the name waits for as long as this run's lease holds.
     */
    CompletionStage<Boolean> release() {
        releases.incrementAndGet();
        long asked = acquisitions.get();
        return next(() -> {
            NamedRow row = mine;
            mine = null;
            Release release = new Release(asked, System.nanoTime() + releaseWithin.toNanos());
            return row == null
                    ? release.go(FIRST_PAUSE)
                    : release.go(CompletableFuture.completedFuture(row), FIRST_PAUSE);
        });
    }

    boolean isMine() {
        return mine != null;
    }

    /** Larger with each time that somebody acquires the name; empty while it is not ours. */
    OptionalLong token() {
        NamedRow row = mine;
        return row == null ? OptionalLong.empty() : OptionalLong.of(row.version());
    }

    private synchronized CompletionStage<Boolean> next(Supplier<CompletionStage<Boolean>> step) {
        CompletionStage<Boolean> done =
                last.handleAsync((result, failure) -> true, executor).thenComposeAsync(ready -> step.get(), executor);
        last = done;
        return done;
    }

    /** Tries until the name is ours, or it is clear that it is not to be. */
    private final class Attempt {
        private final long asked;
        private final long waitUntil;
        private final long patientUntil;

        Attempt(long asked, long waitUntil, long patientUntil) {
            this.asked = asked;
            this.waitUntil = waitUntil;
            this.patientUntil = patientUntil;
        }

        CompletionStage<Boolean> go(Duration pause) {
            if (releases.get() != asked) {
                return CompletableFuture.completedFuture(false);
            }
            return store.named(name)
                    .thenComposeAsync(this::take, executor)
                    .handleAsync(
                            (taken, failure) ->
                                    after(taken, failure, failure == null ? waitUntil : patientUntil, pause, this::go),
                            executor)
                    .thenComposeAsync(next -> next, executor);
        }

        /** Empty when it was changed by somebody else meanwhile, or belongs to one that is alive. */
        private CompletionStage<Boolean> take(NamedRow row) {
            Holder holder = row.holder();
            if (self.equals(holder) && row.version() != inDoubt) {
                mine = row;
                return CompletableFuture.completedFuture(true);
            }
            // Ours too where a release of ours may be done yet: that must find another version.
            if (holder == null || self.equals(holder)) {
                return claim(row);
            }
            return store.run(holder)
                    .thenComposeAsync(
                            run -> {
                                if (run.isPresent() && run.get().isHeld()) {
                                    awaited.accept(holder);
                                    return CompletableFuture.completedFuture(false);
                                }
                                return claim(row);
                            },
                            executor);
        }

        private CompletionStage<Boolean> claim(NamedRow row) {
            return assign(row, self)
                    .thenApplyAsync(
                            done -> {
                                if (done) {
                                    mine = new NamedRow(name, row.version() + 1, self);
                                }
                                return done;
                            },
                            executor);
        }
    }

    /** Tries until the name is not ours and nothing is left that could make it ours, or it is asked for anew. */
    private final class Release {
        private final long asked;
        private final long until;

        Release(long asked, long until) {
            this.asked = asked;
            this.until = until;
        }

        CompletionStage<Boolean> go(Duration pause) {
            return acquisitions.get() == asked
                    ? go(store.named(name), pause)
                    : CompletableFuture.completedFuture(false);
        }

        CompletionStage<Boolean> go(CompletionStage<NamedRow> row, Duration pause) {
            return row.thenComposeAsync(this::letGo, executor)
                    .handleAsync((done, failure) -> after(done, failure, until, pause, this::go), executor)
                    .thenComposeAsync(next -> next, executor);
        }

        private CompletionStage<Boolean> letGo(NamedRow row) {
            boolean isOurs = self.equals(row.holder());
            if (!isOurs && row.version() != inDoubt) {
                return CompletableFuture.completedFuture(true);
            }
            return assign(row, isOurs ? null : row.holder());
        }
    }

    private CompletionStage<Boolean> assign(NamedRow row, @Nullable Holder to) {
        inDoubt = row.version();
        return store.assign(row, to)
                .thenApplyAsync(
                        done -> {
                            // Either way the row is at another version by now.
                            inDoubt = NONE;
                            return done;
                        },
                        executor);
    }

    /** Done, or tried once more after a pause, if there is time. */
    private CompletionStage<Boolean> after(
            @Nullable Boolean done,
            @Nullable Throwable failure,
            long until,
            Duration pause,
            Function<Duration, CompletionStage<Boolean>> go) {
        if (Boolean.TRUE.equals(done)) {
            return CompletableFuture.completedFuture(true);
        }
        if (System.nanoTime() - until >= 0) {
            return failure == null ? CompletableFuture.completedFuture(false) : CompletableFuture.failedFuture(failure);
        }
        Duration next = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
        return CompletableFuture.supplyAsync(
                        () -> next,
                        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, executor))
                .thenComposeAsync(go, executor);
    }
}
