package dev.tournant.cluster.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tournant.persistence.Leases.Holder;
import dev.tournant.persistence.Leases.NodeRow;
import dev.tournant.persistence.Leases.State;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The keeper's thread on a store in memory and a clock that can jump, as it does when a process stands still. */
class LeaseKeeperTest {
    private static final String NODE = "127.0.0.1:25520";
    private static final Holder OTHER = new Holder("127.0.0.1:25521", 4);
    private static final Terms TERMS =
            new Terms(Duration.ofMillis(900), Duration.ofMillis(50), Duration.ofMillis(300), 0.001);

    private static final class Halted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Halted(String why) {
            super(why);
        }
    }

    private final LeasesInMemory store = new LeasesInMemory();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Queue<String> halts = new ConcurrentLinkedQueue<>();
    private final AtomicLong jumped = new AtomicLong();
    private final LeaseKeeper keeper = begin();

    private LeaseKeeper begin() {
        return LeaseKeeper.begin(
                NODE,
                Duration.ofSeconds(20),
                TERMS,
                new LeaseKeeper.Surroundings(
                        store,
                        () -> Set.of(NODE, OTHER.node()),
                        new LeaseMetrics(registry),
                        () -> System.nanoTime() + jumped.get(),
                        why -> {
                            halts.add(why);
                            throw new Halted(why);
                        }));
    }

    @AfterEach
    void end() {
        keeper.giveBack();
    }

    private NodeRow row(LeaseKeeper of) {
        return Objects.requireNonNull(store.row(of.self()));
    }

    private static void until(java.util.concurrent.Callable<Boolean> condition) {
        // A fake halt throws, in the keeper's thread too.
        Awaitility.await()
                .dontCatchUncaughtExceptions()
                .atMost(30, TimeUnit.SECONDS)
                .until(condition);
    }

    @Test
    void renewsAndHolds() {
        assertThat(keeper.self()).isEqualTo(new Holder(NODE, 1));
        until(() -> row(keeper).version() > 5);
        keeper.check();
        assertThat(keeper.left()).isPositive().isLessThanOrEqualTo(TERMS.ttl());
        assertThat(registry.get("tournant.lease.renewals").timer().count()).isPositive();
        assertThat(halts).isEmpty();
    }

    @Test
    void haltsAfterAPauseThatWasTooLong() {
        jumped.addAndGet(TERMS.ttl().toNanos());
        assertThatThrownBy(keeper::check).isInstanceOf(Halted.class).hasMessageContaining("ran out");
        assertThat(keeper.left()).isZero();
        // The thread sees it too, unless an answer to a renewal from before the pause was still to come.
        until(() -> halts.size() > 1);
    }

    @Test
    void haltsWhenTheStoreIsSilentForTooLong() {
        store.isSilent = true;
        until(() -> !halts.isEmpty());
        assertThat(keeper.left()).isZero();
    }

    @Test
    void goesOnAfterALostAnswer() {
        store.losesNextAnswer = true;
        long before = row(keeper).version();
        until(() -> row(keeper).version() > before + 5);
        keeper.check();
        assertThat(registry.get("tournant.lease.renewals-unknown").counter().count())
                .isEqualTo(1);
    }

    @Test
    void haltsWhenAnotherNodeHasEndedIt() {
        store.put(new NodeRow(keeper.self(), 1_000, TERMS.ttl(), State.ENDED));
        until(() -> !halts.isEmpty());
        assertThat(halts.peek()).contains("another node");
    }

    @Test
    void givesBackOnceAndActsNoMore() {
        keeper.giveBack().toCompletableFuture().join();
        assertThat(row(keeper).state()).isEqualTo(State.RELEASED);
        assertThat(keeper.left()).isZero();
        assertThat(halts).isEmpty();
        assertThatThrownBy(keeper::check).isInstanceOf(Halted.class).hasMessageContaining("given back");
    }

    @Test
    void endsTheLeaseOfANodeThatIsSilent() {
        store.put(new NodeRow(OTHER, 12, Duration.ofMillis(200), State.HELD));
        until(() -> Objects.requireNonNull(store.row(OTHER)).state() == State.ENDED);
        assertThat(registry.get("tournant.lease.ended").counter().count()).isEqualTo(1);
    }

    @Test
    void watchesAHolderThatSomebodyWaitsForThoughItIsNoMember() {
        Holder gone = new Holder("127.0.0.1:25599", 2);
        store.put(new NodeRow(gone, 3, Duration.ofMillis(200), State.HELD));
        keeper.await(gone);
        until(() -> Objects.requireNonNull(store.row(gone)).state() == State.ENDED);
    }

    @Test
    void aNewRunDoesNotWaitForTheOneBefore() {
        LeaseKeeper next = begin();
        assertThat(next.self()).isEqualTo(new Holder(NODE, 2));
        next.check();
        assertThat(registry.get("tournant.lease.lost-before").counter().count()).isEqualTo(1);
        next.giveBack().toCompletableFuture().join();

        LeaseKeeper third = begin();
        assertThat(registry.get("tournant.lease.lost-before").counter().count())
                .as("given back")
                .isEqualTo(1);
        assertThat(store.row(next.self())).as("struck out").isNull();
        third.giveBack();
    }
}
