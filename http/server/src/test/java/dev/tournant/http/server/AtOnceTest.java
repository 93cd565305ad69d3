package dev.tournant.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AtOnceTest {
    private final List<CompletableFuture<String>> begun = new ArrayList<>();

    private CompletionStage<String> begin(int number) {
        CompletableFuture<String> one = new CompletableFuture<>();
        begun.add(one);
        return one;
    }

    @Test
    void hasSoManyUnderWayAndNoMore() {
        CompletableFuture<List<String>> all =
                AtOnce.each(List.of(1, 2, 3, 4), 2, this::begin, Runnable::run).toCompletableFuture();
        assertThat(begun).hasSize(2);
        begun.get(1).complete("b");
        assertThat(begun).hasSize(3);
        begun.get(0).complete("a");
        begun.get(3).complete("d");
        assertThat(all).isNotDone();
        begun.get(2).complete("c");
        assertThat(all).isCompletedWithValue(List.of("a", "b", "c", "d"));
    }

    @Test
    void failsWhenOneDoes() {
        CompletionStage<List<String>> all = AtOnce.each(
                List.of(1, 2),
                1,
                each -> {
                    throw new IllegalStateException("no");
                },
                Runnable::run);
        assertThatThrownBy(() -> all.toCompletableFuture().join()).hasRootCauseMessage("no");
    }

    @Test
    void takesNothingAndVeryMuch() {
        assertThat(AtOnce.each(List.<Integer>of(), 4, this::begin, Runnable::run)
                        .toCompletableFuture())
                .isCompletedWithValue(List.of());
        List<Integer> many = IntStream.range(0, 2_000).boxed().toList();
        assertThat(AtOnce.each(many, 4, CompletableFuture::completedFuture, ForkJoinPool.commonPool())
                        .toCompletableFuture()
                        .join())
                .isEqualTo(many);
    }
}
