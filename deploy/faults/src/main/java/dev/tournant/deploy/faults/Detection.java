package dev.tournant.deploy.faults;

import dev.tournant.deploy.stack.NodeProcess;
import dev.tournant.deploy.stack.Stack;
import dev.tournant.deploy.stack.StackOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * How low failure detection can go on this machine: nodes under full load, nothing is done to them, and each one that
 * another takes for gone is a false alarm.
 */
final class Detection {
    private static final List<String> TOLERATED = List.of("1s", "2s", "3s", "4s", "6s", "8s");
    private static final Duration NODE_STOP_WITHIN = Duration.ofSeconds(45);
    private static final Duration LOOK = Duration.ofMillis(250);

    private Detection() {}

    /** Returns the exit code: 0 also where there were alarms, which are what is looked for */
    static int run(Settings settings, int seconds) throws IOException {
        Path data = Workplace.empty(settings.data().resolve("detection"));
        List<String> rows = new ArrayList<>();
        StackOptions options = new StackOptions(
                Settings.NODES, settings.merchants(), 0, 0, 1, 0, 1, 0, data, true, settings.nodeEnvironment());
        try (Stack stack = Stack.start(options, line -> System.out.println("  " + line))) {
            for (String tolerated : TOLERATED) {
                restart(stack, tolerated);
                rows.add(measure(stack, settings, tolerated, seconds));
                System.out.println(rows.get(rows.size() - 1));
            }
        } finally {
            Workplace.tidy(data);
        }
        System.out.println();
        System.out.println("tolerated   acked/s   alarms   nodes that ended");
        rows.forEach(System.out::println);
        return 0;
    }

    private static void restart(Stack stack, String tolerated) {
        CompletableFuture<?>[] ending = stack.nodes().stream()
                .map(node -> CompletableFuture.runAsync(() -> node.process().terminate(NODE_STOP_WITHIN)))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(ending).join();
        for (NodeProcess node : stack.nodes()) {
            node.startAgain(Map.of("TOURNANT_PAUSE_TOLERATED", tolerated));
        }
        stack.nodes().forEach(stack::awaitReady);
    }

    private static String measure(Stack stack, Settings settings, String tolerated, int seconds) {
        Ledger ledger = new Ledger();
        Supervisor supervisor = Supervisor.over(stack.nodes(), line -> System.out.println("  " + line));
        try (supervisor;
                // Without a pace: as much as the nodes can do.
                Load load = Load.start(stack, ledger, settings.withoutPace(LOOK), 1);
                Feed feed = Feed.start(stack, ledger, settings.fedPerSecond())) {
            Wait.pass(Duration.ofSeconds(seconds));
        }
        return String.format(
                Locale.ROOT,
                "%-9s %9.0f %8d   %s",
                tolerated,
                (double) ledger.ackCount() / seconds,
                Logs.count(supervisor.logs(), Logs.UNREACHABLE),
                supervisor.exits());
    }
}
