package dev.tournant.deploy.standins.square;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.deploy.standins.core.Answer;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GrantsTest {
    private final SquareStandin standin =
            SquareStandin.start(SquareSettings.defaults().withSellers(2).withItems(5));
    private final Caller caller = new Caller(standin.url(), "");
    private final SquareStandin.Account seller = standin.accounts().get(1);

    @AfterEach
    void close() {
        standin.close();
    }

    private Answer ask(String grant, String field, String value) {
        return caller.post(
                "/oauth2/token",
                String.format(
                        "{'client_id':'%s','client_secret':'%s','grant_type':'%s','%s':'%s'}",
                        standin.application().id(), standin.application().secret(), grant, field, value));
    }

    private JsonNode consented() {
        String code = caller.post("/control/code", "{'seller':'" + seller.merchantId() + "'}")
                .body()
                .path("code")
                .asText();
        return ask("authorization_code", "code", code).body();
    }

    private Answer locations(JsonNode token) throws Exception {
        return new Caller(standin.url(), token.path("access_token").asText()).get("/v2/locations");
    }

    @Test
    void aCodeGivesATokenThatOpensTheSellersData() throws Exception {
        JsonNode token = consented();

        assertThat(token.path("merchant_id").asText()).isEqualTo(seller.merchantId());
        assertThat(Instant.parse(token.path("expires_at").asText())).isAfter(Instant.now());
        assertThat(locations(token).body().at("/locations/0/id").asText())
                .isEqualTo(seller.locationIds().get(0));
        assertThat(new Caller(standin.url(), seller.token())
                        .get("/v2/locations")
                        .status())
                .as("the token from the start")
                .isEqualTo(200);
    }

    @Test
    void aCodeAndARefreshTokenAreGoodOnce() throws Exception {
        String code = standin.code(seller.merchantId());
        JsonNode first = ask("authorization_code", "code", code).body();
        assertThat(ask("authorization_code", "code", code).status()).isEqualTo(401);

        String refresh = first.path("refresh_token").asText();
        JsonNode second = ask("refresh_token", "refresh_token", refresh).body();
        Answer again = ask("refresh_token", "refresh_token", refresh);

        assertThat(again.status()).isEqualTo(401);
        assertThat(again.body().path("type").asText()).isEqualTo("unauthorized");
        assertThat(locations(second).status()).isEqualTo(200);
        assertThat(second.path("refresh_token").asText()).isNotEqualTo(refresh);
    }

    @Test
    void aRefreshTokenStaysGoodIfToldSo() {
        caller.post("/control/tokens", "{'rotates':false}");
        String refresh = consented().path("refresh_token").asText();
        IntStream.range(0, 3)
                .forEach(nth -> assertThat(
                                ask("refresh_token", "refresh_token", refresh).status())
                        .isEqualTo(200));
    }

    @Test
    void refusesAnExpiredAndARevokedToken() throws Exception {
        standin.setTokenRules(new TokenRules(1, true, 0));
        JsonNode expired = consented();
        Instant end = Instant.parse(expired.path("expires_at").asText());
        while (!Instant.now().isAfter(end)) {
            Thread.onSpinWait();
        }
        assertThat(locations(expired).status()).isEqualTo(401);

        standin.setTokenRules(TokenRules.DEFAULTS);
        JsonNode revoked = consented();
        caller.post("/control/revoke", "{'seller':'" + seller.merchantId() + "'}");
        assertThat(locations(revoked).status()).isEqualTo(401);
        assertThat(ask(
                                "refresh_token",
                                "refresh_token",
                                revoked.path("refresh_token").asText())
                        .status())
                .isEqualTo(401);
    }

    @Test
    void theQuotaOfTokensHasAnErrorOfItsOwnShape() {
        assertThat(caller.post("/control/tokens", "{'quotaRatio':1}")
                        .body()
                        .path("lifeMs")
                        .asLong())
                .isEqualTo(TokenRules.DEFAULTS.lifeMs());
        Answer refused = ask("authorization_code", "code", standin.code(seller.merchantId()));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.body().path("type").asText()).isEqualTo("too_many_requests");
        assertThat(refused.body().has("errors")).isFalse();
    }

    @Test
    void refusesARuleThatThereIsNot() {
        Answer wrong = caller.post("/control/tokens", "{'rotate':false}");

        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body().path("error").asText())
                .isEqualTo("there is no rule of tokens \"rotate\"; there are lifeMs, rotates, quotaRatio");
        assertThat(caller.post("/control/tokens", "{'lifeMs':5000000000}")
                        .body()
                        .path("lifeMs")
                        .asLong())
                .isEqualTo(5_000_000_000L);
    }

    @Test
    void refusesAWrongClientAndWhatItDoesNotKnow() {
        Answer wrong =
                caller.post("/oauth2/token", "{'client_id':'x','client_secret':'y','grant_type':'refresh_token'}");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(ask("password", "code", "x").status()).isEqualTo(400);
        assertThat(caller.post("/oauth2/token", "[]").status()).isEqualTo(400);
        assertThat(caller.post("/control/code", "{'seller':'x'}").status()).isEqualTo(404);
        assertThat(caller.post("/control/revoke", "{'seller':'x'}").status()).isEqualTo(404);
        assertThat(caller.post("/control/tokens", "{'quotaRatio':2}").status()).isEqualTo(400);
    }
}
