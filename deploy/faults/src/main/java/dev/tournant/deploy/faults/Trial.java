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
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** One fault with one seed: a fresh cluster, load, the fault, healing, and the replay that all is held against. */
final class Trial {
    /** Updates before the fault, so that compilers, connections and shards have settled. */
    private static final int WARM_UP_ACKS = 400;

    private static final Duration WARM_WITHIN = Duration.ofMinutes(2);
    /** The fault comes at any time within so long after that. */
    private static final Duration DRAWN_WITHIN = Duration.ofSeconds(4);
    /** A node that was paused may answer for a moment before it ends. */
    private static final Duration SETTLING = Duration.ofSeconds(8);

    private static final Duration HEALED_WITHIN = Duration.ofMinutes(3);
    private static final Duration NODE_STOP_WITHIN = Duration.ofSeconds(45);

    private final Settings settings;
    private final Fault fault;
    private final long seed;
    private final SplittableRandom random;
    private final long beganNanos = System.nanoTime();

    private Trial(Settings settings, Fault fault, long seed) {
        this.settings = settings;
        this.fault = fault;
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    static Outcome run(Settings settings, Fault fault, long seed) throws IOException {
        System.out.println(fault.title() + ", seed " + seed);
        return new Trial(settings, fault, seed).run();
    }

    private void say(String what) {
        System.out.printf(Locale.ROOT, "  %5.1f s  %s%n", (System.nanoTime() - beganNanos) / 1e9, what);
    }

    private Outcome run() throws IOException {
        Path data = Workplace.empty(settings.data().resolve(fault.title().replaceAll("\\W+", "-") + "-" + seed));
        StackOptions options = new StackOptions(
                Settings.NODES, settings.merchants(), 0, 0, 1, 0, 1, 0, data, true, settings.nodeEnvironment());
        try (Partition network = new Partition();
                Stack stack = Stack.start(
                        options, this::say, () -> false, fault.needsProxies() ? network : (node, ports) -> Map.of())) {
            return hurt(stack, new Scene(stack, network, random, this::say));
        } finally {
            Workplace.tidy(data);
        }
    }

    private Outcome hurt(Stack stack, Scene scene) throws IOException {
        Ledger ledger = new Ledger();
        boolean healed;
        long endNanos;
        Supervisor supervisor = Supervisor.over(stack.nodes(), this::say);
        try (supervisor;
                Load load = Load.start(stack, ledger, settings, seed);
                Feed feed = Feed.start(stack, ledger, settings.fedPerSecond())) {
            if (!Wait.until(WARM_WITHIN, () -> ledger.ackCount() >= WARM_UP_ACKS)) {
                throw new IllegalStateException("only " + ledger.ackCount() + " updates were acknowledged within "
                        + WARM_WITHIN.toSeconds() + " s; this machine is too busy, or see " + stack.logs());
            }
            Wait.pass(Duration.ofNanos(random.nextLong(DRAWN_WITHIN.toNanos())));
            fault.strike(scene);
            Wait.pass(SETTLING);
            healed = heal(scene, ledger);
            endNanos = System.nanoTime();
            say((healed ? "healed; " : "NOT healed; ") + ledger.ackCount()
                    + " updates acknowledged, waiting for what is under way");
        }
        return judge(stack, scene, ledger, supervisor, healed, endNanos);
    }

    /** Whether the nodes are one cluster, and every merchant takes an update through every node again. */
    private boolean heal(Scene scene, Ledger ledger) {
        boolean whole = Wait.until(HEALED_WITHIN, scene::isWhole);
        say(whole ? "the nodes are one cluster" : "the nodes are NOT one cluster");
        return answersEverywhere(scene.stack(), ledger, System.nanoTime()) && whole;
    }

    private static boolean answersEverywhere(Stack stack, Ledger ledger, long sinceNanos) {
        return Wait.until(
                HEALED_WITHIN,
                () -> stack.merchants().stream()
                        .allMatch(merchant -> stack.nodes().stream()
                                .allMatch(node ->
                                        ledger.acknowledgedSince(merchant.id().value(), node.name(), sinceNanos))));
    }

    private Outcome judge(Stack stack, Scene scene, Ledger ledger, Supervisor supervisor, boolean healed, long endNanos)
            throws IOException {
        List<Path> logs = supervisor.logs();
        long unreachable = Logs.count(logs, Logs.UNREACHABLE);
        long discards = Logs.count(logs, Logs.DISCARD);
        NodeProcess fresh = endAll(stack);
        say("a fresh cluster of one node replays the journal");
        fresh.startAgain();
        stack.awaitReady(fresh);
        Map<String, History> histories = Replay.by(stack, fresh);
        discards += Logs.count(List.of(fresh.process().log()), Logs.DISCARD);
        Outcome outcome = new Outcome(
                fault.title(),
                seed,
                ledger.ackCount(),
                ledger.fed().size(),
                ledger.reads().size(),
                Verdict.of(ledger, histories),
                discards,
                unreachable,
                healed,
                silences(scene, ledger, endNanos),
                settings.timesJudged() ? fault.answersWithin() : null,
                supervisor.exits());
        Report.details(outcome);
        return outcome;
    }

    private static NodeProcess endAll(Stack stack) {
        CompletableFuture<?>[] ending = stack.nodes().stream()
                .map(node -> CompletableFuture.runAsync(() -> node.process().terminate(NODE_STOP_WITHIN)))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(ending).join();
        return stack.nodes().get(0);
    }

    /** Of the merchants that were where the fault struck, seen through the other nodes, until the next blow. */
    private List<Duration> silences(Scene scene, Ledger ledger, long endNanos) {
        List<Duration> silences = new ArrayList<>();
        List<Scene.Blow> blows = scene.blows();
        for (int i = 0; i < blows.size(); i++) {
            Scene.Blow blow = blows.get(i);
            long until = i + 1 < blows.size() ? blows.get(i + 1).atNanos() : endNanos;
            Map<String, List<Long>> answers = ledger.answersNotBy(blow.node(), fault.writesOnly());
            for (String merchant : blow.merchants()) {
                silences.add(Silence.longest(answers.getOrDefault(merchant, List.of()), blow.atNanos(), until));
            }
        }
        return silences;
    }
}
