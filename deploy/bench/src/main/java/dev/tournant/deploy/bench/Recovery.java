package dev.tournant.deploy.bench;

import dev.tournant.deploy.local.ChildProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How fast merchants wake after their node was restarted, and how much of the heap one takes. */
final class Recovery {
    private static final Duration WITHIN = Duration.ofMinutes(5);
    private static final int NEVER = 1_000_000;
    private static final int WARM_UP = 300;

    private final Servers servers;
    private final int merchants;
    private final boolean menusOnly;

    private Recovery(Servers servers, int merchants, boolean menusOnly) {
        this.servers = servers;
        this.merchants = merchants;
        this.menusOnly = menusOnly;
    }

    static boolean run(Options options) throws IOException, InterruptedException {
        int merchants = options.number("--merchants", 1_000, 10, 20_000);
        boolean menusOnly =
                options.word("--sorts", "all", Set.of("all", "menus")).equals("menus");
        try (Servers servers = Servers.start(options.data("recovery"), 0)) {
            Recovery recovery = new Recovery(servers, merchants, menusOnly);
            recovery.fill();
            recovery.measure();
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
        System.out.printf("filling %,d merchants of each sort …%n", all);
        inFreshJvm(2, (wire, pids) -> {
            wire.ask("fill menu 0 " + all, WITHIN);
            wire.ask("fill linked 0 " + all, WITHIN);
        });
        if (menusOnly) {
            return;
        }
        inFreshJvm(NEVER, (wire, pids) -> {
            wire.ask("fill rows 0 " + all, WITHIN);
            wire.ask("fill empty 0 " + all, WITHIN);
        });
    }

    private void measure() throws IOException {
        Table table =
                new Table("sort", "merchants/s", "CPU ms each", "node", "cassandra", "heap bytes", "snapshot bytes");
        for (String[] sort : new String[][] {
            {"empty", "empty: a profile, 1 row"},
            {"menu", "menu of " + RecoveryNode.MENU + ": snapshot and 1 row"},
            {"linked", "the same with a link that was told all of it"},
            {"rows", RecoveryNode.ROWS + " rows, 20 items, no snapshot"}
        }) {
            if (menusOnly && !RecoveryNode.MENUS.contains(sort[0])) {
                continue;
            }
            // A JVM for each sort: the heap then differs by the merchants of that sort only.
            inFreshJvm(NEVER, (wire, pids) -> {
                wire.ask("wake " + sort[0] + " " + merchants + " " + (merchants + WARM_UP), WITHIN);
                // What the first half leaves behind besides its merchants does not count for the second.
                int half = merchants / 2;
                Cpu before = Cpu.now(pids);
                long nanos = Long.parseLong(wire.ask("wake " + sort[0] + " 0 " + half, WITHIN));
                Cpu first = Cpu.now(pids).since(before);
                long heapBefore = Long.parseLong(wire.ask("heap", WITHIN));
                before = Cpu.now(pids);
                nanos += Long.parseLong(wire.ask("wake " + sort[0] + " " + half + " " + merchants, WITHIN));
                Cpu cpu = Cpu.now(pids).since(before).plus(first);
                long heapAfter = Long.parseLong(wire.ask("heap", WITHIN));
                System.out.printf("%s: %,.0f merchants/s%n", sort[1], merchants * 1e9 / nanos);
                table.row(
                        sort[1],
                        String.format("%,.0f", merchants * 1e9 / nanos),
                        String.format("%.2f", cpu.microsEach(merchants) / 1e3),
                        String.format("%.2f", 1e3 * cpu.seconds("recovery") / merchants),
                        String.format("%.2f", 1e3 * cpu.seconds("cassandra") / merchants),
                        String.format("%,d", (heapAfter - heapBefore) / (merchants - half)),
                        String.format("%,d", snapshotBytes(sort[0])));
            });
        }
        System.out.printf("%n%s%n", table);
    }

    /** Of one merchant; those of a sort differ by a few bytes. */
    private long snapshotBytes(String sort) {
        try (JournalBytes journal = new JournalBytes(servers.cassandra())) {
            return journal.snapshot(RecoveryNode.id(sort, 0));
        }
    }
}
