package dev.tournant.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.tournant.messages.TokenStore;
import dev.tournant.messages.TokenStore.Entry;
import dev.tournant.messages.TokenStore.Lease;
import dev.tournant.messages.TokenStore.Pause;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class CassandraTokensTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");
    private static final CqlSession SESSION = StoresKeyspace.session();

    private final String name = "square/" + UUID.randomUUID();
    private final CassandraTokens store = store(TokenSealTest.key(1));

    private static CassandraTokens store(String key) {
        return new CassandraTokens(
                CompletableFuture.completedFuture(SESSION),
                StoresKeyspace.NAME,
                TokenSealTest.seal(key),
                ForkJoinPool.commonPool());
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** What stands there, but for the generation. */
    private Entry seen(long generation) {
        return new Entry(generation, null, join(store.read(name)).askedAt(), null, false);
    }

    private Lease lease(long generation) {
        return join(store.lease(name, seen(generation), LONG, List.of(AT))).orElseThrow();
    }

    @Test
    void knowsNothingOfATokenThatNeverWas() {
        assertThat(join(store.read(name))).isEqualTo(Entry.NONE);
    }

    @Test
    void givesALeaseToOneOfManyAndTakesItBackWithTheToken() {
        List<CompletableFuture<Optional<Lease>>> all = Stream.generate(
                        () -> store.lease(name, seen(0), LONG, List.of(AT)).toCompletableFuture())
                .limit(20)
                .toList();
        List<Lease> won = all.stream().flatMap(each -> join(each).stream()).toList();
        assertThat(won).hasSize(1);
        assertThat(join(store.read(name))).isEqualTo(new Entry(0, null, List.of(AT), null, true));

        assertThat(join(store.put(won.get(0), "canary"))).isTrue();
        assertThat(join(store.read(name))).isEqualTo(new Entry(1, "canary", List.of(AT), null, false));
        assertThat(join(store.lease(name, seen(0), LONG, List.of(AT)))).isEmpty();
        assertThat(join(store.lease(name, seen(1), LONG, List.of(AT)))).isPresent();
    }

    @Test
    void keepsAPauseUntilThereIsAToken() {
        Pause pause = new Pause(AT.plusSeconds(60), "HTTP 503");
        join(store.giveBack(lease(0), pause));
        assertThat(join(store.read(name)).pause()).isEqualTo(pause);

        Lease lease = lease(0);
        assertThat(join(store.read(name)).pause()).isEqualTo(pause);
        join(store.put(lease, "canary"));
        assertThat(join(store.read(name)).pause()).isNull();
    }

    @Test
    void aLeaseRunsOutByItself() {
        Lease dead = join(store.lease(name, seen(0), Duration.ofMillis(700), List.of(AT)))
                .orElseThrow();
        Lease next = Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> join(store.lease(name, seen(0), LONG, List.of(AT))), Optional::isPresent)
                .orElseThrow();

        // What the dead one had been given by the partner is as good as what the other will get; the first one counts.
        assertThat(join(store.put(dead, "late"))).isTrue();
        assertThat(join(store.put(next, "later"))).isFalse();
        assertThat(join(store.read(name)).token()).isEqualTo("late");
    }

    @Test
    void givingBackALeaseThatSomebodyElseHasTakenDoesNothing() {
        Lease first = lease(0);
        join(store.giveBack(first, null));
        Lease second = lease(0);
        join(store.giveBack(first, new Pause(AT, "late")));

        assertThat(join(store.read(name)).pause()).isNull();
        assertThat(join(store.lease(name, seen(0), LONG, List.of(AT)))).isEmpty();
        assertThat(join(store.put(second, "canary"))).isTrue();
    }

    @Test
    void whoHasNotSeenThatThePartnerWasAskedGetsNoLease() {
        Entry before = join(store.read(name));
        join(store.giveBack(join(store.lease(name, before, LONG, List.of(AT))).orElseThrow(), null));
        assertThat(join(store.lease(name, before, LONG, List.of(AT.plusSeconds(1)))))
                .isEmpty();
        assertThat(join(store.lease(name, join(store.read(name)), LONG, List.of(AT, AT.plusSeconds(1)))))
                .isPresent();
    }

    @Test
    void whatWasNotSentIsTakenBackByTheHolderAlone() {
        Pause pause = new Pause(AT.plusSeconds(60), "no room");
        Lease first = lease(0);
        join(store.giveBackUnused(first, List.of(), pause));
        assertThat(join(store.read(name))).isEqualTo(new Entry(0, null, List.of(), pause, false));

        Lease second = lease(0);
        join(store.giveBackUnused(first, List.of(), null));
        assertThat(join(store.read(name))).isEqualTo(new Entry(0, null, List.of(AT), pause, true));
        join(store.put(second, "canary"));
        Lease third = join(store.lease(name, seen(1), LONG, List.of(AT, AT.plusSeconds(1))))
                .orElseThrow();
        join(store.giveBackUnused(third, List.of(AT), null));
        assertThat(join(store.read(name)).askedAt()).containsExactly(AT);
    }

    @Test
    void puttingTheSameTokenAgainIsDoneOnce() {
        Lease lease = lease(0);
        assertThat(join(store.put(lease, "canary"))).isTrue();
        assertThat(join(store.put(lease, "canary"))).isTrue();
        assertThat(join(store.read(name)).generation()).isEqualTo(1);
    }

    @Test
    void nothingInTheTableShowsAToken() {
        join(store.put(lease(0), "canary"));
        Row row = Objects.requireNonNull(
                SESSION.execute("SELECT * FROM " + StoresKeyspace.NAME + ".tokens WHERE name = '" + name + "'")
                        .one());
        byte[] sealed = Objects.requireNonNull(row.getByteBuffer("sealed")).array();
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("canary");
        assertThat(row.getFormattedContents()).doesNotContain("canary");
        assertThat(join(store.read(name)).toString()).doesNotContain("canary");
    }

    @Test
    void aTokenThatNoKeyOpensIsAsIfThereWereNone() {
        join(store.put(lease(0), "canary"));
        TokenStore other = store(TokenSealTest.key(2));
        Entry entry = join(other.read(name));
        assertThat(entry.token()).isNull();
        assertThat(entry.generation()).isEqualTo(1);

        Lease lease = join(other.lease(name, seen(1), LONG, List.of(AT))).orElseThrow();
        assertThat(join(other.put(lease, "new"))).isTrue();
        assertThat(join(other.read(name)).token()).isEqualTo("new");
    }
}
