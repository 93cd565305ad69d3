package dev.tournant.deploy.faults;

import dev.tournant.deploy.stack.NodeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Starts nodes again that ended, as an operator's would, and keeps what they left: exit code and log. */
final class Supervisor implements AutoCloseable {
    private static final long LOOK_EVERY_MILLIS = 100;

    private final List<NodeProcess> nodes;
    private final Consumer<String> progress;
    private final List<Exit> exits = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    /** A node that ended, and where its log is kept. */
    record Exit(String node, int code, Path log) {
        @Override
        public String toString() {
            return node + ":" + code;
        }
    }

    private Supervisor(List<NodeProcess> nodes, Consumer<String> progress) {
        this.nodes = nodes;
        this.progress = progress;
    }

    static Supervisor over(List<NodeProcess> nodes, Consumer<String> progress) {
        Supervisor supervisor = new Supervisor(nodes, progress);
        Future<?> unused = supervisor.clock.scheduleWithFixedDelay(
                supervisor::look, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return supervisor;
    }

    private void look() {
        for (NodeProcess node : nodes) {
            if (!node.process().isAlive()) {
                try {
                    int code = node.process().onExit().toCompletableFuture().join();
                    Path kept = keep(node, exits.size() + 1);
                    exits.add(new Exit(node.name(), code, kept));
                    progress.accept(node.name() + " ended with exit code " + code + " and is started again");
                    node.startAgain();
                } catch (IOException | RuntimeException e) {
                    // Tried again at the next look; a node that never comes back fails the run.
                    progress.accept(node.name() + " cannot be started again: " + e);
                }
            }
        }
    }

    /** Copied, for only the last log and the one before are kept by the node. */
    private static Path keep(NodeProcess node, int number) throws IOException {
        Path log = node.process().log();
        Path kept = log.resolveSibling(String.format(Locale.ROOT, "%s.ended-%d.log", node.name(), number));
        Files.deleteIfExists(kept);
        return Files.copy(log, kept);
    }

    List<Exit> exits() {
        return List.copyOf(exits);
    }

    /** The log of each process that ran or runs. */
    List<Path> logs() {
        List<Path> logs =
                new java.util.ArrayList<>(exits.stream().map(Exit::log).toList());
        nodes.forEach(node -> logs.add(node.process().log()));
        return logs;
    }

    /** Starts nothing more. */
    @Override
    public void close() {
        clock.shutdown();
        try {
            clock.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
