package dev.tournant.deploy.standins.doordash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.deploy.standins.core.Receiver;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhooksTest {
    private final DoorDashStandin standin = DoorDashStandin.start(DoorDashSettings.defaults()
            .withJobs(Duration.ofMillis(10), Duration.ofSeconds(5))
            .withRetries(Duration.ofMillis(20), 2, Duration.ofSeconds(2)));
    private final Caller caller = new Caller(standin);
    private final String store = standin.storeIds().get(0);

    @AfterEach
    void close() {
        standin.close();
    }

    @Test
    void carriesTheStaticTokenAndServesAllStores() throws Exception {
        try (Receiver receiver = Receiver.open()) {
            caller.control("subscribe", "{'url':'" + receiver.url() + "','token':'ours'}");
            caller.push(Menus.menu(store, "ref-1"));
            Receiver.Delivery first = receiver.next();
            caller.push(Menus.menu(standin.storeIds().get(1), "ref-2"));
            Receiver.Delivery second = receiver.next();

            assertThat(first.header("Authorization")).isEqualTo("Bearer ours");
            assertThat(second.at("/store/merchant_supplied_id"))
                    .isEqualTo(standin.storeIds().get(1));
        }
    }

    @Test
    void hasOneEndpointAndNoMore() throws Exception {
        try (Receiver former = Receiver.open();
                Receiver present = Receiver.open()) {
            standin.subscribe(former.url(), "ours");
            standin.subscribe(present.url(), "ours");
            caller.push(Menus.menu(store, "ref-1"));
            present.next();

            assertThat(former.isEmpty()).isTrue();
            assertThat(caller.control("state").path("webhookUrl").asText()).isEqualTo(present.url());
        }
    }

    @Test
    void triesAgainAndGivesUp() throws Exception {
        try (Receiver receiver = Receiver.refusing(2, 503)) {
            standin.subscribe(receiver.url(), "ours");
            caller.push(Menus.menu(store, "ref-1"));
            String body = receiver.next().body();
            assertThat(receiver.next().body()).isEqualTo(body);
            assertThat(receiver.next().body()).isEqualTo(body);
            Caller.await(() -> counted("acked") == 1);
        }
        standin.subscribe("http://127.0.0.1:1/closed", "ours");
        caller.push(Menus.menu(store, "ref-2"));
        Caller.await(() -> counted("failed") == 1);
        assertThat(counted("waiting")).isZero();
    }

    @Test
    void losesAWebhookOnDemandButNotTheMenu() throws Exception {
        try (Receiver receiver = Receiver.open()) {
            standin.subscribe(receiver.url(), "ours");
            caller.control("faults", "{'webhookDropRatio':1}");
            caller.push(Menus.menu(store, "ref-1"));
            Caller.await(() -> counted("dropped") == 1);

            assertThat(receiver.isEmpty()).isTrue();
            assertThat(caller.get("stores/" + store + "/menu_details").body().path("menus"))
                    .hasSize(1);
        }
    }

    @Test
    void sendsAWebhookTwiceOrLateOrWithoutItsToken() throws Exception {
        try (Receiver receiver = Receiver.open()) {
            standin.subscribe(receiver.url(), "ours");
            caller.control("faults", "{'webhookDuplicateRatio':1,'webhookUnsignedRatio':1,'webhookDelayMs':120}");
            long before = System.nanoTime();
            caller.push(Menus.menu(store, "ref-1"));
            Receiver.Delivery first = receiver.next();
            long tookMs = (System.nanoTime() - before) / 1_000_000;
            Receiver.Delivery second = receiver.next();

            assertThat(first.header("Authorization")).isEmpty();
            assertThat(second.body()).isEqualTo(first.body());
            assertThat(tookMs).isGreaterThanOrEqualTo(120);
        }
    }

    private long counted(String what) {
        try {
            return caller.control("stats").path("webhooks").path(what).asLong();
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
