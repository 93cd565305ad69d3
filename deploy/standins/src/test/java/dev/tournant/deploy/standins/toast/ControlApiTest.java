package dev.tournant.deploy.standins.toast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.deploy.standins.core.Receiver;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlApiTest {
    private final ToastStandin standin = ToastStandin.start(Setup.quick());
    private final Caller control = Caller.without(standin);
    private final String restaurant = standin.restaurants().get(0);

    @AfterEach
    void close() {
        standin.close();
    }

    private Caller.Reply edit(String rest) throws Exception {
        return control.post("/control/edit", "{'restaurant':'" + restaurant + "'," + rest + "}");
    }

    @Test
    void tellsWhoThereIs() throws Exception {
        JsonNode state = control.get("/control/state").body();

        assertThat(state.path("clients")).hasSize(2);
        assertThat(state.at("/clients/0/clientSecret").asText())
                .isEqualTo(standin.clients().get(0).clientSecret());
        assertThat(state.path("restaurants")).hasSize(4);
        assertThat(state.at("/restaurants/0/guid").asText()).isEqualTo(restaurant);
        assertThat(state.at("/restaurants/0/items").asInt()).isEqualTo(60);
    }

    @Test
    void makesTheEditsItIsToldToAndSaysWhatIsTrue() throws Exception {
        String item = edit("'kind':'price'").body().path("guid").asText();
        JsonNode price =
                edit("'kind':'price','guid':'" + item + "','value':12.34").body();
        JsonNode unpublished =
                control.get("/control/truth?restaurant=" + restaurant).body();
        edit("'kind':'rename','guid':'" + item + "','value':'Sun dish','publish':true");
        JsonNode truth = control.get("/control/truth?restaurant=" + restaurant).body();

        assertThat(price.path("value").asDouble()).isEqualTo(12.34);
        assertThat(unpublished.path("draft").toString()).contains("12.34");
        assertThat(unpublished.path("published").toString()).doesNotContain("12.34");
        assertThat(truth.path("published").toString()).contains("12.34", "Sun dish");
        assertThat(truth.path("lastUpdated")).isEqualTo(truth.at("/published/lastUpdated"));
        assertThat(truth.path("stock")).isNotEmpty();
    }

    @Test
    void makesEveryKindOfEdit() {
        Arrays.stream(EditKind.values())
                .forEach(kind ->
                        assertThat(standin.edit(restaurant, kind).kind()).isEqualTo(kind));
    }

    @Test
    void saysWhatIsWrongWithARequest() throws Exception {
        assertThat(control.post("/control/edit", "{'restaurant':'x','kind':'price'}")
                        .status())
                .isEqualTo(404);
        assertThat(edit("'kind':'bake'").body().path("error").asText()).contains("out-of-stock");
        assertThat(edit("'kind':'price','guid':'none'").status()).isEqualTo(404);
        assertThat(control.post("/control/faults", "{'errorRatio':2}").status()).isEqualTo(400);
        assertThat(control.post("/control/faults", "{'errorRation':1}").status())
                .isEqualTo(400);
        assertThat(control.post("/control/rate", "{}").status()).isEqualTo(400);
        assertThat(control.post("/control/seed", "{}").status()).isEqualTo(400);
        assertThat(control.post("/control/subscribe", "{'category':'x','url':'http://a','secret':'s'}")
                        .status())
                .isEqualTo(400);
        assertThat(control.get("/control/nothing").status()).isEqualTo(404);
        assertThat(control.get("/control/truth?restaurant=x").status()).isEqualTo(404);
    }

    @Test
    void changesRateAndFaultsFieldByField() throws Exception {
        control.post("/control/rate", "{'editsPerSecond':0.5}");
        control.post("/control/faults", "{'errorRatio':0.25}");
        JsonNode faults = control.post("/control/faults", "{'latencyMs':5,'rateLimitHeaders':false}")
                .body();

        assertThat(standin.editsPerSecond()).isEqualTo(0.5);
        assertThat(faults.path("errorRatio").asDouble()).isEqualTo(0.25);
        assertThat(faults.path("rateLimitHeaders").asBoolean()).isFalse();
        assertThat(control.get("/control/faults").body()).isEqualTo(faults);
    }

    @Test
    void subscribesAndCountsWhatHappens() throws Exception {
        try (Receiver receiver = Receiver.open()) {
            control.post("/control/subscribe", "{'category':'menus','url':'http://127.0.0.1:9/a','secret':'s'}");
            control.post(
                    "/control/subscribe",
                    "{'category':'menus','url':'" + receiver.url() + "','secret':'s','only':true}");
            edit("'kind':'publish'");
            receiver.next();
            Caller.of(standin).get("/menus/v2/metadata");

            JsonNode stats = control.get("/control/stats").body();

            assertThat(control.get("/control/state").body().path("subscriptions"))
                    .hasSize(1);
            assertThat(stats.at("/edits/publish").asInt()).isEqualTo(1);
            assertThat(stats.at("/webhooks/sent").asInt()).isEqualTo(1);
            assertThat(stats.path("requests").path("GET /menus/v2/metadata").asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void opensTheSameRestaurantsFromTheSameSeed() throws Exception {
        JsonNode first = control.get("/control/truth?restaurant=" + restaurant).body();
        control.post("/control/seed", "{'seed':7}");
        String other = standin.restaurants().get(0);
        control.post("/control/seed", "{'seed':1}");

        assertThat(other).isNotEqualTo(restaurant);
        assertThat(control.get("/control/truth?restaurant=" + restaurant).body())
                .isEqualTo(first);
        assertThat(Caller.of(standin).get("/menus/v2/menus").body()).isEqualTo(first.path("published"));
    }
}
