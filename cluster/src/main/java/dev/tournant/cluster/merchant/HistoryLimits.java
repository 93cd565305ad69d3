package dev.tournant.cluster.merchant;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;

/** The bounds of looking back, from {@code tournant.history}; each key is explained in {@code tournant-cluster.conf}. */
public record HistoryLimits(
        int rowsMax, int windowRows, long pageBytesMax, int foldRowsMax, int readingsMax, Duration within) {
    static final String PATH = "tournant.history";

    public static HistoryLimits of(Config config) {
        Config in = config.getConfig(PATH);
        return new HistoryLimits(
                positive(in, "rows-max"),
                positive(in, "window-rows"),
                in.getBytes("page-bytes-max"),
                positive(in, "fold-rows-max"),
                positive(in, "readings-max"),
                in.getDuration("within"));
    }

    private static int positive(Config in, String key) {
        int value = in.getInt(key);
        if (value <= 0) {
            throw new ConfigException.BadValue(in.origin(), PATH + "." + key, "must be above 0, not " + value);
        }
        return value;
    }
}
