package dev.tournant.deploy.standins.toast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final String METADATA = "/menus/v2/metadata";
    private static final String MENUS = "/menus/v2/menus";

    private final Clock clock = new Clock();
    private final ToastStandin standin =
            ToastStandin.start(Setup.quick().withLimits(new Limits(5, 12, 1, 2, 86_400)), clock);
    private Caller caller = Caller.without(standin);

    @BeforeEach
    void logIn() throws Exception {
        caller = Caller.of(standin);
    }

    @AfterEach
    void close() {
        standin.close();
    }

    @Test
    void saysInEveryAnswerHowMuchIsLeft() throws Exception {
        Caller.Reply got = caller.get(METADATA);
        Caller.Reply error = caller.get("/nowhere");

        assertThat(got.header("X-Toast-RateLimit-By")).isEqualTo("GLOBAL");
        assertThat(got.header("X-Toast-RateLimit-Remaining")).isEqualTo("4");
        assertThat(got.header("X-Toast-RateLimit-Reset"))
                .isEqualTo(Long.toString(clock.instant().getEpochSecond() + 1));
        assertThat(got.header("Retry-After")).isEmpty();
        assertThat(error.header("X-Toast-RateLimit-Remaining")).isEqualTo("3");
    }

    @Test
    void letsWholeMenusThroughOnceASecond() throws Exception {
        Caller.Reply first = caller.get(MENUS);
        Caller.Reply second = caller.get(MENUS);
        int metadata = caller.get(METADATA).status();
        int otherRestaurant = caller.at(standin.restaurants().get(1)).get(MENUS).status();
        int otherClient = Caller.of(standin, 1).get(MENUS).status();
        clock.pass(Duration.ofSeconds(1));

        assertThat(first.header("X-Toast-RateLimit-By")).isEqualTo("ENDPOINT");
        assertThat(first.header("X-Toast-RateLimit-Remaining")).isEqualTo("0");
        assertThat(second.status()).isEqualTo(429);
        assertThat(second.header("Retry-After")).isEqualTo("1");
        assertThat(second.header("X-Toast-RateLimit-By")).isEqualTo("ENDPOINT");
        assertThat(second.body().path("status").asInt()).isEqualTo(429);
        assertThat(metadata).isEqualTo(200);
        assertThat(otherRestaurant).isEqualTo(200);
        assertThat(otherClient).isEqualTo(200);
        assertThat(caller.get(MENUS).status()).isEqualTo(200);
    }

    @Test
    void countsSecondsAndQuartersOfAnHour() throws Exception {
        for (int second = 0; second < 2; second++) {
            for (int nth = 0; nth < 5; nth++) {
                assertThat(caller.get(METADATA).status()).isEqualTo(200);
            }
            assertThat(caller.get(METADATA).header("Retry-After")).isEqualTo("1");
            clock.pass(Duration.ofSeconds(1));
        }
        caller.get(METADATA);
        caller.get(METADATA);
        Caller.Reply exhausted = caller.get(METADATA);
        clock.pass(Duration.ofMinutes(15));

        assertThat(exhausted.status()).isEqualTo(429);
        assertThat(Integer.parseInt(exhausted.header("Retry-After"))).isEqualTo(898);
        assertThat(caller.get(METADATA).status()).isEqualTo(200);
    }

    @Test
    void countsByAddressWhereNoRestaurantIsNamed() throws Exception {
        // One was the login.
        for (int nth = 1; nth < 5; nth++) {
            assertThat(caller.at("").get(METADATA).status()).isEqualTo(400);
        }

        assertThat(Caller.without(standin).get(METADATA).status()).isEqualTo(429);
        assertThat(Caller.without(standin).login("a", "b").status()).isEqualTo(429);
        assertThat(caller.get(METADATA).status()).isEqualTo(200);
    }

    @Test
    void takesOtherLimitsWhileItRuns() throws Exception {
        caller.post("/control/limits", "{'menusPerSecondMax':2}");

        assertThat(caller.get(MENUS).status()).isEqualTo(200);
        assertThat(caller.get(MENUS).status()).isEqualTo(200);
        assertThat(caller.get(MENUS).status()).isEqualTo(429);
        assertThat(caller.get("/control/limits").body().path("perSecondMax").asInt())
                .isEqualTo(5);
        assertThat(caller.post("/control/limits", "{'perSecondMax':0}").status())
                .isEqualTo(400);
    }

    @Test
    void refusesALimitThatThereIsNot() throws Exception {
        Caller.Reply wrong = caller.post("/control/limits", "{'perSecondsMax':2}");

        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body().path("error").asText())
                .startsWith("there is no limit \"perSecondsMax\"; there are perSecondMax, perQuarterHourMax");
        assertThat(caller.post("/control/limits", "{'tokenSeconds':'x'}")
                        .body()
                        .path("error")
                        .asText())
                .isEqualTo("tokenSeconds is a whole number, not \"x\"");
    }
}
