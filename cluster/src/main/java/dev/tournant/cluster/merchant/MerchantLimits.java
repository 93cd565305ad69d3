package dev.tournant.cluster.merchant;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.tournant.cluster.sync.Retries;
import java.time.Duration;

/**
 * The bounds of one merchant, from {@code tournant.merchant} and for its pushes {@code tournant.push}; each key is explained in {@code tournant-cluster.conf}.
 */
public record MerchantLimits(
        int recordsMax,
        long recordBytesMax,
        long messageBytesMax,
        int seenMax,
        int refusalsMax,
        int outboxMax,
        int waitingMax,
        int groupCommandsMax,
        int groupDeliveriesMax,
        long groupBytesMax,
        long deliveryBytesMax,
        int stashMax,
        int snapshotEveryRows,
        int snapshotsKept,
        int watchersMax,
        int recentRevisionsMax,
        Duration watchTtl,
        Duration pushSettle,
        int tellingsMax,
        Duration jobFollowedMax,
        Duration unauthorisedWait,
        Duration awakeFor,
        Retries refusedRetries) {
    public static MerchantLimits of(Config config) {
        Config in = config.getConfig("tournant.merchant");
        Duration awakeFor = in.getDuration("awake-for");
        Duration longest = config.getDuration("tournant.push.refused-retry-max");
        if (awakeFor.compareTo(longest) < 0) {
            throw new ConfigException.BadValue(
                    in.origin(),
                    "tournant.merchant.awake-for",
                    "must be at least tournant.push.refused-retry-max, which is " + longest + ", not " + awakeFor);
        }
        return new MerchantLimits(
                positive(in, "records-max"),
                in.getBytes("record-bytes-max"),
                in.getBytes("message-bytes-max"),
                positive(in, "seen-max"),
                positive(in, "refusals-max"),
                positive(in, "outbox-max"),
                positive(in, "waiting-max"),
                positive(in, "group-commands-max"),
                positive(in, "group-deliveries-max"),
                in.getBytes("group-bytes-max"),
                in.getBytes("delivery-bytes-max"),
                config.getInt("akka.persistence.typed.stash-capacity"),
                positive(in, "snapshot-every-rows"),
                positive(in, "snapshots-kept"),
                positive(in, "watchers-max"),
                positive(in, "recent-revisions-max"),
                in.getDuration("watch-ttl"),
                in.getDuration("push-settle"),
                positive(in, "tellings-max"),
                config.getDuration("tournant.push.job-followed-max"),
                config.getDuration("tournant.push.unauthorised-wait"),
                awakeFor,
                new Retries(
                        config.getDuration("tournant.push.refused-retry-first"),
                        config.getDuration("tournant.push.refused-retry-max")));
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
