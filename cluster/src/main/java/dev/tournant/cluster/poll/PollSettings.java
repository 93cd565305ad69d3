package dev.tournant.cluster.poll;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import dev.tournant.cluster.schedule.ScheduleSettings;
import dev.tournant.cluster.schedule.Shares;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How polls are scheduled: {@code tournant.poll}.
 *
 * @param share of a pool's calls that polls may use
 * @param unlimitedCallsPerSecond that they use where a partner has no limits
 * @param burst how long unused calls are kept for later
 * @param underWayMax polls of one pool at the same time
 * @param arriveWithin how long it may take until whoever is to poll says that it was told so, before that counts as failed
 * @param readWithin the same from then on, and each time that it says that it goes on
 * @param unauthorisedRetry how long what somebody has to authorise is left alone
 * @param rememberEvery how often what was learnt is written down
 * @param rememberBytesPerSecond how many bytes of it, so that what takes many is written down less often; above 0
 * @param earlyMax messages that wait while it is read
 * @param kinds settings of resources, by {@code partner.resource}
 * @param others settings of all other resources
 */
record PollSettings(
        double share,
        double unlimitedCallsPerSecond,
        Duration burst,
        int underWayMax,
        Duration arriveWithin,
        Duration readWithin,
        Duration unauthorisedRetry,
        Duration rememberEvery,
        long rememberBytesPerSecond,
        int earlyMax,
        ScheduleSettings schedule,
        Map<String, OfKind> kinds,
        OfKind others) {
    /**
     * What holds for resources of one kind.
     *
     * @param minInterval two polls of one resource are never closer
     * @param maxAge none goes unpolled for longer, as far as the limits allow that for all
     * @param objective the share of them that should be fresh
     * @param weight how much they count beside others of the pool
     */
    record OfKind(Duration minInterval, Duration maxAge, double objective, double weight) {
        static OfKind of(Config in) {
            OfKind read = new OfKind(
                    in.getDuration("min-interval"),
                    in.getDuration("max-age"),
                    in.getDouble("objective"),
                    in.getDouble("weight"));
            if (read.minInterval.isNegative() || read.maxAge.compareTo(read.minInterval) <= 0) {
                throw new IllegalArgumentException(
                        "tournant.poll: max-age must be longer than min-interval, not " + read.maxAge);
            }
            if (!(read.objective >= 0 && read.objective < 1)) {
                throw new IllegalArgumentException(
                        "tournant.poll: objective must be from 0 to below 1, not " + read.objective);
            }
            if (!(read.weight > 0)) {
                throw new IllegalArgumentException("tournant.poll: weight must be above 0, not " + read.weight);
            }
            return read;
        }
    }

    static PollSettings of(Config config) {
        Config in = config.getConfig("tournant.poll");
        double share = in.getDouble("share");
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("tournant.poll.share must be above 0 and at most 1, not " + share);
        }
        Config usual = in.getConfig("resources.usual");
        Map<String, OfKind> kinds = new HashMap<>();
        Config special = in.getConfig("resources.special");
        special.root()
                .keySet()
                .forEach(name -> kinds.put(
                        name,
                        OfKind.of(special.getConfig(ConfigUtil.joinPath(name)).withFallback(usual))));
        return new PollSettings(
                share,
                in.getDouble("unlimited-calls-per-second"),
                in.getDuration("burst"),
                in.getInt("under-way-max"),
                in.getDuration("arrive-within"),
                in.getDuration("read-within"),
                in.getDuration("unauthorised-retry"),
                in.getDuration("remember-every"),
                bytesPerSecond(in),
                in.getInt("early-max"),
                new ScheduleSettings(
                        in.getDouble("lag-weight"),
                        seconds(in.getDuration("worth")),
                        in.getDouble("unlimited-calls-per-second"),
                        in.getInt("audit-every"),
                        new Shares(
                                in.getDouble("newcomer-share"),
                                in.getDouble("failing-share"),
                                in.getInt("failing-at-once"),
                                in.getDouble("aged-share")),
                        seconds(in.getDuration("forget-half-life")),
                        seconds(in.getDuration("retry-first")),
                        seconds(in.getDuration("retry-most")),
                        seconds(in.getDuration("park-after")),
                        seconds(in.getDuration("parked-retry")),
                        0),
                Map.copyOf(kinds),
                OfKind.of(usual));
    }

    private static long bytesPerSecond(Config in) {
        long bytes = in.getBytes("remember-bytes-per-second");
        if (bytes <= 0) {
            throw new IllegalArgumentException("tournant.poll.remember-bytes-per-second must be above 0, not " + bytes);
        }
        return bytes;
    }

    OfKind of(String partner, String resource) {
        return kinds.getOrDefault(partner + "." + resource, others);
    }

    /** Of a pool whose polls may use so many calls. */
    ScheduleSettings schedule(double callsPerSecond, long seed) {
        return new ScheduleSettings(
                schedule.lagWeight(),
                schedule.worthSeconds(),
                callsPerSecond,
                schedule.auditEvery(),
                schedule.shares(),
                schedule.forgetHalfLifeSeconds(),
                schedule.retryFirstSeconds(),
                schedule.retryMostSeconds(),
                schedule.parkAfterSeconds(),
                schedule.parkedRetrySeconds(),
                seed);
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
