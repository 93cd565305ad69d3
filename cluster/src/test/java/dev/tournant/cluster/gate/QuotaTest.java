package dev.tournant.cluster.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
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
     * not, and end without a word at any moment.
     */
    @Property(tries = 300)
    void theRowNeverSaysLessThanWasUsed(@ForAll long seed) {
        Random random = new Random(seed);
        SortedMap<Long, Integer> row = new TreeMap<>();
        List<Long> sent = new ArrayList<>();
        Quota quota = quota(row);
        SortedMap<Long, Integer> writing = null;
        long wall = 1_700_000_000_000L;
        for (int i = 0; i < 2_000; i++) {
            wall += random.nextInt(3) * MINUTE;
            int what = random.nextInt(100);
            if (what < 70) {
                if (quota.take(wall)) {
                    sent.add(wall);
                }
            } else if (what < 97) {
                if (writing == null && quota.isLow(wall)) {
                    writing = quota.next(wall);
                    row = random.nextInt(10) == 0 ? row : writing;
                } else if (writing != null) {
                    quota.written(row.equals(writing));
                    writing = null;
                }
            } else {
                quota = quota(row);
                writing = null;
            }
            long at = wall;
            long used = sent.stream().filter(each -> at - each < DAY.toMillis()).count();
            assertThat(row.values().stream().mapToInt(each -> each).sum()).isGreaterThanOrEqualTo((int) used);
        }
    }

    @Example
    void calledWorstWhatIsLongOverHasAgedAndTheRestIsStillOnItsWay() {
        long wall = 1_700_006_400_000L;
        long slot = DAY.toMillis() / SETTINGS.quotaSlots();
        long current = wall - Math.floorMod(wall, slot);
        long old = current - 10 * slot;
        Ledger worst = quota(new TreeMap<>(Map.of(old, 20, current, 3))).worst(RULES, wall, SETTINGS);
        assertThat(worst.inFlight()).hasSize(3).allMatch(Ledger.Flight::lost);
        assertThat(worst.inFlight())
                .extracting(Ledger.Flight::nanosLeft)
                .containsOnly(SETTINGS.grantLife().toNanos());
        long late = SETTINGS.grantLife().plus(SETTINGS.wallClockError()).toMillis();
        assertThat(worst.counts())
                .containsExactly(new Ledger.Count(
                        RULES.get(0),
                        0,
                        1000,
                        List.of(new Ledger.Answered(
                                Duration.ofMillis(wall - old - slot - late).toNanos(), 20))));
    }
}
