package dev.tournant.cluster.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Gates;
import dev.tournant.adapter.Gates.Pass;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Limit;
import dev.tournant.adapter.Limit.Scope;
import dev.tournant.adapter.News;
import dev.tournant.adapter.Party;
import dev.tournant.adapter.Request;
import dev.tournant.cluster.LocalNode;
import dev.tournant.cluster.lease.NodeLease;
import dev.tournant.messages.PoolBoard.Pool;
import dev.tournant.model.PartnerName;
import dev.tournant.persistence.CassandraLedgers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole way of a call: client, sharding, gates, ledgers on Cassandra. */
class GateOnCassandraTest {
    private static final String KEYSPACE = LocalNode.fresh("gate");
    private static final PartnerName PARTNER = new PartnerName("potluck");
    private static final Duration WITHIN = Duration.ofSeconds(20);
    private static final Request READ = new Request("GET", "/menus", Map.of(), null, true);
    private static final Map<PartnerName, List<Limit>> LIMITS = Map.of(
            PARTNER,
            List.of(
                    Limit.rate("calls", Scope.APPLICATION, 1_000, Duration.ofSeconds(1)),
                    Limit.concurrent("open", Scope.ACCOUNT, 2),
                    Limit.rate("daily", Scope.TOKEN, 100_000, Duration.ofDays(1))));

    private static LocalNode node;
    private static ShardedGates gates;

    @BeforeAll
    static void start() {
        node = LocalNode.on(KEYSPACE, "");
        gates = start(node);
        // The receptionist is told of this node a moment later.
        await().ignoreExceptions()
                .until(() -> join(gates.board().pools(null, 1)).pools().isEmpty());
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static ShardedGates start(LocalNode on) {
        return ShardedGates.start(
                on.system(),
                LIMITS,
                (partner, limits, answer) -> limits.stream()
                        .map(limit -> answer.status() == 429 ? News.REFUSED : News.NONE)
                        .toList(),
                NodeLease.ALWAYS,
                CassandraLedgers.create(on.system()),
                new SimpleMeterRegistry());
    }

    private static Party party(String account) {
        return new Party(PARTNER, "main", account, null);
    }

    private static Pass admit(Gates by, String account) {
        return join(by.admit(party(account), READ, Lane.MENU, WITHIN));
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    private static Answer answer(int status) {
        return new Answer(status, Map.of(), new byte[0], Instant.now());
    }

    private static Pool pool(ShardedGates of, String name) {
        return join(of.board().pool(name)).orElseThrow();
    }

    @Test
    void passesAllPoolsOfACallAndShowsThem() {
        Pass pass = admit(gates.gates(), "M1");
        assertThat(pass.isGood()).isTrue();
        assertThat(join(gates.board().pools(null, 100)).pools())
                .extracting(Pool::name)
                .contains("potluck:calls:all", "potluck:daily:all:main", "potluck:open:-:M1");
        assertThat(pool(gates, "potluck:open:-:M1").inFlight()).isEqualTo(1);
        pass.answered(answer(200));
        pass.lost();
        assertThat(pass.isGood()).isFalse();
        assertThat(pool(gates, "potluck:open:-:M1").inFlight()).isZero();
        assertThat(pool(gates, "potluck:calls:all").holder()).contains(":");
        assertThat(join(gates.board().pool("potluck:open:-:nobody"))).isEmpty();
        assertThat(join(gates.board().pools("potluck:open:-:M1", 100)).pools())
                .extracting(Pool::name)
                .doesNotContain("potluck:open:-:M1", "potluck:calls:all");
    }

    @Test
    void refusesWhatCannotGoInTimeAndGivesBackWhatItHeld() {
        List<Pass> held = List.of(admit(gates.gates(), "M2"), admit(gates.gates(), "M2"));
        CompletableFuture<Pass> third = gates.gates()
                .admit(party("M2"), READ, Lane.MENU, Duration.ofMillis(300))
                .toCompletableFuture();
        assertThat(third)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(Gates.Refused.class);
        held.get(0).unused();
        Pass fourth = admit(gates.gates(), "M2");
        assertThat(fourth.isGood()).isTrue();
        fourth.unused();
        held.get(1).answered(answer(200));
        assertThat(pool(gates, "potluck:open:-:M2").inFlight()).isZero();
    }

    @Test
    void manyCallersOfOneAccountNeverHaveMoreThanTwoPasses() {
        List<CompletableFuture<Integer>> all = new ArrayList<>();
        AtomicInteger now = new AtomicInteger();
        for (int i = 0; i < 200; i++) {
            all.add(gates.gates()
                    .admit(party("M3"), READ, Lane.values()[i % Lane.values().length], WITHIN)
                    .thenCompose(pass -> {
                        int open = now.incrementAndGet();
                        // Others come meanwhile, if they are let.
                        return CompletableFuture.supplyAsync(
                                () -> {
                                    now.decrementAndGet();
                                    pass.answered(answer(200));
                                    return open;
                                },
                                CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS));
                    })
                    .toCompletableFuture());
        }
        assertThat(all).allSatisfy(each -> assertThat(join(each)).isLessThanOrEqualTo(2));
    }

    @Test
    void anotherNodeGoesOnFromWhereACleanEndLeftIt() {
        String keyspace = LocalNode.fresh("gate");
        try (LocalNode first = LocalNode.on(keyspace, "")) {
            admit(start(first).gates(), "M4").answered(answer(429));
        }
        try (LocalNode second = LocalNode.on(keyspace, "")) {
            ShardedGates after = start(second);
            Pass pass = admit(after.gates(), "M5");
            assertThat(pass.isGood()).isTrue();
            // What the partner had said was handed over too.
            assertThat(pool(after, "potluck:daily:all:main").use()).isEqualTo(2);
        } catch (CompletionException e) {
            throw new AssertionError("the pools were not closed: " + e.getMessage(), e);
        }
    }
}
