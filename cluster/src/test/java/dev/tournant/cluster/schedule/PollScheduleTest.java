package dev.tournant.cluster.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PollScheduleTest {
    private static final double FOREVER = Double.POSITIVE_INFINITY;
    private static final ScheduleSettings SETTINGS =
            new ScheduleSettings(0.01, 0.1, 100, new Shares(0.2, 0.05, 2, 0.75), FOREVER, 10, 100, 1000, 5000, 1);

    private final PollSchedule schedule = new PollSchedule(SETTINGS, 0);

    private static Traits traits(double minInterval, double maxAge) {
        return new Traits(new ResourceClass("toast", "menu", true, minInterval, maxAge, 0.9), 1, 1, 1, 0);
    }

    private static Traits traits() {
        return traits(0, FOREVER);
    }

    private void poll(int id, boolean changed, double now) {
        schedule.started(id, now);
        schedule.polled(id, now, changed, 1, now);
    }

    @Test
    void asksForWhatAWebhookNamed() {
        int first = schedule.addSeen(traits(), 0, 0);
        int second = schedule.addSeen(traits(), 0, 0);
        poll(first, false, 50);
        poll(second, false, 60);
        schedule.signal(second, 70, 70);

        assertThat(schedule.next(71)).isEqualTo(second);
        assertThat(schedule.belief(second, 71).fresh())
                .isLessThan(schedule.belief(first, 71).fresh());
    }

    @Test
    void awebhookAboutWhatWasSeenAlreadyMovesNothing() {
        int id = schedule.addSeen(traits(), 0, 0);
        poll(id, true, 100);
        schedule.signal(id, 99, 101);

        assertThat(schedule.belief(id, 101).signals()).isZero();
        schedule.signal(id, 101, 102);
        assertThat(schedule.belief(id, 102).signals()).isOne();
    }

    @Test
    void awebhookDuringAPollCountsAfterItIfItSpeaksOfLater() {
        int id = schedule.addSeen(traits(), 0, 0);
        schedule.started(id, 100);
        schedule.signal(id, 99, 101);
        schedule.signal(id, 102, 103);
        schedule.polled(id, 100, true, 1, 105);

        assertThat(schedule.belief(id, 105).signals()).isOne();
    }

    @Test
    void awebhookThatCarriesEverythingIsAPoll() {
        int id = schedule.addSeen(traits(), 0, 0);
        schedule.signal(id, 50, 50);
        schedule.covered(id, 60, 61);

        assertThat(schedule.belief(id, 61).seenAt()).isEqualTo(60);
        assertThat(schedule.belief(id, 61).signals()).isZero();
    }

    @Test
    void anOperatorGoesFirst() {
        int calm = schedule.addSeen(traits(), 90, 100);
        int urgent = schedule.addSeen(traits(0, 50), 0, 100);

        assertThat(schedule.next(100)).isEqualTo(urgent);
        schedule.refresh(calm, 100);
        assertThat(schedule.next(100)).isEqualTo(calm);
    }

    @Test
    void anOperatorWhoAsksDuringAPollGetsAnotherThatShowsWhatHappenedSince() {
        int calm = schedule.addSeen(traits(), 90, 100);
        int urgent = schedule.addSeen(traits(0, 50), 0, 100);
        schedule.started(calm, 100);
        schedule.refresh(calm, 101);
        schedule.polled(calm, 100, false, 1, 102);

        assertThat(schedule.isWanted(calm)).isTrue();
        assertThat(schedule.next(102)).isEqualTo(calm);
        schedule.started(calm, 102);
        schedule.polled(calm, 100.9, false, 1, 103);
        assertThat(schedule.next(103))
                .as("the partner's clock is behind, but that poll was begun after the question")
                .isEqualTo(urgent);
        assertThat(schedule.isWanted(calm)).isFalse();
    }

    @Test
    void whatIsAskedForDuringItsFirstReadIsNotReadTwice() {
        int first = schedule.add(traits(), 0);
        schedule.started(first, 1);
        schedule.refresh(first, 2);
        schedule.polled(first, 1, true, 100, 3_600);

        assertThat(schedule.isWanted(first)).isFalse();
    }

    @Test
    void whatAnOperatorAsksForGoesFirstAlsoIfThereWasNoRoomForIt() {
        int calm = schedule.addSeen(traits(), 90, 100);
        int urgent = schedule.addSeen(traits(0, 50), 0, 100);
        schedule.refresh(calm, 100);
        schedule.started(calm, 100);
        schedule.deferred(calm, 130, 101);

        assertThat(schedule.next(120)).isEqualTo(urgent);
        assertThat(schedule.next(130)).isEqualTo(calm);
        schedule.remove(calm);
        assertThat(schedule.isWanted(calm)).isFalse();
    }

    @Test
    void nothingIsSoOldThatItGoesBeforeWhatIsExpected() {
        int ancient = schedule.addSeen(traits(), 0, 0);
        int expected = schedule.addSeen(traits(), 0, 0);
        schedule.weigh(ancient, 1e6, 0);
        double years = 1e9;
        poll(expected, false, years);
        assertThat(schedule.next(years)).isEqualTo(ancient);
        schedule.expect(expected, years + 1);

        assertThat(schedule.next(years + 1)).isEqualTo(expected);
    }

    @Test
    void whatCannotBeReadIsNotTakenForFresh() {
        int held = schedule.addSeen(traits(), 0, 0);
        int watched = schedule.addSeen(traits(), 0, 0);
        double late = 0;
        for (int i = 0; i < 20; i++) {
            late += 60;
            poll(held, true, late);
            poll(watched, true, late);
        }
        schedule.hold(held, late);
        late += 3_600;
        poll(watched, true, late);

        PoolFreshness half = schedule.freshness(late);
        assertThat(half.fresh()).isBetween(0.49, 0.51);
        assertThat(half.ratio()).as("of what can be polled").isGreaterThan(0.9);
        assertThat(half.classes().get(0).held()).isOne();
        schedule.hold(watched, late);
        PoolFreshness none = schedule.freshness(late + 3_600);
        assertThat(none.fresh()).isLessThan(0.01);
        assertThat(none.classes().get(0).fresh()).isLessThan(0.01);
    }

    @Test
    void whatFailsDoesNotGoBeforeOthersForItsAge() {
        int failing = schedule.addSeen(traits(10, 50), 0, 0);
        int healthy = schedule.addSeen(traits(10, 50), 0, 0);
        double now = 100;
        for (int i = 0; i < 10; i++) {
            schedule.started(failing, now);
            schedule.failed(failing, now, now);
            now += 100_000;
        }
        poll(healthy, true, now - 60);

        assertThat(schedule.next(now)).as("it is too old by less").isEqualTo(healthy);
        poll(healthy, true, now);
        assertThat(schedule.next(now + 1)).as("a call that nobody else wants").isEqualTo(failing);
        poll(failing, false, now + 1);
        poll(healthy, true, now + 12);
        assertThat(schedule.next(now + 60))
                .as("what answers again is kept young")
                .isEqualTo(failing);
    }

    @Test
    void keepsTheIntervalAndSaysWhenToAskAgain() {
        int id = schedule.addSeen(traits(30, FOREVER), 0, 0);

        assertThat(schedule.next(10)).isEqualTo(PollSchedule.NONE);
        assertThat(schedule.nextAt(10)).isEqualTo(30);
        schedule.signal(id, 11, 11);
        assertThat(schedule.next(12)).isEqualTo(PollSchedule.NONE);
        assertThat(schedule.next(30)).isEqualTo(id);
    }

    @Test
    void namesNothingThatIsUnderWayOrHeld() {
        int first = schedule.addSeen(traits(), 0, 0);
        int second = schedule.addSeen(traits(), 0, 0);
        schedule.started(first, 10);
        schedule.hold(second, 10);

        assertThat(schedule.next(11)).isEqualTo(PollSchedule.NONE);
        assertThat(schedule.nextAt(11)).isInfinite();
        assertThat(schedule.belief(second, 11).phase()).isEqualTo(Phase.HELD);
        schedule.release(second, 12);
        assertThat(schedule.next(12)).isEqualTo(second);
    }

    @Test
    void backsOffAndParksWhatFailsForLong() {
        int id = schedule.addSeen(traits(), 0, 0);
        double now = 1;
        int tries = 0;
        while (schedule.belief(id, now).phase() != Phase.PARKED) {
            now = schedule.nextAt(now);
            assertThat(schedule.next(now)).isEqualTo(id);
            schedule.started(id, now);
            schedule.failed(id, now, now);
            tries++;
        }

        assertThat(tries).isLessThan(20);
        assertThat(now).isBetween(1000.0, 1200.0);
        assertThat(schedule.nextAt(now)).isEqualTo(now + 5000);
        assertThat(schedule.freshness(now).classes().get(0).failing()).isOne();
        assertThat(schedule.freshness(now).classes().get(0).parked()).isOne();
        schedule.release(id, now);
        assertThat(schedule.next(now)).isEqualTo(id);
        poll(id, true, now);
        assertThat(schedule.belief(id, now).phase()).isEqualTo(Phase.WATCHED);
        assertThat(schedule.belief(id, now).failures()).isZero();
    }

    @Test
    void waitsAsThePartnerSays() {
        int id = schedule.addSeen(traits(), 0, 0);
        schedule.started(id, 1);
        schedule.failed(id, 500, 2);

        assertThat(schedule.nextAt(2)).isEqualTo(500);
    }

    @Test
    void firstReadsHaveTheirShare() {
        int watched = 50;
        for (int i = 0; i < watched; i++) {
            schedule.addSeen(traits(0, 60), 0, 0);
        }
        Set<Integer> newcomers = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            newcomers.add(schedule.add(traits(), 0));
        }
        int forNewcomers = 0;
        double now = 60;
        for (int i = 0; i < 40; i++) {
            int id = schedule.next(now);
            schedule.started(id, now);
            if (newcomers.contains(id)) {
                forNewcomers++;
                schedule.failed(id, now, now);
            } else {
                schedule.polled(id, now, false, 1, now);
            }
        }

        assertThat(forNewcomers).isBetween(7, 9);
        PoolFreshness pool = schedule.freshness(now);
        assertThat(pool.classes().stream().mapToInt(ClassFreshness::newcomers).sum())
                .isEqualTo(100);
    }

    @Test
    void newcomersAreReadAtOnceIfNothingElseIsWorthIt() {
        int id = schedule.add(traits(), 0);

        assertThat(schedule.next(0)).isEqualTo(id);
        assertThat(schedule.belief(id, 0).phase()).isEqualTo(Phase.NEWCOMER);
        poll(id, true, 1);
        assertThat(schedule.belief(id, 1).phase()).isEqualTo(Phase.WATCHED);
    }

    @Test
    void aWeightMakesItMatterMore() {
        int first = schedule.addSeen(traits(), 0, 0);
        int second = schedule.addSeen(traits(), 0, 0);
        schedule.weigh(second, 100, 0);

        assertThat(schedule.next(20)).isEqualTo(second);
        poll(second, false, 20);
        schedule.weigh(second, 0.01, 20);
        assertThat(schedule.next(21)).isEqualTo(first);
    }

    /** It changes every five minutes, which a webhook tells; a call a second is there for it alone. */
    @Test
    void aPoolOfOneResourceIsPolledWhenItsWebhookComesAndHardlyElse() {
        PollSchedule own = new PollSchedule(
                new ScheduleSettings(0.05, 0.2, 1, 50, SETTINGS.shares(), FOREVER, 10, 100, 1000, 5000, 1), 0);
        int id = own.addSeen(traits(0, 1_800), 0, 0);
        double changedAt = FOREVER;
        int polls = 0;
        double stale = 0;
        for (int now = 1; now < 100_000; now++) {
            if (now % 300 == 0) {
                changedAt = now;
                own.signal(id, now, now);
            }
            stale += now > 20_000 && changedAt < now ? 1 : 0;
            if (own.next(now) == id) {
                polls += now > 20_000 ? 1 : 0;
                own.started(id, now);
                own.polled(id, now, changedAt <= now, 1, now);
                changedAt = FOREVER;
            }
        }

        assertThat(stale / 80_000).isLessThan(0.001);
        assertThat(polls / (80_000 / 300.0)).as("polls a change").isBetween(1.0, 4.0);
    }

    /** Each changes every five minutes; a poll of one takes a call, and that of the other turns out to take ten. */
    @Test
    void whatAPollCostsIsLearntAndWhatCostsMoreIsPolledLess() {
        int cheap = schedule.addSeen(traits(), 0, 0);
        int dear = schedule.addSeen(traits(), 0, 0);
        double[] seen = new double[2];
        int[] polls = new int[2];
        for (double now = 10; now < 20_000; now += 10) {
            int id = schedule.next(now);
            boolean changed = Math.floor(now / 300) > Math.floor(seen[id] / 300);
            seen[id] = now;
            polls[id]++;
            schedule.started(id, now);
            schedule.polled(id, now, changed, id == dear ? 10 : 1, now);
        }

        assertThat(polls[cheap]).isGreaterThan(2 * polls[dear]);
        assertThat(polls[dear]).isGreaterThan(50);
    }

    /** A probe of one call says whether to fetch twenty; the other fetches its ten each time, whatever there is. */
    @Test
    void aCheapProbeIsMadeMoreOftenThanASnapshotIsRead() {
        int probed = schedule.addSeen(traits(), 0, 0);
        int whole = schedule.addSeen(traits(), 0, 0);
        double[] seen = new double[2];
        int[] polls = new int[2];
        for (double now = 10; now < 20_000; now += 10) {
            int id = schedule.next(now);
            boolean changed = Math.floor(now / 1_000) > Math.floor(seen[id] / 1_000);
            seen[id] = now;
            polls[id]++;
            schedule.started(id, now);
            schedule.polled(id, now, changed, id == whole ? 10 : changed ? 21 : 1, now);
        }

        assertThat(polls[probed]).isGreaterThan((int) (1.5 * polls[whole]));
        assertThat(polls[whole]).isGreaterThan(50);
    }

    @Test
    void aRemovedResourceIsForgottenAndItsNumberGivenAgain() {
        int first = schedule.addSeen(traits(), 0, 0);
        schedule.remove(first);
        schedule.signal(first, 1, 1);
        schedule.polled(first, 1, true, 1, 1);

        assertThat(schedule.next(1)).isEqualTo(PollSchedule.NONE);
        assertThat(schedule.size()).isZero();
        assertThat(schedule.add(traits(), 1)).isEqualTo(first);
        assertThat(schedule.size()).isOne();
    }

    @Test
    void aSnapshotOfAnotherVersionIsRefusedWithWhatToDo() {
        assertThatThrownBy(() -> PollSchedule.restore(new byte[] {0, 0, 0, 9}, SETTINGS, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("begin with a new schedule");
    }

    @Test
    void aSnapshotKeepsNewcomersFailuresAndSignals() {
        int newcomer = schedule.add(traits(), 0);
        schedule.started(newcomer, 1);
        int failing = schedule.addSeen(traits(), 0, 2);
        schedule.started(failing, 3);
        schedule.failed(failing, 77, 4);
        int gone = schedule.addSeen(traits(), 0, 4);
        int signalled = schedule.addSeen(traits(5, 700), 0, 4);
        schedule.signal(signalled, 5, 5);
        schedule.remove(gone);

        PollSchedule later = PollSchedule.restore(schedule.snapshot(6), SETTINGS, 7);

        assertThat(later.size()).isEqualTo(3);
        assertThat(later.belief(newcomer, 7).phase()).isEqualTo(Phase.NEWCOMER);
        assertThat(later.belief(newcomer, 7).underWay()).as("nobody knows").isFalse();
        assertThat(later.belief(failing, 7).phase()).isEqualTo(Phase.BACKING_OFF);
        assertThat(later.belief(failing, 7).dueAt()).isEqualTo(77);
        assertThat(later.belief(signalled, 7).signals()).isOne();
        assertThat(later.addSeen(traits(), 7, 7)).isEqualTo(gone);
    }

    @Test
    void anOutageIsNoticedAlsoWhereTheClockWasPutBackMeanwhile() {
        int id = schedule.addSeen(traits(), 10_000, 10_000);
        for (int i = 1; i <= 40; i++) {
            schedule.signal(id, 10_000 + 10 * i, 10_000 + 10 * i);
        }
        PollSchedule later = PollSchedule.restore(schedule.snapshot(10_400), SETTINGS, 5_000);
        for (double now = 5_010; now < 5_300; now += 10) {
            later.started(id, now);
            later.polled(id, now, false, 1, now);
        }

        assertThat(later.freshness(5_300).classes().get(0).webhooksSilent()).isTrue();
    }

    @Test
    void newcomersGoInTheOrderInWhichTheyCameAlsoWhereOthersLeave() {
        int[] ids = new int[6];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = schedule.add(traits(), i);
        }
        schedule.remove(ids[0]);
        schedule.remove(ids[3]);
        int late = schedule.add(traits(), 7);
        int[] order = new int[5];
        for (int i = 0; i < order.length; i++) {
            order[i] = schedule.next(8);
            poll(order[i], true, 8);
        }

        assertThat(late).as("a number that is given again").isEqualTo(ids[3]);
        assertThat(order).containsExactly(ids[1], ids[2], ids[4], ids[5], late);
    }

    @Test
    void whatIsUnreadAgainIsANewcomerOfWhichNothingIsKnown() {
        int id = schedule.addSeen(traits(), 0, 0);
        int other = schedule.addSeen(traits(), 0, 0);
        for (int i = 1; i < 50; i++) {
            schedule.signal(id, i * 10, i * 10);
            poll(id, true, i * 10 + 5);
        }
        schedule.signal(id, 500, 500);
        schedule.started(id, 501);
        schedule.failed(id, 501, 501);
        double before = schedule.belief(id, 502).changesPerSecond();

        schedule.unread(id, 502);

        Belief belief = schedule.belief(id, 502);
        assertThat(belief.phase()).isEqualTo(Phase.NEWCOMER);
        assertThat(belief.failures()).isZero();
        assertThat(belief.signals()).isZero();
        assertThat(belief.changesPerSecond()).isLessThan(before);
        assertThat(schedule.freshness(502).classes().get(0).newcomers()).isOne();
        schedule.started(other, 502);
        assertThat(schedule.next(502)).isEqualTo(id);
        poll(id, true, 503);
        assertThat(schedule.belief(id, 503).phase()).isEqualTo(Phase.WATCHED);
    }

    @Test
    void whatIsUnreadAgainWhileItIsReadOrHeldStaysSo() {
        int read = schedule.addSeen(traits(), 0, 0);
        int held = schedule.addSeen(traits(), 0, 0);
        schedule.started(read, 1);
        schedule.hold(held, 1);

        schedule.unread(read, 2);
        schedule.unread(held, 2);

        assertThat(schedule.belief(read, 2).underWay()).isTrue();
        assertThat(schedule.belief(held, 2).phase()).isEqualTo(Phase.HELD);
        assertThat(schedule.next(3)).isEqualTo(PollSchedule.NONE);
        schedule.polled(read, 1, true, 9, 4);
        schedule.release(held, 4);
        assertThat(schedule.belief(read, 4).phase()).isEqualTo(Phase.WATCHED);
        assertThat(schedule.next(5)).isEqualTo(held);
    }
}
