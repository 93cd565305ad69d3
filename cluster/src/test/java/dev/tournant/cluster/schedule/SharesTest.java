package dev.tournant.cluster.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is not chosen by what a poll is worth leaves the others their calls, and gets what it was promised. */
class SharesTest {
    private static final double FOREVER = Double.POSITIVE_INFINITY;
    private static final double MINUTE = 60;
    private static final Shares SHIPPED = new Shares(0.3, 0.05, 4, 0.75);

    private static ScheduleSettings settings(double callsPerSecond, Shares shares) {
        return new ScheduleSettings(0.05, 0.01, callsPerSecond, 50, shares, FOREVER, 0.5, 60, 6 * 3600, 900, 1);
    }

    /**
     * Resources that change once a minute on average and differ as a lognormal does, with webhooks for nine in ten changes: the same
     * events for the same number, whoever else is there. Those that are broken answer nothing, and never change.
     */
    private static final class World {
        private final int healthy;
        private final double[] rates;
        private final Random[] lots;
        private final double[] stale;
        private final double[] seen;
        private final boolean[] broken;
        private final PollSchedule schedule;
        private final Traits traits;
        private final double callsPerSecond;
        private final int cost;
        private double now;
        private double fresh;
        private double oldest;
        private int failures;
        private int polls;
        private boolean isCrowded;
        private int newcomers;

        World(int healthy, int broken, double callsPerSecond, int cost, double maxAge, Shares shares) {
            this.healthy = healthy;
            this.callsPerSecond = callsPerSecond;
            this.cost = cost;
            this.rates = new double[healthy];
            this.lots = new Random[healthy];
            this.stale = new double[healthy];
            this.seen = new double[healthy];
            this.broken = new boolean[healthy + broken];
            this.schedule = new PollSchedule(settings(callsPerSecond, shares), 0);
            this.traits = new Traits(new ResourceClass("square", "catalog", true, 0, maxAge, 0.9), 1, cost, cost, 0);
            double sum = 0;
            for (int i = 0; i < healthy; i++) {
                lots[i] = new Random(i + 1);
                rates[i] = Math.exp(1.5 * lots[i].nextGaussian());
                sum += rates[i];
                stale[i] = FOREVER;
                schedule.addSeen(traits, 0, 0);
            }
            for (int i = 0; i < healthy; i++) {
                rates[i] *= healthy / sum / MINUTE;
            }
            for (int i = healthy; i < healthy + broken; i++) {
                this.broken[i] = true;
                schedule.addSeen(traits, 0, 0);
            }
        }

        /** Returns the share of those fresh that are not broken, over time. */
        double pass(double minutes) {
            double begin = now;
            double step = cost / callsPerSecond;
            fresh = 0;
            oldest = 0;
            failures = 0;
            polls = 0;
            while (now < begin + minutes * MINUTE) {
                now += step;
                for (int i = 0; i < healthy; i++) {
                    happen(i, step);
                    fresh += step - Math.min(step, Math.max(0, now - stale[i]));
                    oldest = Math.max(oldest, now - seen[i]);
                }
                poll();
            }
            return fresh / (healthy * (now - begin));
        }

        private void happen(int i, double step) {
            // The same lots are drawn whatever happens.
            boolean changes = lots[i].nextDouble() < -Math.expm1(-rates[i] * step);
            double when = now - step * lots[i].nextDouble();
            boolean isTold = lots[i].nextDouble() < 0.9;
            boolean isFalse = lots[i].nextDouble() < rates[i] * step * 0.9 * 0.25;
            if (changes) {
                stale[i] = Math.min(stale[i], when);
            }
            if ((changes && isTold) || isFalse) {
                schedule.signal(i, now, now);
            }
        }

        private void poll() {
            int newcomer = isCrowded ? schedule.add(traits, now) : PollSchedule.NONE;
            int id = schedule.next(now);
            if (newcomer != PollSchedule.NONE && id != newcomer) {
                schedule.remove(newcomer);
            }
            if (id == PollSchedule.NONE) {
                return;
            }
            polls++;
            schedule.started(id, now);
            if (id == newcomer) {
                newcomers++;
                schedule.polled(id, now, true, cost, now);
                schedule.remove(id);
                return;
            }
            if (broken[id]) {
                failures++;
                schedule.failed(id, now, now);
                return;
            }
            seen[id] = now;
            boolean changed = stale[id] < now;
            stale[id] = FOREVER;
            schedule.polled(id, now, changed, cost, now);
        }
    }

    private static final int HALF = 150;
    private static final double CALLS = HALF / MINUTE;

    @Test
    void whatFailsForEverCostsTheOthersNothingOfTheirFreshness() {
        World alone = new World(HALF, 0, CALLS, 1, FOREVER, SHIPPED);
        World beside = new World(HALF, HALF, CALLS, 1, FOREVER, SHIPPED);
        alone.pass(30);
        beside.pass(30);

        double without = alone.pass(60);
        double with = beside.pass(60);

        assertThat(beside.failures).isLessThan((int) (0.051 * beside.polls) + 2);
        assertThat(with / without)
                .as("fresh %s, and %s without them", with, without)
                .isGreaterThan(0.975);
    }

    @Test
    void whatFailsForEverHurtsNoMaximumAge() {
        double maxAge = 2.2 / SHIPPED.aged() * MINUTE;
        World beside = new World(HALF, HALF, 2 * CALLS, 1, maxAge, SHIPPED);
        beside.pass(60);

        assertThat(beside.oldest).isLessThanOrEqualTo(maxAge);
    }

    @Test
    void whatFailedIsReadAtOnceWhenAllOfItAnswersAgain() {
        World world = new World(HALF, HALF, CALLS, 1, FOREVER, SHIPPED);
        world.pass(30);
        for (int i = HALF; i < 2 * HALF; i++) {
            assertThat(world.schedule.belief(i, world.now).failures()).isPositive();
        }
        double now = world.now;
        int first = PollSchedule.NONE;
        int polls = 0;
        int others = 0;
        int left = HALF;
        while (left > 0) {
            now += 1 / CALLS;
            int id = world.schedule.next(now);
            world.schedule.started(id, now);
            world.schedule.polled(id, now, false, 1, now);
            if (id >= HALF && first == PollSchedule.NONE) {
                first = polls;
            }
            others += id < HALF ? 1 : 0;
            left -= id >= HALF && world.schedule.belief(id, now).failures() == 0 ? 1 : 0;
            polls++;
            assertThat(polls).as("%s left", left).isLessThan(20 * HALF);
        }

        assertThat(first).isLessThan(20);
        assertThat(others).as("an answer makes room for the next try").isLessThan(HALF);
    }

    @Test
    void noMoreThanSoManyOfWhatFailedAreTriedAtOnce() {
        World world = new World(1, 20, CALLS, 1, FOREVER, SHIPPED);
        world.pass(10);
        world.schedule.started(0, world.now);
        double now = world.now + 3600;
        int tried = 0;
        for (int id = world.schedule.next(now); id != PollSchedule.NONE; id = world.schedule.next(now)) {
            world.schedule.started(id, now);
            tried++;
        }

        assertThat(tried).isEqualTo(SHIPPED.failingAtOnce());
        assertThat(world.schedule.nextAt(now)).isInfinite();
    }

    @Test
    void newcomersThatFailLeaveTheirShareToTheOthers() {
        PollSchedule schedule = new PollSchedule(settings(1, SHIPPED), 0);
        Traits traits = new Traits(new ResourceClass("square", "catalog", true, 0, FOREVER, 0.9), 1, 1, 1, 0);
        int watched = schedule.addSeen(traits, 0, 0);
        for (int i = 0; i < 50; i++) {
            schedule.add(traits, 0);
        }
        int failures = 0;
        double now = 0;
        for (int i = 0; i < 2_000; i++) {
            now++;
            schedule.signal(watched, now, now);
            int id = schedule.next(now);
            schedule.started(id, now);
            if (id == watched) {
                schedule.polled(id, now, true, 1, now);
            } else {
                failures++;
                schedule.failed(id, now, now);
            }
        }

        assertThat(failures).as("each once in the newcomers' share").isBetween(50, 50 + 101);
    }

    /** So short that calls would have to be four times as many. */
    private static final double TOO_SHORT = MINUTE / 4;

    @Test
    void whereCallsDoNotSufficeForAllMaximumAgesWebhooksAreHeard() {
        World world = new World(HALF, 0, CALLS, 1, TOO_SHORT, SHIPPED);
        World inTurn = new World(HALF, 0, CALLS, 1, TOO_SHORT, new Shares(0.3, 0.05, 4, 1));
        world.pass(20);
        inTurn.pass(20);

        double fresh = world.pass(40);
        double oldestFirst = inTurn.pass(40);

        assertThat(fresh - oldestFirst)
                .as("fresh %s, and %s the oldest first", fresh, oldestFirst)
                .isGreaterThan(0.04);
        assertThat(world.oldest)
                .as("and yet each has its turn, in the share of all that is for them")
                .isLessThan(1.2 * MINUTE / SHIPPED.aged());
        PoolFreshness pool = world.schedule.freshness(world.now);
        assertThat(pool.threshold()).as("it is no runaway").isBetween(1e-3, 1e3);
    }

    @Test
    void nothingIsOlderThanItsMaximumWhereItsShareSufficesWithinHalfOfIt() {
        for (int cost : new int[] {1, 7}) {
            double round = cost * HALF / (3 * CALLS);
            World world = new World(HALF, 0, 3 * CALLS, cost, 2 / SHIPPED.aged() * round * 1.1, SHIPPED);
            world.pass(60);

            assertThat(world.oldest)
                    .as("polls of %s calls, all as old to begin with", cost)
                    .isLessThanOrEqualTo(2 / SHIPPED.aged() * round * 1.1);
        }
    }

    /** Newcomers without end take all of their share, and so does what fails. */
    @Test
    void nothingIsOlderThanItsMaximumWhateverTheOthersTakeOfTheirShares() {
        double left = SHIPPED.aged() * (1 - SHIPPED.newcomers() - SHIPPED.failing());
        double maxAge = 2.1 / left * HALF / (3 * CALLS);
        World world = new World(HALF, HALF, 3 * CALLS, 1, maxAge, SHIPPED);
        world.isCrowded = true;
        world.pass(60);

        assertThat(world.newcomers).isGreaterThan((int) (0.25 * world.polls));
        assertThat(world.oldest).isLessThanOrEqualTo(maxAge);
    }

    /** Nothing is worth its poll before its age makes it urgent, and that comes for all at the same time. */
    @Test
    void howLongItTakesToPollAllIsCountedInCalls() {
        for (int cost : new int[] {1, 7}) {
            ScheduleSettings settings =
                    new ScheduleSettings(0.05, 1e9, 10, 50, SHIPPED, FOREVER, 0.5, 60, 6 * 3600, 900, 1);
            PollSchedule schedule = new PollSchedule(settings, 0);
            double step = cost / 10.0;
            double maxAge = 4 * 100 * step;
            double[] seen = new double[100];
            Traits traits = new Traits(new ResourceClass("square", "catalog", true, 0, maxAge, 0.9), 1, cost, cost, 0);
            for (int i = 0; i < seen.length; i++) {
                schedule.addSeen(traits, 0, 0);
            }
            double oldest = 0;
            for (double now = 0; now < 10 * maxAge; now += step) {
                int id = schedule.next(now);
                if (id != PollSchedule.NONE) {
                    schedule.started(id, now);
                    schedule.polled(id, now, false, cost, now);
                    oldest = Math.max(oldest, now - seen[id]);
                    seen[id] = now;
                }
            }

            assertThat(oldest).as("polls of %s calls", cost).isBetween(maxAge / 3, maxAge);
        }
    }

    /** A probe of one call finds each time that it has to fetch six more: that, too, is what polling all of them takes. */
    @Test
    void howLongItTakesToPollAllCountsWhatIsFetchedBecauseItChanged() {
        ScheduleSettings settings =
                new ScheduleSettings(0.05, 1e9, 10, 50, SHIPPED, FOREVER, 0.5, 60, 6 * 3600, 900, 1);
        PollSchedule schedule = new PollSchedule(settings, 0);
        double step = 7 / 10.0;
        double maxAge = 4 * 100 * step;
        double[] seen = new double[100];
        Traits traits = new Traits(new ResourceClass("toast", "menus", true, 0, maxAge, 0.9), 1, 1, 1, 0);
        for (int i = 0; i < seen.length; i++) {
            schedule.addSeen(traits, 0, 0);
        }
        double oldest = 0;
        for (double now = 0; now < 20 * maxAge; now += step) {
            int id = schedule.next(now);
            if (id != PollSchedule.NONE) {
                schedule.started(id, now);
                schedule.polled(id, now, true, 7, now);
                oldest = now < 5 * maxAge ? 0 : Math.max(oldest, now - seen[id]);
                seen[id] = now;
            }
        }

        assertThat(oldest).as("once it is learnt what a poll takes").isBetween(maxAge / 3, maxAge);
    }

    @Test
    void sharesAreShares() {
        assertThatThrownBy(() -> new Shares(0, 0.1, 1, 0.5)).hasMessageContaining("newcomers");
        assertThatThrownBy(() -> new Shares(0.1, 1.1, 1, 0.5)).hasMessageContaining("failing must be at most 1");
        assertThatThrownBy(() -> new Shares(0.1, 0.1, 0, 0.5)).hasMessageContaining("failingAtOnce");
        assertThatThrownBy(() -> new Shares(0.1, 0.1, 1, Double.NaN)).hasMessageContaining("aged");
    }
}
