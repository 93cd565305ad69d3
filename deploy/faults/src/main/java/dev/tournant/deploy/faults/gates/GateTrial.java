package dev.tournant.deploy.faults.gates;

import dev.tournant.adapter.Limit;
import dev.tournant.deploy.faults.Wait;
import dev.tournant.deploy.faults.gates.Counts.Count;
import dev.tournant.deploy.faults.proxy.Proxy;
import dev.tournant.deploy.faults.proxy.Sockets;
import dev.tournant.deploy.local.Cassandra;
import dev.tournant.deploy.local.ChildProcess;
import dev.tournant.deploy.local.FreePorts;
import dev.tournant.persistence.Schema;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Nodes call a partner that counts, until it has counted enough, while they are killed, paused and cut off. */
final class GateTrial implements AutoCloseable {
    /** A plain token bucket cannot be shared by nodes. */
    static final String BUCKET = "bucket";

    static final String GATE = "gate";

    /** What a gate logs that begins where another one ended without a word. */
    private static final String LEFT_OPEN = "was left open by its former holder";

    private static final int NODES = 3;
    private static final int CLIENTS_PER_POOL = 40;
    private static final Duration UP_WITHIN = Duration.ofMinutes(3);
    /** For compilers, and for pools to move to the nodes that came later. */
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    /** For a node to start again and to be given pools: whoever holds none is struck in vain. */
    private static final Duration SETTLED_AFTER = Duration.ofSeconds(30);

    private static final Duration ENDS_WITHIN = Duration.ofSeconds(40);
    /** Longer than the partner's slowest answer, so that all is counted that was sent. */
    private static final Duration SETTLE = Duration.ofSeconds(12);

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    /** After a leave; then the run goes on all the same. */
    private static final Duration LULL_MAX = Duration.ofMinutes(2);
    /** Calls between two lines of progress. */
    private static final int SAID_EVERY = 50_000;

    private static final Duration PAUSE = Duration.ofSeconds(15);
    private static final Duration PARTITION = Duration.ofSeconds(40);

    private final Setting setting;
    private final Path data;
    private final Consumer<String> progress;
    private final Random random;
    private final int partnerPort = FreePorts.pick();
    private final String partnerUrl = "http://127.0.0.1:" + partnerPort;
    private final Counts counts;
    private final List<Node> nodes = new ArrayList<>();
    private final List<String> struck = new ArrayList<>();
    private final Cassandra cassandra;
    private final ChildProcess partner;
    private Duration lull = Duration.ZERO;
    private int ended;
    /** When something was last done to a node, or one was started again. */
    private long unsettledAt = System.nanoTime();

    /**
     * What is tried.
     *
     * @param limiter {@value #GATE} or {@value #BUCKET}
     * @param calls that the partner is to count from when all nodes are up, of all pools together
     * @param pools how many locations there are, each with a window of its own
     * @param limit of each of these windows in any {@code per}
     * @param parts into which each pool is divided among gates; 1 for one gate a pool
     * @param faults how many, spread over the run: a clean leave, kill -9, a pause, a partition, and again
     */
    record Setting(
            String limiter,
            Network network,
            LimitSet set,
            int calls,
            int pools,
            int limit,
            Duration per,
            int parts,
            int faults,
            long seed) {
        /** Of all pools together. */
        double allowedPerSecond() {
            return set.share() * pools * limit / (per.toNanos() / 1e9);
        }

        List<Limit> limits() {
            return set.limits(limit, per, pools);
        }
    }

    /**
     * What the partner saw, of all pools.
     *
     * @param limits each of them, in the order of {@link LimitSet#limits}
     * @param quiet from when all nodes had called for a while until the first fault, or the end
     * @param whole from then until the end, faults and what they cost included
     * @param lull the longest time without a call of some pool while a node left in good order; zero where none did
     */
    record Seen(
            Setting setting,
            int calls,
            List<Kept> limits,
            Stretch quiet,
            Stretch whole,
            Duration lull,
            List<String> struck) {
        Seen {
            limits = List.copyOf(limits);
            struck = List.copyOf(struck);
        }

        int over() {
            return limits.stream().mapToInt(each -> each.seen().over()).sum();
        }
    }

    /**
     * How one limit was kept.
     *
     * @param seen calls and what was over of all pools that it makes, and the most in any one
     * @param uses calls of the pool that has most, in so many times the limit: above 1 it had room again after it was full
     * @param left how many times the holder of such a pool had ended without a word when the next one began
     */
    record Kept(Limit limit, Counted seen, double uses, long left) {}

    private static final class Node implements AutoCloseable {
        private final String name;
        private final int port;
        private final int bind;
        private final Proxy proxy;
        private ChildProcess process;

        Node(String name, int port, int bind, Proxy proxy, ChildProcess process) {
            this.name = name;
            this.port = port;
            this.bind = bind;
            this.proxy = proxy;
            this.process = process;
        }

        @Override
        public void close() {
            process.close();
            proxy.close();
        }
    }

    private GateTrial(Setting setting, Path data, Consumer<String> progress) throws IOException {
        this.setting = setting;
        this.data = data;
        this.progress = progress;
        this.random = new Random(setting.seed());
        this.counts = new Counts(partnerUrl);
        this.cassandra = Cassandra.start(data.resolve("cassandra"));
        Schema.apply(cassandra.hostPort(), cassandra.datacenter(), "tournant", 1);
        this.partner = child(
                "partner",
                CountingPartner.class,
                Integer.toString(partnerPort),
                setting.network().name(),
                Long.toString(setting.seed()),
                setting.set().name(),
                Integer.toString(setting.limit()),
                Long.toString(setting.per().toMillis()),
                Integer.toString(setting.pools()));
        partner.awaitReady(counts::isUp, UP_WITHIN);
    }

    /** Bounded by four times what the limit would take, and a minute more for each fault. */
    static Seen run(Setting setting, Path data, Consumer<String> progress) throws IOException {
        try (GateTrial trial = new GateTrial(setting, data, progress)) {
            return trial.run();
        }
    }

    private Seen run() throws IOException {
        startNodes();
        Wait.pass(WARM_UP);
        long seconds = (long) (4 * setting.calls() / setting.allowedPerSecond()) + 60L * setting.faults() + 60;
        Count begin = counts.now();
        long giveUp = begin.atNanos() + Duration.ofSeconds(seconds).toNanos();
        Count now = begin;
        Count quietUntil = null;
        int faults = 0;
        int saidAt = 0;
        while ((begin.callsUntil(now) < setting.calls() || faults < setting.faults()) && now.atNanos() - giveUp < 0) {
            if (faults < setting.faults()
                    && begin.callsUntil(now) >= (faults + 1L) * setting.calls() / (setting.faults() + 1)
                    && now.atNanos() - unsettledAt >= SETTLED_AFTER.toNanos()) {
                quietUntil = quietUntil == null ? now : quietUntil;
                strike(faults++);
                unsettledAt = System.nanoTime();
            }
            for (Node node : nodes) {
                startAgainIfEnded(node);
            }
            Wait.pass(LOOK_EVERY);
            now = counts.now();
            if (now.calls() - saidAt >= SAID_EVERY) {
                saidAt = now.calls();
                progress.accept(String.format(Locale.ROOT, "  %,d calls counted", saidAt));
            }
        }
        nodes.forEach(node -> node.process.terminate(ENDS_WITHIN));
        Wait.pass(SETTLE);
        return seen(begin.until(quietUntil == null ? now : quietUntil), begin.until(now));
    }

    private void startNodes() throws IOException {
        int count = setting.limiter().equals(BUCKET) ? 1 : NODES;
        List<Integer> ports = FreePorts.pick(2 * count);
        String seeds = ports.subList(0, count).stream()
                .map(port -> "127.0.0.1:" + port)
                .collect(Collectors.joining(","));
        for (int i = 0; i < count; i++) {
            String name = "node-" + (i + 1);
            int port = ports.get(i);
            int bind = ports.get(count + i);
            Proxy proxy = Proxy.start(port, bind);
            nodes.add(new Node(name, port, bind, proxy, start(name, port, bind, seeds)));
        }
        for (Node node : nodes) {
            node.process.awaitReady(() -> counts.knows(Integer.toString(node.port)), UP_WITHIN);
        }
    }

    private ChildProcess start(String name, int port, int bind, String seeds) {
        return child(
                name,
                GateNode.class,
                cassandra.hostPort(),
                Integer.toString(port),
                Integer.toString(bind),
                seeds,
                partnerUrl,
                setting.limiter(),
                setting.set().name(),
                Integer.toString(setting.limit()),
                Long.toString(setting.per().toMillis()),
                Integer.toString(setting.pools()),
                Integer.toString(Math.max(1, CLIENTS_PER_POOL / NODES)),
                Integer.toString(setting.parts()));
    }

    private void startAgainIfEnded(Node node) throws IOException {
        if (!node.process.isAlive()) {
            Path log = node.process.log();
            Files.move(log, log.resolveSibling(node.name + ".ended-" + ++ended + ".log"));
            progress.accept("  " + node.name + " ended with exit code "
                    + node.process.onExit().toCompletableFuture().join() + " and is started again");
            String seeds = nodes.stream().map(each -> "127.0.0.1:" + each.port).collect(Collectors.joining(","));
            node.process = start(node.name, node.port, node.bind, seeds);
            unsettledAt = System.nanoTime();
        }
    }

    private void strike(int number) throws IOException {
        Node victim = nodes.get(random.nextInt(nodes.size()));
        String what = switch (number % 4) {
            case 0 -> "leave";
            case 1 -> "kill -9";
            case 2 -> "pause " + PAUSE.toSeconds() + " s";
            default -> "partition " + PARTITION.toSeconds() + " s";
        };
        struck.add(what);
        progress.accept("  " + what + ": " + victim.name);
        switch (number % 4) {
            case 0 -> leave(victim);
            case 1 -> victim.process.kill9();
            case 2 -> {
                victim.process.pause();
                Wait.pass(PAUSE);
                victim.process.resume();
            }
            default -> partition(victim);
        }
    }

    /** SIGTERM: its pools go to the other nodes with their ledgers, so these need not wait for what it may have sent. */
    private void leave(Node victim) {
        Lull seen = new Lull();
        seen.see(counts.locations(), System.nanoTime());
        CompletableFuture<Boolean> ended = CompletableFuture.supplyAsync(() -> victim.process.terminate(ENDS_WITHIN));
        long endedAt = 0;
        long giveUp = System.nanoTime() + LULL_MAX.toNanos();
        while ((endedAt == 0 || !seen.isOverSince(endedAt)) && System.nanoTime() - giveUp < 0) {
            Wait.pass(LOOK_EVERY);
            if (endedAt == 0 && ended.isDone()) {
                endedAt = System.nanoTime();
            }
            seen.see(counts.locations(), System.nanoTime());
        }
        if (!ended.join()) {
            throw new IllegalStateException(victim.name + " did not end within " + ENDS_WITHIN.toSeconds()
                    + " s of SIGTERM; see " + victim.process.log());
        }
        lull = seen.longest().compareTo(lull) > 0 ? seen.longest() : lull;
        progress.accept(String.format(
                Locale.ROOT,
                "  %s has left; the longest time without a call of some pool: %.1f s",
                victim.name,
                seen.longest().toMillis() / 1e3));
    }

    private void partition(Node victim) {
        for (Node node : nodes) {
            node.proxy.cut(port -> isCallOf(victim, node, port) != (node == victim));
        }
        Wait.pass(PARTITION);
        nodes.forEach(node -> node.proxy.heal());
    }

    private static boolean isCallOf(Node caller, Node called, int port) {
        try {
            return Sockets.localPorts(caller.process.pid(), called.port).contains(port);
        } catch (IOException e) {
            // It has just ended, and so have its connections.
            return false;
        }
    }

    private Seen seen(Stretch quiet, Stretch whole) throws IOException {
        int calls = counts.now().calls();
        List<Counts.OfLimit> counted = counts.limits();
        List<Kept> limits = new ArrayList<>();
        for (Limit limit : setting.limits()) {
            limits.add(kept(
                    limit,
                    counted.stream()
                            .filter(each -> each.limit().equals(limit.name()))
                            .map(Counts.OfLimit::counted)
                            .toList()));
        }
        return new Seen(setting, calls, limits, quiet, whole, lull, struck);
    }

    private Kept kept(Limit limit, List<Counted> pools) throws IOException {
        Counted all = new Counted(
                pools.stream().mapToInt(Counted::calls).sum(),
                pools.stream().mapToInt(Counted::most).max().orElse(0),
                pools.stream().mapToInt(Counted::over).sum());
        int mostCalls = pools.stream().mapToInt(Counted::calls).max().orElse(0);
        return new Kept(limit, all, (double) mostCalls / limit.calls(), leftOpen(limit));
    }

    /** As gates say it of pools of a limit, in the logs of all nodes. */
    private long leftOpen(Limit limit) throws IOException {
        long count = 0;
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(logs(), "node-*.log")) {
            for (Path log : logs) {
                try (Stream<String> lines = Files.lines(log)) {
                    count += lines.filter(line -> line.contains(" " + GateNode.PARTNER + ":" + limit.name() + ":")
                                    && line.contains(LEFT_OPEN))
                            .count();
                }
            }
        }
        return count;
    }

    private Path logs() {
        return data.resolve("logs");
    }

    private ChildProcess child(String name, Class<?> main, String... args) {
        return ChildProcess.named(name)
                .ownClasspath()
                .mainClass(main.getName())
                .jvmFlags(
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "-XX:+ExitOnOutOfMemoryError",
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED")
                .args(args)
                .directory(data)
                .log(logs().resolve(name + ".log"))
                .start();
    }

    @Override
    public void close() {
        nodes.forEach(Node::close);
        partner.close();
        cassandra.close();
    }
}
