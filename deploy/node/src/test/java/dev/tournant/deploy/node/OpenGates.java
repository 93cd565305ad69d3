package dev.tournant.deploy.node;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Gates;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Party;
import dev.tournant.adapter.Request;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Gates of a partner without limits, which count. */
final class OpenGates implements Gates {
    final AtomicInteger passes = new AtomicInteger();
    final AtomicInteger ends = new AtomicInteger();

    @Override
    public CompletionStage<Pass> admit(Party party, Request request, Lane lane, Duration within) {
        passes.incrementAndGet();
        return CompletableFuture.completedFuture(new Pass() {
            @Override
            public boolean isGood() {
                return true;
            }

            @Override
            public void answered(Answer answer) {
                ends.incrementAndGet();
            }

            @Override
            public void lost() {
                ends.incrementAndGet();
            }

            @Override
            public void unused() {
                ends.incrementAndGet();
            }
        });
    }
}
