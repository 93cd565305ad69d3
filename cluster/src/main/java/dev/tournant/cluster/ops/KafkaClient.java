package dev.tournant.cluster.ops;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The properties of Kafka's clients: where the brokers are and how they are spoken to (TLS, SASL), which all clients share,
 * and what producers and consumers have besides. Every client of a node is made of these.
 */
public final class KafkaClient {
    static final String CLIENT = "tournant.kafka.client";
    static final String FILE = "tournant.kafka.client-file";

    /**
     * Producers wait for all in-sync replicas and never give a record up, so that the order of a merchant's records
     * survives trouble.
     */
    private static final Map<String, String> PRODUCER = Map.of(
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            "true",
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            Integer.toString(Integer.MAX_VALUE),
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4",
            ProducerConfig.LINGER_MS_CONFIG,
            "1",
            // Each batch takes a compression buffer of 64 KiB, so the 16 KiB that are usual waste most of it.
            ProducerConfig.BATCH_SIZE_CONFIG,
            Integer.toString(128 * 1024),
            // Above inbox-bytes-max and publish-bytes-max together.
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            Integer.toString(32 * 1024 * 1024));

    private static final Map<String, String> CONSUMER = Map.of(
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            "false",
            // A backlog is read in large steps; what they weigh is bounded by the bytes of a fetch.
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            "5000",
            // A node that died is missed after this; its partitions wait that long.
            ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
            "10000",
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");

    /** What has another key, or would break a promise, besides what stands above. */
    private static final Set<String> REFUSED = Set.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            ConsumerConfig.GROUP_ID_CONFIG,
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            ProducerConfig.PARTITIONER_CLASS_CONFIG,
            ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG,
            ProducerConfig.RETRIES_CONFIG,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG);

    private final Map<String, String> shared;

    private KafkaClient(String servers, Map<String, String> given) {
        Map<String, String> all = new HashMap<>(given);
        all.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        this.shared = Map.copyOf(all);
    }

    /**
     * As {@code tournant.kafka} says it. What stands in the file goes over what stands in {@value #CLIENT}.
     *
     * @throws ConfigException with the name of the key, for a file that cannot be read, a value that is no text, number or
     *     list of these, and for properties that the node sets itself
     */
    public static KafkaClient of(Config config) {
        Map<String, String> given = new HashMap<>(checked(CLIENT, section(config)));
        given.putAll(checked(FILE, file(config.getString(FILE).strip())));
        return new KafkaClient(config.getString("tournant.kafka.servers"), given);
    }

    /** Of brokers that ask for no TLS and no password. */
    static KafkaClient plain(String servers) {
        return new KafkaClient(servers, Map.of());
    }

    /** The same, with other brokers: HOST:PORT,HOST:PORT. */
    public KafkaClient at(String servers) {
        return new KafkaClient(servers, shared);
    }

    private static Map<String, String> section(Config config) {
        Map<String, String> properties = new HashMap<>();
        for (Map.Entry<String, ConfigValue> entry : config.getConfig(CLIENT).entrySet()) {
            // Kafka's names have dots in them; whether they were quoted makes no difference.
            properties.put(String.join(".", ConfigUtil.splitPath(entry.getKey())), text(entry.getValue()));
        }
        return properties;
    }

    private static String text(ConfigValue value) {
        if (value instanceof ConfigList list) {
            return list.stream().map(KafkaClient::text).collect(Collectors.joining(","));
        }
        return value.unwrapped().toString();
    }

    private static Map<String, String> file(String name) {
        if (name.isEmpty()) {
            return Map.of();
        }
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of(name))) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            // Not its message alone: of a missing file that is nothing but its name.
            throw new ConfigException.BadValue(
                    FILE, "a file of Kafka's properties (NAME=VALUE in each line) cannot be read there: " + e, e);
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(
                        property -> property,
                        property -> properties.getProperty(property).strip()));
    }

    private static Map<String, String> checked(String path, Map<String, String> properties) {
        Set<String> ours = new TreeSet<>(properties.keySet());
        ours.removeIf(property ->
                !PRODUCER.containsKey(property) && !CONSUMER.containsKey(property) && !REFUSED.contains(property));
        if (!ours.isEmpty()) {
            throw new ConfigException.BadValue(
                    path,
                    String.join(", ", ours)
                            + ": set by the node itself; leave it out (brokers, group and the largest record"
                            + " are tournant.kafka.servers, tournant.ingest.group and tournant.kafka.message-bytes-max)");
        }
        return properties;
    }

    /** {@code own} goes over what is shared. */
    Map<String, Object> admin(Map<String, String> own) {
        Map<String, Object> all = new HashMap<>(shared);
        all.putAll(own);
        return all;
    }

    /** @param messageBytesMax the largest record */
    Map<String, String> producer(long messageBytesMax) {
        Map<String, String> all = new HashMap<>(shared);
        all.putAll(PRODUCER);
        all.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Long.toString(messageBytesMax));
        return all;
    }

    /** @param messageBytesMax the largest record */
    Map<String, String> consumer(String group, long messageBytesMax) {
        Map<String, String> all = new HashMap<>(shared);
        all.putAll(CONSUMER);
        all.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        all.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Long.toString(messageBytesMax));
        return all;
    }

    /** A client that only asks and makes; it connects when it is asked something. {@code own} goes over what is shared. */
    public Admin open(Map<String, String> own) {
        return Admin.create(admin(own));
    }

    String servers() {
        return shared.getOrDefault(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "");
    }

    /** Names alone: values may be secrets. */
    @Override
    public String toString() {
        return "KafkaClient" + new TreeSet<>(shared.keySet());
    }
}
