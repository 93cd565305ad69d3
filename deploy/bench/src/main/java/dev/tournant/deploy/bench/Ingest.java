package dev.tournant.deploy.bench;

import dev.tournant.deploy.local.ChildProcess;
import dev.tournant.messages.Json;
import dev.tournant.messages.Topics;
import dev.tournant.model.MerchantProfile;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Kafka to journal, beside Kafka Streams. Both read the same records of the same topic, which are in Kafka before
 * either starts. In each round first the node and then the peer is started, takes in its warm-up, is measured over the
 * records that follow, and is stopped, so that neither ever shares the machine with the other.
 */
final class Ingest {
    private static final String GROUP = "tournant-ingest";
    private static final Duration WITHIN = Duration.ofMinutes(4);
    private static final double RATIO_NOW = 1.0;
    private static final double RATIO_WANTED = 1.5;

    private final Servers servers;
    private final StockFeed feed;
    private final Progress progress;
    private final EmptySquare square;
    private final Path credentials;
    private final int warmUp;
    private final int records;
    private long before;
    private long published;

    private Ingest(
            Servers servers, StockFeed feed, Progress progress, EmptySquare square, Path credentials, Options options) {
        this.servers = servers;
        this.feed = feed;
        this.progress = progress;
        this.square = square;
        this.credentials = credentials;
        this.warmUp = options.number("--warm-up", 800_000, 0, 10_000_000);
        this.records = options.number("--records", 600_000, 1_000, 10_000_000);
    }

    /** What one side did in one round. */
    private record Round(long updates, double seconds, Cpu cpu) {
        double perCpuSecond() {
            return updates / cpu.seconds();
        }
    }

    static boolean run(Options options) throws IOException, InterruptedException {
        int merchants = options.number("--merchants", 1_000, 1, 10_000);
        int items = options.number("--items", 50, 1, 1_000);
        int rounds = options.number("--rounds", 3, 1, 20);
        boolean zipf =
                options.word("--keys", "uniform", Set.of("uniform", "zipf")).equals("zipf");
        try (Servers servers = Servers.start(options.data("ingest"), options.number("--partitions", 6, 1, 64));
                Progress progress = new Progress(servers.kafka().hostPort());
                EmptySquare square = EmptySquare.start()) {
            Path credentials = Files.writeString(
                    servers.data().resolve("credentials.conf"),
                    "tournant.credentials.bench { access-token = \"none\", signature-key = \"none\" }\n");
            StockFeed feed = new StockFeed(merchants, items, zipf);
            Ingest ingest = new Ingest(servers, feed, progress, square, credentials, options);
            ingest.createMerchants();
            return ingest.measure(rounds);
        }
    }

    private Servers.Node node() {
        return servers.node(
                List.of(),
                Map.of("TOURNANT_SQUARE_URL", square.url(), "TOURNANT_CREDENTIALS_FILE", credentials.toString()));
    }

    /** New merchants fetch everything once; it is over before anything is measured. */
    private void createMerchants() throws IOException {
        System.out.println("creating " + feed.merchants() + " merchants …");
        try (Servers.Node node = node()) {
            int together = 16;
            for (int first = 0; first < feed.merchants(); first += together) {
                List<CompletableFuture<HttpResponse<String>>> puts = new ArrayList<>();
                for (int i = first; i < Math.min(feed.merchants(), first + together); i++) {
                    puts.add(node.api().send(put(node.api(), i)));
                }
                for (CompletableFuture<HttpResponse<String>> put : puts) {
                    if (put.join().statusCode() != 201) {
                        throw new IllegalStateException(
                                "a merchant cannot be created: " + put.join().body());
                    }
                }
            }
            // One page of each of three resources; on a slow machine some are fetched twice.
            before = Progress.await("fetching", () -> progress.end(Topics.INBOUND), 3L * feed.merchants(), WITHIN);
            Progress.await("ingestion", () -> progress.committed(GROUP, Topics.INBOUND), before, WITHIN);
        }
        before = progress.end(Topics.INBOUND);
        published = progress.end(Topics.CHANGES);
    }

    private HttpRequest put(Api api, int merchant) throws IOException {
        MerchantProfile profile = new MerchantProfile(
                "Grill " + merchant, Currency.getInstance("USD"), ZoneOffset.UTC, List.of(StockFeed.link(merchant)));
        return api.put(
                "/v1/merchants/" + StockFeed.merchant(merchant), Json.text().writeValueAsString(profile));
    }

    private boolean measure(int rounds) throws IOException {
        Map<String, List<Round>> all = new LinkedHashMap<>();
        all.put("tournant", new ArrayList<>());
        all.put("streams", new ArrayList<>());
        for (int i = 1; i <= rounds; i++) {
            System.out.printf("round %d: putting %,d records into Kafka …%n", i, warmUp + records);
            feed.send(servers.kafka().hostPort(), warmUp + records);
            tournant(i, all.get("tournant"), i == rounds);
            streams(i, all.get("streams"));
        }
        boolean same = StreamsCheck.isRight(servers.kafka().hostPort(), feed);
        return report(all) && same;
    }

    private void tournant(int number, List<Round> rounds, boolean check) {
        try (Servers.Node node = node()) {
            Map<String, Long> pids = servers.pids(node.process());
            long from = Progress.await("ingestion", () -> committed(GROUP), sentBefore() + warmUp, WITHIN);
            double rows = node.rows();
            Cpu began = Cpu.now(pids);
            long beganNanos = System.nanoTime();
            Progress.await("ingestion", () -> committed(GROUP), feed.sent(), WITHIN);
            // The work is over when what changed is told, too: one change for each record.
            Progress.await("publishing", () -> progress.end(Topics.CHANGES) - published, feed.sent(), WITHIN);
            add(
                    "tournant",
                    number,
                    rounds,
                    feed.sent() - from,
                    beganNanos,
                    Cpu.now(pids).since(began));
            System.out.printf("  %.1f updates a journal row%n", (feed.sent() - from) / (node.rows() - rows));
            if (check) {
                TournantCheck.check(node.api(), feed, progress.end(Topics.INBOUND));
            }
        }
    }

    private void streams(int number, List<Round> rounds) {
        try (ChildProcess peer = servers.child(
                "streams",
                StreamsPeer.class,
                List.of(),
                Map.of(),
                servers.kafka().hostPort(),
                servers.data().resolve("streams").toString(),
                Integer.toString(feed.merchants()),
                Integer.toString(Math.max(2, Runtime.getRuntime().availableProcessors())))) {
            Map<String, Long> pids = servers.pids(peer);
            // The peer has no use for it, so what it does in the background is not the peer's.
            pids.remove("cassandra");
            long from =
                    Progress.await("the peer", () -> committed(StreamsPeer.APPLICATION), sentBefore() + warmUp, WITHIN);
            Cpu began = Cpu.now(pids);
            long beganNanos = System.nanoTime();
            Progress.await("the peer", () -> committed(StreamsPeer.APPLICATION), feed.sent(), WITHIN);
            add(
                    "streams",
                    number,
                    rounds,
                    feed.sent() - from,
                    beganNanos,
                    Cpu.now(pids).since(began));
        }
    }

    private long sentBefore() {
        return feed.sent() - warmUp - records;
    }

    /** How many of the feed's records a group is done with. */
    private long committed(String group) {
        return progress.committed(group, Topics.INBOUND) - before;
    }

    private static void add(String side, int number, List<Round> rounds, long updates, long beganNanos, Cpu cpu) {
        Round round = new Round(updates, (System.nanoTime() - beganNanos) / 1e9, cpu);
        rounds.add(round);
        System.out.printf(
                "round %d, %s: %,d updates in %.1f s, %.1f CPU s %s: %,.0f updates/CPU s%n",
                number, side, updates, round.seconds, cpu.seconds(), parts(cpu), round.perCpuSecond());
    }

    private static String parts(Cpu cpu) {
        StringBuilder parts = new StringBuilder();
        cpu.used().keySet().stream()
                .sorted()
                .forEach(name -> parts.append(parts.isEmpty() ? "(" : ", ")
                        .append(String.format("%s %.1f", name, cpu.seconds(name))));
        return parts.append(')').toString();
    }

    private static boolean report(Map<String, List<Round>> all) {
        Table table = new Table("median", "updates/CPU s", "spread", "CPU us/update", "updates/s");
        all.forEach((side, rounds) -> {
            List<Double> rates = rounds.stream().map(Round::perCpuSecond).toList();
            table.row(
                    side,
                    String.format("%,.0f", Figures.median(rates)),
                    String.format("%.0f %%", Figures.spreadPercent(rates)),
                    String.format("%.1f", 1e6 / Figures.median(rates)),
                    String.format(
                            "%,.0f",
                            Figures.median(rounds.stream()
                                    .map(each -> each.updates / each.seconds)
                                    .toList())));
        });
        double ratio = median(all, "tournant") / median(all, "streams");
        System.out.printf(
                "%n%s%nTournant does %.2f x Kafka Streams per CPU second; wanted: %.1f x now, %.1f x in the end%n",
                table, ratio, RATIO_NOW, RATIO_WANTED);
        return ratio >= RATIO_NOW;
    }

    private static double median(Map<String, List<Round>> all, String side) {
        return Figures.median(all.getOrDefault(side, List.of()).stream()
                .map(Round::perCpuSecond)
                .toList());
    }
}
