package dev.tournant.cluster.gate;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Gates;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Limit;
import dev.tournant.adapter.News;
import dev.tournant.adapter.Party;
import dev.tournant.adapter.Request;
import dev.tournant.model.PartnerName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets the calls of this node out, through the gates of the pools that each call passes. A pass is good until the first of
 * its permits ends, counted from before that was asked for; each pool hears of exactly one end.
 */
public final class GateClient implements Gates {
    private final PoolNames names;
    private final NewsReader news;
    private final Consumer<Desk.Admit> desk;
    private final BiConsumer<String, GateMessage> send;
    private final LongSupplier clock;
    private final Executor executor;
    private final GateMetrics metrics;

    /** What a partner's answer tells about each of the limits that its call counted for, in their order. */
    @FunctionalInterface
    public interface NewsReader {
        List<News> read(PartnerName partner, List<Limit> limits, Answer answer);
    }

    GateClient(
            PoolNames names,
            NewsReader news,
            Consumer<Desk.Admit> desk,
            BiConsumer<String, GateMessage> send,
            LongSupplier clock,
            Executor executor,
            GateMetrics metrics) {
        this.names = names;
        this.news = news;
        this.desk = desk;
        this.send = send;
        this.clock = clock;
        this.executor = executor;
        this.metrics = metrics;
    }

    @Override
    public CompletionStage<Pass> admit(Party party, Request request, Lane lane, Duration within) {
        long begun = clock.getAsLong();
        List<PoolNames.Passing> pools = names.passing(party, request);
        String partner = party.partner().value();
        if (pools.isEmpty()) {
            metrics.unlimited(partner);
        }
        CompletableFuture<Admission.End.Passed> result = new CompletableFuture<>();
        desk.accept(new Desk.Admit(pools, lane, begun, within, result));
        return result.thenApplyAsync(
                passed -> {
                    metrics.passed(partner, lane, Duration.ofNanos(clock.getAsLong() - begun));
                    return new Ticket(party.partner(), passed);
                },
                executor);
    }

    /** A pass: the permits of all pools together. */
    private final class Ticket implements Pass {
        private final PartnerName partner;
        private final Admission.End.Passed passed;
        private final AtomicBoolean ended = new AtomicBoolean();

        Ticket(PartnerName partner, Admission.End.Passed passed) {
            this.partner = partner;
            this.passed = passed;
        }

        @Override
        public boolean isGood() {
            return !ended.get() && clock.getAsLong() - passed.goodUntil() < 0;
        }

        @Override
        public void answered(Answer answer) {
            if (ended.compareAndSet(false, true)) {
                List<Admission.Wanted> permits = passed.permits();
                List<News> told = news.read(
                        partner,
                        permits.stream().map(each -> each.passing().limit()).toList(),
                        answer);
                for (int i = 0; i < permits.size(); i++) {
                    tell(permits.get(i), GateMessage.How.ANSWERED, told.get(i));
                }
            }
        }

        @Override
        public void lost() {
            end(GateMessage.How.LOST);
        }

        @Override
        public void unused() {
            end(GateMessage.How.UNUSED);
        }

        private void end(GateMessage.How how) {
            if (ended.compareAndSet(false, true)) {
                passed.permits().forEach(each -> tell(each, how, null));
            }
        }

        private void tell(Admission.Wanted permit, GateMessage.How how, @Nullable News told) {
            send.accept(permit.passing().pool(), new GateMessage.Ended(permit.id(), how, told));
        }
    }
}
