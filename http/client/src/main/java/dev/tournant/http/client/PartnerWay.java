package dev.tournant.http.client;

import akka.actor.Cancellable;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpRequest;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Gates;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Outbound.Unreachable;
import dev.tournant.adapter.Party;
import dev.tournant.adapter.Request;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The way to one partner: through the gates, then over its connections. In each lane at most {@code connections-max +
 * queue-max} calls are under way, so that many calls of a low lane leave room for an urgent one.
 */
final class PartnerWay {
    private final PartnerConfig config;
    private final Gates gates;
    private final PartnerPool pool;
    private final ActorSystem<?> system;
    private final ClientMetrics metrics;
    private final Map<Lane, AtomicInteger> underWay = new EnumMap<>(Lane.class);

    PartnerWay(PartnerConfig config, Gates gates, PartnerPool pool, ActorSystem<?> system, ClientMetrics metrics) {
        this.config = config;
        this.gates = gates;
        this.pool = pool;
        this.system = system;
        this.metrics = metrics;
        for (Lane lane : Lane.values()) {
            underWay.put(lane, new AtomicInteger());
        }
        metrics.watch(config.partner(), this, pool);
    }

    PartnerConfig config() {
        return config;
    }

    Gates gates() {
        return gates;
    }

    PartnerPool pool() {
        return pool;
    }

    ClientMetrics metrics() {
        return metrics;
    }

    Executor executor() {
        return system.executionContext();
    }

    Cancellable after(Duration wait, Runnable work) {
        return system.scheduler().scheduleOnce(wait, work, system.executionContext());
    }

    int underWay() {
        return underWay.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** {@code out} is {@code request} as it leaves; {@code soon} as in {@link Exchange}. */
    CompletionStage<Answer> send(Party party, Request request, HttpRequest out, Lane lane, boolean soon) {
        int max = config.connectionsMax() + config.queueMax();
        AtomicInteger calls = underWay.getOrDefault(lane, new AtomicInteger());
        if (calls.getAndUpdate(now -> now < max ? now + 1 : now) >= max) {
            metrics.refused(config.partner());
            return CompletableFuture.failedFuture(Unreachable.unsent("the queue for " + config.partner() + " is full"));
        }
        long begun = System.nanoTime();
        CompletableFuture<Answer> ended = new Exchange(this, party, request, out, lane, soon)
                .run()
                .whenComplete((answer, failure) -> {
                    calls.decrementAndGet();
                    metrics.ended(config.partner(), answer, failure, System.nanoTime() - begun);
                });
        return ended.thenApplyAsync(answer -> answer, executor());
    }

    void close() {
        pool.close();
    }
}
