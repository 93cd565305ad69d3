package dev.tournant.cluster.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.cluster.merchant.ReadPlan.Importance;
import dev.tournant.cluster.merchant.ReadPlan.Trouble;
import dev.tournant.cluster.merchant.ReadPlan.Why;
import dev.tournant.cluster.schedule.Phase;
import dev.tournant.messages.FreshnessBoard;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is read when, and with how many calls. */
class TimetableTest extends TimetableScene {
    @Test
    void whatNobodyHasReadForLongIsReadAtOnceWithinTheShareOfCalls() {
        timetable.allowed(4, START);
        add(100, START);

        List<Timetable.Name> read = run(START, START + 20);

        assertThat(read).as("two a second, and those of the burst").hasSizeBetween(38, 44);
        assertThat(read).doesNotHaveDuplicates();
    }

    @Test
    void nothingIsReadBeforeItIsWorthACall() {
        timetable.allowed(1_000, START);
        add(1, START);
        run(START, START + 600);

        List<Timetable.Name> read = run(START + 600, START + 1_200);

        assertThat(read).as("nothing ever changes, and calls are plenty").hasSizeBetween(1, 60);
    }

    @Test
    void nothingIsOlderThanItsMaximumAge() {
        timetable.allowed(1_000, START);
        add(20, START);
        run(START, START + 3_600);

        for (int i = 0; i < 20; i++) {
            assertThat(START + 3_600 - belief(i, START + 3_600).seenAt()).isLessThan(600);
        }
    }

    @Test
    void whatAPollTookBeyondOneCallIsPaidBack() {
        timetable.allowed(2, START);
        add(10, START);

        Order first = timetable.orders(START).get(0);
        timetable.read(first.name(), START, true, 11, Importance.USUAL, START + 1);

        assertThat(timetable.orders(START + 9)).isEmpty();
        assertThat(timetable.orders(START + 11)).isNotEmpty();
    }

    @Test
    void theScheduleBeginsWithTheLimitThatIsKnown() {
        timetable.allowed(3, START);
        add(1, START);
        assertThat(timetable.freshness(START).callsPerSecond()).isEqualTo(1.5);

        timetable.allowed(1_000, START);
        add(100, START);
        timetable.orders(START);
        for (int i = 0; i < 4; i++) {
            timetable.read(name(i), START, false, 1, Importance.USUAL, START);
            timetable.orders(START);
        }

        assertThat(timetable.freshness(START).callsPerSecond())
                .as("calls that were saved up and are made at once")
                .isBetween(500.0, 1_000.0);
    }

    @Test
    void whereThereWasNoRoomNothingIsWrongWithWhatWasToBeRead() {
        timetable.allowed(1_000, START);
        add(1, START);
        assertThat(timetable.orders(START)).hasSize(1);

        timetable.broke(name(0), Trouble.CROWDED, START + 5, START + 1);

        assertThat(belief(0, START + 1).phase()).isEqualTo(Phase.WATCHED);
        assertThat(belief(0, START + 1).failures()).isZero();
        assertThat(timetable.orders(START + 4.9)).isEmpty();
        assertThat(timetable.orders(START + 5)).hasSize(1);
    }

    /** Credentials of three links in ten are revoked, and one of them lacks something for ever: what operators are shown of the pool. */
    @Test
    void operatorsSeeWhatIsHeldAndWhatIsParkedAndThatItIsNotFresh() {
        timetable.allowed(4, START);
        add(10, START);
        run(START, START + 60);
        double healthy = Views.pool(POOL, timetable, START + 60).fresh();
        double end = START + 60 + 9 * 3_600;
        double[] seen = new double[10];
        for (double now = START + 60; now < end; now += 0.5) {
            for (Order order : timetable.orders(now)) {
                int number = Integer.parseInt(order.name().merchant().value().substring(2));
                if (number < 3) {
                    timetable.broke(order.name(), Trouble.UNAUTHORISED, now, now);
                } else if (number == 3) {
                    timetable.broke(order.name(), Trouble.FAILED, now, now);
                } else {
                    boolean changed = Math.floor(now / 600) > Math.floor(seen[number] / 600);
                    timetable.read(order.name(), now, changed, 1, Importance.USUAL, now);
                    seen[number] = now;
                }
            }
        }

        FreshnessBoard.Pool pool = Views.pool(POOL, timetable, end);
        FreshnessBoard.Sort sort = pool.sorts().get(0);
        assertThat(sort.failing()).isEqualTo(4);
        assertThat(sort.held()).isEqualTo(3);
        assertThat(sort.parked()).isOne();
        assertThat(sort.starved()).isEqualTo(4);
        assertThat(healthy).isGreaterThan(0.9);
        assertThat(pool.fresh()).isLessThan(0.62);
        assertThat(pool.ratio()).as("the others are read as well as can be").isGreaterThan(0.9);
        FreshnessBoard.Resource broken = Views.resources(
                        POOL,
                        timetable.standings(
                                name(3).merchant(), Set.of(name(3).feed().link()), end))
                .get(0);
        assertThat(broken.phase()).isEqualTo("parked");
        assertThat(broken.failures()).isGreaterThan(20);
        assertThat(broken.nextAt()).isNotNull();
        assertThat(broken.fresh()).isLessThan(0.01);
    }

    @Test
    void whatAMerchantHasNotAnyMoreIsForgotten() {
        add(2, START);
        timetable.has(name(0).merchant(), List.of(feed("other")), 0, START + 1);
        timetable.gone(name(1).merchant(), name(1).feed().link(), "catalog", START + 1);

        assertThat(run(START + 1, START + 30)).containsOnly(new Timetable.Name(name(0).merchant(), feed("other")));
    }

    @Test
    void knowsTheLocalTimeOfEachMerchantAlsoWhereClocksAreChanged() {
        timetable.has(name(0).merchant(), List.of(name(0).feed()), -14_400, START);
        byte[] summer = timetable.memory(START);
        timetable.has(name(0).merchant(), List.of(name(0).feed()), -18_000, START);
        byte[] winter = timetable.memory(START);
        timetable.wanted(name(0), -14_400, Why.ASKED, 0, START, START);

        assertThat(Arrays.equals(winter, summer)).isFalse();
        assertThat(Arrays.equals(timetable.memory(START), summer)).isTrue();
    }
}
