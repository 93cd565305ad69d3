package dev.tournant.deploy.bench;

import akka.actor.typed.ActorSystem;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Gates;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Limit;
import dev.tournant.adapter.News;
import dev.tournant.adapter.Party;
import dev.tournant.adapter.Request;
import dev.tournant.cluster.gate.ShardedGates;
import dev.tournant.cluster.lease.NodeLease;
import dev.tournant.cluster.lease.NodeLeases;
import dev.tournant.model.PartnerName;
import dev.tournant.persistence.CassandraLedgers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/** The measured JVM of {@link Permits}: callers that ask for a pass, get it, and say that they were answered. */
public final class PermitsNode {
    private static final Duration WITHIN = Duration.ofSeconds(5);
    private static final Answer ANSWER = new Answer(200, Map.of(), new byte[0], Instant.EPOCH);
    private static final int CHECKS = 20_000_000;

    private final Gates gates;
    private final NodeLease lease;
    private final Executor executor;

    private PermitsNode(Gates gates, NodeLease lease, Executor executor) {
        this.gates = gates;
        this.lease = lease;
        this.executor = executor;
    }

    /** Arguments: port of the wire, Cassandra. */
    public static void main(String[] args) {
        ActorSystem<Void> system = BareNode.join(args[1], "", Map.of());
        NodeLease lease = NodeLeases.start(system, new SimpleMeterRegistry());
        Gates gates = ShardedGates.start(
                        system,
                        Map.of(
                                new PartnerName("one"),
                                List.of(wide("a", Limit.Scope.APPLICATION)),
                                new PartnerName("three"),
                                List.of(
                                        wide("a", Limit.Scope.APPLICATION),
                                        wide("b", Limit.Scope.ACCOUNT),
                                        wide("c", Limit.Scope.LOCATION))),
                        (partner, limits, answer) ->
                                limits.stream().map(each -> News.NONE).toList(),
                        lease,
                        CassandraLedgers.create(system),
                        new SimpleMeterRegistry())
                .gates();
        PermitsNode node = new PermitsNode(gates, lease, system.executionContext());
        Wire.serve(Integer.parseInt(args[0]), node::answer);
    }

    /** One that never holds anybody up, so that only its cost is measured. */
    private static Limit wide(String name, Limit.Scope scope) {
        return Limit.rate(name, scope, Limit.CALLS_MAX, Duration.ofMillis(500));
    }

    private String answer(String line) {
        if (line.equals("lease")) {
            return looked();
        }
        String[] words = line.split(" ", -1);
        Party party = new Party(new PartnerName(words[0].equals("1") ? "one" : "three"), "key", "account", "location");
        return round(party, Integer.parseInt(words[1]), Integer.parseInt(words[2]));
    }

    private String looked() {
        long began = 0;
        for (int i = -CHECKS; i < CHECKS; i++) {
            if (i == 0) {
                began = System.nanoTime();
            }
            lease.check();
        }
        return String.format(Locale.ROOT, "%.1f", (System.nanoTime() - began) / (double) CHECKS);
    }

    /** Answers calls and nanoseconds. */
    private String round(Party party, int callers, int millis) {
        long began = System.nanoTime();
        long end = began + millis * 1_000_000L;
        AtomicLong calls = new AtomicLong();
        CompletableFuture<?>[] all = new CompletableFuture<?>[callers];
        for (int i = 0; i < callers; i++) {
            all[i] = new CompletableFuture<>();
            call(party, end, calls, all[i]);
        }
        CompletableFuture.allOf(all).join();
        return calls.get() + " " + (System.nanoTime() - began);
    }

    private void call(Party party, long end, AtomicLong calls, CompletableFuture<?> done) {
        Request request = new Request("GET", "/", Map.of(), null, false);
        gates.admit(party, request, Lane.MENU, WITHIN)
                .whenCompleteAsync(
                        (pass, failure) -> {
                            if (failure != null) {
                                done.completeExceptionally(failure);
                                return;
                            }
                            pass.answered(ANSWER);
                            calls.incrementAndGet();
                            if (System.nanoTime() - end < 0) {
                                call(party, end, calls, done);
                            } else {
                                done.complete(null);
                            }
                        },
                        executor);
    }
}
