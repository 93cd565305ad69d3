package dev.tournant.deploy.stack;

import dev.tournant.cluster.ops.TopicSetup;
import dev.tournant.deploy.local.Cassandra;
import dev.tournant.deploy.local.CassandraConfig;
import dev.tournant.deploy.local.ChildProcess;
import dev.tournant.deploy.local.Kafka;
import dev.tournant.deploy.local.KafkaConfig;
import dev.tournant.persistence.Schema;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** What the nodes talk to: Cassandra with our schema, Kafka with our topics, and the partners' stand-ins. */
record Servers(Cassandra cassandra, Kafka kafka, Standin standin, PartnerStandin toast, PartnerStandin doorDash)
        implements AutoCloseable {
    private static final int PARTITIONS = 12;
    private static final int LOG_LINES_SHOWN = 15;
    /** In stacks for a short life; DoorDash itself gives a job up after two hours. */
    private static final Duration STUCK_FOR = Duration.ofSeconds(15);

    /** Starts all; if one fails, those that came up are stopped. */
    static Servers start(StackOptions options, Home home, Consumer<String> progress) throws IOException {
        progress.accept("starting Cassandra and Kafka ...");
        CompletableFuture<Cassandra> starting = CompletableFuture.supplyAsync(
                () -> Cassandra.start(home.resolve("cassandra"), cassandraConfig(options)));
        Kafka kafka;
        try {
            kafka = Kafka.start(home.resolve("kafka"), kafkaConfig(options));
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
            return withStandin(options, home, progress, cassandra, kafka);
        } catch (IOException | RuntimeException e) {
            kafka.close();
            cassandra.close();
            throw e;
        }
    }

    private static Servers withStandin(
            StackOptions options, Home home, Consumer<String> progress, Cassandra cassandra, Kafka kafka)
            throws IOException {
        progress.accept("starting the stand-ins for Square, Toast and DoorDash ...");
        List<ChildProcess> started = new ArrayList<>();
        try {
            Standin square = Standin.launch(options, home);
            started.add(square.process());
            PartnerStandin toast = PartnerStandin.launch(
                    "toast",
                    home,
                    "--restaurants",
                    Integer.toString(Math.max(1, options.restaurants() + options.spare())),
                    "--items",
                    Integer.toString(options.items()),
                    "--seed",
                    Integer.toString(options.seed()));
            started.add(toast.process());
            List<String> doorDashOptions = new ArrayList<>(List.of(
                    "--stores",
                    Integer.toString(Math.max(1, options.stores() + options.everywhere())),
                    "--seed",
                    Integer.toString(options.seed())));
            if (options.quickStart()) {
                doorDashOptions.addAll(List.of("--processing-window-ms", Long.toString(STUCK_FOR.toMillis())));
            }
            PartnerStandin doorDash = PartnerStandin.launch("doordash", home, doorDashOptions.toArray(String[]::new));
            started.add(doorDash.process());
            progress.accept("applying the schema, making the topics ...");
            Schema.apply(cassandra.hostPort(), cassandra.datacenter(), "tournant", 1);
            TopicSetup.make(kafka.hostPort(), PARTITIONS, (short) 1);
            square.awaitReady();
            toast.awaitReady();
            doorDash.awaitReady();
            return new Servers(cassandra, kafka, square, toast, doorDash);
        } catch (IOException | RuntimeException e) {
            started.forEach(ChildProcess::close);
            throw e;
        } catch (InterruptedException e) {
            started.forEach(ChildProcess::close);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while making the topics", e);
        }
    }

    private static CassandraConfig cassandraConfig(StackOptions options) {
        CassandraConfig config = CassandraConfig.defaults();
        return options.quickStart() ? config.withLimits(config.limits().withQuickStart(true)) : config;
    }

    private static KafkaConfig kafkaConfig(StackOptions options) {
        KafkaConfig config = KafkaConfig.defaults();
        return options.quickStart() ? config.withLimits(config.limits().withQuickStart(true)) : config;
    }

    private List<ChildProcess> processes() {
        return List.of(cassandra.process(), kafka.process(), standin.process(), toast.process(), doorDash.process());
    }

    /** Which of them is gone, with its last lines; empty while all run. */
    Optional<String> dead() {
        for (ChildProcess process : processes()) {
            if (!process.isAlive()) {
                return Optional.of(process.name() + " died with exit code "
                        + process.onExit().toCompletableFuture().join()
                        + "; its last lines, from " + process.log() + ":\n  "
                        + String.join("\n  ", process.lastLogLines(LOG_LINES_SHOWN)));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        doorDash.process().close();
        toast.process().close();
        standin.process().close();
        kafka.close();
        cassandra.close();
    }
}
