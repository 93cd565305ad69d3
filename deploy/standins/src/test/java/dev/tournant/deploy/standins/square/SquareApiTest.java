package dev.tournant.deploy.standins.square;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.deploy.standins.core.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SquareApiTest {
    private final SquareStandin standin =
            SquareStandin.start(SquareSettings.defaults().withSellers(1).withItems(20));
    private final Caller caller =
            new Caller(standin.url(), standin.accounts().get(0).token());

    @AfterEach
    void close() {
        standin.close();
    }

    @Test
    void answersWhatItDoesNotKnowInSquaresErrorShape() throws Exception {
        Answer unknown = caller.get("/v2/payments");
        Answer notJson = caller.post("/v2/catalog/search", "nonsense");
        Answer nobody = new Caller(standin.url(), "nobody").get("/v2/locations");

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(Counter.code(unknown)).isEqualTo("NOT_FOUND");
        assertThat(notJson.status()).isEqualTo(400);
        assertThat(Counter.code(notJson)).isEqualTo("EXPECTED_JSON_BODY");
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.body().at("/errors/0/category").asText()).isEqualTo("AUTHENTICATION_ERROR");
    }

    @Test
    void letsOneCatalogUpdateThroughAtATime() {
        standin.setFaults(Faults.NONE.with(Counter.json("{'writeMs':300}")));

        List<CompletableFuture<Answer>> both = Stream.of("a", "b")
                .map(key -> caller.posted("/v2/catalog/batch-upsert", category(key)))
                .toList();

        assertThat(both.stream().map(CompletableFuture::join).map(Answer::status))
                .containsExactlyInAnyOrder(200, 429);
    }

    @Test
    void doesAWriteWhoseAnswerIsLostAndDoesItOnceForARepeatedKey() {
        standin.setFaults(Faults.NONE.with(Counter.json("{'lostAnswerRatio':1}")));
        Answer lost = caller.post("/v2/catalog/batch-upsert", category("once"));
        standin.setFaults(Faults.NONE);
        Answer again = caller.post("/v2/catalog/batch-upsert", category("once"));

        assertThat(lost.status()).isEqualTo(504);
        assertThat(again.status()).isEqualTo(200);
        assertThat(caller.post("/v2/catalog/search", "{'object_types':['CATEGORY']}")
                        .body()
                        .toString())
                .containsOnlyOnce("Category once");
    }

    @Test
    void admitsNoMoreThanTheLimitInASecond() {
        standin.setFaults(Faults.NONE.with(Counter.json("{'requestsPerSecondMax':3}")));

        List<CompletableFuture<Answer>> asked = IntStream.range(0, 10)
                .mapToObj(nth -> caller.posted("/v2/catalog/search", "{}"))
                .toList();
        List<Integer> statuses =
                asked.stream().map(CompletableFuture::join).map(Answer::status).toList();

        assertThat(statuses).contains(200, 429);
        assertThat(statuses.stream().filter(status -> status == 200).count()).isLessThanOrEqualTo(6);
    }

    @Test
    void takesNewHoursAndKeepsWhatWasNotNamed() throws Exception {
        String id = standin.accounts().get(0).locationIds().get(0);
        Answer before = caller.get("/v2/locations/" + id);

        Seller seller = standin.allSellers().get(0);
        seller.atomically(() -> new Locations(seller)
                .update(id, Counter.json("{'location':{'business_hours':{'periods':[]},'id':'OTHER'}}")));

        Answer after = caller.get("/v2/locations/" + id);
        assertThat(after.body().at("/location/business_hours/periods")).isEmpty();
        assertThat(after.body().at("/location/id").asText()).isEqualTo(id);
        assertThat(after.body().at("/location/timezone"))
                .isEqualTo(before.body().at("/location/timezone"));
    }

    private static String category(String key) {
        return ("{'idempotency_key':'%s','batches':[{'objects':[{'type':'CATEGORY','id':'#c',"
                        + "'category_data':{'name':'Category %s'}}]}]}")
                .formatted(key, key);
    }
}
