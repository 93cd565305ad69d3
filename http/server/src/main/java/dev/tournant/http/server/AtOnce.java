package dev.tournant.http.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Does one thing for each of many, so many at the same time. */
final class AtOnce<T, R> {
    private final List<T> all;
    private final Function<T, CompletionStage<R>> work;
    private final Executor executor;
    private final List<CompletableFuture<R>> results = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    private AtOnce(List<T> all, Function<T, CompletionStage<R>> work, Executor executor) {
        this.all = all;
        this.work = work;
        this.executor = executor;
        all.forEach(each -> results.add(new CompletableFuture<>()));
    }

    /** What came of each, in order. Fails when the work on one of them does. */
    static <T, R> CompletionStage<List<R>> each(
            List<T> all, int atOnce, Function<T, CompletionStage<R>> work, Executor executor) {
        AtOnce<T, R> run = new AtOnce<>(all, work, executor);
        for (int i = 0; i < Math.min(atOnce, all.size()); i++) {
            run.take();
        }
        return CompletableFuture.allOf(run.results.toArray(CompletableFuture[]::new))
                .thenApplyAsync(
                        done -> run.results.stream()
                                .map(CompletableFuture::join)
                                .toList(),
                        executor);
    }

    /** Begins one that nobody has begun, and another when it is done. */
    private void take() {
        int place = next.getAndIncrement();
        if (place < all.size()) {
            begin(all.get(place))
                    .whenCompleteAsync(
                            (result, failure) -> {
                                if (failure == null) {
                                    results.get(place).complete(result);
                                } else {
                                    results.get(place).completeExceptionally(failure);
                                }
                                take();
                            },
                            executor);
        }
    }

    private CompletionStage<R> begin(T one) {
        try {
            return work.apply(one);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
