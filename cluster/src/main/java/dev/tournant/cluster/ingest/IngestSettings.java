package dev.tournant.cluster.ingest;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;

/**
 * The bounds of ingestion, from {@code tournant.ingest}; each key is explained in {@code tournant-cluster.conf}.
 *
 * @param recordBytesMax {@code tournant.kafka.message-bytes-max}
 */
public record IngestSettings(
        String group,
        int partitionsMax,
        int chunkRecordsMax,
        long chunkBytesMax,
        int batchDeliveriesMax,
        long batchBytesMax,
        long deliveryBytesMax,
        long recordBytesMax,
        Duration askTimeout,
        Duration retryFirst,
        Duration retryMax) {
    public static IngestSettings of(Config config) {
        Config in = config.getConfig("tournant.ingest");
        IngestSettings settings = new IngestSettings(
                in.getString("group"),
                in.getInt("partitions-max"),
                in.getInt("chunk-records-max"),
                in.getBytes("chunk-bytes-max"),
                in.getInt("batch-deliveries-max"),
                in.getBytes("batch-bytes-max"),
                in.getBytes("delivery-bytes-max"),
                config.getBytes("tournant.kafka.message-bytes-max"),
                in.getDuration("ask-timeout"),
                in.getDuration("retry-first"),
                in.getDuration("retry-max"));
        if (settings.batchDeliveriesMax > config.getInt("tournant.merchant.refusals-max")) {
            throw new ConfigException.BadValue(
                    in.origin(),
                    "tournant.ingest.batch-deliveries-max",
                    "must not be above tournant.merchant.refusals-max: a merchant remembers the refusals of a batch"
                            + " until they are in quarantine");
        }
        String frame = "akka.remote.artery.advanced.maximum-large-frame-size";
        if (config.hasPath(frame) && settings.deliveryBytesMax > config.getBytes(frame) - config.getBytes(frame) / 8) {
            throw new ConfigException.BadValue(
                    in.origin(),
                    "tournant.ingest.delivery-bytes-max",
                    "must be below " + frame
                            + " by an eighth: Akka drops what is larger, and the record is sent for ever");
        }
        return settings;
    }
}
