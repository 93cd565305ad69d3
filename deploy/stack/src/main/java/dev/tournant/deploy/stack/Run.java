package dev.tournant.deploy.stack;

import dev.tournant.deploy.local.CannotStart;
import dev.tournant.deploy.local.ChildProcess;
import dev.tournant.model.MerchantId;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code deploy/run}: starts the stack, shows what happens, and keeps it going until Ctrl-C. */
public final class Run {
    private static final int RESTARTS_MAX = 20;
    private static final int SECONDS_A_LINE = 10;
    private static final boolean TERMINAL = Boolean.getBoolean("tournant.terminal");
    private static final int COLUMNS = Integer.getInteger("tournant.columns", 80);
    private static final String CLEAR = "\r\033[K";

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
        try (Stack stack = Stack.start(options, line -> System.out.println(line), () -> stop.getCount() == 0)) {
            int exit = new Run(stack, stop).watch();
            say("stopping ...");
            return exit;
        } catch (CancellationException e) {
            System.out.println(e.getMessage());
            return 0;
        } catch (CannotStart | IllegalStateException | IOException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    /** Shows the line once a second; restarts nodes that died; gives up when a server died. */
    private int watch() throws InterruptedException {
        System.out.println(greeting());
        LiveLine line = new LiveLine(stack);
        int second = 0;
        while (!stop.await(1, TimeUnit.SECONDS)) {
            Optional<String> dead = stack.dead();
            if (dead.isPresent()) {
                say("");
                System.err.println(dead.get());
                return 1;
            }
            if (!restartNodes()) {
                return 1;
            }
            if (TERMINAL || second++ % SECONDS_A_LINE == 0) {
                show(line.now());
            }
        }
        return 0;
    }

    private boolean restartNodes() {
        for (NodeProcess node : stack.nodes()) {
            Optional<String> death = node.death();
            if (death.isPresent()) {
                if (restarts++ == RESTARTS_MAX) {
                    say("");
                    System.err.println("after " + RESTARTS_MAX + " restarts, " + death.get());
                    return false;
                }
                int exit = node.process().onExit().toCompletableFuture().join();
                node.startAgain();
                say(node.name() + " died with exit code " + exit + " and is started again; see "
                        + node.process().log() + ".1");
            }
        }
        return true;
    }

    /** On a terminal this line replaces the one before. */
    private static void show(String line) {
        if (TERMINAL) {
            // A line that wraps could not be taken back.
            System.out.print(CLEAR + line.substring(0, Math.min(line.length(), Math.max(20, COLUMNS - 1))));
            System.out.flush();
        } else {
            System.out.println(line);
        }
    }

    private static void say(String line) {
        System.out.println((TERMINAL ? CLEAR : "") + line);
    }

    private String greeting() {
        NodeProcess first = stack.nodes().get(0);
        StringBuilder text = new StringBuilder("\nTournant is running.\n\n");
        for (NodeProcess node : stack.nodes()) {
            text.append(
                    row(node.name(), node.process(), "API " + node.url() + "   management " + node.managementUrl()));
        }
        text.append(
                row("Square", stack.standin().process(), stack.standin().url() + "   stand-in; see /control/state"));
        text.append(row("Toast", stack.toast().process(), stack.toast().url() + "   stand-in"));
        text.append(row("DoorDash", stack.doorDash().process(), stack.doorDash().url() + "   stand-in"));
        text.append(row("Kafka", stack.kafka().process(), stack.kafka().hostPort()));
        text.append(
                row("Cassandra", stack.cassandra().process(), stack.cassandra().hostPort()));
        text.append("  API key    ").append(stack.apiKey()).append('\n');
        text.append("  logs       ").append(stack.logs()).append("\n\nTry:\n");
        Hints.reading(first.url(), stack.apiKey(), tried())
                .forEach(line -> text.append("  ").append(line).append('\n'));
        stack.merchants().stream()
                .limit(1)
                .map(merchant -> Hints.editing(
                        stack.standin().url(),
                        merchant.seller(),
                        first.url(),
                        stack.apiKey(),
                        merchant.id().value()))
                .forEach(line -> text.append("  rename an item at Square, and see it here a second later:\n  ")
                        .append(line)
                        .append('\n'));
        if (stack.options().stores() > 0) {
            text.append("  let DoorDash read merchant-1's menu from us: curl ")
                    .append(stack.doorDash().url())
                    .append("/control/pull -d '")
                    .append(stack.doorDashPull(0))
                    .append("'\n");
        }
        return text.append("\nCtrl-C stops everything.\n").toString();
    }

    /** The first of those at Square and the first of those at Toast. */
    private List<String> tried() {
        return Stream.concat(
                        stack.merchants().stream().limit(1).map(Stack.Merchant::id),
                        stack.restaurants().stream().limit(1))
                .map(MerchantId::value)
                .toList();
    }

    private static String row(String name, ChildProcess process, String where) {
        return String.format(Locale.ROOT, "  %-10s pid %-7d %s%n", name, process.pid(), where);
    }
}
