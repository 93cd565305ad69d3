package dev.tournant.cluster.lease;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * All timings of failure detection, resolver and lease, derived from how long a node may stand still. What an operator
 * sets is taken as it is, unless it contradicts the rest: then {@link ConfigException.BadValue} names both settings.
 *
 * <p>All that {@link #over} writes is in whole milliseconds, rounded up: a configuration cuts the rest off, and a time that
 * is shorter than what it was derived from would contradict it.
 *
 * @param pauseTolerated a node may stand still for so long, and neither is taken for lost nor loses its lease
 * @param heartbeatPause silence after which a node is taken for unreachable
 * @param stableAfter how long the resolver waits from there before it decides
 * @param ttl how long a node's lease holds after a renewal
 * @param renewEvery from one renewal to the next, and from one look at others' leases to the next
 * @param requestLife how long an answer of the lease's store is waited for
 * @param clockRateError by how much a clock may be fast or slow, as a share
 */
public record Timings(
        Duration pauseTolerated,
        Duration heartbeatPause,
        Duration stableAfter,
        Duration ttl,
        Duration renewEvery,
        Duration requestLife,
        double clockRateError) {
    static final String ENFORCED = "tournant.lease.enforced";

    private static final String PAUSE = "tournant.lease.pause-tolerated";
    private static final String TTL = "tournant.lease.ttl";
    private static final String RENEW = "tournant.lease.renew-every";
    private static final String REQUEST = "tournant.lease.request-life";
    private static final String CLOCK = "tournant.lease.clock-rate-error";
    private static final String HEARTBEAT = "akka.cluster.failure-detector.acceptable-heartbeat-pause";
    private static final String STABLE = "akka.cluster.split-brain-resolver.stable-after";
    private static final String STRATEGY = "akka.cluster.split-brain-resolver.active-strategy";
    private static final String MARGIN = "akka.cluster.down-removal-margin";

    private static final Duration PAUSE_MIN = Duration.ofMillis(500);
    private static final Duration PAUSE_MAX = Duration.ofMinutes(2);
    private static final Duration RENEW_MAX = Duration.ofSeconds(1);
    private static final int RENEWALS_A_PAUSE = 6;
    /** Long enough for five nodes to agree on who is unreachable, by Akka's advice. */
    private static final Duration STABLE_MAX = Duration.ofSeconds(7);

    public static Timings of(Config config) {
        Duration pause = config.getDuration(PAUSE);
        if (pause.compareTo(PAUSE_MIN) < 0 || pause.compareTo(PAUSE_MAX) > 0) {
            throw bad(PAUSE, pause + " is not between " + PAUSE_MIN + " and " + PAUSE_MAX);
        }
        Duration request = config.getDuration(REQUEST);
        if (request.isZero() || request.isNegative()) {
            throw bad(REQUEST, "it must be more than nothing");
        }
        double clock = config.getDouble(CLOCK);
        if (!(clock > 0 && clock <= 0.1)) {
            throw bad(CLOCK, clock + " is not a share above 0 and up to 0.1");
        }
        Duration renew = set(config, RENEW, shorter(pause.dividedBy(RENEWALS_A_PAUSE), RENEW_MAX));
        Duration ttl = set(config, TTL, pause.plus(renew).plus(request));
        Duration heartbeat = set(config, HEARTBEAT, pause);
        Duration stable = longer(
                shorter(pause.plusSeconds(1), STABLE_MAX),
                endSeenAfter(new Terms(ttl, renew, request, clock)).minus(heartbeat));
        Timings timings = new Timings(pause, heartbeat, set(config, STABLE, stable), ttl, renew, request, clock);
        timings.check();
        return timings;
    }

    private void check() {
        if (heartbeatPause.compareTo(pauseTolerated) < 0) {
            throw contradiction(
                    HEARTBEAT,
                    heartbeatPause,
                    PAUSE,
                    pauseTolerated,
                    "a node that stands still for as long as is tolerated would be taken for lost; leave the former out, or"
                            + " set it to at least " + pauseTolerated);
        }
        Duration least = pauseTolerated.plus(renewEvery).plus(requestLife);
        if (ttl.compareTo(least) < 0) {
            throw contradiction(
                    TTL,
                    ttl,
                    PAUSE,
                    pauseTolerated,
                    "the lease would run out during a pause that is tolerated; leave the former out, or set it to at least "
                            + least + " (" + PAUSE + " + " + RENEW + " + " + REQUEST + ")");
        }
        Duration decided = heartbeatPause.plus(stableAfter);
        if (decided.compareTo(endSeenAfter()) < 0) {
            throw contradiction(
                    STABLE,
                    stableAfter,
                    TTL,
                    ttl,
                    "the resolver would decide on a lost node before its lease can be seen to run out; set the former to at"
                            + " least " + endSeenAfter().minus(heartbeatPause));
        }
    }

    /** After its last renewal a lease is marked as ended within this time, when watchers and store are well. */
    Duration endSeenAfter() {
        return endSeenAfter(terms());
    }

    private static Duration endSeenAfter(Terms terms) {
        return Duration.ofNanos(terms.silenceNanos(terms.ttl()))
                .plus(terms.renewEvery())
                .plus(terms.requestLife());
    }

    Terms terms() {
        return new Terms(ttl, renewEvery, requestLife, clockRateError);
    }

    /** The configuration with all of this in it, for Akka and for whoever reads timings from there. */
    public Config over(Config config) {
        Map<String, Object> derived = new HashMap<>();
        derived.put(HEARTBEAT, heartbeatPause);
        derived.put(STABLE, stableAfter);
        derived.put(TTL, ttl);
        derived.put(RENEW, renewEvery);
        if (config.getBoolean(ENFORCED)) {
            derived.put("akka.cluster.sharding.use-lease", "tournant.lease.shard");
            if (!isSet(config, STRATEGY)) {
                derived.put(STRATEGY, "lease-majority");
            }
            if (!isSet(config, MARGIN)) {
                // "off" would make it as long as stable-after. The lease does what the margin is for.
                derived.put(MARGIN, Duration.ofMillis(1));
            }
        }
        return ConfigFactory.parseMap(derived, "derived from " + PAUSE).withFallback(config);
    }

    private static Duration set(Config config, String path, Duration derived) {
        Duration exact = isSet(config, path) ? config.getDuration(path) : derived;
        Duration cut = Duration.ofMillis(exact.toMillis());
        return cut.equals(exact) ? exact : cut.plusMillis(1);
    }

    /** Whether it stands somewhere else than in a library's defaults. */
    private static boolean isSet(Config config, String path) {
        return config.hasPath(path)
                && !config.getValue(path).origin().description().contains("reference.conf");
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static ConfigException contradiction(String path, Duration is, String other, Duration otherIs, String why) {
        return bad(path, is + " contradicts " + other + " = " + otherIs + ": " + why);
    }

    private static ConfigException bad(String path, String why) {
        return new ConfigException.BadValue(path, why);
    }
}
