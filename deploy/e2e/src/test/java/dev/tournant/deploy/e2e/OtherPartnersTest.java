package dev.tournant.deploy.e2e;

import static dev.tournant.deploy.e2e.LiveStack.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.Signatures;
import dev.tournant.model.MerchantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Toast, which is read by snapshots after a login, and DoorDash, which reads from us. */
class OtherPartnersTest {
    private final LiveStack live = LiveStack.get();

    @Test
    void showsWhatARestaurantPublishesAtToast() throws Exception {
        MerchantId restaurant = live.stack().restaurants().get(0);
        eventually(() -> live.summary(restaurant).path("records").path("item").asLong() > 0);
        String guid = live.summary(restaurant)
                .path("profile")
                .path("links")
                .path(0)
                .path("location")
                .asText();
        assertThat(guid).isNotEmpty();
        JsonNode edit = live.stack()
                .toast()
                .control("edit", "{\"restaurant\":\"" + guid + "\",\"kind\":\"rename\",\"publish\":true}");
        String url = live.url(restaurant) + "/records/item/" + edit.path("guid").asText();
        eventually(() -> live.web()
                .get(url)
                .ok()
                .json()
                .path("fields")
                .path("name")
                .asText()
                .equals(edit.path("value").asText()));
        live.assertConserved();
    }

    @Test
    void letsDoorDashReadTheMenuThatSquareHolds() throws Exception {
        live.awaitQuiet();
        JsonNode pulled = live.stack().doorDash().control("pull", live.stack().doorDashPull(0));
        assertThat(pulled.path("status").asInt()).as(pulled.toString()).isEqualTo(200);
        assertThat(pulled.path("problems")).isEmpty();
        JsonNode categories =
                pulled.path("body").path("menus").path(0).path("menu").path("categories");
        assertThat(categories).isNotEmpty();
        int items = 0;
        for (JsonNode category : categories) {
            items += category.path("items").size();
        }
        assertThat(items).isPositive();
    }

    @Test
    void refusesDoorDashWithoutTheToken() throws Exception {
        String pull = live.stack().doorDashPull(0).replaceFirst("\"token\":\"[^\"]*\"", "\"token\":\"guessed\"");
        assertThat(live.stack().doorDash().control("pull", pull).path("status").asInt())
                .isEqualTo(401);
    }

    @Test
    void keepsAWebhookForAnAccountThatNobodyHas() throws Exception {
        Map<String, String> before = live.quarantined();
        String at = Instant.now().toString();
        String body = """
                {"timestamp":"%s","eventCategory":"menus","eventType":"menus_updated","guid":"unclaimed-1",
                 "details":{"restaurantGuid":"of-nobody","publishedDate":"%s"}}""".formatted(at, at);
        byte[] mac = Signatures.hmacSha256(
                live.stack().secret("toast-menus"),
                body.getBytes(StandardCharsets.UTF_8),
                at.getBytes(StandardCharsets.UTF_8));
        live.web()
                .send(
                        "POST",
                        live.node(2).url() + "/v1/hooks/toast",
                        body,
                        Map.of("Toast-Signature", Base64.getEncoder().encodeToString(mac)))
                .ok();
        eventually(() -> {
            Map<String, String> now = new HashMap<>(live.quarantined());
            now.keySet().removeAll(before.keySet());
            return now.values().stream().anyMatch(why -> why.startsWith("unknown-account"));
        });
        live.assertConserved();
    }
}
