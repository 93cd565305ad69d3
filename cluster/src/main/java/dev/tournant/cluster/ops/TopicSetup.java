package dev.tournant.cluster.ops;

import com.typesafe.config.ConfigException;
import dev.tournant.messages.Topics;
import dev.tournant.persistence.NodeConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Makes the topics that are not there yet; topics that exist are left as they are. Run it before the first node starts:
 * {@code java dev.tournant.cluster.ops.TopicSetup HOST:PORT,HOST:PORT PARTITIONS REPLICAS}. How it speaks to the brokers (TLS,
 * SASL) it has from where nodes have it.
 *
 * <p>The number of partitions bounds how many nodes can ingest at once. It can be raised later: a merchant that comes to
 * another partition starts a new high-water mark there, but only while nothing of it waits in the old one is its order
 * kept, so stop the producers first and let the nodes drain.
 */
public final class TopicSetup {
    private static final String MAX_MESSAGE_BYTES = "max.message.bytes";
    private static final int MESSAGE_BYTES_MAX = 24 * 1024 * 1024;
    /** So that all that another topic holds has room there, and why it is there as well. */
    private static final int QUARANTINE_BYTES_MAX = MESSAGE_BYTES_MAX + KafkaSettings.HEADERS_BYTES_MAX;

    private static final String WEEK_MILLIS = Long.toString(7L * 24 * 3600 * 1000);
    private static final String MONTH_MILLIS = Long.toString(30L * 24 * 3600 * 1000);

    private TopicSetup() {}

    public static void main(String[] args) throws InterruptedException {
        if (args.length != 3) {
            System.err.println("Give three arguments: HOST:PORT,HOST:PORT PARTITIONS REPLICAS, for example"
                    + " 127.0.0.1:9092 24 3");
            System.exit(2);
        }
        try {
            KafkaClient client = KafkaClient.of(NodeConfig.load()).at(args[0]);
            List<String> made = make(client, Integer.parseInt(args[1]), Short.parseShort(args[2]));
            System.out.println(made.isEmpty() ? "All topics are there." : "Made " + String.join(", ", made));
        } catch (ConfigException e) {
            System.err.println("The configuration is wrong: " + e.getMessage());
            System.exit(2);
        }
    }

    /** On brokers that ask for no TLS and no password; returns the topics that were made. */
    public static List<String> make(String servers, int partitions, short replicas) throws InterruptedException {
        return make(KafkaClient.plain(servers), partitions, replicas);
    }

    /** Returns the topics that were made. */
    static List<String> make(KafkaClient client, int partitions, short replicas) throws InterruptedException {
        try (Admin admin = client.open(Map.of())) {
            Set<String> there = admin.listTopics().names().get();
            List<NewTopic> missing = topics(partitions, replicas).stream()
                    .filter(topic -> !there.contains(topic.name()))
                    .toList();
            admin.createTopics(missing).all().get();
            return missing.stream().map(NewTopic::name).toList();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return List.of();
            }
            throw new IllegalStateException("Kafka at " + client.servers() + ": " + e.getMessage(), e);
        }
    }

    private static List<NewTopic> topics(int partitions, short replicas) {
        String inSync = Integer.toString(Math.max(1, replicas - 1));
        return List.of(
                topic(Topics.INBOUND, partitions, replicas, inSync, Map.of("retention.ms", WEEK_MILLIS)),
                topic(Topics.CHANGES, partitions, replicas, inSync, Map.of("retention.ms", WEEK_MILLIS)),
                topic(Topics.MERCHANTS, 1, replicas, inSync, Map.of("cleanup.policy", "compact")),
                topic(
                        Topics.QUARANTINE,
                        1,
                        replicas,
                        inSync,
                        Map.of(
                                "retention.ms",
                                MONTH_MILLIS,
                                MAX_MESSAGE_BYTES,
                                Integer.toString(QUARANTINE_BYTES_MAX))));
    }

    private static NewTopic topic(
            String name, int partitions, short replicas, String inSync, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>();
        all.put(MAX_MESSAGE_BYTES, Integer.toString(MESSAGE_BYTES_MAX));
        all.putAll(settings);
        all.put("min.insync.replicas", inSync);
        return new NewTopic(name, partitions, replicas).configs(all);
    }
}
