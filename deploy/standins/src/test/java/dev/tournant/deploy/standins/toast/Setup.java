package dev.tournant.deploy.standins.toast;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Stand-ins that do not keep a test waiting. */
final class Setup {
    private Setup() {}

    /** Four restaurants with small menus, limits out of the way, no lag, retries after milliseconds. */
    static ToastSettings quick() {
        return ToastSettings.defaults()
                .withRestaurants(4)
                .withItems(60)
                .withPublishLag(Duration.ZERO)
                .withLimits(new Limits(10_000, 100_000, 10_000, 100, 86_400))
                .withWebhooks(WebhookRules.PUBLISHED.scaled(0.0001).withAnswerWithin(Duration.ofMillis(800)));
    }

    static ObjectNode json(String text) {
        return Json.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
    }
}
