package dev.tournant.deploy.e2e;

import static dev.tournant.deploy.e2e.LiveStack.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.deploy.stack.Stack;
import dev.tournant.deploy.stack.WebClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What operators see of polling, and asking for a merchant now. */
class FreshnessTest {
    private final LiveStack live = LiveStack.get();

    private JsonNode resource(Stack.Merchant merchant, String name) throws Exception {
        JsonNode all = live.web().get(live.url(merchant, "/freshness")).ok().json();
        for (JsonNode each : all.path("resources")) {
            if (each.path("link").asText().equals(merchant.link().value())
                    && each.path("resource").asText().equals(name)) {
                return each;
            }
        }
        throw new IllegalStateException("no " + name + " in " + all);
    }

    private JsonNode pool(String name, String what) throws Exception {
        String url = live.node(2).url() + "/v1/pools/" + URLEncoder.encode(name, StandardCharsets.UTF_8) + what;
        return live.web().get(url).ok().json();
    }

    @Test
    void showsHowFreshAMerchantAndItsPoolAre() throws Exception {
        live.awaitQuiet();
        Stack.Merchant merchant = live.merchant(5);
        eventually(() -> resource(merchant, "catalog").path("phase").asText().equals("watched"));

        JsonNode catalog = resource(merchant, "catalog");
        JsonNode pool = pool(catalog.path("pool").asText(), "/freshness");
        JsonNode half = pool(catalog.path("pool").asText(), "/what-if?limit=0.05&webhooks=off");

        assertThat(Instant.parse(catalog.path("seen-at").asText())).isBefore(Instant.now());
        assertThat(catalog.path("fresh").asDouble()).isBetween(0.0, 1.0);
        assertThat(pool.path("resources").asInt()).isEqualTo(3);
        assertThat(pool.path("first-reads").isInt()).isTrue();
        assertThat(catalog.has("first-read")).as("it is over").isFalse();
        assertThat(pool.path("sorts").findValuesAsText("resource")).contains("catalog", "inventory", "locations");
        assertThat(half.path("fresh").asDouble())
                .isLessThanOrEqualTo(pool(catalog.path("pool").asText(), "/what-if")
                        .path("fresh")
                        .asDouble());
    }

    @Test
    void readsAMerchantWhenSomebodyAsks() throws Exception {
        live.awaitQuiet();
        Stack.Merchant merchant = live.merchant(6);
        eventually(() -> resource(merchant, "locations").path("phase").asText().equals("watched"));
        Instant before =
                Instant.parse(resource(merchant, "locations").path("seen-at").asText());

        WebClient.Reply reply = live.web().send("POST", live.url(merchant, "/refresh"), "", Map.of());

        assertThat(reply.ok().json().path("reading").asInt()).isEqualTo(3);
        eventually(() -> Instant.parse(
                        resource(merchant, "locations").path("seen-at").asText())
                .isAfter(before));
    }
}
