package dev.tournant.deploy.bench;

import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Merchants;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.MerchantId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.Presence;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The measured JVM of {@link HotMerchant}: nodes that differ in nothing but how many commands go into one write, or in
 * whether they enforce their lease, each with one merchant that all clients write to.
 */
public final class HotMerchantNode {
    private static final Duration WITHIN = Duration.ofSeconds(20);
    private static final int SAMPLES_MAX = 1_000_000;

    private final BareNode node;
    private final Executor executor;
    private final MerchantId merchant = new MerchantId("hot");
    private final long[] revisions;

    private HotMerchantNode(BareNode node, int clientsMax) {
        this.node = node;
        this.executor = node.system().executionContext();
        this.revisions = new long[clientsMax];
    }

    /** Arguments: port of the wire, Cassandra, Kafka or "none", clients, names of the sides. */
    public static void main(String[] args) {
        Map<String, HotMerchantNode> sides = new HashMap<>();
        for (String side : args[4].split(",", -1)) {
            sides.put(side, start(args, keyspace(side), settings(side)));
        }
        Wire.serve(Integer.parseInt(args[0]), line -> {
            String[] words = line.split(" ", -1);
            HotMerchantNode side = sides.get(words[0]);
            if (side == null) {
                throw new IllegalArgumentException("there is no side " + words[0]);
            }
            return side.round(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
        });
    }

    /** Where a side keeps its merchant. */
    static String keyspace(String side) {
        return "hot_" + side.replace('-', '_');
    }

    private static Map<String, Object> settings(String side) {
        return switch (side) {
            case "grouped" -> Map.of();
            case "single" ->
                Map.of("tournant.merchant.group-commands-max", 1, "tournant.merchant.group-deliveries-max", 1);
            case "no-lease" -> Map.of("tournant.lease.enforced", false);
            default -> throw new IllegalArgumentException("there is no side " + side);
        };
    }

    private static HotMerchantNode start(String[] args, String keyspace, Map<String, Object> limits) {
        Map<String, Object> overrides = new HashMap<>(limits);
        overrides.put("tournant.cassandra.keyspace", keyspace);
        BareNode node = BareNode.start(args[1], args[2].equals("none") ? "" : args[2], overrides);
        HotMerchantNode side = new HotMerchantNode(node, Integer.parseInt(args[3]));
        MerchantProfile profile = new MerchantProfile("Hot", Currency.getInstance("USD"), ZoneOffset.UTC, List.of());
        MerchantReply reply = node.merchants()
                .tell(side.merchant, new MerchantCommand.SetProfile(profile, null, "bench", Instant.now()), WITHIN)
                .toCompletableFuture()
                .join();
        if (!(reply instanceof MerchantReply.Done)) {
            throw new IllegalStateException("the merchant cannot be created: " + reply);
        }
        return side;
    }

    /** Answers updates, rows, nanoseconds, p50 and p99 in microseconds, and how often the merchant said "slow down". */
    private String round(int clients, int millis) {
        long rowsBefore = node.rows();
        long beganNanos = System.nanoTime();
        long endNanos = beganNanos + millis * 1_000_000L;
        Samples samples = new Samples(SAMPLES_MAX);
        Samples refused = new Samples(0);
        CompletableFuture<?>[] all = new CompletableFuture<?>[clients];
        for (int i = 0; i < clients; i++) {
            all[i] = new CompletableFuture<>();
            new Client(i, endNanos, samples, refused, all[i]).next();
        }
        CompletableFuture.allOf(all).join();
        long took = System.nanoTime() - beganNanos;
        long[] sorted = samples.sorted();
        return String.format(
                Locale.ROOT,
                "%d %d %d %d %d %d",
                samples.count(),
                node.rows() - rowsBefore,
                took,
                Figures.percentile(sorted, 50) / 1_000,
                Figures.percentile(sorted, 99) / 1_000,
                refused.count());
    }

    /** Changes a record of its own again and again, each time at the revision that it was last told. */
    private final class Client {
        private final int number;
        private final RecordKey key;
        private final long endNanos;
        private final Samples samples;
        private final Samples refused;
        private final CompletableFuture<?> over;

        Client(int number, long endNanos, Samples samples, Samples refused, CompletableFuture<?> over) {
            this.number = number;
            this.key = RecordKey.of(Kind.ITEM, "item-" + number);
            this.endNanos = endNanos;
            this.samples = samples;
            this.refused = refused;
            this.over = over;
        }

        void next() {
            long now = System.nanoTime();
            if (now - endNanos >= 0) {
                over.complete(null);
                return;
            }
            FieldMap fields = FieldMap.of(Item.QUANTITY, BigDecimal.valueOf(revisions[number] + 1));
            RecordDelta edit = new RecordDelta(key, Stamp.ZERO, 0, Presence.PRESENT, fields);
            Merchants merchants = node.merchants();
            merchants
                    .tell(
                            merchant,
                            new MerchantCommand.EditRecord(edit, revisions[number], "bench", Instant.now()),
                            WITHIN)
                    .whenCompleteAsync((reply, failure) -> answered(reply, failure, now), executor);
        }

        private void answered(MerchantReply reply, Throwable failure, long askedNanos) {
            if (failure == null && reply instanceof MerchantReply.Edited done) {
                samples.add(System.nanoTime() - askedNanos);
                revisions[number] = done.record().revision();
                next();
            } else if (failure == null && reply instanceof MerchantReply.SlowDown slow) {
                refused.add(0);
                CompletableFuture.delayedExecutor(
                                slow.retryAfterMillis(), java.util.concurrent.TimeUnit.MILLISECONDS, executor)
                        .execute(this::next);
            } else {
                over.completeExceptionally(new IllegalStateException("client " + number + " got " + reply, failure));
            }
        }
    }
}
