package dev.tournant.deploy.stack;

import dev.tournant.deploy.local.CannotStart;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code deploy/run}: starts the stack, shows what happens, and keeps it going until Ctrl-C. */
public final class Run {
    private static final int RESTARTS_MAX = 20;

    private final Stack stack;
    private final CountDownLatch stop;
    private int restarts;

    private Run(Stack stack, CountDownLatch stop) {
        this.stack = stack;
        this.stop = stop;
    }

    public static void main(String[] args) throws InterruptedException {
        if (List.of(args).contains("--help")) {
            System.out.println(StackOptions.HELP);
            return;
        }
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.countDown();
            await(stopped);
        }));
        int exit = run(args, stop);
        stopped.countDown();
        // Not System.exit where a signal is already ending the JVM: it would wait for the hook above for ever.
        if (stop.getCount() > 0 || exit != 0) {
            Runtime.getRuntime().halt(exit);
        }
    }

    private static void await(CountDownLatch stopped) {
        try {
            if (!stopped.await(70, TimeUnit.SECONDS)) {
                System.err.println("not everything stopped in time; child processes end with this one");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int run(String[] args, CountDownLatch stop) throws InterruptedException {
        StackOptions options;
        try {
            options = StackOptions.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        }
        try (Stack stack = Stack.start(options, line -> System.out.println(line))) {
            int exit = new Run(stack, stop).watch();
            System.out.println("\nstopping …");
            return exit;
        } catch (CannotStart | IllegalStateException | IOException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    /** Prints the line once a second; restarts nodes that died; gives up when a server died. */
    private int watch() throws InterruptedException {
        System.out.println(greeting());
        LiveLine line = new LiveLine(stack);
        boolean terminal = Boolean.getBoolean("tournant.terminal");
        int second = 0;
        while (!stop.await(1, TimeUnit.SECONDS)) {
            String dead = deadServer();
            if (dead != null) {
                System.err.println("\n" + dead);
                return 1;
            }
            if (!restartNodes()) {
                return 1;
            }
            if (terminal || second++ % 10 == 0) {
                System.out.print((terminal ? "\r\033[K" : "") + line.now() + (terminal ? "" : "\n"));
                System.out.flush();
            }
        }
        return 0;
    }

    private @Nullable String deadServer() {
        for (var process : List.of(
                stack.cassandra().process(),
                stack.kafka().process(),
                stack.standin().process())) {
            if (!process.isAlive()) {
                return process.name() + " died; its last lines, from " + process.log() + ":\n"
                        + String.join("\n", process.lastLogLines(15));
            }
        }
        return null;
    }

    private boolean restartNodes() {
        for (NodeProcess node : stack.nodes()) {
            if (!node.process().isAlive()) {
                if (restarts++ == RESTARTS_MAX) {
                    System.err.println("\nnodes died " + RESTARTS_MAX + " times; see "
                            + node.process().log());
                    return false;
                }
                System.out.println("\n" + node.name() + " died and is started again; see "
                        + node.process().log());
                node.startAgain();
            }
        }
        return true;
    }

    private String greeting() {
        NodeProcess first = stack.nodes().get(0);
        StringBuilder text = new StringBuilder("\nTournant is running.\n\n");
        for (NodeProcess node : stack.nodes()) {
            text.append("  ")
                    .append(node.name())
                    .append("     API ")
                    .append(node.url())
                    .append("   management ")
                    .append(node.managementUrl())
                    .append('\n');
        }
        text.append("  Square     ")
                .append(stack.standin().url())
                .append("   (the stand-in; see its /control/state)\n");
        text.append("  Kafka      ").append(stack.kafka().hostPort()).append('\n');
        text.append("  Cassandra  ").append(stack.cassandra().hostPort()).append('\n');
        text.append("  API key    ").append(stack.apiKey()).append('\n');
        text.append("  logs       ").append(stack.logs()).append("\n\nTry:\n");
        text.append("  curl -H 'Authorization: Bearer ").append(stack.apiKey()).append("' ");
        text.append(first.url()).append("/v1/merchants/merchant-1/records/item?limit=3\n");
        return text.append("\nCtrl-C stops everything.\n").toString();
    }
}
