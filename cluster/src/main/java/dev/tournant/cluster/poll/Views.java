package dev.tournant.cluster.poll;

import dev.tournant.cluster.merchant.ReadPlan.FirstRead;
import dev.tournant.cluster.schedule.Belief;
import dev.tournant.cluster.schedule.ClassFreshness;
import dev.tournant.cluster.schedule.Forecast;
import dev.tournant.cluster.schedule.Phase;
import dev.tournant.cluster.schedule.PoolFreshness;
import dev.tournant.messages.FreshnessBoard;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What operators are shown of a timetable. */
final class Views {
    private static final double HOUR = 3600;
    /** What is longer is shown as this: a number of seconds that every reader of JSON can hold. */
    private static final double SECONDS_MAX = 1e9;

    private Views() {}

    static FreshnessBoard.Pool pool(String name, Timetable of, double now) {
        PoolFreshness is = of.freshness(now);
        return new FreshnessBoard.Pool(
                name,
                is.resources(),
                of.callsPerSecond(),
                finite(is.fresh()),
                finite(is.bound()),
                finite(is.ratio()),
                finite(is.price()),
                finite(is.threshold()),
                is.ready(),
                of.underWay(),
                of.firstReads(),
                is.audited(),
                orNull(is.auditedFresh()),
                orNull(is.auditedError()),
                is.classes().stream()
                        .map(Views::sort)
                        .sorted(Comparator.comparing(FreshnessBoard.Sort::partner)
                                .thenComparing(FreshnessBoard.Sort::resource))
                        .toList());
    }

    private static FreshnessBoard.Sort sort(ClassFreshness is) {
        return new FreshnessBoard.Sort(
                is.of().partner(),
                is.of().kind(),
                is.resources(),
                is.newcomers(),
                is.failing(),
                is.parked(),
                is.held(),
                finite(is.fresh()),
                duration(is.ageP50Seconds()),
                duration(is.ageP90Seconds()),
                duration(is.ageP99Seconds()),
                duration(is.ageMaxSeconds()),
                duration(is.of().maxAgeSeconds()),
                is.starved(),
                is.of().objective(),
                finite(is.errorBudgetLeft()),
                finite(is.changesPerSecond() * HOUR),
                finite(is.recall()),
                finite(is.precision()),
                is.webhooksSilent());
    }

    static List<FreshnessBoard.Resource> resources(String pool, Map<Timetable.Name, Standing> standings) {
        return standings.entrySet().stream()
                .map(each -> resource(pool, each.getKey().feed(), each.getValue()))
                .sorted(Comparator.comparing(
                                (FreshnessBoard.Resource each) -> each.link().value())
                        .thenComparing(FreshnessBoard.Resource::resource))
                .toList();
    }

    private static FreshnessBoard.Resource resource(String pool, PollerMessage.Feed feed, Standing stands) {
        Belief is = stands.belief();
        FirstRead first = stands.first();
        return new FreshnessBoard.Resource(
                feed.link(),
                feed.resource(),
                pool,
                phase(is.phase()),
                is.underWay(),
                is.phase() == Phase.NEWCOMER ? null : instant(is.seenAt()),
                finite(is.fresh()),
                finite(is.unseenChanges()),
                is.signals(),
                instant(is.dueAt()),
                finite(is.changesPerSecond() * HOUR),
                finite(is.recall()),
                finite(is.precision()),
                finite(is.webhooksWork()),
                is.failures(),
                first == null ? null : new FreshnessBoard.FirstRead(first.pages(), first.since()));
    }

    private static String phase(Phase phase) {
        return switch (phase) {
            case NEWCOMER -> "new";
            case WATCHED -> "watched";
            case BACKING_OFF -> "failing";
            case PARKED -> "parked";
            case HELD -> "held";
        };
    }

    static FreshnessBoard.Outlook outlook(double callsPerSecond, Forecast is) {
        return new FreshnessBoard.Outlook(
                callsPerSecond,
                finite(is.fresh()),
                finite(is.freshMost()),
                duration(is.lagSeconds()),
                finite(is.price()));
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value : 0;
    }

    private static @Nullable Double orNull(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis((long) (seconds < SECONDS_MAX ? Math.max(0, seconds) * 1e3 : SECONDS_MAX * 1e3));
    }

    private static @Nullable Instant instant(double seconds) {
        return Double.isFinite(seconds) && seconds > 0 ? Instant.ofEpochMilli((long) (seconds * 1e3)) : null;
    }
}
