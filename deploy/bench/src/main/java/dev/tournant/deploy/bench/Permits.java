package dev.tournant.deploy.bench;

import dev.tournant.deploy.local.ChildProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a permit of a gate costs: the way through the gates' actors, one pool and three a call, on one node. */
final class Permits {
    private Permits() {}

    static boolean run(Options options) throws IOException, InterruptedException {
        int rounds = options.number("--rounds", 5, 1, 20);
        int seconds = options.number("--seconds", 3, 1, 60);
        int callers = options.number("--callers", 64, 1, 1_000);
        try (Servers servers = Servers.start(options.data("permits"), 0);
                ServerSocket listening = Wire.listen();
                ChildProcess child = servers.child(
                        "permits",
                        PermitsNode.class,
                        List.of(),
                        Map.of(),
                        Integer.toString(listening.getLocalPort()),
                        servers.cassandra().hostPort());
                Wire wire = Wire.accept(listening, Duration.ofSeconds(90))) {
            Map<String, Long> pids = servers.pids(child);
            System.out.println("warming up …");
            for (int pools : List.of(1, 3, 1, 3)) {
                wire.ask(line(pools, callers, 4), Duration.ofSeconds(60));
            }
            Table table = new Table("median of " + rounds, "calls/s", "permits/s", "spread", "CPU us a permit");
            for (int pools : List.of(1, 3)) {
                List<Double> rates = new ArrayList<>();
                List<Double> micros = new ArrayList<>();
                for (int i = 0; i < rounds; i++) {
                    Cpu before = Cpu.now(pids);
                    String[] words = wire.ask(line(pools, callers, seconds), Duration.ofSeconds(seconds + 60))
                            .split(" ", -1);
                    long calls = Long.parseLong(words[0]);
                    rates.add(calls * 1e9 / Long.parseLong(words[1]));
                    micros.add(Cpu.now(pids).since(before).microsEach(calls * pools));
                }
                table.row(
                        pools == 1 ? "one pool a call" : "three pools a call",
                        String.format("%,.0f", Figures.median(rates)),
                        String.format("%,.0f", Figures.median(rates) * pools),
                        String.format("%.0f %%", Figures.spreadPercent(rates)),
                        String.format("%.1f", Figures.median(micros)));
            }
            String check = wire.ask("lease", Duration.ofSeconds(60));
            System.out.printf(
                    Locale.ROOT,
                    "%n%s%na look at the node's lease, as a merchant takes it once a write and once an answer: %s ns%n",
                    table,
                    check);
            return true;
        }
    }

    private static String line(int pools, int callers, int seconds) {
        return pools + " " + callers + " " + seconds * 1_000;
    }
}
