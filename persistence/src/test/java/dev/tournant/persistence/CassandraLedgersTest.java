package dev.tournant.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import dev.tournant.persistence.GateLedgers.Found;
import dev.tournant.persistence.GateLedgers.Opened;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CassandraLedgersTest {
    private static final GateLedger LEDGER = StoredValues.GATE_LEDGER_1;
    private static final GateLedger.Slots SLOTS = new GateLedger.Slots(86_400_000_000_000L, 1_800_000);
    private static final GateLedger RESERVED =
            GateLedger.whileOpen(LEDGER.at(), new TreeMap<>(LEDGER.reserved()), SLOTS, 0, List.of());
    private static final CqlSession SESSION = StoresKeyspace.session();

    private final String pool = "toast:menus:" + UUID.randomUUID();
    private final CassandraLedgers ledgers = new CassandraLedgers(
            CompletableFuture.completedFuture(SESSION), StoresKeyspace.NAME, ForkJoinPool.commonPool());

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Test
    void aPoolIsNewOnceAndThenAsItWasLeft() {
        assertThat(join(ledgers.open(pool, "a", false))).isEqualTo(new Opened(Found.NEW, null));
        assertThat(join(ledgers.close(pool, "a", LEDGER))).isTrue();
        assertThat(join(ledgers.open(pool, "b", false))).isEqualTo(new Opened(Found.CLOSED, LEDGER));
        assertThat(join(ledgers.open(pool, "c", false))).isEqualTo(new Opened(Found.LEFT_OPEN, LEDGER));
    }

    @Test
    void whatWasSetAsideIsFoundAfterAHolderThatDidNotClose() {
        join(ledgers.open(pool, "a", false));
        assertThat(join(ledgers.keep(pool, "a", RESERVED))).isTrue();
        assertThat(join(ledgers.open(pool, "b", false))).isEqualTo(new Opened(Found.LEFT_KEPT, RESERVED));
    }

    @Test
    void ofAHolderThatSetsCallsAsideTheLedgerIsCompleteFromTheBeginning() {
        join(ledgers.open(pool, "a", true));
        assertThat(join(ledgers.open(pool, "b", true))).isEqualTo(new Opened(Found.LEFT_KEPT, null));
        assertThat(join(ledgers.close(pool, "b", LEDGER))).isTrue();
        join(ledgers.open(pool, "c", true));
        assertThat(join(ledgers.open(pool, "d", false))).isEqualTo(new Opened(Found.LEFT_KEPT, LEDGER));
        assertThat(join(ledgers.open(pool, "e", true))).isEqualTo(new Opened(Found.LEFT_OPEN, LEDGER));
        assertThat(join(ledgers.open(pool, "f", true))).isEqualTo(new Opened(Found.LEFT_OPEN, LEDGER));
    }

    @Test
    void theLedgerIsCompleteNoMoreOnceItIsKeptWithoutSlots() {
        join(ledgers.open(pool, "a", true));
        GateLedger without = GateLedger.whileOpen(LEDGER.at(), new TreeMap<>(), null, 1, List.of());
        assertThat(join(ledgers.keep(pool, "a", without))).isTrue();
        assertThat(join(ledgers.open(pool, "b", true))).isEqualTo(new Opened(Found.LEFT_OPEN, without));
    }

    @Test
    void aHolderOfAVersionThatKnowsNoPromisesMakesNone() {
        join(ledgers.open(pool, "a", true));
        assertThat(join(ledgers.keep(pool, "a", RESERVED))).isTrue();
        SESSION.execute(
                "UPDATE " + StoresKeyspace.NAME + ".gate_ledgers SET version = 3, holder = 'old', is_open = true,"
                        + " found = 'LEFT_OPEN' WHERE pool = '" + pool + "' IF version = 2");
        assertThat(join(ledgers.open(pool, "b", true))).isEqualTo(new Opened(Found.LEFT_OPEN, RESERVED));
    }

    @Test
    void aFormerHolderChangesNothingAnyMore() {
        join(ledgers.open(pool, "a", false));
        join(ledgers.open(pool, "b", false));
        assertThat(join(ledgers.keep(pool, "a", RESERVED))).isFalse();
        assertThat(join(ledgers.close(pool, "a", LEDGER))).isFalse();
        assertThat(join(ledgers.open(pool, "c", false))).isEqualTo(new Opened(Found.LEFT_OPEN, null));
    }

    @Test
    void openingAgainUnderTheSameNameIsDoneOnce() {
        join(ledgers.open(pool, "a", false));
        assertThat(join(ledgers.open(pool, "a", false))).isEqualTo(new Opened(Found.NEW, null));
        join(ledgers.close(pool, "a", LEDGER));
        join(ledgers.open(pool, "b", false));
        assertThat(join(ledgers.open(pool, "b", false))).isEqualTo(new Opened(Found.CLOSED, LEDGER));
        assertThat(join(ledgers.close(pool, "b", LEDGER))).isTrue();
        assertThat(join(ledgers.close(pool, "b", LEDGER))).isTrue();
    }

    @Test
    void ofManyThatOpenAtOnceOneFindsThePoolNewAndOneHasIt() {
        List<CompletableFuture<Opened>> all = IntStream.range(0, 12)
                .mapToObj(i -> ledgers.open(pool, "h" + i, false).toCompletableFuture())
                .toList();
        assertThat(all.stream().map(each -> join(each).found()))
                .containsOnlyOnce(Found.NEW)
                .doesNotContain(Found.CLOSED);
        assertThat(IntStream.range(0, 12)
                        .filter(i -> join(ledgers.keep(pool, "h" + i, RESERVED)))
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whatWasNotHeardOfAndIsDoneLateDoesNotUndoWhatWasDoneSince() {
        AtomicReference<@Nullable SimpleStatement> late = new AtomicReference<>();
        CassandraLedgers slow = new CassandraLedgers(
                CompletableFuture.completedFuture(holdingBack(late)), StoresKeyspace.NAME, ForkJoinPool.commonPool());
        GateLedger less = GateLedger.whileOpen(LEDGER.at(), new TreeMap<>(Map.of(0L, 10)), SLOTS, 0, List.of());
        join(ledgers.open(pool, "a", false));
        assertThatThrownBy(() -> join(slow.keep(pool, "a", less))).hasMessageContaining("held back");
        assertThat(join(slow.keep(pool, "a", RESERVED))).isTrue();
        assertThat(SESSION.execute(Objects.requireNonNull(late.get())).wasApplied())
                .isFalse();
        assertThat(join(ledgers.open(pool, "b", false)).ledger()).isEqualTo(RESERVED);

        // Done late, but before the next: that one is still done.
        late.set(null);
        assertThatThrownBy(() -> join(slow.keep(pool, "b", less))).hasMessageContaining("held back");
        assertThat(SESSION.execute(Objects.requireNonNull(late.get())).wasApplied())
                .isTrue();
        assertThat(join(slow.keep(pool, "b", RESERVED))).isTrue();
        assertThat(join(ledgers.open(pool, "c", false)).ledger()).isEqualTo(RESERVED);
    }

    /** A session whose next update fails, and can be sent later. */
    private static CqlSession holdingBack(AtomicReference<@Nullable SimpleStatement> late) {
        return (CqlSession) Proxy.newProxyInstance(
                CqlSession.class.getClassLoader(), new Class<?>[] {CqlSession.class}, (proxy, method, arguments) -> {
                    boolean held = arguments != null
                            && arguments[0] instanceof SimpleStatement statement
                            && statement.getQuery().startsWith("UPDATE")
                            && late.compareAndSet(null, statement);
                    return held
                            ? CompletableFuture.failedFuture(new IllegalStateException("held back"))
                            : method.invoke(SESSION, arguments);
                });
    }

    @Test
    void aLedgerThatCannotBeReadIsLeftAsItIs() {
        join(ledgers.open(pool, "a", false));
        join(ledgers.close(pool, "a", LEDGER));
        SESSION.execute("UPDATE " + StoresKeyspace.NAME + ".gate_ledgers SET manifest = 'gate-ledger/9' WHERE pool = '"
                + pool + "' IF holder = 'a'");
        assertThatThrownBy(() -> join(ledgers.open(pool, "b", false)))
                .hasMessageContaining("gate-ledger/9 was written by a newer version");
        SESSION.execute("UPDATE " + StoresKeyspace.NAME + ".gate_ledgers SET manifest = 'gate-ledger/1' WHERE pool = '"
                + pool + "' IF holder = 'a'");
        assertThat(join(ledgers.open(pool, "b", false))).isEqualTo(new Opened(Found.CLOSED, LEDGER));
    }
}
