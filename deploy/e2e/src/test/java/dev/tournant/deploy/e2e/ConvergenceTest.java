package dev.tournant.deploy.e2e;

import static dev.tournant.deploy.e2e.LiveStack.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.deploy.stack.NodeProcess;
import dev.tournant.deploy.stack.Stack;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Edits at Square, at Toast, at DoorDash and through our API, with faults at all three and a node killed, and then
 * quiet: all links show what they should, nothing is there twice, and nothing more is told. {@code -Dconvergence.seed=N}
 * draws other edits.
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
             "rateLimitRatio":0.05,"lostAnswerRatio":0.2}""";
    /** A refusal that tells when its window ends, a quarter of an hour at most, is believed, and the pool stands still till then. */
    private static final String TOAST_FAULTS = """
            {"webhookDropRatio":0.3,"webhookDuplicateRatio":0.3,"webhookUnsignedRatio":0.1,"webhookDelayMs":300,
             "errorRatio":0.1,"unavailableRatio":0.1,"rateLimitRatio":0.05,"rateLimitHeaders":false,
             "lostAnswerRatio":0.2,"resetRatio":0.05}""";

    /** Jobs fail in either of their phases, too. */
    private static final String MARKET_FAULTS = FAULTS.replaceFirst(
            "}", ",\"menuPhaseFailRatio\":0.2,\"hoursPhaseFailRatio\":0.2,\"unauthorizedRatio\":0.05}");

    private final LiveStack live = LiveStack.get();
    private final Stack.Everywhere everywhere = live.stack().everywhere().get(0);
    private final Stack.Merchant merchant = everywhere.merchant();
    private final String store = everywhere.store();
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
        NodeProcess victim = live.node(3);
        for (int i = 0; i < EDITS; i++) {
            if (i == EDITS / 2) {
                victim.process().kill9();
            }
            edit(i);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextLong(2 * PAUSE_MILLIS)));
        }
        say("all edits are made");
        victim.startAgain();
        live.stack().awaitReady(victim);
        say("the node is back");
        fail(none(FAULTS), none(TOAST_FAULTS), none(MARKET_FAULTS));
        live.awaitBalanced();
        live.awaitQuiet();
        say("all is read");
        awaitStep(QUIET_WITHIN);
        say("in step");
        askAgain();
        assertNothingMoreIsTold();
        assertSame();
        live.assertConserved();
    }

    /** A menu that DoorDash failed to process is left alone with its reason until it changes, or until somebody says so. */
    private void askAgain() throws IOException {
        if (!refused(MARKET).isEmpty()) {
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
        List<String> items = new ArrayList<>(new TreeSet<>(market().keySet()));
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
        List<String> items = new ArrayList<>(new TreeSet<>(market().keySet()));
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

    private void assertSame() throws IOException {
        Map<String, JsonNode> records = live.records(merchant, 500);
        Map<String, JsonNode> square = new HashMap<>();
        live.stack()
                .standin()
                .truth(merchant.seller())
                .path("objects")
                .forEach(object -> square.put(object.path("id").asText(), object));
        Set<String> refused = refused(MARKET);
        Map<String, JsonNode> market = market();
        assertThat(market).isNotEmpty();
        for (JsonNode record : records.values()) {
            String id = record.path("id").asText();
            String name = record.path("fields").path("name").asText();
            if (square.containsKey(id) && square.get(id).path("type").asText().equals("ITEM")) {
                assertThat(square.get(id).path("item_data").path("name").asText())
                        .as("Square's name of " + id)
                        .isEqualTo(name);
            }
            if (record.path("kind").asText().equals("item")
                    && market.containsKey(id)
                    && !refused.contains("item/" + id)) {
                assertThat(market.get(id).path("name").asText())
                        .as("DoorDash's name of " + id)
                        .isEqualTo(name);
            }
            String dish = record.path("fields").path("variation-of").path("in").asText();
            JsonNode sold = market.get(dish);
            if (sold != null
                    && sold.path("extras").isEmpty()
                    && record.path("fields").hasNonNull("price")) {
                assertThat(sold.path("price").asLong()).as("price of " + dish).isEqualTo(dearer(record));
            }
        }
        market.keySet().stream()
                .filter(id -> !refused.contains("item/" + id))
                .forEach(id -> assertThat(records).as("sold at DoorDash").containsKey("item/" + id));
        assertNothingTwice(records, square);
        assertStockOfToast(records);
    }

    /** What came from Toast was made at Square once. */
    private static void assertNothingTwice(Map<String, JsonNode> records, Map<String, JsonNode> square) {
        Map<String, Integer> ours = new HashMap<>();
        records.values()
                .forEach(each -> ours.merge(each.path("fields").path("name").asText(), 1, Integer::sum));
        Map<String, Integer> theirs = new HashMap<>();
        square.values().stream()
                .filter(each -> each.path("type").asText().equals("ITEM")
                        && !each.path("is_deleted").asBoolean())
                .forEach(
                        each -> theirs.merge(each.path("item_data").path("name").asText(), 1, Integer::sum));
        theirs.forEach((name, count) ->
                assertThat(count).as("items at Square called " + name).isLessThanOrEqualTo(ours.getOrDefault(name, 0)));
    }

    private void assertStockOfToast(Map<String, JsonNode> records) throws IOException {
        Set<String> out = new TreeSet<>();
        live.stack()
                .toast()
                .look("truth?restaurant=" + everywhere.restaurant())
                .path("stock")
                .forEach(each -> {
                    if (each.path("status").asText().equals("OUT_OF_STOCK")) {
                        out.add(each.path("guid").asText());
                    }
                });
        for (String guid : out) {
            JsonNode record = records.get("item/" + guid);
            if (record != null) {
                assertThat(record.path("fields").path("status").asText("for-sale"))
                        .as("out of stock at Toast: " + record)
                        .isNotEqualTo("for-sale");
            }
        }
    }

    private Set<String> refused(String link) throws IOException {
        Set<String> refused = new TreeSet<>();
        live.web()
                .get(live.url(merchant, "/links/" + link))
                .ok()
                .json()
                .path("quarantined")
                .forEach(each -> refused.add(each.path("record").asText()));
        return refused;
    }

    private static long dearer(JsonNode record) {
        return new BigDecimal(record.path("fields").path("price").path("amount").asText())
                .multiply(new BigDecimal("110"))
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    private Map<String, JsonNode> market() throws IOException {
        Map<String, JsonNode> items = new HashMap<>();
        Set<String> names = new TreeSet<>();
        for (JsonNode menu :
                live.stack().doorDash().look("truth?store=" + store).path("menus")) {
            String own = menu.path("menu").path("merchant_supplied_id").asText();
            assertThat(names.add(own)).as("a menu is at DoorDash once: " + own).isTrue();
            // DoorDash deletes no menu: one that is no more is off, with all that was in it.
            if (!menu.path("menu").path("active").asBoolean(true)) {
                continue;
            }
            for (JsonNode category : menu.path("menu").path("categories")) {
                for (JsonNode item : category.path("items")) {
                    items.put(item.path("merchant_supplied_id").asText(), item);
                }
            }
        }
        return items;
    }
}
