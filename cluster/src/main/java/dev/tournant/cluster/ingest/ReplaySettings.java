package dev.tournant.cluster.ingest;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;

/** The bounds of replays, from {@code tournant.replay}; each key is explained in {@code tournant-cluster.conf}. */
public record ReplaySettings(
        int recordsMax, long bytesMax, Duration readWithin, Duration askTimeout, int replaysMax, int putsMax) {
    private static final String PATH = "tournant.replay";

    public static ReplaySettings of(Config config) {
        Config in = config.getConfig(PATH);
        return new ReplaySettings(
                positive(in, "records-max"),
                in.getBytes("bytes-max"),
                in.getDuration("read-within"),
                in.getDuration("ask-timeout"),
                positive(in, "replays-max"),
                positive(in, "puts-max"));
    }

    private static int positive(Config in, String key) {
        int value = in.getInt(key);
        if (value <= 0) {
            throw new ConfigException.BadValue(in.origin(), PATH + "." + key, "must be above 0, not " + value);
        }
        return value;
    }
}
