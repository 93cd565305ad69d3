package dev.tournant.deploy.bench;

import dev.tournant.deploy.local.ChildProcess;
import dev.tournant.persistence.Schema;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How much group commit gains for one merchant that everybody writes to. */
final class HotMerchant {
    private static final double RATIO_WANTED = 10;
    private static final List<String> SIDES = List.of("grouped", "single");

    private HotMerchant() {}

    /** One round of one side, as the measured JVM reports it, and the CPU of all server processes meanwhile. */
    private record Round(long updates, long rows, long nanos, long p50Micros, long p99Micros, long refused, Cpu cpu) {
        static Round of(String answer, Cpu cpu) {
            String[] words = answer.split(" ", -1);
            return new Round(
                    Long.parseLong(words[0]),
                    Long.parseLong(words[1]),
                    Long.parseLong(words[2]),
                    Long.parseLong(words[3]),
                    Long.parseLong(words[4]),
                    Long.parseLong(words[5]),
                    cpu);
        }

        double perSecond() {
            return updates * 1e9 / nanos;
        }
    }

    static boolean run(Options options) throws IOException, InterruptedException {
        int clients = options.number("--clients", 512, 1, 2_000);
        int rounds = options.number("--rounds", 5, 1, 20);
        int seconds = options.number("--seconds", 3, 1, 60);
        boolean kafka =
                options.word("--publish", "kafka", Set.of("kafka", "none")).equals("kafka");
        try (Servers servers = Servers.start(options.data("hot-merchant"), kafka ? 2 : 0);
                ServerSocket listening = Wire.listen()) {
            Schema.apply(servers.cassandra().hostPort(), servers.cassandra().datacenter(), "single", 1);
            try (ChildProcess child = servers.child(
                            "hot",
                            HotMerchantNode.class,
                            List.of(),
                            Map.of(),
                            Integer.toString(listening.getLocalPort()),
                            servers.cassandra().hostPort(),
                            kafka ? servers.kafka().hostPort() : "none",
                            Integer.toString(clients));
                    Wire wire = Wire.accept(listening, Duration.ofSeconds(90))) {
                return measure(servers.pids(child), wire, clients, rounds, seconds);
            }
        }
    }

    private static boolean measure(Map<String, Long> pids, Wire wire, int clients, int rounds, int seconds)
            throws IOException {
        System.out.println("warming up …");
        for (int i = 0; i < 3; i++) {
            for (String side : SIDES) {
                round(pids, wire, side, clients, 4);
            }
        }
        Map<String, List<Round>> all = new LinkedHashMap<>();
        for (int i = 0; i < rounds; i++) {
            for (String side : SIDES) {
                Round round = round(pids, wire, side, clients, seconds);
                all.computeIfAbsent(side, each -> new ArrayList<>()).add(round);
                System.out.printf("round %d, %s: %,.0f updates/s%n", i + 1, side, round.perSecond());
            }
        }
        Table table = new Table(
                "median of " + rounds, "updates/s", "spread", "updates/row", "p50 ms", "p99 ms", "CPU us", "slow down");
        for (String side : SIDES) {
            List<Round> of = all.getOrDefault(side, List.of());
            table.row(
                    side,
                    String.format("%,.0f", median(of, Round::perSecond)),
                    String.format(
                            "%.0f %%",
                            Figures.spreadPercent(
                                    of.stream().map(Round::perSecond).toList())),
                    String.format("%.1f", median(of, each -> (double) each.updates / Math.max(1, each.rows))),
                    String.format("%.1f", median(of, each -> each.p50Micros / 1e3)),
                    String.format("%.1f", median(of, each -> each.p99Micros / 1e3)),
                    String.format("%.0f", median(of, each -> each.cpu.microsEach(each.updates))),
                    String.format("%.0f", median(of, each -> (double) each.refused)));
        }
        double ratio = median(all.getOrDefault("grouped", List.of()), Round::perSecond)
                / median(all.getOrDefault("single", List.of()), Round::perSecond);
        System.out.printf(
                "%n%s%ngroup commit is %.1f x one command a write; wanted: %.0f x%n", table, ratio, RATIO_WANTED);
        return ratio >= RATIO_WANTED;
    }

    private static Round round(Map<String, Long> pids, Wire wire, String side, int clients, int seconds)
            throws IOException {
        Cpu before = Cpu.now(pids);
        String answer = wire.ask(side + " " + clients + " " + seconds * 1_000, Duration.ofSeconds(seconds + 60));
        return Round.of(answer, Cpu.now(pids).since(before));
    }

    private static double median(List<Round> rounds, java.util.function.Function<Round, Double> figure) {
        return Figures.median(rounds.stream().map(figure).toList());
    }
}
