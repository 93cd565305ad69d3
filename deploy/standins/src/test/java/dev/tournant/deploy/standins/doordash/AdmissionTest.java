package dev.tournant.deploy.standins.doordash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final DoorDashStandin standin = DoorDashStandin.start(DoorDashSettings.defaults()
            .withLimit(3, Duration.ofMinutes(1))
            .withJobs(Duration.ofMillis(5), Duration.ofSeconds(5)));
    private final Caller caller = new Caller(standin);
    private final String store = standin.storeIds().get(0);
    private final String path = "stores/" + store + "/store_details";

    @AfterEach
    void close() {
        standin.close();
    }

    @Test
    void admitsSoManyRequestsForEachKey() throws Exception {
        for (int at = 0; at < 3; at++) {
            assertThat(caller.get(path).status()).isEqualTo(200);
        }
        Caller.Reply refused = caller.get(path);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.body().path("code").asText()).isEqualTo("request_rate_limited");
        assertThat(refused.header("Retry-After")).isEmpty();
        assertThat(new Caller(standin, 1).get(path).status()).isEqualTo(200);
    }

    @Test
    void saysOnDemandWhenToComeAgain() throws Exception {
        caller.control("faults", "{'rateLimitRatio':1,'rateLimitHeaders':true}");
        Caller.Reply drawn = caller.get(path);
        caller.get(path);
        caller.get(path);
        Caller.Reply counted = caller.get(path);

        assertThat(drawn.status()).isEqualTo(429);
        assertThat(drawn.header("Retry-After")).hasValue("1");
        assertThat(Integer.parseInt(counted.header("Retry-After").orElseThrow()))
                .isBetween(50, 61);
        assertThat(counted.header("X-RateLimit-Limit")).hasValue("3");
        assertThat(counted.header("X-RateLimit-Remaining")).hasValue("0");
    }

    @Test
    void doesAWriteWhoseAnswerIsLost() throws Exception {
        caller.control("faults", "{'lostAnswerRatio':1}");

        assertThat(caller.push(Menus.menu(store, "ref-1")).status()).isEqualTo(504);
        Caller.await(() -> menus() == 1);
    }

    @Test
    void cutsTheConnectionAfterTheWrite() throws Exception {
        caller.control("faults", "{'resetRatio':1}");

        assertThatThrownBy(() -> caller.push(Menus.menu(store, "ref-1"))).isInstanceOf(IOException.class);
        Caller.await(() -> menus() == 1);
    }

    @Test
    void refusesAGoodTokenOnDemandAndDoesNothing() throws Exception {
        caller.control("faults", "{'unauthorizedRatio':1}");
        assertThat(caller.push(Menus.menu(store, "ref-1")).status()).isEqualTo(401);
        caller.control("faults", "{'unauthorizedRatio':0,'errorRatio':1}");
        assertThat(caller.push(Menus.menu(store, "ref-1")).status()).isEqualTo(500);
        caller.control("faults", "{'errorRatio':0}");

        assertThat(caller.truth(store).path("pending_jobs")).isEmpty();
        assertThat(caller.push(Menus.menu(store, "ref-1")).status()).isEqualTo(202);
        assertThat(caller.control("stats").at("/refusals/401").asInt()).isEqualTo(1);
    }

    @Test
    void takesItsTimeOnDemand() throws Exception {
        caller.control("faults", "{'slowBodyMs':240}");
        long before = System.nanoTime();
        Caller.Reply slow = caller.get(path);
        caller.control("faults", "{'slowBodyMs':0,'latencyMs':80}");
        long between = System.nanoTime();
        Caller.Reply late = caller.get(path);

        assertThat(slow.status()).isEqualTo(200);
        assertThat(slow.body().path("merchant_supplied_id").asText()).isEqualTo(store);
        assertThat((between - before) / 1_000_000).isGreaterThanOrEqualTo(150);
        assertThat(late.status()).isEqualTo(200);
        assertThat((System.nanoTime() - between) / 1_000_000).isGreaterThanOrEqualTo(80);
    }

    private int menus() {
        return standin.store(store).orElseThrow().truth().path("menus").size();
    }
}
