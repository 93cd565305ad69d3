package dev.tournant.deploy.stack;

import dev.tournant.cluster.ops.TopicSetup;
import dev.tournant.deploy.local.Cassandra;
import dev.tournant.deploy.local.CassandraConfig;
import dev.tournant.deploy.local.FreePorts;
import dev.tournant.deploy.local.Kafka;
import dev.tournant.deploy.local.KafkaConfig;
import dev.tournant.persistence.Schema;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** What the nodes talk to: Cassandra with our schema, Kafka with our topics, and the Square stand-in. */
record Servers(Cassandra cassandra, Kafka kafka, Standin standin) implements AutoCloseable {
    private static final int PARTITIONS = 12;

    /** Starts all three; if one fails, those that came up are stopped. */
    static Servers start(StackOptions options, Path logs, Consumer<String> progress) {
        progress.accept("starting Cassandra and Kafka …");
        Path data = options.data().toAbsolutePath();
        CompletableFuture<Cassandra> starting = CompletableFuture.supplyAsync(
                () -> Cassandra.start(data.resolve("cassandra"), cassandraConfig(options)));
        Kafka kafka;
        try {
            kafka = Kafka.start(data.resolve("kafka"), kafkaConfig(options));
        } catch (RuntimeException e) {
            starting.thenAccept(Cassandra::close).exceptionally(failure -> null).join();
            throw e;
        }
        Cassandra cassandra;
        try {
            cassandra = starting.join();
        } catch (CompletionException e) {
            kafka.close();
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        try {
            return withStandin(options, logs, progress, cassandra, kafka);
        } catch (RuntimeException e) {
            kafka.close();
            cassandra.close();
            throw e;
        }
    }

    private static Servers withStandin(
            StackOptions options, Path logs, Consumer<String> progress, Cassandra cassandra, Kafka kafka) {
        progress.accept("applying the schema, making the topics …");
        Schema.apply(cassandra.hostPort(), cassandra.datacenter(), "tournant", 1);
        try {
            TopicSetup.make(kafka.hostPort(), PARTITIONS, (short) 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while making the topics", e);
        }
        progress.accept("starting the Square stand-in …");
        return new Servers(cassandra, kafka, Standin.start(options, FreePorts.pick(), logs));
    }

    private static CassandraConfig cassandraConfig(StackOptions options) {
        CassandraConfig config = CassandraConfig.defaults();
        return options.quickStart() ? config.withLimits(config.limits().withQuickStart(true)) : config;
    }

    private static KafkaConfig kafkaConfig(StackOptions options) {
        KafkaConfig config = KafkaConfig.defaults();
        return options.quickStart() ? config.withLimits(config.limits().withQuickStart(true)) : config;
    }

    @Override
    public void close() {
        standin.process().close();
        kafka.close();
        cassandra.close();
    }
}
