package dev.tournant.deploy.standins.doordash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Json;
import dev.tournant.deploy.standins.core.Receiver;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PullTest {
    private final DoorDashStandin standin = DoorDashStandin.start(DoorDashSettings.defaults()
            .withJobs(Duration.ofMillis(5), Duration.ofSeconds(5))
            .withRetries(Duration.ofMillis(20), 0, Duration.ofSeconds(2)));
    private final Caller caller = new Caller(standin);
    private final String store = standin.storeIds().get(0);

    @AfterEach
    void close() {
        standin.close();
    }

    @Test
    void asksForTheStoreWithItsTokenAndShowsWhatItRead() throws Exception {
        ObjectNode answer = answer(store, List.of(Menus.pulled("ref-1")));
        try (Receiver merchant = Receiver.answering(200, answer.toString())) {
            JsonNode told = pull(merchant.plainUrl(), false);
            Receiver.Delivery asked = merchant.next();

            assertThat(asked.path()).isEqualTo("/hooks/" + store);
            assertThat(asked.header("Authorization")).isEqualTo("Bearer theirs");
            assertThat(told.path("status").asInt()).isEqualTo(200);
            assertThat(told.path("problems")).isEmpty();
            assertThat(told.path("body")).isEqualTo(answer);
            assertThat(told.path("references")).isEmpty();
            assertThat(caller.truth(store).path("menus")).isEmpty();
        }
    }

    @Test
    void makesJobsOfWhatItReadIfTold() throws Exception {
        ObjectNode answer = answer(store, List.of(Menus.pulled("ref-1"), Menus.pulled("ref-2")));
        try (Receiver merchant = Receiver.answering(200, answer.toString())) {
            assertThat(pull(merchant.plainUrl(), true).path("references")).hasSize(2);
            settled();
        }
        String id = caller.truth(store).at("/menus/0/id").asText();
        ObjectNode update = answer(store, List.of(Menus.pulled("ref-3").put("id", id)));
        try (Receiver merchant = Receiver.answering(200, update.toString())) {
            pull(merchant.plainUrl(), true);
            settled();
        }

        JsonNode truth = caller.truth(store);
        assertThat(truth.path("menus")).hasSize(2);
        assertThat(truth.at("/menus/0/reference").asText()).isEqualTo("ref-3");
        assertThat(truth.at("/ended_jobs/2/event/type").asText()).isEqualTo("MenuUpdate");
    }

    @Test
    void wantsAnArrayAlsoForOneMenu() throws Exception {
        ObjectNode answer = answer(store, List.of());
        answer.set("menus", Menus.pulled("ref-1"));

        assertThat(problem(200, answer.toString())).isEqualTo("menus");
    }

    @Test
    void namesTheFieldThatIsWrong() throws Exception {
        ObjectNode element = Menus.pulled("ref-1");
        Menus.item(element, 1).put("price", 7.5);

        assertThat(problem(
                        200,
                        answer(store, List.of(Menus.pulled("ref-0"), element)).toString()))
                .isEqualTo("menus[1].menu.categories[0].items[1].price");
        assertThat(problem(200, answer("other", List.of()).toString())).isEqualTo("store.merchant_supplied_id");
        assertThat(problem(
                        200,
                        answer(store, List.of(Menus.pulled("r").put("id", "none")))
                                .toString()))
                .isEqualTo("menus[0].id");
    }

    @Test
    void saysWhenThereIsNoGoodAnswer() throws Exception {
        assertThat(problem(503, "{'error':'later'}")).isEmpty();
        JsonNode nobody = pull("http://127.0.0.1:1/menus", true);
        assertThat(nobody.path("status").asInt()).isZero();
        assertThat(nobody.path("problems")).hasSize(1);
    }

    private String problem(int status, String answer) throws IOException, InterruptedException {
        try (Receiver merchant = Receiver.answering(status, answer)) {
            JsonNode told = pull(merchant.plainUrl(), true);
            assertThat(told.path("status").asInt()).isEqualTo(status);
            assertThat(told.path("references")).isEmpty();
            assertThat(told.path("problems")).hasSize(1);
            return told.at("/problems/0/field").asText();
        }
    }

    private JsonNode pull(String url, boolean ingest) throws IOException, InterruptedException {
        return caller.control(
                        "pull",
                        "{'store':'" + store + "','url':'" + url + "','token':'theirs','ingest':" + ingest + "}")
                .body();
    }

    private void settled() {
        Store known = standin.store(store).orElseThrow();
        Caller.await(() -> known.truth().path("pending_jobs").isEmpty());
    }

    private static ObjectNode answer(String store, List<ObjectNode> menus) {
        ObjectNode answer = Json.object();
        answer.putObject("store").put("merchant_supplied_id", store).put("provider_type", "tournant");
        answer.set("menus", Json.array(menus));
        return answer;
    }
}
