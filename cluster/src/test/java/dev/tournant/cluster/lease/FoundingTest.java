package dev.tournant.cluster.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.persistence.Leases.Holder;
import dev.tournant.persistence.Leases.NodeRow;
import dev.tournant.persistence.Leases.State;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FoundingTest {
    private static final Duration TTL = Duration.ofSeconds(9);
    private static final Terms TERMS = new Terms(TTL, Duration.ofSeconds(1), Duration.ofSeconds(2), 0.001);

    private final LeasesInMemory store = new LeasesInMemory();
    private final AtomicLong now = new AtomicLong();
    private final Founding founding = new Founding("a:1", store, TERMS, now::get);

    private NodeRow put(String node, long epoch, long version, State state) {
        NodeRow row = new NodeRow(new Holder(node, epoch), version, TTL, state);
        store.put(row);
        return row;
    }

    private void pass(double seconds) {
        now.addAndGet((long) (seconds * 1e9));
    }

    @Test
    void whoIsAloneMayFound() {
        put("a:1", 1, 7, State.HELD);
        put("b:1", 1, 7, State.RELEASED);
        put("c:1", 1, 7, State.ENDED);

        assertThat(founding.others()).isEmpty();
    }

    @Test
    void whoeverRenewsIsInACluster() {
        for (int version = 1; version < 20; version++) {
            put("b:1", 1, version, State.HELD);

            assertThat(founding.others()).containsExactly("b:1");
            pass(5);
        }
    }

    @Test
    void whatRanOutIsEndedAndNoHindrance() {
        NodeRow dead = put("b:1", 3, 4, State.HELD);
        assertThat(founding.others()).containsExactly("b:1");
        pass(8.9);
        assertThat(founding.others()).containsExactly("b:1");

        pass(0.2);

        assertThat(founding.others()).isEmpty();
        assertThat(store.row(dead.holder())).extracting(NodeRow::state).isEqualTo(State.ENDED);
    }
}
