package dev.tournant.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.tournant.deploy.local.LocalServices;
import dev.tournant.persistence.Leases.Holder;
import dev.tournant.persistence.Leases.NamedRow;
import dev.tournant.persistence.Leases.NodeRow;
import dev.tournant.persistence.Leases.Outcome;
import dev.tournant.persistence.Leases.State;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CassandraLeasesTest {
    private static final Duration TTL = Duration.ofSeconds(9);
    private static CassandraLeases store;

    private final String node = "host-" + UUID.randomUUID() + ":25520";
    private final Holder first = new Holder(node, 1);
    private final Holder second = new Holder(node, 2);

    @BeforeAll
    static void connect() {
        String contact = LocalServices.cassandra();
        StoresKeyspace.session();
        Config config = ConfigFactory.parseString("""
                        tournant.cassandra { contact-points = ["%s"], keyspace = "%s" }
                        """.formatted(contact, StoresKeyspace.NAME))
                .withFallback(ConfigFactory.parseResources("tournant-persistence.conf"))
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
        store = CassandraLeases.connect(config, Duration.ofSeconds(20), Runnable::run);
    }

    @AfterAll
    static void disconnect() {
        store.close();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    private NodeRow row(long version, State state) {
        return new NodeRow(first, version, TTL, state);
    }

    @Test
    void knowsNothingOfANodeThatNeverRan() {
        assertThat(join(store.runs(node))).isEmpty();
        assertThat(join(store.run(first))).isEmpty();
        assertThat(join(store.renew(first, 1))).isEqualTo(new Outcome(false, null));
        assertThat(join(store.end(first, 1))).isEqualTo(new Outcome(false, null));
        assertThat(join(store.release(first))).isFalse();
        assertThat(join(store.runs(node))).as("none of this leaves a row").isEmpty();
    }

    @Test
    void beginsARunOnceAndRenewsItVersionByVersion() {
        assertThat(join(store.begin(first, TTL))).isTrue();
        assertThat(join(store.begin(first, TTL))).isFalse();
        assertThat(join(store.nodes())).contains(node);
        assertThat(join(store.renew(first, 1))).isEqualTo(new Outcome(true, null));
        assertThat(join(store.renew(first, 1)))
                .as("a refusal says what is there")
                .isEqualTo(new Outcome(false, row(2, State.HELD)));
        assertThat(join(store.run(first))).contains(row(2, State.HELD));
    }

    @Test
    void endsARunOnlyAtTheVersionThatWasSeen() {
        join(store.begin(first, TTL));
        join(store.renew(first, 1));
        assertThat(join(store.end(first, 1))).isEqualTo(new Outcome(false, row(2, State.HELD)));
        assertThat(join(store.end(first, 2)).applied()).isTrue();
        assertThat(join(store.renew(first, 2))).isEqualTo(new Outcome(false, row(2, State.ENDED)));
        assertThat(join(store.release(first))).isFalse();
        assertThat(join(store.run(first))).contains(row(2, State.ENDED));
    }

    @Test
    void ofAnEndAndARenewalAtTheSameTimeOneIsDone() {
        join(store.begin(first, TTL));
        for (long version = 1; version <= 10; version++) {
            CompletableFuture<Outcome> renewal = store.renew(first, version).toCompletableFuture();
            CompletableFuture<Outcome> end = store.end(first, version).toCompletableFuture();
            assertThat(join(renewal).applied()).isNotEqualTo(join(end).applied());
            if (join(end).applied()) {
                return;
            }
        }
    }

    @Test
    void keepsTheRunsOfANodeInOrderAndStrikesOutThoseThatAreOver() {
        LongStream.of(2, 10, 1).forEach(epoch -> join(store.begin(new Holder(node, epoch), TTL)));
        assertThat(join(store.runs(node)))
                .extracting(each -> each.holder().epoch())
                .containsExactly(1L, 2L, 10L);
        join(store.release(first));
        assertThat(join(store.forget(first))).isTrue();
        assertThat(join(store.forget(second))).as("it is held").isFalse();
        assertThat(join(store.runs(node)))
                .extracting(each -> each.holder().epoch())
                .containsExactly(2L, 10L);
    }

    @Test
    void givesANameToOneOfMany() {
        String name = "shard-" + UUID.randomUUID();
        NamedRow free = join(store.named(name));
        assertThat(free).isEqualTo(new NamedRow(name, 0, null));
        List<CompletableFuture<Boolean>> all = LongStream.range(0, 10)
                .mapToObj(epoch -> store.assign(free, new Holder(node, epoch)).toCompletableFuture())
                .toList();
        assertThat(all.stream().filter(CassandraLeasesTest::join)).hasSize(1);
    }

    @Test
    void aNameGoesFromHandToHand() {
        String name = "shard-" + UUID.randomUUID();
        NamedRow free = join(store.named(name));
        join(store.assign(free, first));
        NamedRow taken = join(store.named(name));
        assertThat(taken).isEqualTo(new NamedRow(name, 1, first));
        assertThat(join(store.assign(taken, null))).isTrue();
        assertThat(join(store.named(name))).isEqualTo(new NamedRow(name, 2, null));
        assertThat(join(store.assign(free, second))).as("what comes too late").isFalse();
    }
}
