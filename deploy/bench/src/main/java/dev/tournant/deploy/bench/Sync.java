package dev.tournant.deploy.bench;

import dev.tournant.deploy.local.FreePorts;
import dev.tournant.deploy.stack.Stack;
import dev.tournant.deploy.stack.StackOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** From an edit at the point of sale to the marketplace that shows it, on a whole stack without any fault. */
final class Sync {
    /** The stand-in lists a menu after one of its two phases, as its settings are by default. */
    private static final Duration JOB_TO_LISTED = Duration.ofMillis(250);

    private static final Duration BURST_LASTS = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofSeconds(10);
    /** In which an echo or a second push would come. */
    private static final Duration QUIET = Duration.ofSeconds(2);
    /** The node compiles its code, and the gates their first passes. */
    private static final int WARM_UP = 10;
    /** Of the time there is; the rest is for bursts. */
    private static final int EDITS_PERCENT = 65;

    private final Stack stack;
    private final SyncSettings settings;
    private final TwoSides sides;
    private final List<String> items;
    private final Random random;

    private Sync(Stack stack, SyncSettings settings, TwoSides sides, List<String> items) {
        this.stack = stack;
        this.settings = settings;
        this.sides = sides;
        this.items = items;
        this.random = new Random(settings.seed());
    }

    static boolean run(Options options) throws IOException, InterruptedException {
        SyncSettings settings = SyncSettings.of(options);
        Path data = options.data("sync");
        Servers.prepare(data);
        StackOptions wanted = new StackOptions(
                1,
                1,
                0,
                1,
                settings.items(),
                0,
                settings.seed(),
                FreePorts.pick(),
                data,
                false,
                Map.of("TOURNANT_HTTP_KEY_RATE_PER_SECOND", "100000", "TOURNANT_HTTP_KEY_RATE_BURST", "100000"));
        try (Stack stack = Stack.start(wanted, line -> System.out.println(line))) {
            TwoSides sides = TwoSides.of(stack);
            System.out.println("awaiting the first menu at DoorDash …");
            TwoSides.await("the first menu at DoorDash", () -> !sides.names().isEmpty() && sides.isInStep());
            new Sync(stack, settings, sides, sides.shared()).measure();
            return true;
        } finally {
            Servers.discard(data.resolve("cassandra"), data.resolve("kafka"), data.resolve("square"));
        }
    }

    private void measure() throws IOException, InterruptedException {
        try (ChangesHeard changes = ChangesHeard.of(stack.web(), sides.url());
                JournalBytes journal = new JournalBytes(stack.cassandra())) {
            System.out.println("warming up …");
            for (int i = 0; i < WARM_UP; i++) {
                edit(changes);
            }
            TwoSides.pause(QUIET);
            long beganNanos = System.nanoTime();
            singles(changes, journal, beganNanos);
            bursts(beganNanos);
        }
    }

    private SyncLegs.Way edit(ChangesHeard changes) throws IOException, InterruptedException {
        String item = items.get(random.nextInt(items.size()));
        long pushes = sides.pushes();
        long began = System.nanoTime();
        String name = sides.rename(item);
        long called = TwoSides.await("a push to DoorDash", () -> sides.pushes() > pushes);
        long visible = TwoSides.await("\"" + name + "\" at DoorDash", () -> sides.shows(Map.of(item, name)));
        TwoSides.await(
                "a revision with \"" + name + "\"", () -> changes.at(name).isPresent());
        long heard = changes.at(name).orElseThrow();
        TwoSides.await("the end of the job", sides::isInStep);
        return new SyncLegs.Way(heard - began, called - began, visible - began);
    }

    private boolean isOver(long beganNanos, int percent) {
        return System.nanoTime() - beganNanos > settings.seconds() * 10_000_000L * percent;
    }

    private void singles(ChangesHeard changes, JournalBytes journal, long beganNanos)
            throws IOException, InterruptedException {
        System.out.printf("%d edits, one after another …%n", settings.edits());
        double idleShare = cpuShare(() -> TwoSides.pause(IDLE)).share();
        long rowsBefore = journal.journal(sides.merchant().id(), 0).last();
        long pushesBefore = sides.pushes();
        SyncLegs legs = new SyncLegs(JOB_TO_LISTED);
        Used used = cpuShare(() -> {
            while (legs.count() < settings.edits() && !isOver(beganNanos, EDITS_PERCENT)) {
                TwoSides.pause(Duration.ofMillis(random.nextInt(settings.pauseMillis() + 1)));
                legs.add(edit(changes));
            }
        });
        if (legs.count() < settings.edits()) {
            System.out.printf("%d %% of the time are over after %d edits%n", EDITS_PERCENT, legs.count());
        }
        System.out.printf("%nedit to visible, %d edits%n%s%n", legs.count(), legs.table());
        int edits = legs.count();
        JournalBytes.Size written = journal.journal(sides.merchant().id(), rowsBefore);
        double idleSeconds = idleShare * used.seconds();
        System.out.printf(
                "%s%n",
                new Table("per edit that reached DoorDash", "")
                        .row("pushes", String.format("%.2f", (sides.pushes() - pushesBefore) / (double) edits))
                        .row(
                                "CPU ms, node, Cassandra and Kafka",
                                millis(used.cpu().seconds(), edits))
                        .row("  node", millis(used.cpu().seconds("node"), edits))
                        .row("  Cassandra", millis(used.cpu().seconds("cassandra"), edits))
                        .row("  Kafka", millis(used.cpu().seconds("kafka"), edits))
                        .row(
                                "CPU ms without what they use when idle",
                                millis(Math.max(0, used.cpu().seconds() - idleSeconds), edits))
                        .row("journal rows", String.format("%.2f", written.rows() / (double) edits))
                        .row("journal bytes", String.format("%,d", written.bytes() / edits)));
        System.out.printf("idle: %.0f %% of a CPU%n%n", 100 * idleShare);
    }

    private static String millis(double seconds, int edits) {
        return String.format("%,.1f", 1e3 * seconds / edits);
    }

    private void bursts(long beganNanos) throws IOException, InterruptedException {
        Table table =
                new Table("burst", "edits", "sent in ms", "pushes", "refused", "visible ms", "in step ms", "late");
        for (int i = 0; i < settings.bursts(); i++) {
            if (isOver(beganNanos, 100)) {
                System.out.printf("%d s are over after %d bursts%n", settings.seconds(), i);
                break;
            }
            burst(i + 1, table);
        }
        System.out.printf(
                "bursts at %d items; visible and in step: since the last edit; late: pushes in %d s after that%n%s%n",
                SyncSettings.BURST_ITEMS, QUIET.toSeconds(), table);
    }

    private void burst(int number, Table table) throws IOException, InterruptedException {
        long pushesBefore = sides.pushes();
        long refusalsBefore = sides.refusals();
        Map<String, String> wanted = new HashMap<>();
        long began = System.nanoTime();
        for (int i = 0; i < SyncSettings.BURST; i++) {
            long due = began + BURST_LASTS.toNanos() * i / SyncSettings.BURST;
            TwoSides.pause(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
            String item = items.get(i % SyncSettings.BURST_ITEMS);
            wanted.put(item, sides.rename(item));
        }
        long sent = System.nanoTime();
        long visible = awaitShown(wanted);
        long inStep = TwoSides.await("a link in step after a burst", sides::isInStep);
        long pushes = sides.pushes() - pushesBefore;
        TwoSides.pause(QUIET);
        table.row(
                Integer.toString(number),
                Integer.toString(SyncSettings.BURST),
                String.format("%,d", (sent - began) / 1_000_000),
                pushes + String.format(" (%.2f an edit)", pushes / (double) SyncSettings.BURST),
                Long.toString(sides.refusals() - refusalsBefore),
                String.format("%,d", (visible - sent) / 1_000_000),
                String.format("%,d", (inStep - sent) / 1_000_000),
                Long.toString(sides.pushes() - pushesBefore - pushes));
    }

    private long awaitShown(Map<String, String> wanted) throws IOException, InterruptedException {
        try {
            return TwoSides.await("the last names of a burst at DoorDash", () -> sides.shows(wanted));
        } catch (IllegalStateException late) {
            throw new IllegalStateException(late.getMessage() + sides.missing(wanted), late);
        }
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private record Used(Cpu cpu, double seconds) {
        double share() {
            return cpu.seconds() / seconds;
        }
    }

    private Used cpuShare(Work work) throws IOException, InterruptedException {
        Map<String, Long> pids = new LinkedHashMap<>();
        pids.put("node", stack.nodes().get(0).process().pid());
        pids.put("cassandra", stack.cassandra().process().pid());
        pids.put("kafka", stack.kafka().process().pid());
        Cpu before = Cpu.now(pids);
        long began = System.nanoTime();
        work.run();
        return new Used(Cpu.now(pids).since(before), (System.nanoTime() - began) / 1e9);
    }
}
