package dev.tournant.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import dev.tournant.persistence.GateLedgers.Found;
import dev.tournant.persistence.GateLedgers.Opened;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CassandraLedgersTest {
    private static final GateLedger LEDGER = StoredValues.GATE_LEDGER_1;
    private static final GateLedger RESERVED = GateLedger.ofReserved(LEDGER.at(), new TreeMap<>(LEDGER.reserved()));
    private static final CqlSession SESSION = StoresKeyspace.session();

    private final String pool = "toast:menus:" + UUID.randomUUID();
    private final CassandraLedgers ledgers = new CassandraLedgers(
            CompletableFuture.completedFuture(SESSION), StoresKeyspace.NAME, ForkJoinPool.commonPool());

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Test
    void aPoolIsNewOnceAndThenAsItWasLeft() {
        assertThat(join(ledgers.open(pool, "a"))).isEqualTo(new Opened(Found.NEW, null));
        assertThat(join(ledgers.close(pool, "a", LEDGER))).isTrue();
        assertThat(join(ledgers.open(pool, "b"))).isEqualTo(new Opened(Found.CLOSED, LEDGER));
        assertThat(join(ledgers.open(pool, "c"))).isEqualTo(new Opened(Found.LEFT_OPEN, LEDGER));
    }

    @Test
    void whatWasSetAsideIsFoundAfterAHolderThatDidNotClose() {
        join(ledgers.open(pool, "a"));
        assertThat(join(ledgers.keep(pool, "a", RESERVED))).isTrue();
        assertThat(join(ledgers.open(pool, "b"))).isEqualTo(new Opened(Found.LEFT_OPEN, RESERVED));
    }

    @Test
    void aFormerHolderChangesNothingAnyMore() {
        join(ledgers.open(pool, "a"));
        join(ledgers.open(pool, "b"));
        assertThat(join(ledgers.keep(pool, "a", RESERVED))).isFalse();
        assertThat(join(ledgers.close(pool, "a", LEDGER))).isFalse();
        assertThat(join(ledgers.open(pool, "c"))).isEqualTo(new Opened(Found.LEFT_OPEN, null));
    }

    @Test
    void openingAgainUnderTheSameNameIsDoneOnce() {
        join(ledgers.open(pool, "a"));
        assertThat(join(ledgers.open(pool, "a"))).isEqualTo(new Opened(Found.NEW, null));
        join(ledgers.close(pool, "a", LEDGER));
        join(ledgers.open(pool, "b"));
        assertThat(join(ledgers.open(pool, "b"))).isEqualTo(new Opened(Found.CLOSED, LEDGER));
        assertThat(join(ledgers.close(pool, "b", LEDGER))).isTrue();
        assertThat(join(ledgers.close(pool, "b", LEDGER))).isTrue();
    }

    @Test
    void ofManyThatOpenAtOnceOneFindsThePoolNewAndOneHasIt() {
        List<CompletableFuture<Opened>> all = IntStream.range(0, 12)
                .mapToObj(i -> ledgers.open(pool, "h" + i).toCompletableFuture())
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
    void aLedgerThatCannotBeReadIsLeftAsItIs() {
        join(ledgers.open(pool, "a"));
        join(ledgers.close(pool, "a", LEDGER));
        SESSION.execute("UPDATE " + StoresKeyspace.NAME + ".gate_ledgers SET manifest = 'gate-ledger/9' WHERE pool = '"
                + pool + "' IF holder = 'a'");
        assertThatThrownBy(() -> join(ledgers.open(pool, "b")))
                .hasMessageContaining("gate-ledger/9 was written by a newer version");
        SESSION.execute("UPDATE " + StoresKeyspace.NAME + ".gate_ledgers SET manifest = 'gate-ledger/1' WHERE pool = '"
                + pool + "' IF holder = 'a'");
        assertThat(join(ledgers.open(pool, "b"))).isEqualTo(new Opened(Found.CLOSED, LEDGER));
    }
}
