package dev.tournant.deploy.standins.potluck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Request;
import dev.tournant.deploy.standins.core.Json;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private final PotluckStandin potluck =
            PotluckStandin.start(PotluckSettings.defaults().withLocations(1).withItems(20));
    private final PotluckCounterpart client = new PotluckCounterpart(potluck);

    @AfterEach
    void stop() {
        potluck.close();
    }

    /** With these faults, which are over after it. */
    private Answer send(String faults, String method, String path, @Nullable String json) {
        potluck.setFaults(Faults.NONE.with(Json.read(faults.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                .orElseThrow()));
        String body = json == null ? null : json.replace('\'', '"');
        return client.send(
                new Request(method, "/locations/loc-1" + path, Map.of("Content-Type", "application/json"), body, true));
    }

    private static JsonNode body(Answer answer) {
        return Json.read(answer.body()).orElseThrow();
    }

    @Test
    void limitsRatesWithHeadersAndWithout() {
        Answer with = send("{'rateLimitRatio':1}", "GET", "/catalog", null);
        Answer without = send("{'rateLimitRatio':1,'rateLimitHeaders':false}", "GET", "/catalog", null);

        assertThat(with.status()).isEqualTo(429);
        assertThat(with.header("retry-after")).contains("1");
        assertThat(without.status()).isEqualTo(429);
        assertThat(without.header("retry-after")).isEmpty();
    }

    @Test
    void refusesAGoodTokenNowAndThen() {
        assertThat(send("{'unauthorizedRatio':1}", "GET", "/catalog", null).status())
                .isEqualTo(401);
        assertThat(send("{}", "GET", "/catalog", null).status()).isEqualTo(200);
    }

    @Test
    void letsCursorsExpire() {
        Answer first = send("{'expiredCursorRatio':1}", "GET", "/catalog?limit=5", null);
        String next =
                "/catalog?limit=5&cursor=" + body(first).path("next_cursor").asText();

        assertThat(send("{'expiredCursorRatio':1}", "GET", next, null).status()).isEqualTo(400);
        assertThat(send("{}", "GET", next, null).status())
                .as("the cursor itself stays good")
                .isEqualTo(200);
    }

    @Test
    void breaksTheConnectionAfterTheWrite() {
        assertThatThrownBy(() -> send("{'resetRatio':1}", "POST", "/items", "{'name':'Broken tea'}"))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(body(send("{}", "GET", "/catalog?limit=200", null))
                        .path("items")
                        .findValuesAsText("name"))
                .contains("Broken tea");
    }

    @Test
    void sendsBodiesSlowlyButWhole() {
        send("{}", "GET", "/catalog", null);
        long before = System.nanoTime();
        Answer slow = send("{'slowBodyMs':300}", "GET", "/catalog", null);

        assertThat(body(slow).path("items")).isNotEmpty();
        assertThat((System.nanoTime() - before) / 1_000_000).isGreaterThanOrEqualTo(200);
    }
}
