package dev.tournant.cluster.merchant;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;

/**
 * The bounds of one merchant, from {@code tournant.merchant}; each key is explained in {@code tournant-cluster.conf}.
 */
public record MerchantLimits(
        int recordsMax,
        int seenMax,
        int refusalsMax,
        int outboxMax,
        int waitingMax,
        int groupCommandsMax,
        int groupDeliveriesMax,
        int snapshotEveryRows,
        int snapshotsKept,
        int watchersMax,
        int recentRevisionsMax,
        Duration watchTtl) {
    public static MerchantLimits of(Config config) {
        Config in = config.getConfig("tournant.merchant");
        return new MerchantLimits(
                positive(in, "records-max"),
                positive(in, "seen-max"),
                positive(in, "refusals-max"),
                positive(in, "outbox-max"),
                positive(in, "waiting-max"),
                positive(in, "group-commands-max"),
                positive(in, "group-deliveries-max"),
                positive(in, "snapshot-every-rows"),
                positive(in, "snapshots-kept"),
                positive(in, "watchers-max"),
                positive(in, "recent-revisions-max"),
                in.getDuration("watch-ttl"));
    }

    private static int positive(Config in, String key) {
        int value = in.getInt(key);
        if (value <= 0) {
            throw new ConfigException.BadValue(
                    in.origin(), "tournant.merchant." + key, "must be above 0, not " + value);
        }
        return value;
    }
}
