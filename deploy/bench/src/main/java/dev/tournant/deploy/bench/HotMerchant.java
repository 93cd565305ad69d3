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
import java.util.function.Function;
import java.util.stream.IntStream;

/** How much group commit gains for one merchant that everybody writes to, and what the node's lease costs it. */
final class HotMerchant {
    private static final double RATIO_WANTED = 10;
    private static final String GROUPED = "grouped";
    private static final String SINGLE = "single";
    /** As {@link #GROUPED}, but nodes do not enforce their leases. */
    private static final String NO_LEASE = "no-lease";

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
        boolean leaseOff = options.word("--lease", "on", Set.of("on", "off")).equals("off");
        List<String> sides = leaseOff ? List.of(GROUPED, NO_LEASE, SINGLE) : List.of(GROUPED, SINGLE);
        boolean kafka =
                options.word("--publish", "kafka", Set.of("kafka", "none")).equals("kafka");
        try (Servers servers = Servers.start(options.data("hot-merchant"), kafka ? 2 : 0);
                ServerSocket listening = Wire.listen()) {
            for (String side : sides) {
                Schema.apply(
                        servers.cassandra().hostPort(),
                        servers.cassandra().datacenter(),
                        HotMerchantNode.keyspace(side),
                        1);
            }
            try (ChildProcess child = servers.child(
                            "hot",
                            HotMerchantNode.class,
                            List.of(),
                            Map.of(),
                            Integer.toString(listening.getLocalPort()),
                            servers.cassandra().hostPort(),
                            kafka ? servers.kafka().hostPort() : "none",
                            Integer.toString(clients),
                            String.join(",", sides));
                    Wire wire = Wire.accept(listening, Duration.ofSeconds(90))) {
                return measure(servers.pids(child), wire, sides, clients, rounds, seconds);
            }
        }
    }

    private static boolean measure(
            Map<String, Long> pids, Wire wire, List<String> sides, int clients, int rounds, int seconds)
            throws IOException {
        System.out.println("warming up …");
        for (int i = 0; i < 3; i++) {
            for (String side : sides) {
                round(pids, wire, side, clients, 4);
            }
        }
        Map<String, List<Round>> all = new LinkedHashMap<>();
        for (int i = 0; i < rounds; i++) {
            for (String side : sides) {
                Round round = round(pids, wire, side, clients, seconds);
                all.computeIfAbsent(side, each -> new ArrayList<>()).add(round);
                System.out.printf("round %d, %s: %,.0f updates/s%n", i + 1, side, round.perSecond());
            }
        }
        System.out.printf("%n%s", table(all, sides, rounds));
        if (sides.contains(NO_LEASE)) {
            price(all.getOrDefault(GROUPED, List.of()), all.getOrDefault(NO_LEASE, List.of()));
        }
        double ratio = median(all.getOrDefault(GROUPED, List.of()), Round::perSecond)
                / median(all.getOrDefault(SINGLE, List.of()), Round::perSecond);
        System.out.printf("group commit is %.1f x one command a write; wanted: %.0f x%n", ratio, RATIO_WANTED);
        return ratio >= RATIO_WANTED;
    }

    /** Each round of one side beside that of the other which it took turns with. */
    private static void price(List<Round> with, List<Round> without) {
        System.out.printf(
                "with the lease, as a multiple of without, by rounds: updates/s %s, CPU an update %s%n",
                ratios(with, without, Round::perSecond),
                ratios(with, without, each -> each.cpu.microsEach(each.updates)));
    }

    private static String ratios(List<Round> over, List<Round> under, Function<Round, Double> figure) {
        List<Double> ratios = IntStream.range(0, over.size())
                .mapToObj(i -> figure.apply(over.get(i)) / figure.apply(under.get(i)))
                .sorted()
                .toList();
        return String.format(
                "median %.3f x (%.3f to %.3f)", Figures.median(ratios), ratios.get(0), ratios.get(ratios.size() - 1));
    }

    private static Table table(Map<String, List<Round>> all, List<String> sides, int rounds) {
        Table table = new Table(
                "median of " + rounds, "updates/s", "spread", "updates/row", "p50 ms", "p99 ms", "CPU us", "slow down");
        for (String side : sides) {
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
        return table;
    }

    private static Round round(Map<String, Long> pids, Wire wire, String side, int clients, int seconds)
            throws IOException {
        Cpu before = Cpu.now(pids);
        String answer = wire.ask(side + " " + clients + " " + seconds * 1_000, Duration.ofSeconds(seconds + 60));
        return Round.of(answer, Cpu.now(pids).since(before));
    }

    private static double median(List<Round> rounds, Function<Round, Double> figure) {
        return Figures.median(rounds.stream().map(figure).toList());
    }
}
