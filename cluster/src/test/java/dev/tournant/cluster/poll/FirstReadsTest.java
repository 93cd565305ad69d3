package dev.tournant.cluster.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Lane;
import dev.tournant.cluster.merchant.ReadPlan.Importance;
import dev.tournant.cluster.merchant.ReadPlan.Trouble;
import dev.tournant.cluster.merchant.ReadPlan.Why;
import dev.tournant.cluster.schedule.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** First reads: how many at a time, at what pace, how far they are, also after a restart. */
class FirstReadsTest extends TimetableScene {
    private static final int PAGES = 60;
    private static final int NEWCOMERS = 12;

    @Test
    void aFirstReadIsPacedSoThatOthersHaveCallsLeft() {
        timetable.allowed(2, START);
        add(5, START);
        run(START, START + 60);

        timetable.wanted(name(9), 0, Why.FIRST, 0, START + 60, START + 60);
        Order first = IntStream.range(0, 100)
                .mapToObj(i -> timetable.orders(START + 60 + i / 10.0))
                .flatMap(List::stream)
                .filter(order -> order.name().equals(name(9)))
                .findFirst()
                .orElseThrow();

        assertThat(first.lane()).isEqualTo(Lane.MENU);
        assertThat(first.pause())
                .as("half of three in ten of one call a second")
                .isEqualTo(Duration.ofNanos(6_666_666_666L));
    }

    /** A first read of {@link #PAGES} pages, one each {@code pause}. */
    private record First(Timetable.Name name, double began, double pause) {
        double endsAt() {
            return began + (PAGES - 1) * pause;
        }
    }

    /** What happened in a pool of ten calls a second: the times of calls. */
    private record Day(List<Double> polls, List<Double> pages, List<Double> ends) {
        static long within(List<Double> times, double from, double to) {
            return times.stream().filter(each -> each >= from && each < to).count();
        }
    }

    /** Many resources that change all the time, and from the tenth second on newcomers with many pages. */
    private Day crowd(double seconds) {
        timetable.allowed(20, START);
        add(100, START);
        Day day = new Day(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        List<First> firsts = new ArrayList<>();
        Set<Timetable.Name> unread = new LinkedHashSet<>();
        for (int step = 0; step < seconds * 10; step++) {
            double now = START + step / 10.0;
            if (step == 100) {
                IntStream.range(100, 100 + NEWCOMERS).forEach(i -> unread.add(name(i)));
            }
            if (step % 200 == 100) {
                unread.forEach(each -> timetable.wanted(each, 0, Why.FIRST, 0, now, now));
            }
            for (First first : List.copyOf(firsts)) {
                timetable.reading(first.name(), far(1), now);
                if (first.endsAt() <= now) {
                    firsts.remove(first);
                    day.ends().add(now);
                    timetable.read(first.name(), first.began(), true, PAGES, Importance.USUAL, now);
                }
            }
            for (Order order : timetable.orders(now)) {
                if (order.pause().isZero()) {
                    day.polls().add(now);
                    timetable.read(order.name(), now, true, 1, Importance.USUAL, now);
                } else {
                    double pause = order.pause().toNanos() / 1e9;
                    First first = new First(order.name(), now, pause);
                    assertThat(unread.remove(first.name())).isTrue();
                    firsts.add(first);
                    IntStream.range(0, PAGES).forEach(i -> day.pages().add(now + i * pause));
                }
            }
        }
        return day;
    }

    @Test
    void manyFirstReadsTogetherKeepToTheirShareOfCalls() {
        Day day = crowd(450);

        assertThat(day.ends()).as("all are read in the end").hasSize(NEWCOMERS);
        double last = day.ends().get(day.ends().size() - 1);
        for (double from = START + 10; from + 20 < last; from += 5) {
            long pages = Day.within(day.pages(), from, from + 20);
            long polls = Day.within(day.polls(), from, from + 20);
            assertThat(pages).as("three a second at %s", from).isLessThanOrEqualTo(60 + FirstReads.PARTS);
            assertThat(polls)
                    .as("seven a second, though first reads end, at %s", from)
                    .isGreaterThanOrEqualTo(130);
            assertThat(pages + polls).isLessThanOrEqualTo(200 + FirstReads.PARTS + 10);
        }
        assertThat(Day.within(day.pages(), START + 10, START + 110))
                .as("and they get it")
                .isGreaterThan(250);
    }

    @Test
    void whatIsAskedForIsReadAlsoWhereFirstReadsHaveNoRoom() {
        timetable.allowed(1_000, START);
        for (int i = 0; i < 20; i++) {
            timetable.wanted(name(i), 0, Why.FIRST, 0, START, START);
        }
        List<Order> orders = timetable.orders(START + 1);
        assertThat(orders).hasSize(4).extracting(Order::pause).doesNotContain(Duration.ZERO);
        add(30, START + 1);
        assertThat(timetable.orders(START + 1))
                .as("polls have places of their own")
                .hasSize(SETTINGS.underWayMax());
        timetable.refresh(name(19).merchant(), null, START + 2);
        assertThat(timetable.underWay()).isEqualTo(4 + SETTINGS.underWayMax());
        List<Timetable.Name> polled = new ArrayList<>();
        IntStream.range(20, 30).forEach(i -> timetable.read(name(i), START + 2, false, 1, Importance.USUAL, START + 2));
        timetable.orders(START + 3).forEach(each -> polled.add(each.name()));
        assertThat(polled).contains(name(19));
    }

    @Test
    void showsHowFarAFirstReadIsUntilItIsOver() {
        timetable.allowed(4, START);
        timetable.wanted(name(0), 0, Why.FIRST, 0, START, START);
        assertThat(timetable.orders(START)).hasSize(1);
        assertThat(standing(timetable, name(0), START).first()).isNull();

        timetable.reading(name(0), far(1), START + 1);
        timetable.reading(name(0), far(2), START + 10);
        assertThat(standing(timetable, name(0), START + 10).first()).isEqualTo(far(2));
        assertThat(timetable.firstReads()).isEqualTo(1);
        timetable.broke(name(0), Trouble.CROWDED, START + 20, START + 11);
        assertThat(standing(timetable, name(0), START + 11))
                .as("it broke off")
                .matches(each -> far(2).equals(each.first()) && !each.belief().underWay());
        assertThat(timetable.firstReads()).isZero();

        assertThat(timetable.orders(START + 30)).hasSize(1);
        timetable.reading(name(0), far(3), START + 40);
        timetable.read(name(0), START, true, 4, Importance.USUAL, START + 50);
        assertThat(standing(timetable, name(0), START + 50).first()).isNull();
        assertThat(timetable.firstReads()).isZero();
    }

    /** One that knows nothing of a first read under way, but for what was written down before it. */
    private Timetable restarted(double now) {
        Timetable again = Timetable.of(timetable.memory(now), POOL, SETTINGS, partner -> true, now);
        again.allowed(4, now);
        return again;
    }

    @Test
    void aFirstReadThatGoesOnThroughARestartCountsAsOne() {
        timetable.allowed(4, START);
        add(10, START);
        Timetable again = restarted(START + 600);

        // Nothing of it was written down, and the round may tell of it before its merchant does.
        again.reading(name(21), far(1), START + 600);
        assertThat(again.firstReads()).isEqualTo(1);
        again.gone(name(21).merchant(), name(21).feed().link(), "catalog", START + 600);
        assertThat(again.underWay()).isZero();
        again.has(name(20).merchant(), List.of(name(20).feed()), 0, START + 600);
        again.reading(name(20), far(60), START + 600);

        assertThat(again.firstReads()).isEqualTo(1);
        assertThat(again.underWay()).isEqualTo(1);
        assertThat(standing(again, name(20), START + 600))
                .matches(each -> far(60).equals(each.first())
                        && each.belief().underWay()
                        && each.belief().phase() == Phase.NEWCOMER);
        assertThat(again.orders(START + 601))
                .as("it takes no poll's place, and is not told to begin")
                .hasSize(2)
                .extracting(Order::name)
                .doesNotContain(name(20));

        again.read(name(20), START, true, 61, Importance.USUAL, START + 610);
        assertThat(again.orders(START + 612))
                .as("its pages were not paid from what is for polls")
                .isNotEmpty();
    }

    @Test
    void aFirstReadThatWasTakenForAPollCountsAsOneAsSoonAsItsMerchantSaysSo() {
        timetable.allowed(1_000, START);
        add(20, START);
        List<Order> orders = timetable.orders(START + 10);
        assertThat(orders).hasSize(SETTINGS.underWayMax());

        timetable.reading(orders.get(0).name(), far(7), START + 11);

        assertThat(timetable.firstReads()).isEqualTo(1);
        assertThat(timetable.underWay()).isEqualTo(SETTINGS.underWayMax());
        assertThat(timetable.orders(START + 12))
                .as("the place of a poll is free")
                .hasSize(1);
    }

    @Test
    void whatWasTakenForAPollWaitsForItsTurnAmongFirstReads() {
        timetable.allowed(1_000, START);
        add(1, START);
        assertThat(timetable.orders(START))
                .singleElement()
                .matches(order -> order.pause().isZero());

        timetable.wanted(name(0), 0, Why.FIRST, 0, START + 1, START + 1);

        assertThat(timetable.orders(START + 1))
                .singleElement()
                .matches(order -> !order.pause().isZero());
        assertThat(timetable.firstReads()).isEqualTo(1);
        timetable.wanted(name(0), 0, Why.FIRST, 0, START + 2, START + 2);
        assertThat(timetable.orders(START + 2))
                .as("the answer to the order before")
                .isEmpty();
    }

    @Test
    void aFirstReadByANodeOfAnOlderVersionGoesOnThroughARestart() {
        timetable.allowed(4, START);
        timetable.wanted(name(0), 0, Why.FIRST, 0, START, START);
        Timetable again = restarted(START + 60);

        again.reading(name(0), null, START + 60);

        assertThat(again.firstReads()).isEqualTo(1);
        assertThat(again.orders(START + 61)).isEmpty();
        assertThat(standing(again, name(0), START + 61).first()).isNull();
    }

    @Test
    void whatLeadsElsewhereIsReadFromItsBeginningAmongFirstReads() {
        timetable.allowed(1_000, START);
        add(1, START);
        run(START, START + 100);

        timetable.wanted(name(0), 0, Why.FIRST, 0, START + 100, START + 100);

        assertThat(belief(0, START + 100).phase()).isEqualTo(Phase.NEWCOMER);
        assertThat(timetable.orders(START + 101))
                .singleElement()
                .matches(order -> !order.pause().isZero());
    }
}
