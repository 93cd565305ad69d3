package dev.tournant.deploy.standins.square;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.square.utilities.WebhooksHelper;
import dev.tournant.deploy.standins.core.Json;
import dev.tournant.deploy.standins.core.Receiver;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhooksTest {
    private static final String KEY = "Nk6ZkQpO-3wVpXqT1yKzLg";
    private final SquareStandin standin = SquareStandin.start(SquareSettings.defaults()
            .withSellers(2)
            .withItems(40)
            .withRetries(Duration.ofMillis(30), 2)
            .withDeliveryTimeout(Duration.ofMillis(800)));
    private final String merchant = standin.accounts().get(0).merchantId();

    @AfterEach
    void close() {
        standin.close();
    }

    @Test
    void signsSoThatSquaresOwnClientAccepts() throws Exception {
        try (Receiver receiver = Receiver.open()) {
            standin.subscribe(merchant, receiver.url(), KEY);
            standin.edit(merchant, EditKind.COUNT);

            Receiver.Delivery delivery = receiver.next();

            String signature = delivery.header("x-square-hmacsha256-signature");
            assertThat(WebhooksHelper.verifySignature(delivery.body(), signature, KEY, receiver.url()))
                    .isTrue();
            assertThat(WebhooksHelper.verifySignature(delivery.body() + " ", signature, KEY, receiver.url()))
                    .isFalse();
        }
    }

    @Test
    void reproducesSquaresPublishedSignatures() {
        assertThat(signature(
                        "Ibxx_5AKakO-3qeNVR61Dw",
                        "https://webhook.site/679a4f3a-dcfa-49ee-bac5-9d0edad886b9",
                        "{'merchant_id':'MLEFBHHSJGVHD','type':'webhooks.test_notification',"
                                + "'event_id':'ac3ac95b-f97d-458c-a6e6-18981597e05f',"
                                + "'created_at':'2022-07-13T20:30:59.037339943Z',"
                                + "'data':{'type':'webhooks','id':'bc368e64-01aa-407e-b46e-3231809b1129'}}"))
                .isEqualTo("GF4YkrJgGBDZ9NIYbNXBnMzqb2HoL4RW/S6vkZ9/2N4=");
        assertThat(signature(
                        "signature-key", "https://webhook.site/webhooks", "{'data':{'type':'webhooks','id':'>id<'}}"))
                .isEqualTo("Cxt7+aTi4rKgcA0bC4g9EHdVtLSDWdqccmL5MvihU4U=");
    }

    @Test
    void signalsACatalogChangeWithItsTimeAndNothingElse() throws Exception {
        try (Receiver receiver = Receiver.open()) {
            standin.subscribe(merchant, receiver.url(), KEY);
            Edit edit = standin.edit(merchant, EditKind.RENAME);

            Receiver.Delivery delivery = receiver.next();

            assertThat(delivery.event().path("type").asText()).isEqualTo("catalog.version.updated");
            assertThat(delivery.event().path("merchant_id").asText()).isEqualTo(merchant);
            assertThat(UUID.fromString(delivery.event().path("event_id").asText()))
                    .isNotNull();
            assertThat(delivery.event()
                            .at("/data/object/catalog_version/updated_at")
                            .asText())
                    .isEqualTo(Json.time(edit.version()));
            assertThat(delivery.body()).doesNotContain(edit.objectId());
            assertThat(delivery.header("square-environment")).isNotEmpty();
            assertThat(delivery.header("square-initial-delivery-timestamp")).isNotEmpty();
            assertThat(delivery.headers()).doesNotContainKey("square-retry-number");
        }
    }

    @Test
    void makesOneSignalOfManyQuickChanges() throws Exception {
        try (Receiver receiver = Receiver.open()) {
            standin.subscribe(merchant, receiver.url(), KEY);
            IntStream.range(0, 10).forEach(nth -> standin.edit(merchant, EditKind.PRICE));

            receiver.next();

            assertThat(receiver.isQuietFor(200)).isTrue();
        }
    }

    @Test
    void carriesCountsButOfALocationOnlyTheId() throws Exception {
        try (Receiver receiver = Receiver.open()) {
            standin.subscribe(merchant, receiver.url(), KEY);
            Edit hours = standin.edit(merchant, EditKind.HOURS);
            Receiver.Delivery location = receiver.next();
            Edit count = standin.edit(merchant, EditKind.COUNT);
            Receiver.Delivery counts = receiver.next();
            while (!counts.event().path("type").asText().equals("inventory.count.updated")) {
                counts = receiver.next();
            }

            assertThat(location.event().path("type").asText()).isEqualTo("location.updated");
            assertThat(location.event().at("/data/id").asText()).isEqualTo(hours.objectId());
            assertThat(location.body()).doesNotContain("business_hours");
            assertThat(counts.event()
                            .at("/data/object/inventory_counts/0/quantity")
                            .asText())
                    .isEqualTo(count.value().asText());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 302, 404})
    void triesAgainAfterAnythingButA2xx(int status) throws Exception {
        try (Receiver receiver = Receiver.refusing(1, status)) {
            standin.subscribe(merchant, receiver.url(), KEY);
            standin.edit(merchant, EditKind.HOURS);

            Receiver.Delivery first = receiver.next();
            Receiver.Delivery second = receiver.next();

            assertThat(second.body()).isEqualTo(first.body());
            assertThat(second.header("square-retry-number")).isEqualTo("1");
            assertThat(second.header("square-retry-reason")).isEqualTo("http_error");
            assertThat(second.header("square-initial-delivery-timestamp"))
                    .isEqualTo(first.header("square-initial-delivery-timestamp"));
            assertThat(receiver.isQuietFor(200)).isTrue();
        }
    }

    @Test
    void takesASlowAnswerForAFailure() throws Exception {
        try (Receiver receiver = Receiver.silentAtFirst()) {
            standin.subscribe(merchant, receiver.url(), KEY);
            standin.edit(merchant, EditKind.HOURS);

            receiver.next();

            assertThat(receiver.next().header("square-retry-reason")).isEqualTo("http_timeout");
        }
    }

    @Test
    void givesUpAfterTheLastRetry() throws Exception {
        try (Receiver receiver = Receiver.refusing(100, 503)) {
            standin.subscribe(merchant, receiver.url(), KEY);
            standin.edit(merchant, EditKind.HOURS);

            receiver.next();
            receiver.next();
            assertThat(receiver.next().header("square-retry-number")).isEqualTo("2");
            assertThat(receiver.isQuietFor(300)).isTrue();
            assertThat(standin.stats().at("/webhooks/failed").asInt()).isEqualTo(1);
            assertThat(standin.stats().at("/webhooks/waiting").asInt()).isZero();
        }
    }

    @Test
    void dropsAndDoublesEventsWhenToldTo() throws Exception {
        try (Receiver receiver = Receiver.open()) {
            standin.subscribe(merchant, receiver.url(), KEY);
            standin.setFaults(Faults.NONE.with(Counter.json("{'webhookDropRatio':1}")));
            standin.edit(merchant, EditKind.HOURS);
            assertThat(receiver.isQuietFor(200)).isTrue();

            standin.setFaults(Faults.NONE.with(Counter.json("{'webhookDuplicateRatio':1}")));
            standin.edit(merchant, EditKind.HOURS);

            assertThat(receiver.next().body()).isEqualTo(receiver.next().body());
        }
    }

    @Test
    void keepsEditingAtTheRateAskedFor() throws Exception {
        try (Receiver receiver = Receiver.open()) {
            standin.accounts().forEach(account -> standin.subscribe(account.merchantId(), receiver.url(), KEY));
            standin.setEditsPerSecond(100);

            for (int nth = 0; nth < 20; nth++) {
                receiver.next();
            }

            standin.setEditsPerSecond(0);
            assertThat(standin.stats().path("edits")).hasSizeGreaterThan(2);
        }
    }

    private static String signature(String key, String url, String body) {
        return WebhookSignature.of(
                key, url, Counter.json(body).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
