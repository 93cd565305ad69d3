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
 * Edits at Square, at DoorDash and through our API, with faults of every kind at both partners and a node killed, and then
 * quiet: all links show what they should, nothing is there twice, and nothing more is told. {@code -Dconvergence.seed=N}
 * draws other edits.
 */
class ConvergenceTest {
    private static final int EDITS = 80;
    /** Edits come so often, give or take. */
    private static final long PAUSE_MILLIS = 250;
    /** For faults to be over, backoffs to end and rounds of polling to come by. */
    private static final Duration QUIET_WITHIN = Duration.ofMinutes(5);
    /** Two rounds of polling. */
    private static final Duration STILL = Duration.ofSeconds(32);

    private static final String FAULTS = """
            {"webhookDropRatio":0.3,"webhookDuplicateRatio":0.3,"webhookDelayMs":300,"errorRatio":0.15,
             "rateLimitRatio":0.05,"lostAnswerRatio":0.2}""";
    /** A job that fails in its first phase and whose webhook is lost too is waited for as long as DoorDash may take: hours. */
    private static final String MARKET_FAULTS =
            FAULTS.replaceFirst("}", ",\"hoursPhaseFailRatio\":0.3,\"unauthorizedRatio\":0.05}");

    private final LiveStack live = LiveStack.get();
    private final Stack.Merchant merchant = live.merchant(1);
    private final long seed = Long.getLong("convergence.seed", 77);
    private final Random random = new Random(seed);
    /** Known once, as merchants do not answer while a node is lost. */
    private String store = "";

    @Test
    void comesToRestInStepWhateverWentWrong() throws Exception {
        System.out.println("convergence: seed " + seed);
        live.awaitQuiet();
        awaitStep(QUIET_WITHIN);
        store = live.summary(merchant)
                .path("profile")
                .path("links")
                .path(1)
                .path("location")
                .asText();
        live.stack().standin().faults(FAULTS);
        live.stack().doorDash().control("faults", MARKET_FAULTS);
        NodeProcess victim = live.node(3);
        for (int i = 0; i < EDITS; i++) {
            if (i == EDITS / 2) {
                victim.process().kill9();
            }
            edit(i);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextLong(2 * PAUSE_MILLIS)));
        }
        victim.startAgain();
        live.stack().awaitReady(victim);
        live.stack().standin().faults(none(FAULTS));
        live.stack().doorDash().control("faults", none(MARKET_FAULTS));
        live.awaitBalanced();
        live.awaitQuiet();
        awaitStep(QUIET_WITHIN);
        assertNothingMoreIsTold();
        assertSame();
        live.assertConserved();
    }

    private static String none(String faults) {
        return faults.replaceAll(":[0-9.]+", ":0");
    }

    private void edit(int nth) throws IOException {
        switch (random.nextInt(8)) {
            case 0 -> live.stack().standin().edit(merchant.seller(), "price");
            case 1 -> live.stack().standin().edit(merchant.seller(), "rename");
            case 2 -> live.stack().standin().edit(merchant.seller(), "sold-out");
            case 3 -> live.stack().standin().edit(merchant.seller(), random.nextBoolean() ? "add-item" : "delete-item");
            case 4 -> atDoorDash(random.nextBoolean() ? "rename" : "price", nth);
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
            return told().equals(before);
        });
    }

    private String told() throws IOException {
        Map<String, Long> told = new HashMap<>();
        for (JsonNode stats :
                List.of(live.stack().standin().stats(), live.stack().doorDash().look("stats"))) {
            stats.path("requests").fields().forEachRemaining(each -> {
                boolean writes = each.getKey().contains("upsert")
                        || each.getKey().contains("delete")
                        || each.getKey().contains("changes")
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
        Set<String> refused = refused("doordash-1");
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
        market.keySet().forEach(id -> assertThat(records).as("sold at DoorDash").containsKey("item/" + id));
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
        JsonNode menus = live.stack().doorDash().look("truth?store=" + store).path("menus");
        assertThat(menus.size()).as("menus at DoorDash").isLessThanOrEqualTo(1);
        for (JsonNode category : menus.path(0).path("menu").path("categories")) {
            for (JsonNode item : category.path("items")) {
                items.put(item.path("merchant_supplied_id").asText(), item);
            }
        }
        return items;
    }
}
