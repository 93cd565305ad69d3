package dev.tournant.deploy.standins.toast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.tournant.deploy.standins.core.Receiver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhooksTest {
    private static final String SECRET = "of-menus";
    private final ToastStandin standin = ToastStandin.start(Setup.quick());
    private final String restaurant = standin.restaurants().get(0);

    @AfterEach
    void close() {
        standin.close();
    }

    @Test
    void signalsAPublishAndSignsIt() throws Exception {
        try (Receiver receiver = Receiver.open()) {
            standin.subscribe(Category.MENUS, receiver.url(), SECRET);
            standin.edit(restaurant, EditKind.PRICE);
            standin.edit(restaurant, EditKind.PUBLISH);

            Receiver.Delivery delivery = receiver.next();

            assertThat(delivery.event().path("eventType").asText()).isEqualTo("menus_updated");
            assertThat(delivery.event().path("eventCategory").asText()).isEqualTo("menus");
            assertThat(UUID.fromString(delivery.event().path("guid").asText())).isNotNull();
            assertThat(delivery.event().at("/details/restaurantGuid").asText()).isEqualTo(restaurant);
            assertThat(delivery.event().at("/details/publishedDate").asText())
                    .isEqualTo(Caller.of(standin)
                            .get("/menus/v2/metadata")
                            .body()
                            .path("lastUpdated")
                            .asText());
            assertThat(delivery.header("Toast-Event-Type")).isEqualTo("menus_updated");
            assertThat(delivery.header("Toast-Event-Category")).isEqualTo("menus");
            assertThat(delivery.header("Toast-Restaurant-External-ID")).isEqualTo(restaurant);
            assertThat(delivery.header("Toast-Attempt-Number")).isEqualTo("1");
            assertThat(delivery.header("Toast-Signature")).isEqualTo(signature(SECRET, delivery));
            assertThat(receiver.isQuietFor(100)).isTrue();
        }
    }

    @Test
    void tellsStockOfEachCategoryToItsOwnWithItsOwnSecret() throws Exception {
        try (Receiver receiver = Receiver.open()) {
            standin.subscribe(Category.MENUS, receiver.url(), SECRET);
            standin.subscribe(Category.STOCK, receiver.url(), "of-stock");
            String item = standin.edit(restaurant, EditKind.RENAME).guid();
            standin.edit(restaurant, EditKind.QUANTITY, item, IntNode.valueOf(400));
            Receiver.Delivery quantity = receiver.next();
            standin.edit(restaurant, EditKind.QUANTITY, item, IntNode.valueOf(4));
            List<String> types = List.of(type(receiver.next()), type(receiver.next()));
            standin.edit(restaurant, EditKind.OUT_OF_STOCK, item, IntNode.valueOf(0));
            String out = type(receiver.next());
            standin.edit(restaurant, EditKind.IN_STOCK, item, IntNode.valueOf(0));

            assertThat(type(quantity)).isEqualTo("quantity");
            assertThat(quantity.event().at("/details/guid").asText()).isEqualTo(item);
            assertThat(quantity.event().at("/details/quantity").asInt()).isEqualTo(400);
            assertThat(quantity.header("Toast-Signature")).isEqualTo(signature("of-stock", quantity));
            assertThat(types).containsExactlyInAnyOrder("quantity", "low_quantity");
            assertThat(out).isEqualTo("out_of_stock");
            assertThat(type(receiver.next())).isEqualTo("in_stock");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 404, 429})
    void triesTwiceMoreWhatMayPassAndThenDropsIt(int status) throws Exception {
        try (Receiver receiver = Receiver.refusing(100, status)) {
            standin.subscribe(Category.MENUS, receiver.url(), SECRET);
            standin.edit(restaurant, EditKind.PUBLISH);

            Receiver.Delivery first = receiver.next();
            Receiver.Delivery second = receiver.next();
            Receiver.Delivery third = receiver.next();

            assertThat(second.body()).isEqualTo(first.body());
            assertThat(second.header("Toast-Attempt-Number")).isEqualTo("2");
            assertThat(third.header("Toast-Attempt-Number")).isEqualTo("3");
            assertThat(receiver.isQuietFor(150)).isTrue();
            assertThat(standin.stats().at("/webhooks/failed").asInt()).isEqualTo(1);
            assertThat(standin.stats().at("/webhooks/waiting").asInt()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 302})
    void neverTriesAgainWhatIsRefusedForGood(int status) throws Exception {
        try (Receiver receiver = Receiver.refusing(100, status)) {
            standin.subscribe(Category.MENUS, receiver.url(), SECRET);
            standin.edit(restaurant, EditKind.PUBLISH);

            receiver.next();

            assertThat(receiver.isQuietFor(150)).isTrue();
        }
    }

    @Test
    void takesASlowAnswerForAFailure() throws Exception {
        try (Receiver receiver = Receiver.silentAtFirst()) {
            standin.subscribe(Category.MENUS, receiver.url(), SECRET);
            standin.edit(restaurant, EditKind.PUBLISH);

            receiver.next();

            assertThat(receiver.next().header("Toast-Attempt-Number")).isEqualTo("2");
        }
    }

    @Test
    void dropsDoublesDelaysAndForgetsToSignWhenToldTo() throws Exception {
        try (Receiver receiver = Receiver.open()) {
            standin.subscribe(Category.MENUS, receiver.url(), SECRET);
            standin.setFaults(Faults.NONE.with(Setup.json("{'webhookDropRatio':1}")));
            standin.edit(restaurant, EditKind.PUBLISH);
            assertThat(receiver.isQuietFor(100)).isTrue();

            standin.setFaults(Faults.NONE.with(Setup.json("{'webhookDuplicateRatio':1,'webhookDelayMs':100}")));
            long before = System.nanoTime();
            standin.edit(restaurant, EditKind.PUBLISH);
            assertThat(receiver.next().body()).isEqualTo(receiver.next().body());
            assertThat((System.nanoTime() - before) / 1_000_000).isGreaterThanOrEqualTo(90);

            standin.setFaults(Faults.NONE.with(Setup.json("{'webhookUnsignedRatio':1}")));
            standin.edit(restaurant, EditKind.PUBLISH);
            assertThat(receiver.next().header("Toast-Signature")).isEmpty();
        }
    }

    @Test
    void stopsWhenTooMuchFailsTooOften() throws Exception {
        Duration minute = Duration.ofMinutes(1);
        WebhookRules impatient = new WebhookRules(minute, List.of(), 2, minute, Duration.ofMillis(30), 2, minute, 100);
        try (Receiver receiver = Receiver.refusing(100, 500);
                ToastStandin strict = ToastStandin.start(Setup.quick().withWebhooks(impatient))) {
            String there = strict.restaurants().get(0);
            strict.subscribe(Category.MENUS, receiver.url(), SECRET);
            long deadline = System.nanoTime() + 5_000_000_000L;
            while (paused(strict) < 2 && System.nanoTime() < deadline) {
                strict.edit(there, EditKind.PUBLISH);
                receiver.isQuietFor(40);
            }
            while (!receiver.isQuietFor(50)) {
                // What was under way when it stopped.
            }
            strict.edit(there, EditKind.PUBLISH);

            assertThat(receiver.isQuietFor(100)).isTrue();
            assertThat(paused(strict)).isEqualTo(2);
            assertThat(Caller.without(strict)
                            .get("/control/state")
                            .body()
                            .at("/subscriptions/0/stopped")
                            .asBoolean())
                    .isTrue();
        }
    }

    @Test
    void keepsEditingAtTheRateAskedFor() throws Exception {
        try (Receiver receiver = Receiver.open()) {
            standin.subscribe(Category.STOCK, receiver.url(), SECRET);
            standin.subscribe(Category.MENUS, receiver.url(), SECRET);
            standin.setEditsPerSecond(200);
            for (int nth = 0; nth < 30; nth++) {
                receiver.next();
            }
            standin.setEditsPerSecond(0);

            assertThat(standin.stats().path("edits")).hasSizeGreaterThan(4);
        }
    }

    private static int paused(ToastStandin standin) {
        return standin.stats().at("/webhooks/paused").asInt();
    }

    private static String type(Receiver.Delivery delivery) {
        return delivery.event().path("eventType").asText();
    }

    /** Written out once more, lest the test believe the program. */
    private static String signature(String secret, Receiver.Delivery delivery) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signed = delivery.body() + delivery.event().path("timestamp").asText();
        return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }
}
