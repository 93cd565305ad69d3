package dev.tournant.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Gates;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Party;
import dev.tournant.adapter.Request;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Gates that let everything through, unless told otherwise, and remember what became of each pass. */
final class GatesInMemory implements Gates {
    /** Who asked, in order, whatever the answer was. */
    final List<Asked> asked = new CopyOnWriteArrayList<>();

    final List<Held> passes = new CopyOnWriteArrayList<>();
    private final Deque<CompletableFuture<Pass>> instead = new ConcurrentLinkedDeque<>();
    private final AtomicInteger stale = new AtomicInteger();

    record Asked(Party party, Request request, Lane lane, Duration within) {}

    final class Held implements Pass {
        final List<String> ends = new CopyOnWriteArrayList<>();
        volatile @Nullable Answer answer;
        private final boolean good = stale.getAndUpdate(left -> Math.max(0, left - 1)) == 0;

        @Override
        public boolean isGood() {
            return good;
        }

        @Override
        public void answered(Answer with) {
            answer = with;
            ends.add("answered");
        }

        @Override
        public void lost() {
            ends.add("lost");
        }

        @Override
        public void unused() {
            ends.add("unused");
        }
    }

    @Override
    public CompletionStage<Pass> admit(Party party, Request request, Lane lane, Duration within) {
        asked.add(new Asked(party, request, lane, within));
        CompletableFuture<Pass> other = instead.poll();
        return other == null ? CompletableFuture.completedFuture(pass()) : other;
    }

    Held pass() {
        Held pass = new Held();
        passes.add(pass);
        return pass;
    }

    /** The next one who asks waits for this. */
    CompletableFuture<Pass> holdNext() {
        CompletableFuture<Pass> held = new CompletableFuture<>();
        instead.add(held);
        return held;
    }

    void letNext() {
        holdNext().complete(pass());
    }

    void refuseNext(Duration after) {
        holdNext().completeExceptionally(new Refused(after, "the limit is used up"));
    }

    /** The next passes are over before they can be used. */
    void staleNext(int passesStale) {
        stale.set(passesStale);
    }

    long ends(String how) {
        return passes.stream().filter(each -> each.ends.contains(how)).count();
    }

    /** Every pass has ended in one way, and once. */
    void allEnded() {
        Eventually.holds(() -> passes.stream().noneMatch(each -> each.ends.isEmpty()));
        assertThat(passes).allSatisfy(each -> assertThat(each.ends).hasSize(1));
    }
}
