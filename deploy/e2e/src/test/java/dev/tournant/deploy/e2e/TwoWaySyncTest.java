package dev.tournant.deploy.e2e;

import static dev.tournant.deploy.e2e.LiveStack.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.deploy.stack.Stack;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
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
        eventually(() -> live.stack()
                        .doorDash()
                        .look("truth?store=" + store())
                        .path("menus")
                        .size()
                == 1);
        Map<String, JsonNode> items = items();
        assertThat(items).isNotEmpty();
        int compared = 0;
        Map<String, JsonNode> records = live.records(merchant, 500);
        for (JsonNode record : records.values()) {
            JsonNode fields = record.path("fields");
            String dish = fields.path("variation-of")
                    .path("in")
                    .asText(record.path("id").asText());
            JsonNode there = items.get(dish);
            if (there != null && there.path("extras").isEmpty() && fields.hasNonNull("price")) {
                assertThat(there.path("price").asLong())
                        .as(record + " is " + there)
                        .isEqualTo(dearer(fields));
                compared++;
            }
        }
        assertThat(compared).isPositive();
    }

    /** In cents, ten percent more. */
    private static long dearer(JsonNode fields) {
        return new BigDecimal(fields.path("price").path("amount").asText())
                .multiply(new BigDecimal("110"))
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
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
