package dev.tournant.cluster.gate;

import akka.actor.testkit.typed.javadsl.TestInbox;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.News;
import dev.tournant.cluster.gate.GateMessage.Ask;
import dev.tournant.cluster.gate.GateMessage.Ended;
import dev.tournant.cluster.gate.GateMessage.GateReply;
import dev.tournant.cluster.gate.GateMessage.How;
import dev.tournant.cluster.lease.NodeLease;
import dev.tournant.persistence.GateLedger;
import dev.tournant.persistence.GateLedgers.Opened;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One history, from a seed, of a long window during roll-outs: all who hold it keep its rule, and each of them other ones
 * besides; settings differ from node to node, wall clocks too. Holders end at any moment, cleanly or not.
 */
final class QuotaHistory {
    static final Rule.Window RULE = new Rule.Window(20, Duration.ofMinutes(15));

    private static final List<Rule> OTHERS = List.of(
            new Rule.Window(20, Duration.ofMinutes(9)),
            new Rule.Window(30, Duration.ofHours(2)),
            new Rule.Bucket(15, 5, Duration.ofMinutes(1)),
            new Rule.Concurrent(18));
    private static final List<GateSettings> SETTINGS = List.of(
            settings("quota-blocks = 5"), settings("quota-blocks = 2, quota-slots = 5"), settings("quota-from = 1h"));
    private static final String POOL = "potluck:calls:all:M1";
    private static final long MILLI = 1_000_000;
    private static final int STEPS = 1_500;

    private final Random random;
    private final GateFixture.LedgersInMemory ledgers = new GateFixture.LedgersInMemory();
    private final TestInbox<GateReply> inbox = TestInbox.create();
    private final Deque<Long> counted = new ArrayDeque<>();
    private final List<Long> open = new ArrayList<>();
    private long millis;
    private long lastId;
    private int sent;
    private int mostInAWindow;

    private @Nullable Holding holding;
    private String holder = "";

    QuotaHistory(long seed) {
        this.random = new Random(seed);
    }

    private static GateSettings settings(String overrides) {
        return GateFixture.settings(
                "tournant.gate { " + overrides + ", permit-life = 2s, pause = 1s, request-life = 3s }");
    }

    int mostInAWindow() {
        return mostInAWindow;
    }

    int sent() {
        return sent;
    }

    void run() {
        for (int i = 0; i < STEPS; i++) {
            millis += random.nextInt(8) == 0 ? random.nextInt(400_000) : random.nextInt(4_000);
            Holding current = holding == null ? begin() : holding;
            int what = random.nextInt(100);
            if (what < 70) {
                current.tick();
                ask(current);
            } else if (what < 90) {
                answer(current);
            } else if (what < 94) {
                current.rules(rules());
            } else {
                end(current);
            }
            if (holding != null) {
                keep(current);
                replies();
            }
        }
    }

    private List<Rule> rules() {
        List<Rule> rules = new ArrayList<>(List.of(RULE));
        OTHERS.stream().filter(each -> random.nextInt(3) == 0).forEach(rules::add);
        Collections.shuffle(rules, random);
        return rules;
    }

    private Holding begin() {
        GateSettings settings = SETTINGS.get(random.nextInt(SETTINGS.size()));
        long wallError = random.nextInt((int) settings.wallClockError().toMillis());
        long offset = random.nextLong() >> 8;
        List<Rule> rules = rules();
        holder = "holder-" + ++lastId;
        boolean sets = !Quota.longWindows(rules, settings).isEmpty();
        Opened row = ledgers.open(POOL, holder, sets).toCompletableFuture().join();
        GateSetup setup = new GateSetup(
                settings,
                new PoolNames(Map.of(), Parts.NONE),
                NodeLease.ALWAYS,
                ledgers,
                "node",
                () -> offset + millis * MILLI,
                () -> Instant.ofEpochMilli(1_700_000_000_000L + millis + wallError),
                (name, message) -> {},
                Collections.newSetFromMap(new HashMap<>()),
                new GateMetrics(new SimpleMeterRegistry()));
        Holding begun = new Holding(
                setup,
                POOL,
                rules,
                Beginning.of(row, rules, settings, setup.wall().instant()));
        holding = begun;
        open.clear();
        return begun;
    }

    /** Now and then the store fails, whether it did what it was asked for or not. */
    private void keep(Holding current) {
        GateLedger next = current.nextKept();
        if (next == null) {
            return;
        }
        int what = random.nextInt(10);
        if (what > 0) {
            ledgers.keep(POOL, holder, next).toCompletableFuture().join();
        }
        if (what == 2) {
            end(current);
        } else {
            current.kept(what > 1);
        }
    }

    private void ask(Holding current) {
        for (int i = random.nextInt(12); i >= 0; i--) {
            current.ask(new Ask(++lastId, 0, Lane.PRICE, 1_500, Terms.of(RULE), inbox.getRef()));
        }
    }

    /** Counted by the partner as soon as it is granted. */
    private void replies() {
        for (GateReply reply : inbox.getAllReceived()) {
            if (reply instanceof GateReply.Granted granted) {
                open.add(granted.id());
                sent++;
                counted.add(millis);
                while (millis - counted.getFirst() >= RULE.per().toMillis()) {
                    counted.removeFirst();
                }
                mostInAWindow = Math.max(mostInAWindow, counted.size());
            }
        }
    }

    private void answer(Holding current) {
        List<Long> ended = List.copyOf(open);
        open.clear();
        for (long id : ended) {
            boolean lost = random.nextInt(5) == 0;
            current.ended(new Ended(id, lost ? How.LOST : How.ANSWERED, lost ? null : News.NONE));
        }
    }

    private void end(Holding current) {
        if (random.nextBoolean()) {
            ledgers.close(POOL, holder, current.ledger()).toCompletableFuture().join();
        }
        replies();
        holding = null;
    }
}
