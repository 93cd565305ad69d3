package dev.tournant.cluster.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.cluster.merchant.ReadPlan.Why;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Orders that are under way: how many, and those of which nothing is heard. */
class UnderWayTest extends TimetableScene {
    @Test
    void noMoreThanSoManyAreUnderWay() {
        timetable.allowed(1_000, START);
        add(10, START);

        List<Order> orders = timetable.orders(START + 10);

        assertThat(orders).hasSize(SETTINGS.underWayMax());
        assertThat(timetable.orders(START + 11)).isEmpty();
    }

    @Test
    void whoSaysNothingForLongHasFailed() {
        timetable.allowed(1_000, START);
        add(4, START);
        List<Order> orders = timetable.orders(START + 1);
        assertThat(orders).hasSize(4);
        double late = START + 1 + PollSettings.seconds(SETTINGS.readWithin()) + 1;
        timetable.reading(orders.get(0).name(), null, START + 60);

        timetable.orders(late);

        assertThat(belief(timetable, orders.get(1).name(), late).failures()).isEqualTo(1);
        assertThat(belief(timetable, orders.get(0).name(), late).failures())
                .as("it said that it goes on")
                .isZero();
    }

    @Test
    void aReadingThatTakesLongHasNotFailedAsLongAsItSaysThatItGoesOn() {
        timetable.allowed(1_000, START);
        timetable.wanted(name(0), 0, Why.FIRST, 0, START, START);
        assertThat(timetable.orders(START)).hasSize(1);

        double now = START;
        while (now < START + 3_600) {
            now += 20;
            timetable.reading(name(0), far(3), now);
            assertThat(timetable.orders(now)).isEmpty();
        }
        assertThat(belief(0, now).failures()).isZero();
        timetable.orders(now + PollSettings.seconds(SETTINGS.readWithin()));
        assertThat(belief(0, now + 121).failures()).as("silent since").isEqualTo(1);
    }

    @Test
    void anOrderThatNobodyAcknowledgesLeavesItsPlaceSoon() {
        timetable.allowed(1_000, START);
        add(8, START);
        List<Order> orders = timetable.orders(START + 1);
        assertThat(orders).hasSize(SETTINGS.underWayMax());
        timetable.reading(orders.get(0).name(), null, START + 1);
        double late = START + 1 + PollSettings.seconds(SETTINGS.arriveWithin());

        assertThat(timetable.nextAt(START + 2)).isEqualTo(late);
        assertThat(timetable.orders(late)).hasSize(SETTINGS.underWayMax() - 1);
        assertThat(belief(timetable, orders.get(0).name(), late).underWay())
                .as("it said that it was told")
                .isTrue();
        assertThat(belief(timetable, orders.get(1).name(), late).failures()).isOne();
    }

    @Test
    void whoWantsToReadIsNotReadingAndIsToldAgain() {
        timetable.allowed(1_000, START);
        add(1, START);
        assertThat(timetable.orders(START)).hasSize(1);

        timetable.wanted(name(0), 0, Why.SIGNAL, 1, START + 1, START + 1);
        assertThat(timetable.orders(START + 1))
                .as("the order may be on its way")
                .isEmpty();
        timetable.wanted(name(0), 0, Why.SIGNAL, 1, START + 6, START + 6);
        assertThat(timetable.orders(START + 6)).as("it never arrived").hasSize(1);
    }
}
