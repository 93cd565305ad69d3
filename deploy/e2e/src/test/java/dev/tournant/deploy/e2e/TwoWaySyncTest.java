package dev.tournant.deploy.e2e;

import static dev.tournant.deploy.e2e.LiveStack.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.deploy.stack.Stack;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One merchant at Square, in both directions, and at DoorDash, which is told everything with prices ten percent higher. */
class TwoWaySyncTest {
    private final LiveStack live = LiveStack.get();
    private final Stack.Merchant merchant = live.merchant(1);

    @AfterEach
    void nothingGoesWrongAnyMore() throws IOException {
        live.stack().standin().faults("{\"errorRatio\":0,\"lostAnswerRatio\":0,\"rateLimitRatio\":0}");
        live.stack().doorDash().control("faults", "{\"hoursPhaseFailRatio\":0,\"webhookDropRatio\":0}");
    }

    @Test
    void showsAtDoorDashWhatSquareSells() throws Exception {
        live.awaitQuiet();
        eventually(() -> live.stack().doorDash().look("truth?store=" + store()).path("menus").size() == 1);
        Map<String, JsonNode> items = items();
        assertThat(items).isNotEmpty();
        int compared = 0;
        for (JsonNode record : live.records(merchant, 500).values()) {
            JsonNode fields = record.path("fields");
            JsonNode there = items.get(record.path("id").asText());
            if (there != null && fields.hasNonNull("price")) {
                BigDecimal ours = new BigDecimal(fields.path("price").path("amount").asText());
                BigDecimal theirs = new BigDecimal(there.path("price").asText()).movePointLeft(2);
                assertThat(theirs).isGreaterThanOrEqualTo(ours);
                compared++;
            }
        }
        assertThat(compared).isPositive();
    }

    private Map<String, JsonNode> items() throws IOException {
        JsonNode truth = live.stack().doorDash().look("truth?store=" + store());
        Map<String, JsonNode> items = new HashMap<>();
        assertThat(truth.path("menus").size()).as("menus of " + truth).isEqualTo(1);
        for (JsonNode category : truth.path("menus").path(0).path("menu").path("categories")) {
            category.path("items")
                    .forEach(item -> items.put(item.path("merchant_supplied_id").asText(), item));
        }
        return items;
    }

    private String store() throws IOException {
        return live.summary(merchant)
                .path("profile")
                .path("links")
                .path(1)
                .path("location")
                .asText();
    }

    private JsonNode link(String id) throws IOException {
        return live.web().get(live.url(merchant, "/links/" + id)).ok().json();
    }

    private void awaitStep() {
        live.awaitQuiet();
        eventually(() -> link("doordash-1").path("state").asText().equals("in-step")
                && link(merchant.link().value()).path("state").asText().equals("in-step"));
    }
}
