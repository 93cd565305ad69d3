package dev.tournant.deploy.standins.toast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoginTest {
    private final Clock clock = new Clock();
    private final ToastStandin standin = ToastStandin.start(
            Setup.quick().withLimits(Limits.PUBLISHED.with(Setup.json("{'tokenSeconds':5000}"))), clock);
    private final Caller caller = Caller.without(standin);
    private final ToastStandin.Client client = standin.clients().get(0);

    @AfterEach
    void close() {
        standin.close();
    }

    @Test
    void givesATokenUnderToastsOwnNames() throws Exception {
        Caller.Reply got = caller.login(client);

        assertThat(got.status()).isEqualTo(200);
        assertThat(got.body().path("status").asText()).isEqualTo("SUCCESS");
        assertThat(got.body().at("/token/tokenType").asText()).isEqualTo("Bearer");
        assertThat(got.body().at("/token/expiresIn").asInt()).isEqualTo(5_000);
        assertThat(got.body().at("/token/accessToken").asText().split("\\.")).hasSize(3);
        assertThat(got.body().has("access_token")).isFalse();
    }

    @Test
    void tellsWhoSteersItWhatItGave() throws Exception {
        assertThat(caller.get("/control/tokens").body().path("issued")).isEmpty();
        String token = caller.login(client).body().at("/token/accessToken").asText();

        assertThat(caller.get("/control/tokens").body().path("issued"))
                .extracting(JsonNode::asText)
                .containsExactly(token);
    }

    @Test
    void refusesWrongCredentialsAndOtherAccessTypes() throws Exception {
        assertThat(caller.login(client.clientId(), "guess").status()).isEqualTo(401);
        assertThat(caller.post("/authentication/v1/authentication/login", "{'clientId':'a','clientSecret':'b'}")
                        .body()
                        .path("fieldName")
                        .asText())
                .isEqualTo("userAccessType");
        assertThat(caller.post("/authentication/v1/authentication/login", "no json")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void refusesAThirdLoginWithinAnHour() throws Exception {
        caller.login(client);
        caller.login(client);
        Caller.Reply third = caller.login(client);
        clock.pass(Duration.ofMinutes(61));

        assertThat(third.status()).isEqualTo(429);
        assertThat(third.header("Retry-After")).isEqualTo("3600");
        assertThat(third.header("X-Toast-RateLimit-By")).isEqualTo("ENDPOINT");
        assertThat(caller.login(client).status()).isEqualTo(200);
    }

    @Test
    void takesATokenUntilItExpires() throws Exception {
        Caller known = Caller.of(standin);
        int before = known.get("/menus/v2/metadata").status();
        clock.pass(Duration.ofSeconds(5_001));
        Caller.Reply after = known.get("/menus/v2/metadata");

        assertThat(before).isEqualTo(200);
        assertThat(after.status()).isEqualTo(401);
        assertThat(after.body().path("requestId").asText()).isNotEmpty();
    }

    @Test
    void refusesATokenThatItDidNotGive() throws Exception {
        Caller known = Caller.of(standin);

        assertThat(known.withToken(known.token() + "x")
                        .get("/menus/v2/metadata")
                        .status())
                .isEqualTo(401);
        assertThat(known.withToken("a.b.c").get("/menus/v2/metadata").status()).isEqualTo(401);
        assertThat(known.withToken("nonsense").get("/menus/v2/metadata").status())
                .isEqualTo(401);
    }
}
