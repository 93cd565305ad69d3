package dev.tournant.deploy.standins.square;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.deploy.standins.core.Json;
import dev.tournant.deploy.standins.core.Receiver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlApiTest {
    private final SquareStandin standin =
            SquareStandin.start(SquareSettings.defaults().withSellers(2).withItems(20));
    private final Caller control = new Caller(standin.url(), "");
    private final String merchant = standin.accounts().get(0).merchantId();

    @AfterEach
    void close() {
        standin.close();
    }

    @Test
    void tellsWhoTheSellersAre() throws Exception {
        JsonNode seller = control.get("/control/state").body().at("/sellers/0");

        assertThat(seller.path("merchantId").asText()).isEqualTo(merchant);
        assertThat(seller.path("token").asText())
                .isEqualTo(standin.accounts().get(0).token());
        assertThat(seller.path("locations")).isNotEmpty();
        assertThat(seller.at("/objects/ITEM").asInt()).isEqualTo(20);
        assertThat(seller.path("version").asLong()).isPositive();
    }

    @Test
    void makesAnEditAndSaysWhatIsTrueNow() throws Exception {
        JsonNode edit = control.post("/control/edit", "{'seller':'" + merchant + "','kind':'rename'}")
                .body();

        JsonNode truth = control.get("/control/truth?seller=" + merchant).body();
        String name = Json.objectsOf(truth.path("objects")).stream()
                .filter(object -> Shape.id(object).equals(edit.path("objectId").asText()))
                .map(object -> object.at("/item_data/name").asText())
                .findFirst()
                .orElseThrow();
        assertThat(edit.path("value").asText()).isEqualTo(name);
        assertThat(truth.path("version")).isEqualTo(edit.path("version"));
    }

    @Test
    void editsTheObjectItIsToldTo() throws Exception {
        JsonNode truth = control.get("/control/truth?seller=" + merchant).body();
        String item = Json.objectsOf(truth.path("objects")).stream()
                .filter(object -> Shape.type(object).equals(Shape.ITEM))
                .map(Shape::id)
                .reduce((first, second) -> second)
                .orElseThrow();

        JsonNode edit = control.post(
                        "/control/edit", "{'seller':'" + merchant + "','kind':'delete-item','objectId':'" + item + "'}")
                .body();

        assertThat(edit.path("objectId").asText()).isEqualTo(item);
    }

    @Test
    void addsManyItemsWithTheirModifiersInOneWriteOfWhichOneWebhookTells() throws Exception {
        try (Receiver receiver = Receiver.open()) {
            standin.subscribe(merchant, receiver.url(), "k");
            JsonNode before = control.get("/control/state").body().at("/sellers/0/objects");

            JsonNode added = control.post("/control/items", "{'seller':'" + merchant + "','items':250}")
                    .body();
            receiver.next();

            JsonNode seller = control.get("/control/state").body().at("/sellers/0");
            assertThat(added.path("added").asInt()).isEqualTo(250);
            assertThat(seller.path("version")).isEqualTo(added.path("version"));
            assertThat(seller.at("/objects/ITEM").asInt()).isEqualTo(270);
            // One choice of modifiers for every hundred.
            assertThat(seller.at("/objects/MODIFIER").asInt())
                    .isEqualTo(4 * before.path("MODIFIER").asInt());
            assertThat(control.get("/control/stats")
                            .body()
                            .at("/webhooks/raised")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void changesRateAndFaultsFieldByField() throws Exception {
        assertThat(control.post("/control/rate", "{'editsPerSecond':0.5}")
                        .body()
                        .path("editsPerSecond")
                        .asDouble())
                .isEqualTo(0.5);
        control.post("/control/faults", "{'errorRatio':0.25}");
        JsonNode faults = control.post("/control/faults", "{'latencyMs':5}").body();

        assertThat(faults.path("errorRatio").asDouble()).isEqualTo(0.25);
        assertThat(faults.path("latencyMs").asLong()).isEqualTo(5);
        assertThat(control.get("/control/faults").body()).isEqualTo(faults);
    }

    @Test
    void saysWhatIsWrongWithARequest() {
        assertThat(control.post("/control/edit", "{'seller':'x','kind':'price'}")
                        .status())
                .isEqualTo(404);
        assertThat(control.post("/control/edit", "{'seller':'" + merchant + "','kind':'bake'}")
                        .body()
                        .toString())
                .contains("sold-out");
        assertThat(control.post("/control/edit", "{'seller':'" + merchant + "','kind':'price','objectId':'NOSUCH'}")
                        .status())
                .isEqualTo(404);
        assertThat(control.post("/control/faults", "{'errorRatio':2}").status()).isEqualTo(400);
        assertThat(control.post("/control/faults", "{'errorRation':1}").status())
                .isEqualTo(400);
        assertThat(control.post("/control/rate", "{}").status()).isEqualTo(400);
        assertThat(control.post("/control/items", "{'seller':'x','items':1}").status())
                .isEqualTo(404);
        assertThat(control.post("/control/items", "{'seller':'" + merchant + "','items':5001}")
                        .status())
                .isEqualTo(400);
        assertThat(control.post("/control/subscribe", "{'seller':'*','url':'ftp://x','signatureKey':'k'}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void subscribesAllSellersAtOnceAndCountsWhatHappens() throws Exception {
        try (Receiver receiver = Receiver.open()) {
            JsonNode subscribed = control.post(
                            "/control/subscribe", "{'seller':'*','url':'" + receiver.url() + "','signatureKey':'k'}")
                    .body();
            control.post("/control/edit", "{'seller':'" + merchant + "','kind':'hours'}");
            receiver.next();
            new Caller(standin.url(), standin.accounts().get(0).token()).get("/v2/locations");

            JsonNode stats = control.get("/control/stats").body();

            assertThat(subscribed.path("subscribed").asInt()).isEqualTo(2);
            assertThat(stats.at("/edits/hours").asInt()).isEqualTo(1);
            assertThat(stats.at("/webhooks/sent").asInt()).isEqualTo(1);
            assertThat(stats.path("requests").path("GET /v2/locations").asInt()).isEqualTo(1);
        }
    }

    @Test
    void endsOtherSubscriptionsWhenOneIsToBeTheOnlyOne() throws Exception {
        String subscribe = "{'seller':'" + merchant + "','url':'http://127.0.0.1:9/%s','signatureKey':'k'%s}";
        control.post("/control/subscribe", String.format(subscribe, "a", ""));
        control.post("/control/subscribe", String.format(subscribe, "b", ""));
        control.post("/control/subscribe", String.format(subscribe, "c", ",'only':true"));
        control.post("/control/subscribe", String.format(subscribe, "c", ""));

        JsonNode subscriptions = control.get("/control/state").body().at("/sellers/0/subscriptions");
        assertThat(subscriptions).hasSize(1);
        assertThat(subscriptions.path(0).asText()).endsWith("/c");
    }
}
