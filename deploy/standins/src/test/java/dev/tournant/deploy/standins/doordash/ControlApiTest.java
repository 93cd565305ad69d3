package dev.tournant.deploy.standins.doordash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlApiTest {
    private static final DoorDashSettings SETTINGS =
            DoorDashSettings.defaults().withSeed(7).withJobs(Duration.ofMillis(5), Duration.ofSeconds(5));
    private final DoorDashStandin standin = DoorDashStandin.start(SETTINGS);
    private final Caller caller = new Caller(standin);
    private final String store = standin.storeIds().get(0);

    @AfterEach
    void close() {
        standin.close();
    }

    @Test
    void tellsKeysAndStores() throws Exception {
        JsonNode state = caller.control("state");

        assertThat(state.path("providerType").asText()).isEqualTo("tournant");
        assertThat(state.path("keys")).hasSize(2);
        assertThat(state.at("/keys/0/signingSecret").asText())
                .isEqualTo(standin.keys().get(0).signingSecret());
        assertThat(state.path("stores")).hasSize(3);
        assertThat(state.at("/stores/0/merchantSuppliedId").asText()).isEqualTo(store);
        assertThat(standin.keys().get(0).toString())
                .doesNotContain(standin.keys().get(0).signingSecret());
    }

    @Test
    void givesTheSameIdsForTheSameSeed() throws Exception {
        pushed();
        String menuId = caller.truth(store).at("/menus/0/id").asText();
        try (DoorDashStandin twin = DoorDashStandin.start(SETTINGS);
                DoorDashStandin other = DoorDashStandin.start(SETTINGS.withSeed(8))) {
            assertThat(twin.keys()).isEqualTo(standin.keys());
            assertThat(twin.storeIds()).isEqualTo(standin.storeIds());
            assertThat(other.keys()).isNotEqualTo(standin.keys());
            assertThat(other.storeIds()).isNotEqualTo(standin.storeIds());
            new Caller(twin).push(Menus.menu(store, "ref-1"));
            Store known = twin.store(store).orElseThrow();
            Caller.await(() -> known.truth().path("ended_jobs").size() == 1);
            assertThat(known.hasMenu(menuId)).isTrue();
        }
    }

    @Test
    void editsBehindTheBackOfWhoeverPushed() throws Exception {
        pushed();
        JsonNode price = edit("{'store':'%s','kind':'price','itemId':'soup','value':'925'}")
                .body();
        edit("{'store':'%s','kind':'rename','itemId':'burger','value':'Big Burger'}");
        edit("{'store':'%s','kind':'sold-out','itemId':'soup'}");

        JsonNode menus = caller.get("stores/" + store + "/menu_details").body();
        assertThat(price.path("field").asText()).isEqualTo("price");
        assertThat(price.path("value").asInt()).isEqualTo(925);
        assertThat(price.path("atMillis").asLong()).isPositive();
        assertThat(menus.at("/menus/0/menu/categories/0/items/1/price").asInt()).isEqualTo(925);
        assertThat(menus.at("/menus/0/menu/categories/0/items/0/name").asText()).isEqualTo("Big Burger");
        assertThat(menus.at("/suspended_items/0/merchant_supplied_id").asText()).isEqualTo("soup");
        edit("{'store':'%s','kind':'back-in-stock','itemId':'soup'}");
        assertThat(caller.truth(store).path("suspended_items")).isEmpty();
        assertThat(caller.control("stats").at("/edits/price").asInt()).isEqualTo(1);
    }

    @Test
    void drawsTheItemOfAnEditThatNamesNone() throws Exception {
        pushed();
        JsonNode edit = edit("{'store':'%s','kind':'price'}").body();

        assertThat(edit.path("itemId").asText()).isIn("burger", "soup");
        assertThat(caller.truth(store).toString())
                .contains("\"price\":" + edit.path("value").asInt());
    }

    @Test
    void makesEveryKindOfEdit() throws Exception {
        assertThatIllegalArgumentException().isThrownBy(() -> standin.edit(store, EditKind.PRICE));
        pushed();

        assertThat(EditKind.values())
                .allSatisfy(kind -> assertThat(standin.edit(store, kind).kind()).isEqualTo(kind));
    }

    @Test
    void beginsTheDiceOfFaultsAnew() throws Exception {
        assertThat(caller.control("luck", "{'seed':77}").status()).isEqualTo(200);
        assertThat(caller.control("luck", "{'seed':'many'}").status()).isEqualTo(400);
    }

    @Test
    void opensStores() throws Exception {
        caller.control("stores", "{'merchantSuppliedId':'loc-9'}");

        assertThat(caller.get("stores/loc-9/store_details").status()).isEqualTo(200);
        assertThat(caller.truth("loc-9").path("bank_details").asBoolean()).isTrue();
    }

    @Test
    void changesFaultsFieldByField() throws Exception {
        caller.control("faults", "{'errorRatio':0.25}");
        JsonNode faults = caller.control("faults", "{'latencyMs':5}").body();

        assertThat(faults.path("errorRatio").asDouble()).isEqualTo(0.25);
        assertThat(faults.path("latencyMs").asLong()).isEqualTo(5);
        assertThat(caller.control("faults")).isEqualTo(faults);
    }

    @Test
    void saysWhatIsWrongWithARequest() throws Exception {
        assertThat(edit("{'store':'%s','kind':'price'}").status()).isEqualTo(404);
        assertThat(edit("{'store':'%s','kind':'bake'}").body().toString()).contains("sold-out");
        assertThat(caller.control("edit", "{'store':'nobody','kind':'price'}").status())
                .isEqualTo(404);
        assertThat(caller.control("faults", "{'errorRatio':2}").status()).isEqualTo(400);
        assertThat(caller.control("faults", "[]").status()).isEqualTo(400);
        assertThat(caller.control("stores", "{}").status()).isEqualTo(400);
        assertThat(caller.control("subscribe", "{'url':'ftp://x','token':'t'}").status())
                .isEqualTo(400);
        assertThat(caller.control("subscribe", "{'url':'http://x/y'}").status()).isEqualTo(400);
        assertThat(caller.control("pull", "{'store':'nobody','url':'http://x/y'}")
                        .status())
                .isEqualTo(404);
        assertThat(caller.control("pull", "{'store':'" + store + "','url':'x'}").status())
                .isEqualTo(400);
        pushed();
        assertThat(edit("{'store':'%s','kind':'price','value':'much'}").status())
                .isEqualTo(400);
        assertThat(edit("{'store':'%s','kind':'price','value':'-5'}").status()).isEqualTo(400);
    }

    private Caller.Reply edit(String body) throws IOException, InterruptedException {
        return caller.control("edit", String.format(body, store));
    }

    private void pushed() throws IOException, InterruptedException {
        assertThat(caller.push(Menus.menu(store, "ref-1")).status()).isEqualTo(202);
        Store known = standin.store(store).orElseThrow();
        Caller.await(() -> known.truth().path("ended_jobs").size() == 1);
    }
}
