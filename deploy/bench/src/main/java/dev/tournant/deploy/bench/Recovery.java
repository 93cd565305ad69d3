package dev.tournant.deploy.bench;

import dev.tournant.deploy.local.ChildProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * How fast merchants wake after their node was restarted, and how much of the heap one takes. Each round has a fresh JVM
 * for each sort.
 */
final class Recovery {
    private static final Duration WITHIN = Duration.ofMinutes(5);
    private static final int NEVER = 1_000_000;
    private static final int WARM_UP = 300;
    private static final List<Sort> SORTS = List.of(
            new Sort("empty", "empty: a profile, 1 row"),
            new Sort("menu", "menu of " + RecoveryNode.MENU + ": snapshot and 1 row"),
            new Sort("linked", "the same with a link that was told all of it"),
            new Sort("rows", RecoveryNode.ROWS + " rows, 20 items, no snapshot"));

    private final Servers servers;
    private final int merchants;
    private final int empty;
    private final boolean menusOnly;

    private Recovery(Servers servers, int merchants, int empty, boolean menusOnly) {
        this.servers = servers;
        this.merchants = merchants;
        this.empty = empty;
        this.menusOnly = menusOnly;
    }

    static boolean run(Options options) throws IOException, InterruptedException {
        int merchants = options.number("--merchants", 1_000, 10, 20_000);
        int empty = options.number("--empty", 10_000, 10, 100_000);
        int rounds = options.number("--rounds", 3, 1, 20);
        boolean menusOnly =
                options.word("--sorts", "all", Set.of("all", "menus")).equals("menus");
        try (Servers servers = Servers.start(options.data("recovery"), 0)) {
            Recovery recovery = new Recovery(servers, merchants, empty, menusOnly);
            recovery.fill();
            recovery.measure(rounds);
            return true;
        }
    }

    private interface Work {
        void with(Wire wire, Map<String, Long> pids) throws IOException;
    }

    private void inFreshJvm(int snapshotEveryRows, Work work) throws IOException {
        try (ServerSocket listening = Wire.listen();
                ChildProcess child = servers.child(
                        "recovery",
                        RecoveryNode.class,
                        List.of(),
                        Map.of(),
                        Integer.toString(listening.getLocalPort()),
                        servers.cassandra().hostPort(),
                        Integer.toString(snapshotEveryRows));
                Wire wire = Wire.accept(listening, Duration.ofSeconds(90))) {
            work.with(wire, servers.pids(child));
        }
    }

    private void fill() throws IOException {
        int all = merchants + WARM_UP;
        System.out.printf("filling %,d merchants of each sort, %,d of the empty one …%n", all, empty + WARM_UP);
        inFreshJvm(2, (wire, pids) -> {
            wire.ask("fill menu 0 " + all, WITHIN);
            wire.ask("fill linked 0 " + all, WITHIN);
        });
        if (menusOnly) {
            return;
        }
        inFreshJvm(NEVER, (wire, pids) -> {
            wire.ask("fill rows 0 " + all, WITHIN);
            wire.ask("fill empty 0 " + (empty + WARM_UP), WITHIN);
        });
    }

    /** A sort of merchants: its name for {@link RecoveryNode}, and for people. */
    private record Sort(String name, String title) {}

    /** Of one sort in one JVM; CPU in milliseconds a merchant. */
    private record Round(double perSecond, double cpu, double node, double cassandra, double heapBytes) {}

    private void measure(int rounds) throws IOException {
        List<Sort> sorts = SORTS.stream()
                .filter(each -> !menusOnly || RecoveryNode.MENUS.contains(each.name))
                .toList();
        Map<Sort, List<Round>> all = new LinkedHashMap<>();
        for (int i = 1; i <= rounds; i++) {
            for (Sort sort : sorts) {
                Round round = round(sort);
                all.computeIfAbsent(sort, each -> new ArrayList<>()).add(round);
                System.out.printf(
                        "round %d, %s: %,.0f merchants/s, %,.0f bytes each%n",
                        i, sort.title, round.perSecond, round.heapBytes);
            }
        }
        Table table = new Table(
                "median of " + rounds,
                "merchants/s",
                "spread",
                "CPU ms each",
                "node",
                "cassandra",
                "heap bytes",
                "least to most",
                "snapshot bytes");
        all.forEach((sort, of) -> table.row(
                sort.title,
                String.format("%,.0f", median(of, Round::perSecond)),
                String.format(
                        "%.0f %%",
                        Figures.spreadPercent(of.stream().map(Round::perSecond).toList())),
                String.format("%.2f", median(of, Round::cpu)),
                String.format("%.2f", median(of, Round::node)),
                String.format("%.2f", median(of, Round::cassandra)),
                String.format("%,.0f", median(of, Round::heapBytes)),
                leastToMost(of),
                String.format("%,d", snapshotBytes(sort.name))));
        System.out.printf("%n%s%n", table);
    }

    private Round round(Sort sort) throws IOException {
        int count = sort.name.equals("empty") ? empty : merchants;
        List<Round> measured = new ArrayList<>();
        // A JVM for each sort: the heap then differs by the merchants of that sort only.
        inFreshJvm(NEVER, (wire, pids) -> {
            wire.ask("wake " + sort.name + " " + count + " " + (count + WARM_UP), WITHIN);
            // What the first half leaves behind besides its merchants does not count for the second.
            int half = count / 2;
            Cpu before = Cpu.now(pids);
            long nanos = Long.parseLong(wire.ask("wake " + sort.name + " 0 " + half, WITHIN));
            Cpu first = Cpu.now(pids).since(before);
            long heapBefore = Long.parseLong(wire.ask("heap", WITHIN));
            before = Cpu.now(pids);
            nanos += Long.parseLong(wire.ask("wake " + sort.name + " " + half + " " + count, WITHIN));
            Cpu cpu = Cpu.now(pids).since(before).plus(first);
            long heapAfter = Long.parseLong(wire.ask("heap", WITHIN));
            measured.add(new Round(
                    count * 1e9 / nanos,
                    cpu.microsEach(count) / 1e3,
                    1e3 * cpu.seconds("recovery") / count,
                    1e3 * cpu.seconds("cassandra") / count,
                    (heapAfter - heapBefore) / (double) (count - half)));
        });
        return measured.get(0);
    }

    private static double median(List<Round> rounds, Function<Round, Double> figure) {
        return Figures.median(rounds.stream().map(figure).toList());
    }

    /** Of the heap: where it may be near 0 a share of the median says nothing. */
    private static String leastToMost(List<Round> rounds) {
        DoubleSummaryStatistics heap =
                rounds.stream().mapToDouble(Round::heapBytes).summaryStatistics();
        return String.format("%,.0f to %,.0f", heap.getMin(), heap.getMax());
    }

    /** Of one merchant; those of a sort differ by a few bytes. */
    private long snapshotBytes(String sort) {
        try (JournalBytes journal = new JournalBytes(servers.cassandra())) {
            return journal.snapshot(RecoveryNode.id(sort, 0));
        }
    }
}
