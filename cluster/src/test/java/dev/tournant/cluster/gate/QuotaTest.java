package dev.tournant.cluster.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.persistence.GateLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class QuotaTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final long MINUTE = 60_000;
    private static final GateSettings SETTINGS = GateFixture.SETTINGS;
    private static final List<Rule> RULES = List.of(new Rule.Window(1000, DAY));

    private static Quota quota(SortedMap<Long, Integer> found) {
        return new Quota(DAY, 1000, SETTINGS, found);
    }

    @Example
    void nothingIsUsedBeforeItStandsInTheRow() {
        Quota quota = quota(new TreeMap<>());
        assertThat(quota.take(0)).isFalse();
        assertThat(quota.isLow(0)).isTrue();
        assertThat(quota.next(0)).isEqualTo(new TreeMap<>(Map.of(0L, 10)));
        assertThat(quota.isLow(0)).isFalse();
        assertThat(quota.take(0)).isFalse();
        quota.written(true);
        for (int i = 0; i < 10; i++) {
            assertThat(quota.take(0)).isTrue();
        }
        assertThat(quota.take(0)).isFalse();
    }

    @Example
    void aBlockOfWhichNobodyKnowsWhetherItWasWrittenIsNotUsed() {
        Quota quota = quota(new TreeMap<>());
        quota.next(0);
        quota.written(false);
        assertThat(quota.take(0)).isFalse();
        assertThat(quota.isLow(0)).isTrue();
    }

    @Example
    void whatIsLeftOfABlockWhenItsSlotEndsIsNotCounted() {
        Quota quota = quota(new TreeMap<>());
        quota.next(0);
        quota.written(true);
        quota.take(0);
        long slot = DAY.toMillis() / SETTINGS.quotaSlots();
        assertThat(quota.take(slot)).isFalse();
        assertThat(quota.next(slot)).isEqualTo(new TreeMap<>(Map.of(0L, 1, slot, 10)));
        // A clock that is put back does not bring an old slot back.
        quota.written(true);
        assertThat(quota.take(0)).isTrue();
        assertThat(quota.spent(slot)).isEqualTo(new TreeMap<>(Map.of(0L, 1, slot, 1)));
    }

    /**
     * Whatever happens, all that went out in the last window is in what the row says: holders take, write, hear of it or
     * not, and end without a word at any moment; writes that were not heard of are done late.
     */
    @Property(tries = 300)
    void theRowNeverSaysLessThanWasUsed(@ForAll long seed) {
        assertThat(missing(seed, true)).isZero();
    }

    @Example
    void catchesARowThatTakesALateWriteForANewOne() {
        assertThat(LongStream.range(0, 100).filter(seed -> missing(seed, false) > 0))
                .isNotEmpty();
    }

    /** How many calls the row did not know of at worst. */
    private static long missing(long seed, boolean hasVersions) {
        Random random = new Random(seed);
        RowModel row = new RowModel(hasVersions);
        Deque<Long> sent = new ArrayDeque<>();
        Quota quota = quota(row.reserved);
        SortedMap<Long, Integer> writing = null;
        boolean known = false;
        long wall = 1_700_000_000_000L;
        long missing = 0;
        for (int i = 0; i < 2_000; i++) {
            wall += random.nextInt(3) * MINUTE;
            int what = random.nextInt(100);
            if (what < 70) {
                if (quota.take(wall)) {
                    sent.add(wall);
                }
            } else if (what < 94) {
                if (writing == null && quota.isLow(wall)) {
                    writing = quota.next(wall);
                    row.send(writing);
                    known = random.nextInt(10) > 0 && row.done(row.sent.size() - 1);
                } else if (writing != null) {
                    quota.written(known);
                    writing = null;
                }
            } else if (what < 97) {
                row.done(random.nextInt(row.sent.size() + 1) - 1);
            } else {
                row.opened();
                quota = quota(row.reserved);
                writing = null;
            }
            while (!sent.isEmpty() && wall - sent.getFirst() >= DAY.toMillis()) {
                sent.removeFirst();
            }
            missing = Math.max(missing, sent.size() - row.calls());
        }
        return missing;
    }

    /** A row as the store keeps it: what is sent may be done at any time, if the row is as it was when it was sent. */
    private static final class RowModel {
        private record Sent(long version, SortedMap<Long, Integer> reserved) {}

        private final boolean hasVersions;
        private final List<Sent> sent = new ArrayList<>();
        private long version;
        private SortedMap<Long, Integer> reserved = new TreeMap<>();

        RowModel(boolean hasVersions) {
            this.hasVersions = hasVersions;
        }

        void send(SortedMap<Long, Integer> next) {
            sent.add(new Sent(version, next));
        }

        boolean done(int index) {
            if (index < 0) {
                return false;
            }
            Sent each = sent.remove(index);
            boolean applies = !hasVersions || each.version == version;
            if (applies) {
                version++;
                reserved = each.reserved;
            }
            return applies;
        }

        /** By another holder: what the former one sent is in vain. */
        void opened() {
            sent.clear();
            version++;
        }

        long calls() {
            return reserved.values().stream().mapToInt(each -> each).sum();
        }
    }

    @Example
    void calledWorstWhatIsLongOverHasAgedAndTheRestIsStillOnItsWay() {
        long wall = 1_700_006_400_000L;
        long slot = DAY.toMillis() / SETTINGS.quotaSlots();
        long current = wall - Math.floorMod(wall, slot);
        long old = current - 10 * slot;
        GateLedger.Slots slots = quota(new TreeMap<>()).slots();
        GateLedger row =
                GateLedger.whileOpen(Instant.EPOCH, new TreeMap<>(Map.of(old, 20, current, 3)), slots, 0, List.of());
        Ledger worst = Quota.worst(row, RULES, wall, 0, SETTINGS);
        assertThat(worst.inFlight()).isEmpty();
        long late = SETTINGS.grantLife().plus(SETTINGS.wallClockError()).toMillis();
        assertThat(worst.counts())
                .containsExactly(new Ledger.Count(
                        RULES.get(0),
                        0,
                        1000,
                        List.of(
                                new Ledger.Answered(
                                        Duration.ofMillis(wall - old - slot - late)
                                                .toNanos(),
                                        20),
                                new Ledger.Answered(-SETTINGS.grantLife().toNanos(), 3))));
        // A window that reaches back further, and a short one, are not told of.
        List<Rule> others = List.of(
                new Rule.Window(1000, DAY.plusNanos(1)), new Rule.Window(1000, Duration.ofSeconds(1)), RULES.get(0));
        assertThat(Quota.worst(row, others, wall, 0, SETTINGS).counts())
                .extracting(Ledger.Count::rule)
                .containsExactly(RULES.get(0));
    }
}
