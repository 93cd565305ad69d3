package dev.tournant.deploy.standins.toast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private static final String MENUS = "/menus/v2/menus";

    private final ToastStandin standin = ToastStandin.start(Setup.quick());
    private final String restaurant = standin.restaurants().get(0);
    private Caller caller = Caller.without(standin);

    @BeforeEach
    void logIn() throws Exception {
        caller = Caller.of(standin);
    }

    @AfterEach
    void close() {
        standin.close();
    }

    private void faults(String json) {
        standin.setFaults(Faults.NONE.with(Setup.json(json)));
    }

    @Test
    void limitsRatesWithHeadersAndWithout() throws Exception {
        faults("{'rateLimitRatio':1}");
        Caller.Reply with = caller.get(MENUS);
        faults("{'rateLimitRatio':1,'rateLimitHeaders':false}");
        Caller.Reply without = caller.get(MENUS);

        assertThat(with.status()).isEqualTo(429);
        assertThat(with.header("Retry-After")).isEqualTo("1");
        assertThat(without.status()).isEqualTo(429);
        assertThat(without.header("Retry-After")).isEmpty();
        assertThat(without.header("X-Toast-RateLimit-Reset")).isEmpty();
    }

    @Test
    void answers503And500AndASpurious401() throws Exception {
        faults("{'unavailableRatio':1}");
        assertThat(caller.get(MENUS).status()).isEqualTo(503);
        faults("{'errorRatio':1}");
        assertThat(caller.get(MENUS).status()).isEqualTo(500);
        faults("{'unauthorizedRatio':1}");
        assertThat(caller.get(MENUS).status()).isEqualTo(401);
        faults("{}");
        assertThat(caller.get(MENUS).status()).isEqualTo(200);
    }

    @Test
    void losesTheAnswerToAWriteThatWasDone() throws Exception {
        String item = standin.edit(restaurant, EditKind.IN_STOCK).guid();
        faults("{'lostAnswerRatio':1}");
        Caller.Reply lost =
                caller.put("/stock/v1/inventory/update", "[{'guid':'" + item + "','status':'OUT_OF_STOCK'}]");

        assertThat(lost.status()).isEqualTo(500);
        assertThat(caller.get("/stock/v1/inventory?status=OUT_OF_STOCK").body().findValuesAsText("guid"))
                .contains(item);
    }

    @Test
    void breaksConnectionsInTheMiddleOfABody() {
        faults("{'resetRatio':1}");

        assertThatThrownBy(() -> caller.get(MENUS)).isInstanceOf(IOException.class);
        faults("{}");
    }

    @Test
    void sendsBodiesSlowlyButWhole() throws Exception {
        faults("{'slowBodyMs':300}");
        long before = System.nanoTime();
        Caller.Reply got = caller.get(MENUS);

        assertThat(got.body().path("menus")).isNotEmpty();
        assertThat((System.nanoTime() - before) / 1_000_000).isGreaterThanOrEqualTo(200);
    }

    @Test
    void waitsBeforeItLooksAtARequest() throws Exception {
        faults("{'latencyMs':150}");
        long before = System.nanoTime();
        caller.get(MENUS);

        assertThat((System.nanoTime() - before) / 1_000_000).isGreaterThanOrEqualTo(140);
    }
}
