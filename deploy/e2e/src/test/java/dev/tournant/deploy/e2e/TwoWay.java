package dev.tournant.deploy.e2e;

import static dev.tournant.deploy.e2e.LiveStack.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.deploy.stack.Stack;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * One merchant at Square, in both directions, and at DoorDash, which is told everything with prices ten percent higher.
 * Every test ends in step, whatever went wrong in it.
 */
abstract class TwoWay {
    final LiveStack live = LiveStack.get();
    final Stack.Merchant merchant = live.merchant(1);

    @BeforeEach
    void allIsRead() {
        live.awaitQuiet();
        awaitMenus(1);
        awaitStep(merchant);
    }

    @AfterEach
    void endsInStep() throws IOException {
        live.stack()
                .standin()
                .faults(
                        "{\"errorRatio\":0,\"lostAnswerRatio\":0,\"rateLimitRatio\":0,\"webhookDropRatio\":0,\"nameCharsMax\":0}");
        live.stack().toast().control("faults", "{\"webhookDropRatio\":0}");
        doorDash("{\"hoursPhaseFailRatio\":0,\"menuPhaseFailRatio\":0,\"webhookDropRatio\":0,\"lostAnswerRatio\":0,"
                + "\"errorRatio\":0,\"unauthorizedRatio\":0}");
        awaitMenus(1);
        awaitStep(merchant);
        awaitStep(live.stack().everywhere().get(0).merchant());
    }

    /** Until every link that is told anything shows what it should. */
    void awaitStep(Stack.Merchant of) {
        eventually(() -> {
            int told = 0;
            for (JsonNode link :
                    live.web().get(live.url(of, "/links")).ok().json().path("links")) {
                boolean isTold = !link.path("state").asText().equals("read-only");
                if (isTold && !link.path("state").asText().equals("in-step")) {
                    return false;
                }
                told += isTold ? 1 : 0;
            }
            return told > 1;
        });
    }

    void doorDash(String faults) throws IOException {
        live.stack().doorDash().control("faults", faults);
    }

    JsonNode market() throws IOException {
        return live.web().get(live.url(merchant, "/links/doordash-1")).ok().json();
    }

    void rename(String item, String name) throws IOException {
        patch(item, "{\"name\":\"" + name + "\"}");
    }

    void patch(String item, String fields) throws IOException {
        live.web()
                .send("PATCH", live.url(merchant, "/records/item/" + item), fields, Map.of("If-Match", "*"))
                .ok();
    }

    JsonNode record(String item) throws IOException {
        return live.web().get(live.url(merchant, "/records/item/" + item)).ok().json();
    }

    /** A dish that is at Square and on the menu at DoorDash. */
    String anItem() throws IOException {
        Set<String> there = new TreeSet<>(items().keySet());
        Set<String> sold = new TreeSet<>();
        truth().path("objects").forEach(object -> sold.add(object.path("id").asText()));
        there.retainAll(sold);
        return there.iterator().next();
    }

    JsonNode truth() throws IOException {
        return live.stack().standin().truth(merchant.seller());
    }

    JsonNode atSquare(String item) throws IOException {
        for (JsonNode object : truth().path("objects")) {
            if (object.path("id").asText().equals(item)) {
                return object;
            }
        }
        throw new AssertionError("Square has no " + item);
    }

    JsonNode menus() throws IOException {
        return live.stack().doorDash().look("truth?store=" + store()).path("menus");
    }

    void awaitMenus(int count) {
        eventually(() -> menus().size() == count
                && live.stack()
                        .doorDash()
                        .look("truth?store=" + store())
                        .path("pending_jobs")
                        .isEmpty());
    }

    Map<String, JsonNode> items() throws IOException {
        Map<String, JsonNode> items = new HashMap<>();
        for (JsonNode category : menus().path(0).path("menu").path("categories")) {
            category.path("items")
                    .forEach(item -> items.put(item.path("merchant_supplied_id").asText(), item));
        }
        return items;
    }

    String store() throws IOException {
        return live.summary(merchant)
                .path("profile")
                .path("links")
                .path(1)
                .path("location")
                .asText();
    }
}
