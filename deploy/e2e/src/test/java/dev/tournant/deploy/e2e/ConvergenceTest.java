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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Edits at Square, at Toast, at DoorDash and through our API, with faults at all three and two nodes killed, one after the other,
 * and then quiet: all links show what they should, nothing is there twice, and nothing more is told. {@code
 * -Dconvergence.seed=N} draws other edits.
 *
 * <p>Of the stand-ins' faults those are left out that end by the clock alone, after minutes: refusals that tell when a window
 * ends, jobs that are stuck until theirs does, and Toast's 401 to good tokens, after which it is read less often.
 */
class ConvergenceTest {
    private static final String MARKET = "everywhere-doordash-1";
    private static final int EDITS = 60;
    /** Edits come so often, give or take. */
    private static final long PAUSE_MILLIS = 200;
    /** For faults to be over, backoffs to end and rounds of polling to come by. */
    private static final Duration QUIET_WITHIN = Duration.ofMinutes(5);
    /** Two rounds of polling. */
    private static final Duration STILL = Duration.ofSeconds(21);

    private static final String FAULTS = """
            {"webhookDropRatio":0.3,"webhookDuplicateRatio":0.3,"webhookDelayMs":300,"errorRatio":0.15,
             "rateLimitRatio":0.05,"lostAnswerRatio":0.2,"latencyMs":20}""";
    /** A refusal that tells when its window ends, a quarter of an hour at most, is believed, and the pool stands still till then. */
    private static final String TOAST_FAULTS = """
            {"webhookDropRatio":0.3,"webhookDuplicateRatio":0.3,"webhookUnsignedRatio":0.1,"webhookDelayMs":300,
             "errorRatio":0.1,"unavailableRatio":0.1,"rateLimitRatio":0.05,"rateLimitHeaders":false,
             "lostAnswerRatio":0.2,"resetRatio":0.05,"latencyMs":20,"slowBodyMs":50}""";

    /** Jobs fail in either of their phases, too. */
    private static final String MARKET_FAULTS = FAULTS.replaceFirst(
            "}",
            ",\"menuPhaseFailRatio\":0.2,\"hoursPhaseFailRatio\":0.2,\"unauthorizedRatio\":0.05,"
                    + "\"webhookUnsignedRatio\":0.1,\"resetRatio\":0.05,\"slowBodyMs\":50}");

    private final LiveStack live = LiveStack.get();
    private final Stack.Everywhere everywhere = live.stack().everywhere().get(0);
    private final Stack.Merchant merchant = everywhere.merchant();
    private final String store = everywhere.store();
    private final MarketShown market = new MarketShown(live, everywhere, MARKET);
    private final long seed = Long.getLong("convergence.seed", 77);
    private final Random random = new Random(seed);
    private final long begun = System.nanoTime();

    @Test
    void comesToRestInStepWhateverWentWrong() throws Exception {
        System.out.println("convergence: seed " + seed);
        live.awaitQuiet();
        awaitStep(QUIET_WITHIN);
        say("begins in step");
        fail(FAULTS, TOAST_FAULTS, MARKET_FAULTS);
        NodeProcess first = live.node(3);
        NodeProcess second = live.node(2);
        for (int i = 0; i < EDITS; i++) {
            if (i == EDITS / 4) {
                first.process().kill9();
            } else if (i == EDITS / 3) {
                first.startAgain();
            } else if (i == EDITS * 3 / 4) {
                live.stack().awaitReady(first);
                say("the first node is back");
                second.process().kill9();
            }
            edit(i);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextLong(2 * PAUSE_MILLIS)));
        }
        say("all edits are made");
        second.startAgain();
        live.stack().awaitReady(second);
        say("the second node is back");
        fail(none(FAULTS), none(TOAST_FAULTS), none(MARKET_FAULTS));
        live.awaitBalanced();
        live.awaitQuiet();
        say("all is read");
        awaitStep(QUIET_WITHIN);
        say("in step");
        askAgain();
        assertNothingMoreIsTold();
        new Sameness(live, everywhere, market).check();
        live.assertConserved();
    }

    /** A menu that DoorDash failed to process is left alone with its reason until it changes, or until somebody says so. */
    private void askAgain() throws IOException {
        if (!market.refused().isEmpty()) {
            live.web()
                    .send("POST", live.url(merchant, "/links/" + MARKET + "/resync"), "", Map.of())
                    .ok();
            live.awaitQuiet();
            awaitStep(QUIET_WITHIN);
            say("in step with what was refused too");
        }
    }

    private void say(String what) {
        System.out.println("convergence: " + what + " after " + (System.nanoTime() - begun) / 1_000_000_000 + " s");
    }

    private void fail(String square, String toast, String doorDash) throws IOException {
        live.stack().standin().faults(square);
        live.stack().toast().control("faults", toast);
        live.stack().doorDash().control("faults", doorDash);
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

    private void awaitStep(Duration within) {
        await().atMost(within)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .until(() -> {
                    for (JsonNode link : live.web()
                            .get(live.url(merchant, "/links"))
                            .ok()
                            .json()
                            .path("links")) {
                        if (!link.path("state").asText().equals("in-step")) {
                            return false;
                        }
                    }
                    return true;
                });
    }

    /** Echoes of what was told cost nothing. */
    private void assertNothingMoreIsTold() {
        // What the last push led to is seen by the next rounds, and is no news.
        eventually(() -> {
            String before = told();
            LockSupport.parkNanos(STILL.toNanos());
            String after = told();
            if (!after.equals(before)) {
                System.out.println("convergence: told " + after + " after " + before);
            }
            return after.equals(before);
        });
    }

    private String told() throws IOException {
        Map<String, Long> told = new HashMap<>();
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
        return told.toString();
    }
}
