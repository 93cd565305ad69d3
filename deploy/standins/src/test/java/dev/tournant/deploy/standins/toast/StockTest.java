package dev.tournant.deploy.standins.toast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StockTest {
    private static final String INVENTORY = "/stock/v1/inventory";
    private static final String SEARCH = "/stock/v1/inventory/search";
    private static final String UPDATE = "/stock/v1/inventory/update";

    private final ToastStandin standin = ToastStandin.start(Setup.quick());
    private final String restaurant = standin.restaurants().get(0);
    private final String item = standin.edit(restaurant, EditKind.RENAME).guid();
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
    void saysNothingOfWhatIsInStock() throws Exception {
        JsonNode seeded = caller.get(INVENTORY).body();
        standin.edit(restaurant, EditKind.IN_STOCK, item, IntNode.valueOf(0));

        assertThat(seeded).isNotEmpty();
        assertThat(seeded.findValuesAsText("status")).doesNotContain("IN_STOCK").contains("QUANTITY", "OUT_OF_STOCK");
        assertThat(caller.get(INVENTORY).body().findValuesAsText("guid")).doesNotContain(item);
        JsonNode found =
                caller.post(SEARCH, "{'guids':['" + item + "']}").body().path(0);
        assertThat(found.path("status").asText()).isEqualTo("IN_STOCK");
        assertThat(found.path("quantity").isNull()).isTrue();
        assertThat(found.path("itemGuidValidity").asText()).isEqualTo("VALID");
    }

    @Test
    void narrowsByStatus() throws Exception {
        assertThat(caller.get(INVENTORY + "?status=QUANTITY").body().findValuesAsText("status"))
                .containsOnly("QUANTITY");
        assertThat(caller.get(INVENTORY + "?status=OUT_OF_STOCK").body().findValuesAsText("status"))
                .containsOnly("OUT_OF_STOCK");
        assertThat(caller.get(INVENTORY + "?status=PERHAPS").status()).isEqualTo(400);
    }

    @Test
    void setsStockAtOnceAndMarksWhatItDoesNotKnow() throws Exception {
        Caller.Reply got = caller.put(
                UPDATE,
                "[{'guid':'" + item + "','status':'QUANTITY','quantity':2.5},"
                        + "{'guid':'nobody','status':'OUT_OF_STOCK'}]");

        assertThat(got.status()).isEqualTo(200);
        assertThat(got.body().at("/0/itemGuidValidity").asText()).isEqualTo("VALID");
        assertThat(got.body().at("/1/itemGuidValidity").asText()).isEqualTo("INVALID");
        JsonNode now = StreamSupport.stream(caller.get(INVENTORY).body().spliterator(), false)
                .filter(each -> each.path("guid").asText().equals(item))
                .findFirst()
                .orElseThrow();
        assertThat(now.path("quantity").asDouble()).isEqualTo(2.5);
    }

    @Test
    void knowsItemsByTheirMultiLocationIdToo() throws Exception {
        String id = caller.post(SEARCH, "{'guids':['" + item + "']}")
                .body()
                .at("/0/multiLocationId")
                .asText();
        caller.put(UPDATE, "[{'multiLocationId':'" + id + "','status':'OUT_OF_STOCK'}]");

        JsonNode found =
                caller.post(SEARCH, "{'multiLocationIds':['" + id + "','1']}").body();

        assertThat(found.findValuesAsText("itemGuidValidity")).containsExactlyInAnyOrder("VALID", "INVALID");
        assertThat(found.findValuesAsText("status")).contains("OUT_OF_STOCK");
    }

    @Test
    void takesNoneLeftForOutOfStock() throws Exception {
        JsonNode done = caller.put(UPDATE, "[{'guid':'" + item + "','status':'QUANTITY','quantity':0}]")
                .body();

        assertThat(done.at("/0/status").asText()).isEqualTo("OUT_OF_STOCK");
        assertThat(done.at("/0/quantity").isNull()).isTrue();
    }

    @Test
    void refusesWhatIsNoUpdate() throws Exception {
        assertThat(caller.put(UPDATE, "{}").status()).isEqualTo(400);
        assertThat(caller.put(UPDATE, "[{'guid':'" + item + "','status':'QUANTITY'}]")
                        .body()
                        .path("fieldName")
                        .asText())
                .isEqualTo("quantity");
        assertThat(caller.put(UPDATE, "[{'guid':'" + item + "','status':'MANY'}]")
                        .status())
                .isEqualTo(400);
        assertThat(caller.put(UPDATE, "[").status()).isEqualTo(400);
        assertThat(caller.post(SEARCH, "{}").status()).isEqualTo(400);
    }
}
