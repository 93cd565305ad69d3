package dev.tournant.cluster.gate;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.tournant.adapter.Lane;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What gates rely on and how much they hold, from {@code tournant.gate}; each key is explained in {@code
 * tournant-cluster.conf}.
 */
public record GateSettings(
        Duration permitLife,
        Duration pause,
        Duration requestLife,
        double clockError,
        int waitingMax,
        double laneFloor,
        Duration termsKept,
        int admissionsMax,
        Duration lookTimeout,
        Duration storeRetryMin,
        Duration storeRetryMax,
        Duration closeWithin,
        Duration quotaFrom,
        int quotaSlots,
        int quotaBlocks,
        Duration wallClockError) {
    public GateSettings {
        positive("permit-life", permitLife);
        positive("request-life", requestLife);
        positive("terms-kept", termsKept);
        positive("look-timeout", lookTimeout);
        positive("store-retry-min", storeRetryMin);
        positive("close-within", closeWithin);
        positive("quota-from", quotaFrom);
        positive("waiting-max", waitingMax);
        positive("admissions-max", admissionsMax);
        positive("quota-slots", quotaSlots);
        positive("quota-blocks", quotaBlocks);
        if (pause.isNegative() || wallClockError.isNegative()) {
            throw wrong(pause.isNegative() ? "pause" : "wall-clock-error", "must not be negative");
        }
        if (clockError < 0 || clockError >= 0.1) {
            throw wrong("clock-rate-error", "must be from 0 to below 0.1, not " + clockError);
        }
        if (laneFloor <= 0 || laneFloor > 1) {
            throw wrong("lane-floor", "must be above 0 and at most 1, not " + laneFloor);
        }
        if (storeRetryMax.compareTo(storeRetryMin) < 0) {
            throw wrong("store-retry-max", "must not be below store-retry-min");
        }
    }

    public static GateSettings of(Config config) {
        Config in = config.getConfig("tournant.gate");
        return new GateSettings(
                in.getDuration("permit-life"),
                in.getDuration("pause"),
                in.getDuration("request-life"),
                in.getDouble("clock-rate-error"),
                in.getInt("waiting-max"),
                in.getDouble("lane-floor"),
                in.getDuration("terms-kept"),
                in.getInt("admissions-max"),
                in.getDuration("look-timeout"),
                in.getDuration("store-retry-min"),
                in.getDuration("store-retry-max"),
                in.getDuration("close-within"),
                in.getDuration("quota-from"),
                in.getInt("quota-slots"),
                in.getInt("quota-blocks"),
                in.getDuration("wall-clock-error"));
    }

    PoolSpec spec(String pool, List<Rule> rules) {
        Map<Lane, Integer> waiting = new EnumMap<>(Lane.class);
        for (Lane lane : Lane.values()) {
            waiting.put(lane, waitingMax);
        }
        return new PoolSpec(pool, rules, permitLife, pause, requestLife, clockError, waiting, laneFloor);
    }

    /** How long after a grant the partner may still count the call. */
    Duration grantLife() {
        return permitLife.plus(pause).plus(requestLife);
    }

    private static void positive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw wrong(key, "must be above 0");
        }
    }

    private static void positive(String key, int value) {
        if (value <= 0) {
            throw wrong(key, "must be above 0, not " + value);
        }
    }

    private static ConfigException wrong(String key, String why) {
        return new ConfigException.BadValue("tournant.gate." + key, why);
    }
}
