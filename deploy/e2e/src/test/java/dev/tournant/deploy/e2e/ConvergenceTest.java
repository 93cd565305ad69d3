package dev.tournant.deploy.e2e;

import static dev.tournant.deploy.e2e.LiveStack.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.deploy.stack.NodeProcess;
import dev.tournant.deploy.stack.Stack;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;

/**
 * Edits at Square, at Toast, at DoorDash and through our API, with faults of every kind at all three and a node killed, and then
 * quiet: all links show what they should, nothing is there twice, and nothing more is told. {@code -Dconvergence.seed=N} draws
 * other edits and other faults, {@code -Dconvergence.edits=N} makes more of them, and {@code -Dconvergence.kills=2} kills a
 * second node after the first. That takes minutes longer: what a killed node held of a limit counts as used up for a while.
 *
 * <p>Of the stand-ins' faults two are left out, as they do not end when they are switched off. Square cuts no names: what a partner
 * does not keep is told a few times and then no more. Toast refuses no good token: each time a new one is asked for, of which
 * there are a few an hour. Both have tests of their own.
 */
class ConvergenceTest {
    private static final String MARKET = "everywhere-doordash-1";
    private static final int EDITS = Integer.getInteger("convergence.edits", 60);
    private static final boolean TWICE = Integer.getInteger("convergence.kills", 1) > 1;
    /** Edits come so often, give or take. */
    private static final long PAUSE_MILLIS = 200;
    /** For faults to be over, backoffs to end and rounds of polling to come by. */
    private static final Duration QUIET_WITHIN = Duration.ofMinutes(5);
    /** Two rounds of polling. */
    private static final Duration STILL = Duration.ofSeconds(21);

    private static final String FAULTS = """
            {"webhookDropRatio":0.3,"webhookDuplicateRatio":0.3,"webhookUnsignedRatio":0.1,"webhookDelayMs":300,
             "rateLimitRatio":0.05,"rateLimitHeaders":true,"lostAnswerRatio":0.2,"resetRatio":0.05,"latencyMs":20,
             "slowBodyMs":50}""";
    /** A catalogue takes one write at a time, and a few calls a second. */
    private static final String SQUARE_FAULTS =
            and("\"errorRatio\":0.15,\"unauthorizedRatio\":0.05,\"expiredCursorRatio\":0.1,"
                    + "\"writeMs\":30,\"requestsPerSecondMax\":20");

    private static final String TOAST_FAULTS = and("\"errorRatio\":0.1,\"unavailableRatio\":0.1");
    /** Jobs fail in either of their phases, too, or are heard of no more for longer than all edits take. */
    private static final String MARKET_FAULTS =
            and("\"errorRatio\":0.15,\"unauthorizedRatio\":0.05,\"jobStuckRatio\":0.1,"
                    + "\"menuPhaseFailRatio\":0.2,\"hoursPhaseFailRatio\":0.2");

    private final LiveStack live = LiveStack.get();
    private final Stack.Everywhere everywhere = live.stack().everywhere().get(0);
    private final Stack.Merchant merchant = everywhere.merchant();
    private final String store = everywhere.store();
    private final MarketShown market = new MarketShown(live, everywhere, MARKET);
    private final long seed = Long.getLong("convergence.seed", 77);
    private final Random random = new Random(seed);
    private final long begun = System.nanoTime();
    /** How the links stood when it was looked last. */
    private List<String> stood = List.of();

    @Test
    void comesToRestInStepWhateverWentWrong() throws Exception {
        System.out.println("convergence: seed " + seed + " of edits and faults, " + EDITS + " edits");
        live.awaitQuiet();
        awaitStep(QUIET_WITHIN);
        say("begins in step; DoorDash will not have " + market.reasons());
        live.stack().standin().luck(seed);
        live.stack().toast().control("luck", "{\"seed\":" + seed + "}");
        live.stack().doorDash().control("luck", "{\"seed\":" + seed + "}");
        fail(SQUARE_FAULTS, TOAST_FAULTS, MARKET_FAULTS);
        NodeProcess first = live.node(3);
        NodeProcess second = live.node(2);
        for (int i = 0; i < EDITS; i++) {
            if (i == EDITS / 4) {
                first.process().kill9();
            } else if (i == EDITS / 2) {
                first.startAgain();
            } else if (TWICE && i == EDITS * 3 / 4) {
                live.stack().awaitReady(first);
                say("the first node is back");
                second.process().kill9();
            }
            edit(i);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextLong(2 * PAUSE_MILLIS)));
        }
        say("all edits are made");
        if (TWICE) {
            second.startAgain();
        }
        for (NodeProcess each : List.of(first, second)) {
            live.stack().awaitReady(each);
        }
        say("all nodes are there");
        fail(none(SQUARE_FAULTS), none(TOAST_FAULTS), none(MARKET_FAULTS));
        live.awaitBalanced();
        live.awaitQuiet();
        say("all is read");
        awaitStep(QUIET_WITHIN);
        say("in step");
        awaitTriedAgain();
        assertNothingMoreIsTold();
        say("and nothing more is told");
        new Sameness(live, everywhere, market).check();
        assertAnEditIsToldOnce();
        live.assertConserved();
    }

    /** A job that failed at DoorDash is tried again by itself, less and less often. */
    private void awaitTriedAgain() throws IOException {
        await().atMost(QUIET_WITHIN)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .until(() -> !market.isTriedAgain() && isInStep());
        say("in step with what failed, too; DoorDash will not have " + market.reasons());
    }

    private void say(String what) {
        System.out.println("convergence: " + what + " after " + (System.nanoTime() - begun) / 1_000_000_000 + " s");
    }

    private void fail(String square, String toast, String doorDash) throws IOException {
        live.stack().standin().faults(square);
        live.stack().toast().control("faults", toast);
        live.stack().doorDash().control("faults", doorDash);
    }

    private static String and(String more) {
        return FAULTS.replaceFirst("}", "," + more + "}");
    }

    private static String none(String faults) {
        return faults.replaceAll(":[0-9.]+", ":0");
    }

    private void edit(int nth) throws IOException {
        switch (random.nextInt(10)) {
            case 0 -> live.stack().standin().edit(merchant.seller(), "price");
            case 1 -> live.stack().standin().edit(merchant.seller(), "rename");
            case 2 -> live.stack().standin().edit(merchant.seller(), "sold-out");
            case 3 -> live.stack().standin().edit(merchant.seller(), random.nextBoolean() ? "add-item" : "delete-item");
            case 4 -> atDoorDash(random.nextBoolean() ? "rename" : "price", nth);
            case 5 -> atToast(random.nextBoolean() ? "out-of-stock" : "in-stock");
            case 6 ->
                atToast(List.of("price", "rename", "add-item", "archive-item").get(random.nextInt(4)));
            default -> byUs(nth);
        }
    }

    private void atDoorDash(String kind, int nth) throws IOException {
        List<String> items = new ArrayList<>(new TreeSet<>(market.items().keySet()));
        if (!items.isEmpty()) {
            String item = items.get(random.nextInt(items.size()));
            String value = kind.equals("price") ? Integer.toString(100 + nth) : "Tablet " + nth;
            live.stack()
                    .doorDash()
                    .control(
                            "edit",
                            "{\"store\":\"" + store + "\",\"kind\":\"" + kind + "\",\"itemId\":\"" + item
                                    + "\",\"value\":\"" + value + "\"}");
        }
    }

    private void atToast(String kind) throws IOException {
        String edit = "{\"restaurant\":\"" + everywhere.restaurant() + "\",\"kind\":\"" + kind + "\",\"publish\":"
                + !kind.endsWith("stock") + "}";
        try {
            live.stack().toast().control("edit", edit);
        } catch (IOException | RuntimeException e) {
            System.out.println("convergence: nothing there for a " + kind + ": " + e.getMessage());
        }
    }

    /** May meet an item that is gone, or a node that is: whoever is not answered has changed nothing, or knows no better. */
    private void byUs(int nth) throws IOException {
        List<String> items = new ArrayList<>(new TreeSet<>(market.items().keySet()));
        if (items.isEmpty()) {
            return;
        }
        String item = items.get(random.nextInt(items.size()));
        String fields =
                random.nextBoolean() ? "{\"name\":\"Ours " + nth + "\"}" : "{\"description\":\"Ours " + nth + "\"}";
        try {
            live.web().send("PATCH", live.url(merchant, "/records/item/" + item), fields, Map.of("If-Match", "*"));
        } catch (IOException e) {
            System.out.println("convergence: edit " + nth + " has no answer: " + e.getMessage());
        }
    }

    private void awaitStep(Duration within) throws IOException {
        try {
            await().atMost(within)
                    .pollInterval(Duration.ofMillis(500))
                    .ignoreExceptions()
                    .until(this::isInStep);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("not in step: " + links().toPrettyString(), e);
        }
    }

    private boolean isInStep() throws IOException {
        JsonNode links = links();
        boolean isInStep = !links.isEmpty();
        List<String> states = new ArrayList<>();
        for (JsonNode link : links) {
            isInStep &= link.path("state").asText().equals("in-step");
            states.add(link.path("state").asText() + ": " + link.path("what").asText());
        }
        if (!states.equals(stood)) {
            stood = states;
            say(String.join("; ", states));
        }
        return isInStep;
    }

    private JsonNode links() throws IOException {
        return live.web().get(live.url(merchant, "/links")).ok().json().path("links");
    }

    /** Echoes of what was told cost nothing. */
    private void assertNothingMoreIsTold() {
        // What the last push led to is seen by the next rounds, and is no news.
        eventually(() -> {
            Map<String, Long> before = told();
            LockSupport.parkNanos(STILL.toNanos());
            Map<String, Long> after = told();
            if (!after.equals(before)) {
                System.out.println("convergence: told " + after + " after " + before);
            }
            return after.equals(before);
        });
    }

    /** What comes back of what was told, by pages and webhooks, leads to no push. */
    private void assertAnEditIsToldOnce() throws IOException {
        Map<String, Long> before = told();
        String name = "Once, of seed " + seed;
        Set<String> refused = market.refused();
        List<String> items = new ArrayList<>(new TreeSet<>(market.items().keySet()));
        items.removeIf(each -> refused.contains("item/" + each));
        String item = items.get(random.nextInt(items.size()));
        live.web()
                .send(
                        "PATCH",
                        live.url(merchant, "/records/item/" + item),
                        "{\"name\":\"" + name + "\"}",
                        Map.of("If-Match", "*"))
                .ok();
        eventually(() -> market.items().get(item).stream()
                .allMatch(each -> each.path("name").asText().equals(name)));
        say("an edit of ours is shown");
        awaitStep(QUIET_WITHIN);
        Map<String, Long> once = told();
        LockSupport.parkNanos(STILL.toNanos());
        assertThat(told()).as("calls after an edit that all links show").isEqualTo(once);
        once.replaceAll((call, times) -> times - before.getOrDefault(call, 0L));
        once.values().removeIf(times -> times == 0);
        say("of an edit of " + item + " was told " + once);
        int menus = market.menus(item).size();
        once.forEach((call, times) -> {
            if (call.contains("upsert")) {
                assertThat(times).as(call).isEqualTo(1);
            } else if (call.contains("menus/")) {
                assertThat(times).as(call).isEqualTo(menus);
            }
        });
    }

    private Map<String, Long> told() throws IOException {
        Map<String, Long> told = new TreeMap<>();
        for (JsonNode stats : List.of(
                live.stack().standin().stats(),
                live.stack().toast().look("stats"),
                live.stack().doorDash().look("stats"))) {
            stats.path("requests").fields().forEachRemaining(each -> {
                boolean writes = each.getKey().contains("upsert")
                        || each.getKey().contains("delete")
                        || each.getKey().contains("changes")
                        || each.getKey().contains("/stock/v1/inventory/update")
                        || each.getKey().matches("(POST|PATCH|PUT).*menus.*");
                if (writes) {
                    told.put(each.getKey(), each.getValue().asLong());
                }
            });
        }
        assertThat(told).as("what is counted").isNotEmpty();
        return told;
    }
}
