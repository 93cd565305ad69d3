package dev.tournant.deploy.standins.square;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.deploy.standins.core.Answer;
import dev.tournant.deploy.standins.core.Json;
import dev.tournant.deploy.standins.core.Receiver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private static final String LIST = "/v2/catalog/list";
    private static final String ITEM = "{'idempotency_key':'%s','object':{'type':'ITEM','id':'#tea','item_data':"
            + "{'name':'%s','variations':[{'type':'ITEM_VARIATION','id':'#cup','item_variation_data':"
            + "{'name':'Cup','pricing_type':'VARIABLE_PRICING'}}]}}}";

    private final SquareStandin standin =
            SquareStandin.start(SquareSettings.defaults().withSellers(1).withItems(150));
    private final SquareStandin.Account seller = standin.accounts().get(0);
    private final Caller caller = new Caller(standin.url(), seller.token());

    @AfterEach
    void close() {
        standin.close();
    }

    private void faults(String json) {
        standin.setFaults(Faults.NONE.with(Json.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                .orElseThrow()));
    }

    private static String code(Answer answer) {
        return answer.body().at("/errors/0/code").asText();
    }

    @Test
    void limitsRatesWithHeadersAndWithout() throws Exception {
        faults("{'rateLimitRatio':1,'rateLimitHeaders':true}");
        Answer with = caller.get(LIST);
        faults("{'rateLimitRatio':1}");
        Answer without = caller.get(LIST);

        assertThat(with.status()).isEqualTo(429);
        assertThat(with.headers()).containsEntry("Retry-After", "1");
        assertThat(without.status()).isEqualTo(429);
        assertThat(without.headers()).isEmpty();
    }

    @Test
    void refusesAGoodTokenNowAndThen() throws Exception {
        faults("{'unauthorizedRatio':1}");
        assertThat(code(caller.get(LIST))).isEqualTo("UNAUTHORIZED");
        faults("{}");
        assertThat(caller.get(LIST).status()).isEqualTo(200);
    }

    @Test
    void letsCursorsExpireWhereverTheyStand() throws Exception {
        String cursor = caller.get(LIST).body().path("cursor").asText();
        String search = "{'object_types':['ITEM'],'limit':10%s}";
        String found = caller.post("/v2/catalog/search", String.format(search, ""))
                .body()
                .path("cursor")
                .asText();
        faults("{'expiredCursorRatio':1}");

        assertThat(code(caller.get(LIST + "?cursor=" + cursor))).isEqualTo("INVALID_CURSOR");
        assertThat(code(caller.post("/v2/catalog/search", String.format(search, ",'cursor':'" + found + "'"))))
                .isEqualTo("INVALID_CURSOR");
        assertThat(caller.get(LIST).status()).as("a first page").isEqualTo(200);
        faults("{}");
        assertThat(caller.get(LIST + "?cursor=" + cursor).status())
                .as("the cursor itself stays good")
                .isEqualTo(200);
    }

    @Test
    void breaksTheConnectionAfterTheWrite() throws Exception {
        faults("{'resetRatio':1}");
        assertThatThrownBy(() -> caller.post("/v2/catalog/object", String.format(ITEM, "k1", "Broken tea")))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IOException.class);
        faults("{}");

        JsonNode truth =
                caller.get("/control/truth?seller=" + seller.merchantId()).body();
        assertThat(truth.path("objects").findValuesAsText("name")).contains("Broken tea");
    }

    @Test
    void sendsBodiesSlowlyButWhole() throws Exception {
        faults("{'slowBodyMs':300}");
        long before = System.nanoTime();
        Answer slow = caller.get(LIST);

        assertThat(slow.body().path("objects")).isNotEmpty();
        assertThat((System.nanoTime() - before) / 1_000_000).isGreaterThanOrEqualTo(200);
    }

    @Test
    void sendsWebhooksWithoutTheirSignature() throws Exception {
        try (Receiver receiver = Receiver.open()) {
            standin.subscribe(seller.merchantId(), receiver.url(), "key");
            faults("{'webhookUnsignedRatio':1}");
            standin.edit(seller.merchantId(), EditKind.COUNT);
            assertThat(receiver.next().header(WebhookSignature.HEADER)).isEmpty();
            faults("{}");
            standin.edit(seller.merchantId(), EditKind.COUNT);
            assertThat(receiver.next().header(WebhookSignature.HEADER)).isNotEmpty();
        }
    }
}
