package dev.tournant.cluster.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tournant.adapter.Lane;
import dev.tournant.cluster.merchant.ReadPlan.Trouble;
import dev.tournant.messages.FreshnessBoard;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.PartnerName;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a registry shows of two pools of Square's, and of one in which Toast has a part. */
class PollMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final PollMetrics metrics = new PollMetrics(registry);
    private final PollMetrics.OfPool first = metrics.of("first");
    private final PollMetrics.OfPool second = metrics.of("second");

    private static FreshnessBoard.Pool pool(
            String name, int resources, double fresh, @Nullable Double audited, FreshnessBoard.Sort... sorts) {
        double bound = fresh / 0.8;
        return new FreshnessBoard.Pool(
                name,
                resources,
                5,
                fresh,
                bound,
                fresh / bound,
                fresh * 10,
                0.3,
                2,
                1,
                0,
                100,
                audited,
                audited,
                List.of(sorts));
    }

    private static FreshnessBoard.Sort sort(String partner, int resources, int seconds, double share, boolean silent) {
        return new FreshnessBoard.Sort(
                partner,
                "catalog",
                resources,
                resources / 10,
                resources / 5,
                resources / 10,
                resources / 15,
                share,
                Duration.ofSeconds(seconds),
                Duration.ofSeconds(2L * seconds),
                Duration.ofSeconds(3L * seconds),
                Duration.ofSeconds(4L * seconds),
                Duration.ofMinutes(30),
                resources / 2,
                0.9,
                share - 0.5,
                7,
                share / 2,
                share / 4,
                silent);
    }

    private double gauge(String name, String... tags) {
        Gauge gauge = registry.find(name).tags(tags).gauge();
        assertThat(gauge).as("%s %s", name, List.of(tags)).isNotNull();
        return gauge == null ? Double.NaN : gauge.value();
    }

    private double square(String name, String... more) {
        String[] tags = new String[4 + more.length];
        System.arraycopy(new String[] {"partner", "square", "resource", "catalog"}, 0, tags, 0, 4);
        System.arraycopy(more, 0, tags, 4, more.length);
        return gauge(name, tags);
    }

    @Test
    void showsEachKindOverAllPoolsThatAreHeldHere() {
        first.measured(pool("first", 30, 0.9, null, sort("square", 30, 10, 0.9, true)));
        second.measured(
                pool("second", 100, 0.6, null, sort("square", 90, 40, 0.6, false), sort("toast", 10, 99, 0.2, false)));

        assertThat(square("tournant.poll.resources")).isEqualTo(120);
        assertThat(square("tournant.poll.newcomers")).isEqualTo(12);
        assertThat(square("tournant.poll.failing")).isEqualTo(24);
        assertThat(square("tournant.poll.parked")).isEqualTo(12);
        assertThat(square("tournant.poll.held")).isEqualTo(8);
        assertThat(square("tournant.poll.starved")).isEqualTo(60);
        assertThat(square("tournant.poll.fresh")).isCloseTo((30 * 0.9 + 90 * 0.6) / 120, within(1e-9));
        assertThat(square("tournant.poll.recall")).isCloseTo((30 * 0.45 + 90 * 0.3) / 120, within(1e-9));
        assertThat(square("tournant.poll.precision")).isCloseTo((30 * 0.225 + 90 * 0.15) / 120, within(1e-9));
        assertThat(square("tournant.poll.error-budget-left")).isCloseTo(0.1, within(1e-9));
        assertThat(square("tournant.poll.webhooks-silent")).isEqualTo(1);
        Map<String, Integer> ages = Map.of("0.5", 40, "0.9", 80, "0.99", 120, "1", 160);
        ages.forEach((quantile, seconds) -> assertThat(square("tournant.poll.age", "quantile", quantile))
                .as(quantile)
                .isEqualTo(seconds.doubleValue()));
        assertThat(gauge("tournant.poll.fresh", "partner", "toast")).isEqualTo(0.2);
    }

    @Test
    void showsHowNearAPartnersPoolsAreToWhatIsPossible() {
        first.measured(pool("first", 30, 0.4, 0.75, sort("square", 30, 10, 0.9, true)));
        second.measured(pool("second", 90, 0.6, null, sort("square", 90, 40, 0.6, false)));

        assertThat(gauge("tournant.poll.bound", "partner", "square"))
                .isCloseTo((30 * 0.5 + 90 * 0.75) / 120, within(1e-9));
        assertThat(gauge("tournant.poll.ratio", "partner", "square")).isCloseTo(0.8, within(1e-9));
        assertThat(gauge("tournant.poll.price", "partner", "square"))
                .isCloseTo((30 * 4 + 90 * 6) / 120.0, within(1e-9));
        assertThat(gauge("tournant.poll.audited-fresh", "partner", "square"))
                .as("of those that were audited")
                .isEqualTo(0.75);
    }

    @Test
    void whatMovesAwayIsShownNoLonger() {
        first.measured(pool("first", 30, 0.9, 0.8, sort("square", 30, 10, 0.9, true)));
        first.close();

        assertThat(square("tournant.poll.resources")).isZero();
        assertThat(square("tournant.poll.webhooks-silent")).isZero();
        assertThat(square("tournant.poll.fresh")).isNaN();
        assertThat(gauge("tournant.poll.ratio", "partner", "square")).isNaN();
        assertThat(gauge("tournant.poll.audited-fresh", "partner", "square")).isNaN();
    }

    @Test
    void countsOrdersAndTheirEnds() {
        PollerMessage.Feed feed = new PollerMessage.Feed(new LinkId("l-1"), new PartnerName("square"), "catalog");
        Timetable.Name name = new Timetable.Name(new MerchantId("m-1"), feed);
        first.ordered(new Order("first", name, Lane.MENU, Duration.ZERO));
        first.read(feed, true);
        second.read(feed, true);
        first.broke(feed, Trouble.UNAUTHORISED);

        assertThat(registry.get("tournant.poll.ordered")
                        .tag("lane", "menu")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("tournant.poll.read")
                        .tag("changed", "true")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("tournant.poll.broke")
                        .tag("trouble", "unauthorised")
                        .counter()
                        .count())
                .isEqualTo(1);
    }
}
