package dev.tournant.cluster.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Lane;
import dev.tournant.cluster.merchant.ReadPlan.Importance;
import dev.tournant.cluster.merchant.ReadPlan.Trouble;
import dev.tournant.cluster.merchant.ReadPlan.Why;
import dev.tournant.cluster.schedule.Belief;
import dev.tournant.model.LinkId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What somebody announces: webhooks, we ourselves, and operators. */
class AnnouncementsTest extends TimetableScene {
    @Test
    void whatIsAnnouncedIsReadBeforeWhatOnlyMayHaveChanged() {
        timetable.allowed(2, START);
        add(50, START);
        run(START, START + 100);

        timetable.wanted(name(7), 0, Why.SIGNAL, 1, START + 100, START + 100);
        List<Order> orders = new ArrayList<>();
        for (double now = START + 100; now < START + 103; now += 0.1) {
            orders.addAll(timetable.orders(now));
        }

        assertThat(orders.get(0).name()).isEqualTo(name(7));
        assertThat(orders.get(0).lane()).isEqualTo(Lane.MENU);
        assertThat(orders.get(0).by()).isEqualTo(POOL);
    }

    private void signalled(int number, long webhooks, double now) {
        timetable.wanted(name(number), 0, Why.SIGNAL, webhooks, now, now);
    }

    @Test
    void eachWebhookCountsOnceHoweverOftenItIsTold() {
        timetable.allowed(0.001, START);
        add(2, START);
        for (int i = 0; i < 2; i++) {
            timetable.read(name(i), START, false, 1, Importance.USUAL, START);
        }

        signalled(0, 1, START + 1);
        signalled(0, 2, START + 2);
        signalled(0, 5, START + 3);
        assertThat(belief(0, START + 4).signals())
                .as("also those that were told together")
                .isEqualTo(5);
        signalled(0, 5, START + 24);
        assertThat(belief(0, START + 24).signals()).as("said again").isEqualTo(5);
        signalled(1, 700, START + 24);
        assertThat(belief(1, START + 24).signals())
                .as("those before are nobody's news")
                .isEqualTo(1);

        timetable.read(name(0), START + 25, true, 1, Importance.USUAL, START + 25);
        signalled(0, 5, START + 26);
        assertThat(belief(0, START + 26).signals()).as("a word that was late").isZero();
        signalled(0, 8, START + 27);
        assertThat(belief(0, START + 27).signals()).isEqualTo(3);
        signalled(0, 1, START + 28);
        signalled(0, 2, START + 29);
        assertThat(belief(0, START + 29).signals())
                .as("a merchant that was made anew")
                .isEqualTo(4);
    }

    @Test
    void aWebhookFromBeforeTheLastReadingCausesNone() {
        timetable.allowed(1_000, START);
        add(1, START);
        run(START, START + 300);
        double seenAt = belief(0, START + 300).seenAt();

        timetable.wanted(name(0), 0, Why.SIGNAL, 3, seenAt - 1, START + 300);

        assertThat(belief(0, START + 300).signals()).isZero();
        timetable.wanted(name(0), 0, Why.SIGNAL, 4, seenAt + 1, START + 300);
        assertThat(belief(0, START + 300).signals()).isEqualTo(1);
    }

    @Test
    void webhooksThatWereHeardOfAreKnownAfterARestart() {
        timetable.allowed(0.001, START);
        add(1, START);
        timetable.read(name(0), START, false, 1, Importance.USUAL, START);
        signalled(0, 1, START + 1);
        signalled(0, 4, START + 2);

        Timetable again = Timetable.of(timetable.memory(START + 3), POOL, SETTINGS, feed -> true, START + 3);
        again.wanted(name(0), 0, Why.SIGNAL, 4, START + 4, START + 4);
        again.wanted(name(0), 0, Why.SIGNAL, 6, START + 5, START + 5);

        assertThat(belief(again, name(0), START + 6).signals()).isEqualTo(6);
    }

    @Test
    void howManyWebhooksThereAreIsLearnt() {
        timetable.allowed(1_000, START);
        add(2, START);
        run(START, START + 1);
        double now = START + 1;
        for (int hour = 1; hour <= 40; hour++) {
            for (int i = 1; i <= 10; i++) {
                now += 6;
                signalled(0, (hour - 1) * 10L + i, now);
            }
            signalled(1, hour, now);
            for (int i = 0; i < 2; i++) {
                timetable.read(name(i), now, true, 1, Importance.USUAL, now);
            }
        }

        assertThat(belief(0, now).changesPerSecond() / belief(1, now).changesPerSecond())
                .as("ten webhooks a reading, and one")
                .isGreaterThan(4);
    }

    @Test
    void whatWeBroughtAboutIsReadSoonAndTeachesNothing() {
        timetable.allowed(2, START);
        add(50, START);
        run(START, START + 100);
        Belief before = belief(7, START + 100);

        timetable.wanted(name(7), 0, Why.OURS, 0, START + 100, START + 100);
        Belief after = belief(7, START + 100);
        assertThat(after.signals()).isZero();
        assertThat(after.fresh()).isEqualTo(before.fresh());
        assertThat(after.changesPerSecond()).isEqualTo(before.changesPerSecond());
        assertThat(after.webhooksWork()).isEqualTo(before.webhooksWork());
        Order order = IntStream.range(0, 30)
                .mapToObj(i -> timetable.orders(START + 100 + i / 10.0))
                .flatMap(List::stream)
                .findFirst()
                .orElseThrow();

        assertThat(order.name()).isEqualTo(name(7));
        assertThat(order.lane()).isEqualTo(Lane.MENU);
    }

    @Test
    void whatAWebhookCarriedIsNotReadAgain() {
        timetable.allowed(1_000, START);
        add(2, START);
        run(START, START + 1);
        List<Timetable.Name> read = new ArrayList<>();
        for (double now = START + 60; now <= START + 1_800; now += 60) {
            timetable.covered(name(0), now, now);
            read.addAll(run(now, now + 1));
        }

        assertThat(read).contains(name(1)).doesNotContain(name(0));
        assertThat(belief(0, START + 1_801).seenAt()).isEqualTo(START + 1_800);
        timetable.covered(name(0), START + 9, START + 1_801);
        assertThat(belief(0, START + 1_801).seenAt()).as("one that came late").isEqualTo(START + 1_800);
        timetable.covered(name(7), START + 1_801, START + 1_801);
        assertThat(timetable.refresh(name(7).merchant(), null, START + 1_801))
                .as("what is not read here")
                .isZero();
    }

    @Test
    void whatSomebodyWaitsForIsReadFirstAlsoIfItWasHeld() {
        timetable.allowed(2, START);
        add(50, START);
        run(START, START + 30);
        timetable.broke(name(3), Trouble.UNAUTHORISED, START + 30, START + 30);

        assertThat(timetable.refresh(name(3).merchant(), null, START + 31)).isEqualTo(1);
        assertThat(timetable.refresh(name(3).merchant(), new LinkId("another"), START + 31))
                .isZero();

        assertThat(timetable.orders(START + 32).get(0).name()).isEqualTo(name(3));
    }

    @Test
    void whatSomebodyAsksForWhileItIsReadIsReadAgain() {
        timetable.allowed(2, START);
        add(50, START);
        run(START, START + 60);
        Order under = timetable.orders(START + 62).get(0);
        assertThat(under.lane()).isEqualTo(Lane.RECONCILE);
        timetable.refresh(under.name().merchant(), null, START + 63);
        timetable.read(under.name(), START + 62, false, 1, Importance.USUAL, START + 64);

        Order again = timetable.orders(START + 64).get(0);
        assertThat(again.name()).isEqualTo(under.name());
        assertThat(again.lane()).isEqualTo(Lane.MENU);
        timetable.read(under.name(), START + 64, false, 1, Importance.USUAL, START + 65);
        assertThat(run(START + 65, START + 75)).isNotEmpty().doesNotContain(under.name());
    }

    @Test
    void whatSomebodyAskedForIsStillWantedWhereAGateHadNoRoom() {
        timetable.allowed(2, START);
        add(50, START);
        run(START, START + 60);
        timetable.refresh(name(3).merchant(), null, START + 60);
        assertThat(timetable.orders(START + 61).get(0).name()).isEqualTo(name(3));
        timetable.broke(name(3), Trouble.CROWDED, START + 64, START + 62);

        assertThat(run(START + 62, START + 64)).isNotEmpty().doesNotContain(name(3));
        Order late = timetable.orders(START + 65).get(0);
        assertThat(late.name()).isEqualTo(name(3));
        assertThat(late.lane()).isEqualTo(Lane.MENU);
    }
}
