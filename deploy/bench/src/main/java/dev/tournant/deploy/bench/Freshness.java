package dev.tournant.deploy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.deploy.local.FreePorts;
import dev.tournant.deploy.stack.NodeProcess;
import dev.tournant.deploy.stack.Stack;
import dev.tournant.deploy.stack.StackOptions;
import dev.tournant.model.MerchantId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * How old a change at Toast is when it is seen, on a whole stack: Toast's own limits, and half of its webhooks lost. Beside it, for
 * the same changes, what a poll every 30 minutes would have made of them, alone and with those webhooks that come.
 */
final class Freshness {
    private static final double DROPPED = 0.5;
    private static final Duration BASELINE_POLL = Duration.ofMinutes(30);
    /** After the last change; what is not seen by then is counted as seen then. */
    private static final Duration LAST_WITHIN = Duration.ofSeconds(150);

    private static final int NODES = 3;

    private final Stack stack;
    private final FreshnessSettings settings;
    private final Random random;
    private final List<Restaurant> restaurants = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();

    /** A restaurant, and how often it changes. */
    private record Restaurant(MerchantId merchant, String guid, ChangesHeard heard, double perSecond) {}

    /** A change at a restaurant; {@code coin} says whether a baseline's webhook of it comes, and {@code phase} when it polls. */
    private record Change(Restaurant at, String item, String name, long madeNanos, boolean coin, double phase) {
        /** Seconds until it was seen by itself; infinite if it was not. */
        double untilSeen() {
            OptionalLong seen = at.heard().at(name);
            return seen.isEmpty() ? Double.POSITIVE_INFINITY : Math.max(0, (seen.getAsLong() - madeNanos) / 1e9);
        }
    }

    /** Seconds until it, or a later change of the same item, was seen; infinite if none was. */
    private double age(Change change) {
        return changes.stream()
                .filter(each -> each.item().equals(change.item()) && each.madeNanos() >= change.madeNanos())
                .mapToDouble(each -> (each.madeNanos() - change.madeNanos()) / 1e9 + each.untilSeen())
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private Freshness(Stack stack, FreshnessSettings settings) {
        this.stack = stack;
        this.settings = settings;
        this.random = new Random(settings.seed());
    }

    static boolean run(Options options) throws IOException, InterruptedException {
        FreshnessSettings settings = FreshnessSettings.of(options);
        Path data = options.data("freshness");
        Servers.prepare(data);
        StackOptions wanted = new StackOptions(
                NODES,
                0,
                settings.restaurants(),
                0,
                0,
                1,
                0,
                settings.seed(),
                FreePorts.pick(),
                data,
                false,
                Map.of("TOURNANT_HTTP_KEY_RATE_PER_SECOND", "100000", "TOURNANT_HTTP_KEY_RATE_BURST", "100000"));
        try (Stack stack = Stack.start(wanted, line -> System.out.println(line))) {
            return new Freshness(stack, settings).measure();
        } finally {
            Servers.discard(data.resolve("cassandra"), data.resolve("kafka"), data.resolve("toast"));
        }
    }

    private boolean measure() throws IOException, InterruptedException {
        System.out.println("awaiting the first menus …");
        NodeProcess any = stack.nodes().get(0);
        for (MerchantId merchant : stack.restaurants()) {
            TwoSides.await("the menu of " + merchant, () -> isRead(url(any, merchant)));
        }
        TwoSides.await("that a node says what it polls", () -> polls(pollsMost()) > 0);
        NodeProcess victim = pollsMost();
        NodeProcess witness = stack.nodes().stream()
                .filter(each -> each != victim)
                .findFirst()
                .orElseThrow();
        List<ChangesHeard> streams = new ArrayList<>();
        try {
            for (MerchantId merchant : stack.restaurants()) {
                String url = url(witness, merchant);
                ChangesHeard heard = ChangesHeard.of(stack.web(), url);
                streams.add(heard);
                JsonNode link = stack.web()
                        .get(url)
                        .ok()
                        .json()
                        .path("profile")
                        .path("links")
                        .path(0);
                // Spread as widely as real ones: a few change often, most hardly ever.
                double rate = Math.exp(random.nextGaussian()) / settings.secondsBetween();
                restaurants.add(new Restaurant(merchant, link.path("location").asText(), heard, rate));
            }
            stack.toast().control("faults", "{\"webhookDropRatio\":" + DROPPED + "}");
            System.out.printf("%d s of changes, half of the webhooks lost …%n", settings.seconds());
            long half = changes(System.nanoTime(), settings.seconds() / 2);
            int before = changes.size();
            System.out.printf("kill -9 of %s, which polls most of it and is started again …%n", victim.name());
            victim.process().kill9();
            victim.startAgain();
            long end = changes(half, settings.seconds() - settings.seconds() / 2);
            stack.toast().control("faults", "{\"webhookDropRatio\":0}");
            System.out.println("awaiting the last ones …");
            while (System.nanoTime() - end < LAST_WITHIN.toNanos()
                    && changes.stream().anyMatch(each -> Double.isInfinite(age(each)))) {
                TwoSides.pause(Duration.ofMillis(200));
            }
            return report(before);
        } finally {
            streams.forEach(ChangesHeard::close);
        }
    }

    private static String url(NodeProcess node, MerchantId merchant) {
        return node.url() + "/v1/merchants/" + merchant;
    }

    private NodeProcess pollsMost() throws IOException {
        NodeProcess most = stack.nodes().get(0);
        for (NodeProcess each : stack.nodes()) {
            most = polls(each) > polls(most) ? each : most;
        }
        return most;
    }

    /** How many resources of Toast's a node polls. */
    private double polls(NodeProcess node) throws IOException {
        return stack.web()
                .get(node.managementUrl() + "/metrics")
                .ok()
                .body()
                .lines()
                .filter(line -> line.startsWith("tournant_poll_resources{") && line.contains("partner=\"toast\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .filter(Double::isFinite)
                .sum();
    }

    private boolean isRead(String url) throws IOException {
        JsonNode merchant = stack.web().get(url).ok().json();
        return merchant.path("feeds").size() > 0
                && merchant.path("records").path("item").asInt() > 0
                && merchant.path("feeds").findValues("wanted").stream().noneMatch(JsonNode::asBoolean);
    }

    /** Makes changes for so long, each restaurant at its own rate; answers when that was over. */
    private long changes(long beganNanos, long seconds) throws IOException, InterruptedException {
        long until = beganNanos + Duration.ofSeconds(seconds).toNanos();
        double all = restaurants.stream().mapToDouble(Restaurant::perSecond).sum();
        long next = System.nanoTime();
        while (true) {
            next += (long) (-Math.log(1 - random.nextDouble()) / all * 1e9);
            if (next - until >= 0) {
                TwoSides.pause(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
                return until;
            }
            TwoSides.pause(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
            change(pick(all));
        }
    }

    private Restaurant pick(double all) {
        double place = random.nextDouble() * all;
        for (Restaurant each : restaurants) {
            place -= each.perSecond();
            if (place <= 0) {
                return each;
            }
        }
        return restaurants.get(restaurants.size() - 1);
    }

    private void change(Restaurant at) throws IOException {
        long made = System.nanoTime();
        JsonNode edit = stack.toast()
                .control("edit", "{\"restaurant\":\"" + at.guid() + "\",\"kind\":\"rename\",\"publish\":true}");
        changes.add(new Change(
                at,
                edit.path("guid").asText(),
                edit.path("value").asText(),
                made,
                random.nextDouble() >= DROPPED,
                random.nextDouble()));
    }

    private boolean report(int before) throws IOException {
        long missing =
                changes.stream().filter(each -> Double.isInfinite(age(each))).count();
        Table table = new Table(
                        "age of a change when it is seen, seconds", "changes", "median", "p90", "p99", "longest")
                .row(row("Tournant", changes, this::age))
                .row(row("  before the kill", changes.subList(0, before), this::age))
                .row(row("  after it", changes.subList(before, changes.size()), this::age))
                .row(row("a poll every 30 minutes, and webhooks that come", changes, this::withWebhooks))
                .row(row("a poll every 30 minutes", changes, Freshness::untilPoll));
        JsonNode stats = stack.toast().look("stats");
        System.out.printf("%n%s%nnot seen: %d%nwhat Toast's stand-in counted: %s%n", table, missing, stats);
        return missing == 0;
    }

    private static String[] row(String name, List<Change> of, ToDoubleFunction<Change> age) {
        double[] ages = of.stream().mapToDouble(age).sorted().toArray();
        return new String[] {
            name, String.valueOf(ages.length), at(ages, 0.5), at(ages, 0.9), at(ages, 0.99), at(ages, 1)
        };
    }

    private static String at(double[] sorted, double share) {
        return sorted.length == 0
                ? "-"
                : String.format("%,.2f", sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))]);
    }

    private static double untilPoll(Change change) {
        return change.phase() * BASELINE_POLL.toSeconds();
    }

    /** Seen at once if its webhook comes, else with the next webhook of its restaurant or the next poll. */
    private double withWebhooks(Change change) {
        if (change.coin()) {
            return 0;
        }
        double next = changes.stream()
                .filter(each -> each.at().equals(change.at()) && each.coin() && each.madeNanos() > change.madeNanos())
                .mapToDouble(each -> (each.madeNanos() - change.madeNanos()) / 1e9)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
        return Math.min(next, untilPoll(change));
    }
}
