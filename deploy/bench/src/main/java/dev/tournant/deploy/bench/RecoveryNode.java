package dev.tournant.deploy.bench;

import dev.tournant.messages.Delivery;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Outcome;
import dev.tournant.messages.Position;
import dev.tournant.model.Direction;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.Money;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Projection;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** The measured JVM of {@link Recovery}: fills merchants, or wakes them, as it is told. */
public final class RecoveryNode {
    static final int MENU = 300;
    static final int ROWS = 100;
    /** The sorts that have such a menu. */
    static final Set<String> MENUS = Set.of("menu", "linked");

    private static final int TOGETHER = 64;
    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final LinkId LINK = new LinkId("sq-1");
    private static final LinkId WRITTEN = new LinkId("dd-1");
    /** How often a link is looked at, and how many times, until it is in step. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private static final int LOOKS_MAX = 1_200;
    private static final Executor LATER =
            CompletableFuture.delayedExecutor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);

    private final BareNode node;
    private final Executor executor;

    private RecoveryNode(BareNode node) {
        this.node = node;
        this.executor = node.system().executionContext();
    }

    /** Arguments: port of the wire, Cassandra, a snapshot every so many rows. */
    public static void main(String[] args) {
        RecoveryNode recovery = new RecoveryNode(BareNode.start(
                args[1],
                "",
                Map.of(
                        "tournant.merchant.snapshot-every-rows",
                        Integer.parseInt(args[2]),
                        // Nothing falls asleep while it is counted.
                        "akka.cluster.sharding.passivation.default-idle-strategy.idle-entity.timeout",
                        "1h")));
        Wire.serve(Integer.parseInt(args[0]), line -> recovery.obey(line.split(" ", -1)));
    }

    private String obey(String[] words) {
        if (words[0].equals("heap")) {
            return Long.toString(heapBytes());
        }
        int from = Integer.parseInt(words[2]);
        int to = Integer.parseInt(words[3]);
        String sort = words[1];
        long beganNanos = System.nanoTime();
        each(from, to, number -> words[0].equals("fill") ? fill(sort, number) : wake(sort, number));
        return Long.toString(System.nanoTime() - beganNanos);
    }

    /** So many at a time, each beginning when another has ended. */
    private void each(int from, int to, IntFunction<CompletionStage<Void>> work) {
        AtomicInteger next = new AtomicInteger(from);
        CompletableFuture<?>[] all = new CompletableFuture<?>[TOGETHER];
        for (int i = 0; i < TOGETHER; i++) {
            all[i] = proceed(next, to, work);
        }
        CompletableFuture.allOf(all).join();
    }

    private CompletableFuture<Void> proceed(AtomicInteger next, int to, IntFunction<CompletionStage<Void>> work) {
        int number = next.getAndIncrement();
        return number >= to
                ? CompletableFuture.completedFuture(null)
                : work.apply(number)
                        .thenComposeAsync(done -> proceed(next, to, work), executor)
                        .toCompletableFuture();
    }

    static MerchantId id(String sort, int number) {
        return new MerchantId(sort + "-" + number);
    }

    private CompletionStage<Void> fill(String sort, int number) {
        MerchantId merchant = id(sort, number);
        CompletionStage<Void> created =
                tell(merchant, new MerchantCommand.SetProfile(profile(sort), null, "bench", Instant.now()));
        return switch (sort) {
            case "empty" -> created;
            // The row after the one that makes the snapshot is answered when the snapshot is stored.
            case "menu" ->
                created.thenComposeAsync(done -> tell(merchant, menu()), executor)
                        .thenComposeAsync(done -> tell(merchant, price(3)), executor);
            // The rows of what the link was told follow by themselves.
            case "linked" ->
                created.thenComposeAsync(done -> tell(merchant, menu()), executor)
                        .thenComposeAsync(done -> inStep(merchant, 0), executor)
                        .thenComposeAsync(done -> tell(merchant, price(3)), executor)
                        .thenComposeAsync(done -> inStep(merchant, 0), executor);
            case "rows" -> created.thenComposeAsync(done -> rows(merchant, 2), executor);
            default -> throw new IllegalArgumentException("there is no sort " + sort);
        };
    }

    private CompletionStage<Void> inStep(MerchantId merchant, int looks) {
        return node.merchants()
                .ask(merchant, new MerchantQuery.OneLink(WRITTEN, Instant.now()), WITHIN)
                .thenComposeAsync(
                        reply -> {
                            if (reply instanceof MerchantReply.LinkReport report
                                    && report.state().equals("in-step")) {
                                return CompletableFuture.completedFuture(null);
                            }
                            if (looks == LOOKS_MAX) {
                                throw new IllegalStateException("merchant " + merchant + " is not in step: " + reply);
                            }
                            return CompletableFuture.supplyAsync(() -> looks + 1, LATER)
                                    .thenCompose(next -> inStep(merchant, next));
                        },
                        executor);
    }

    private CompletionStage<Void> rows(MerchantId merchant, int row) {
        return row > ROWS
                ? CompletableFuture.completedFuture(null)
                : tell(merchant, price(row)).thenComposeAsync(done -> rows(merchant, row + 1), executor);
    }

    private static MerchantProfile profile(String sort) {
        List<Link> links = new ArrayList<>();
        links.add(new Link(LINK, new PartnerName("square"), "ML1", "LOC1", "bench"));
        if (sort.equals("linked")) {
            links.add(new Link(
                    WRITTEN,
                    new PartnerName("doordash"),
                    "bench",
                    "store-1",
                    "bench",
                    Direction.WRITE,
                    Projection.ALL));
        }
        return new MerchantProfile("Grill", Currency.getInstance("USD"), ZoneOffset.UTC, links);
    }

    private static MerchantCommand menu() {
        List<RecordDelta> deltas = new ArrayList<>();
        for (int i = 0; i < MENU; i++) {
            FieldMap fields = FieldMap.builder(Kind.ITEM)
                    .set(Item.NAME, "Dish number " + i)
                    .set(Item.DESCRIPTION, "With rice, beans and a slice of lime, made to order, number " + i)
                    .set(Item.SKU, "SKU-" + i)
                    .set(Item.PRICE, Money.of("12.50", "USD"))
                    .set(Item.QUANTITY, BigDecimal.valueOf(i))
                    .build();
            deltas.add(RecordDelta.set(item(i), Stamp.at(Instant.now()), 1, fields));
        }
        return absorb(1, deltas);
    }

    private static MerchantCommand price(int row) {
        FieldMap fields = FieldMap.of(Item.PRICE, Money.of(row + ".50", "USD"));
        return absorb(row, List.of(RecordDelta.set(item(row % 20), Stamp.at(Instant.now()), row, fields)));
    }

    private static RecordKey item(int number) {
        return RecordKey.of(Kind.ITEM, "FGQ5JJWT2PYTHF35CKZ2" + number);
    }

    private static MerchantCommand absorb(long offset, List<RecordDelta> deltas) {
        return new MerchantCommand.Absorb(
                List.of(new Delivery(
                        new Position("bench", 0, offset),
                        LINK,
                        List.of(new PartnerEvent("event-" + offset, deltas, List.of())),
                        null)),
                Instant.now());
    }

    private CompletionStage<Void> tell(MerchantId merchant, MerchantCommand command) {
        return node.merchants().tell(merchant, command, WITHIN).thenAccept(reply -> {
            boolean done = reply instanceof MerchantReply.Done
                    || (reply instanceof MerchantReply.Absorbed absorbed
                            && absorbed.outcomes().stream().allMatch(each -> each.kind() == Outcome.Kind.APPLIED));
            if (!done) {
                throw new IllegalStateException("merchant " + merchant + " answered " + reply);
            }
        });
    }

    private CompletionStage<Void> wake(String sort, int number) {
        MerchantId merchant = id(sort, number);
        int expected = switch (sort) {
            case "menu", "linked" -> MENU;
            case "rows" -> 20;
            default -> 0;
        };
        return node.merchants()
                .ask(merchant, new MerchantQuery.Summary(), WITHIN)
                .thenAccept(reply -> {
                    boolean whole = reply instanceof MerchantReply.Merchant woken
                            && woken.records().values().stream()
                                            .mapToInt(Integer::intValue)
                                            .sum()
                                    == expected;
                    if (!whole) {
                        throw new IllegalStateException("merchant " + merchant + " woke as " + reply);
                    }
                });
    }

    /** What is live: the heap in use after collecting garbage twice, with finalizers and references in between. */
    private static long heapBytes() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
