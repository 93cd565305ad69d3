package dev.tournant.cluster.push;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;

/**
 * The bounds of pushes, from {@code tournant.push}; each key is explained in {@code tournant-cluster.conf}. None is below
 * 1.
 */
public record PushSettings(int pushesMax, int callsMax, int insteadMax, int callsPerPushMax) {
    public static PushSettings of(Config config) {
        Config in = config.getConfig("tournant.push");
        return new PushSettings(
                bound(in, "pushes-max"),
                bound(in, "calls-max"),
                bound(in, "instead-max"),
                bound(in, "calls-per-push-max"));
    }

    private static int bound(Config in, String key) {
        int value = in.getInt(key);
        if (value < 1) {
            throw new ConfigException.BadValue(in.origin(), "tournant.push." + key, "must be at least 1, not " + value);
        }
        return value;
    }
}
