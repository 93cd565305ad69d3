package dev.tournant.cluster.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A schedule of 200 resources that change once a minute on average, one poll a change, seen event by event. */
class ScheduleSimulationTest {
    private static final int SIZE = 200;
    private static final double UNIT = 60;
    private static final double FOREVER = Double.POSITIVE_INFINITY;
    private static final double CALLS = SIZE / UNIT;
    private static final ScheduleSettings SETTINGS =
            new ScheduleSettings(0.01, CALLS, 50, new Shares(0.2, 0.05, 4, 0.75), FOREVER, 60, 600, 3600, FOREVER, 1);

    private final Random random = new Random(11);
    private final double[] rates = new double[SIZE];
    private final double[] stale = new double[SIZE];
    private final boolean[] broken = new boolean[SIZE];
    private final double[] seen = new double[SIZE];
    private boolean webhooks = true;
    private double callsChanged = 1;
    private double calls = 1;
    private double now;
    private double oldest;
    private int failures;
    private PollSchedule schedule = new PollSchedule(SETTINGS, 0);

    @BeforeEach
    void draw() {
        double sum = 0;
        for (int i = 0; i < SIZE; i++) {
            rates[i] = Math.exp(1.5 * random.nextGaussian());
            sum += rates[i];
        }
        for (int i = 0; i < SIZE; i++) {
            rates[i] *= SIZE / sum / UNIT;
            stale[i] = FOREVER;
        }
    }

    private void add(double maxAge) {
        Traits traits = new Traits(new ResourceClass("square", "catalog", true, 0, maxAge, 0.9), 1, 1, 1, 0);
        for (int i = 0; i < SIZE; i++) {
            assertThat(schedule.addSeen(traits, 0, 0)).isEqualTo(i);
        }
    }

    private double recall() {
        return webhooks ? 0.9 : 0;
    }

    /** Lets so many minutes pass; returns the share of fresh resources, over time. */
    private double pass(double minutes, double callsPerSecond) {
        double end = now + minutes * UNIT;
        double begin = now;
        double lost = 0;
        while (now < end) {
            double step = calls / callsPerSecond;
            now += step;
            for (int i = 0; i < SIZE; i++) {
                happen(i, step);
                lost += Math.min(step, Math.max(0, now - stale[i]));
            }
            poll();
        }
        return 1 - lost / (SIZE * (end - begin));
    }

    private void happen(int i, double step) {
        // At most one of each in a step, which is a three-hundredth of a minute.
        if (random.nextDouble() < -Math.expm1(-rates[i] * step)) {
            stale[i] = Math.min(stale[i], now - step * random.nextDouble());
            if (random.nextDouble() < recall()) {
                schedule.signal(i, now, now);
            }
        }
        if (webhooks && random.nextDouble() < rates[i] * step * 0.9 * 0.25) {
            schedule.signal(i, now, now);
        }
    }

    private void poll() {
        int id = schedule.next(now);
        if (id == PollSchedule.NONE) {
            return;
        }
        schedule.started(id, now);
        if (broken[id]) {
            failures++;
            schedule.failed(id, now, now);
            return;
        }
        oldest = Math.max(oldest, now - seen[id]);
        seen[id] = now;
        boolean changed = stale[id] < now;
        stale[id] = FOREVER;
        calls = changed ? callsChanged : 1;
        schedule.polled(id, now, changed, calls, now);
    }

    private double bound(double callsPerSecond) {
        List<Rates> truth = new ArrayList<>();
        for (double each : rates) {
            Rates one = Rates.of(each, recall(), webhooks ? 0.8 : 1);
            truth.add(new Rates(one.silent(), one.signals(), one.precision(), 1, 1, callsChanged));
        }
        return Bound.freshness(truth, callsPerSecond).fresh();
    }

    @Test
    void comesNearToWhatNoScheduleCanExceed() {
        add(FOREVER);
        pass(20, CALLS);

        assertThat(pass(40, CALLS) / bound(CALLS)).isGreaterThan(0.97);
    }

    @Test
    void knowsHowFreshItIsAndWhatMoreWouldBring() {
        add(FOREVER);
        pass(30, CALLS);
        double fresh = pass(60, CALLS);
        PoolFreshness pool = schedule.freshness(now);

        assertThat(pool.bound()).isCloseTo(bound(CALLS), within(0.03));
        assertThat(pool.callsPerSecond()).isCloseTo(CALLS, within(0.01));
        assertThat(pool.auditedFresh()).isCloseTo(fresh, within(4 * pool.auditedError()));
        assertThat(pool.classes().get(0).recall()).isCloseTo(0.9, within(0.06));
        assertThat(pool.classes().get(0).precision()).isCloseTo(0.8, within(0.06));
        assertThat(pool.classes().get(0).changesPerSecond()).isCloseTo(SIZE / UNIT, within(0.2 * SIZE / UNIT));
        Forecast same = schedule.suppose(new Supposition(CALLS, 1, true), now);
        assertThat(same.fresh()).isCloseTo(fresh, within(0.03));
        assertThat(same.fresh()).isLessThanOrEqualTo(same.freshMost() + 1e-3);
        Forecast deaf = schedule.suppose(new Supposition(CALLS, 1, false), now);
        assertThat(deaf.fresh()).isLessThan(same.fresh() - 0.05);
        assertThat(deaf.lagSeconds()).isGreaterThan(same.lagSeconds());
        Forecast crowded = schedule.suppose(new Supposition(CALLS, 5, true), now);
        assertThat(crowded.fresh()).isLessThan(same.fresh() - 0.05);
    }

    /** A probe tells whether to fetch, which takes three calls more: the bound counts them all. */
    @Test
    void knowsTheBoundAlsoWhereAChangeTakesMoreCalls() {
        callsChanged = 4;
        webhooks = false;
        add(FOREVER);
        pass(30, 3 * CALLS);
        double fresh = pass(60, 3 * CALLS);
        PoolFreshness pool = schedule.freshness(now);

        assertThat(pool.callsPerSecond()).isCloseTo(3 * CALLS, within(0.1 * 3 * CALLS));
        assertThat(pool.bound()).isCloseTo(bound(3 * CALLS), within(0.03));
        assertThat(pool.ratio()).isBetween(0.95, 1.01);
        assertThat(fresh / bound(3 * CALLS)).isBetween(0.95, 1.01);
    }

    @Test
    void nothingIsOlderThanItsMaximum() {
        add(5 * UNIT);
        pass(60, CALLS);

        assertThat(oldest).isLessThanOrEqualTo(5 * UNIT);
        assertThat(schedule.freshness(now).classes().get(0).starved()).isZero();
    }

    @Test
    void whatIfCountsWithMaximumAgesAlsoWhereTheyAreTooShort() {
        for (double units : new double[] {4, 0.5}) {
            draw();
            now = 0;
            schedule = new PollSchedule(SETTINGS, 0);
            add(units * UNIT);
            pass(30, CALLS);
            double fresh = pass(60, CALLS);

            assertThat(schedule.suppose(new Supposition(CALLS, 1, true), now).fresh())
                    .as("maximum age %s", units)
                    .isCloseTo(fresh, within(0.03));
        }
    }

    /** Where calls are plenty most are not made: what-if that counted with all of them would promise ten times less lag. */
    @Test
    void whatIfCountsWithTheCallsThatAreNotWorthIt() {
        ScheduleSettings thrifty =
                new ScheduleSettings(0.01, 1, 20 * CALLS, 50, SETTINGS.shares(), FOREVER, 60, 600, 3600, FOREVER, 1);
        schedule = new PollSchedule(thrifty, 0);
        add(FOREVER);
        pass(20, 20 * CALLS);
        double fresh = pass(20, 20 * CALLS);

        Forecast same = schedule.suppose(new Supposition(20 * CALLS, 1, true), now);
        assertThat(same.fresh()).isCloseTo(fresh, within(0.005));
        Forecast more = schedule.suppose(new Supposition(200 * CALLS, 1, true), now);
        assertThat(more.fresh()).as("nobody would make them").isCloseTo(same.fresh(), within(1e-6));
        Forecast scarce = schedule.suppose(new Supposition(CALLS, 1, true), now);
        assertThat(scarce.fresh()).isLessThan(same.fresh() - 0.02);
    }

    @Test
    void aLimitThatBecomesATenthIsShownAtOnceAndWhatItComesTo() {
        add(FOREVER);
        pass(30, CALLS);
        schedule.expects(CALLS / 10);

        PoolFreshness pool = schedule.freshness(now);
        assertThat(pool.callsPerSecond()).isCloseTo(CALLS / 10, within(0.02 * CALLS / 10));
        assertThat(pool.bound()).isCloseTo(bound(CALLS / 10), within(0.05));
        Forecast supposed = schedule.suppose(new Supposition(CALLS / 10, 1, true), now);
        pass(20, CALLS / 10);
        double fresh = pass(100, CALLS / 10);
        assertThat(supposed.fresh()).isCloseTo(fresh, within(0.05));
        assertThat(fresh / bound(CALLS / 10)).isGreaterThan(0.85);
        schedule.expects(CALLS);
        assertThat(schedule.freshness(now).callsPerSecond()).isCloseTo(CALLS, within(0.1 * CALLS));
    }

    @Test
    void anOutageOfWebhooksIsNoticedAndEnds() {
        add(FOREVER);
        pass(30, CALLS);
        webhooks = false;
        pass(5, CALLS);

        assertThat(schedule.freshness(now).classes().get(0).webhooksSilent()).isTrue();
        assertThat(pass(15, CALLS) / bound(CALLS)).isGreaterThan(0.94);
        webhooks = true;
        pass(5, CALLS);
        assertThat(schedule.freshness(now).classes().get(0).webhooksSilent()).isFalse();
        assertThat(pass(20, CALLS) / bound(CALLS)).isGreaterThan(0.97);
    }

    @Test
    void followsAStepOfTheBudgetByItself() {
        add(FOREVER);
        pass(15, CALLS);
        pass(2, 10 * CALLS);

        assertThat(pass(2, 10 * CALLS) / bound(10 * CALLS)).isGreaterThan(0.98);
        pass(10, CALLS);
        assertThat(pass(20, CALLS) / bound(CALLS)).isGreaterThan(0.97);
    }

    @Test
    void aSnapshotChangesNothingButABump() {
        add(FOREVER);
        pass(20, CALLS);
        byte[] snapshot = schedule.snapshot(now);
        Belief before = schedule.belief(3, now);
        schedule = PollSchedule.restore(snapshot, SETTINGS, now);

        assertThat(snapshot.length).isLessThan(SIZE * 60 + 1000);
        Belief after = schedule.belief(3, now);
        assertThat(after.changesPerSecond())
                .isCloseTo(before.changesPerSecond(), within(0.03 * before.changesPerSecond()));
        assertThat(after.fresh()).isCloseTo(before.fresh(), within(0.03));
        assertThat(pass(20, CALLS) / bound(CALLS)).isGreaterThan(0.97);
    }

    @Test
    void whatFailsForEverIsParkedAndCostsTheOthersNothing() {
        add(FOREVER);
        for (int i = 0; i < 20; i++) {
            broken[i] = true;
        }
        pass(80, CALLS);

        assertThat(schedule.freshness(now).classes().get(0).failing()).isEqualTo(20);
        assertThat(schedule.belief(3, now).phase()).isEqualTo(Phase.PARKED);
        assertThat(failures).isLessThan(20 * 15);
    }
}
