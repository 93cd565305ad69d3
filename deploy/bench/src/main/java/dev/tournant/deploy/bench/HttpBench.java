package dev.tournant.deploy.bench;

import dev.tournant.deploy.local.ChildProcess;
import dev.tournant.messages.Json;
import dev.tournant.model.MerchantProfile;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Reads and single updates over HTTP, by clients that each wait for an answer before they ask again. */
final class HttpBench {
    private static final int RECORDS_EACH = 20;
    private static final int THREADS_WANTED_BELOW = 50;
    private static final int[] CLIENTS = {1, 4, 16, 64, 256};

    private final Servers servers;
    private final Servers.Node node;
    private final int merchants;
    private final String[] tags;

    private HttpBench(Servers servers, Servers.Node node, int merchants) {
        this.servers = servers;
        this.node = node;
        this.merchants = merchants;
        this.tags = new String[merchants];
    }

    private enum Operation {
        GET_RECORD("GET record"),
        GET_MERCHANT("GET merchant"),
        PATCH_RECORD("PATCH record");

        private final String label;

        Operation(String label) {
            this.label = label;
        }
    }

    static boolean run(Options options) throws IOException, InterruptedException {
        int merchants = options.number("--merchants", 512, 256, 10_000);
        int seconds = options.number("--seconds", 4, 1, 60);
        int rounds = options.number("--rounds", 3, 1, 20);
        try (Servers servers = Servers.start(options.data("http"), 6);
                Servers.Node node = servers.node(List.of(), Map.of())) {
            HttpBench bench = new HttpBench(servers, node, merchants);
            bench.fill();
            return bench.measure(seconds, rounds);
        }
    }

    private void fill() throws IOException {
        System.out.printf("creating %d merchants of %d records …%n", merchants, RECORDS_EACH);
        MerchantProfile profile = new MerchantProfile("Grill", Currency.getInstance("USD"), ZoneOffset.UTC, List.of());
        String json = Json.text().writeValueAsString(profile);
        CompletableFuture<?>[] all = new CompletableFuture<?>[32];
        for (int first = 0; first < all.length; first++) {
            all[first] = fill(first, all.length, json);
        }
        CompletableFuture.allOf(all).join();
    }

    /** Every {@code step}-th merchant, one request after another. */
    private CompletableFuture<Void> fill(int merchant, int step, String profile) {
        if (merchant >= merchants) {
            return CompletableFuture.completedFuture(null);
        }
        return node.api()
                .send(node.api().put(path(merchant), profile))
                .thenCompose(created -> fill(merchant, 0))
                .thenCompose(done -> fill(merchant + step, step, profile));
    }

    private CompletableFuture<Void> fill(int merchant, int record) {
        if (record == RECORDS_EACH) {
            return CompletableFuture.completedFuture(null);
        }
        String json = "{\"name\":\"Tea " + record + "\",\"sku\":\"T" + record
                + "\",\"price\":{\"amount\":\"1.50\",\"currency\":\"USD\"},\"quantity\":\"12\"}";
        return node.api()
                .send(node.api().patch(path(merchant) + "/records/item/tea-" + record, json, "If-None-Match", "*"))
                .thenCompose(created -> {
                    if (created.statusCode() != 201) {
                        throw new IllegalStateException("a record cannot be created: " + created.body());
                    }
                    if (record == 0) {
                        tags[merchant] = created.headers().firstValue("etag").orElse("");
                    }
                    return fill(merchant, record + 1);
                });
    }

    private static String path(int merchant) {
        return "/v1/merchants/http-" + merchant;
    }

    /** What so many clients got in one round; CPU in microseconds an operation. */
    private record Cell(
            double perSecond, double p50Millis, double p99Millis, double cpu, double node, double cassandra) {}

    private boolean measure(int seconds, int rounds) {
        System.out.println("warming up …");
        for (Operation operation : Operation.values()) {
            cell(operation, 16, 6);
        }
        Map<Operation, Map<Integer, List<Cell>>> cells = new EnumMap<>(Operation.class);
        ChildProcess process = node.process();
        AtomicInteger least = new AtomicInteger(Cpu.threads(process.pid()));
        AtomicInteger most = new AtomicInteger(least.get());
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
        try {
            ScheduledFuture<?> watching = watch.scheduleAtFixedRate(
                    () -> {
                        int now = Cpu.threads(process.pid());
                        least.accumulateAndGet(now, Math::min);
                        most.accumulateAndGet(now, Math::max);
                    },
                    0,
                    100,
                    TimeUnit.MILLISECONDS);
            for (int round = 1; round <= rounds; round++) {
                for (Operation operation : Operation.values()) {
                    for (int clients : CLIENTS) {
                        Cell cell = cell(operation, clients, seconds);
                        System.out.printf(
                                "round %d, %s, %d clients: %,.0f ops/s%n",
                                round, operation.label, clients, cell.perSecond);
                        cells.computeIfAbsent(operation, each -> new TreeMap<>())
                                .computeIfAbsent(clients, each -> new ArrayList<>())
                                .add(cell);
                    }
                }
            }
            watching.cancel(false);
        } finally {
            watch.shutdownNow();
        }
        System.out.printf("%n%s%n", table(cells, rounds));
        int more = most.get() - least.get();
        System.out.printf("threads of the node: %d to %d%n", least.get(), most.get());
        if (more >= THREADS_WANTED_BELOW) {
            System.out.printf(
                    "THE TWO-CORE TRAP: %d threads came and went, %d or more may not: some callback runs on the JDK's"
                            + " common pool with one thread%n",
                    more, THREADS_WANTED_BELOW);
        }
        return more < THREADS_WANTED_BELOW;
    }

    private static Table table(Map<Operation, Map<Integer, List<Cell>>> cells, int rounds) {
        Table table = new Table(
                "median of " + rounds,
                "clients",
                "ops/s",
                "spread",
                "p50 ms",
                "p99 ms",
                "CPU us/op",
                "node",
                "cassandra");
        cells.forEach((operation, byClients) -> byClients.forEach((clients, of) -> table.row(
                operation.label,
                Integer.toString(clients),
                String.format("%,.0f", median(of, Cell::perSecond)),
                String.format(
                        "%.0f %%",
                        Figures.spreadPercent(of.stream().map(Cell::perSecond).toList())),
                String.format("%.2f", median(of, Cell::p50Millis)),
                String.format("%.2f", median(of, Cell::p99Millis)),
                String.format("%.0f", median(of, Cell::cpu)),
                String.format("%.0f", median(of, Cell::node)),
                String.format("%.0f", median(of, Cell::cassandra)))));
        return table;
    }

    private static double median(List<Cell> cells, Function<Cell, Double> figure) {
        return Figures.median(cells.stream().map(figure).toList());
    }

    private Cell cell(Operation operation, int clients, int seconds) {
        Map<String, Long> pids = servers.pids(node.process());
        Samples samples = new Samples(2_000_000);
        Cpu before = Cpu.now(pids);
        long beganNanos = System.nanoTime();
        long endNanos = beganNanos + seconds * 1_000_000_000L;
        CompletableFuture<?>[] all = new CompletableFuture<?>[clients];
        for (int i = 0; i < clients; i++) {
            Client client = new Client(operation, i, clients, endNanos, samples);
            client.next();
            all[i] = client.over;
        }
        CompletableFuture.allOf(all).join();
        double took = (System.nanoTime() - beganNanos) / 1e9;
        Cpu cpu = Cpu.now(pids).since(before);
        long[] sorted = samples.sorted();
        return new Cell(
                samples.count() / took,
                Figures.percentile(sorted, 50) / 1e6,
                Figures.percentile(sorted, 99) / 1e6,
                cpu.microsEach(samples.count()),
                1e6 * cpu.seconds("node") / samples.count(),
                1e6 * cpu.seconds("cassandra") / samples.count());
    }

    /** Goes round the merchants that are its own. */
    private final class Client {
        private final Operation operation;
        private final int first;
        private final int step;
        private final long endNanos;
        private final Samples samples;
        private final CompletableFuture<Void> over = new CompletableFuture<>();
        private int merchant;
        private int turn;

        Client(Operation operation, int first, int step, long endNanos, Samples samples) {
            this.operation = operation;
            this.first = first;
            this.step = step;
            this.endNanos = endNanos;
            this.samples = samples;
            this.merchant = first;
        }

        void next() {
            long now = System.nanoTime();
            if (now - endNanos >= 0) {
                over.complete(null);
                return;
            }
            CompletionStage<HttpResponse<String>> sent = node.api().send(request());
            sent.whenComplete((response, failure) -> {
                if (failure != null || response.statusCode() != 200) {
                    over.completeExceptionally(new IllegalStateException(
                            operation.label + ": " + (response == null ? failure : response.body())));
                    return;
                }
                samples.add(System.nanoTime() - now);
                if (operation == Operation.PATCH_RECORD) {
                    tags[merchant] = tag(response);
                }
                merchant = merchant + step < merchants ? merchant + step : first;
                next();
            });
        }

        private HttpRequest request() {
            turn++;
            return switch (operation) {
                case GET_RECORD -> node.api().get(path(merchant) + "/records/item/tea-" + turn % RECORDS_EACH);
                case GET_MERCHANT -> node.api().get(path(merchant));
                case PATCH_RECORD ->
                    node.api()
                            .patch(
                                    path(merchant) + "/records/item/tea-0",
                                    "{\"quantity\":\"" + (System.nanoTime() >>> 4) % 1_000_000_000 + "\"}",
                                    "If-Match",
                                    tags[merchant]);
            };
        }

        private String tag(HttpResponse<String> response) {
            return response.headers().firstValue("etag").orElse("");
        }
    }
}
