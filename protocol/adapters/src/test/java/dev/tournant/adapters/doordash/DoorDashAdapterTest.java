package dev.tournant.adapters.doordash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Hosting;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Turn;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoorDashAdapterTest {
    private final DoorDashAdapter adapter = new DoorDashAdapter();
    private final Diner diner = new Diner();

    private static Payload page(String body) {
        return new Payload(
                Diner.LINK,
                java.util.Currency.getInstance("USD"),
                "menus",
                Diner.NOW,
                body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void isFoundByTheNode() {
        assertThat(ServiceLoader.load(Adapter.class)).hasAtLeastOneElementOfType(DoorDashAdapter.class);
    }

    @Test
    void asksForTheMenusOfTheStore() {
        Link odd = new Link(new LinkId("dd-2"), DoorDashAdapter.DOORDASH, "provider", "a#1", "main");
        Fetch task = new Fetch(odd, "menus", null);
        Request asked = adapter.open(task);
        assertThat(asked).hasToString("GET /marketplace/api/v1/stores/a%231/menu_details");
        assertThat(adapter.turn(task, asked, Diner.answer(200, "{'menus':[]}"))).isEqualTo(new Turn.Page(null, null));
        for (Answer bad : List.of(
                Diner.answer(503, ""),
                Diner.answer(200, "{}"),
                Diner.answer(200, "<html>"),
                Diner.answer(200, "{'code':'menu_job_pending','menus':[]}"))) {
            assertThat(adapter.turn(task, asked, bad))
                    .isInstanceOfSatisfying(
                            Turn.Broken.class,
                            broken -> assertThat(broken.outcome()).isInstanceOf(Outcome.TryLater.class));
        }
        Link nowhere = new Link(new LinkId("dd-3"), DoorDashAdapter.DOORDASH, "provider", null, "main");
        assertThatThrownBy(() -> adapter.open(new Fetch(nowhere, "menus", null)))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("merchant_supplied_id");
    }

    private Map<RecordKey, Remote> seen(String menus) {
        return adapter.writing().orElseThrow().seen(page("{'menus':[" + menus + "]}"));
    }

    @Test
    void knowsItsMenusByTheJobOrByTheIdThatItGave() {
        assertThat(seen("{'id':'A','reference':'tournant/dinner/n1'},"
                        + "{'id':'B','reference':'else','menu':{'merchant_supplied_id':'lunch'}},"
                        + "{'id':'C'}, {'no':'id'}, 7"))
                .containsOnlyKeys(Diner.menu("dinner"), Diner.menu("lunch"), Diner.menu("C"));
    }

    @Test
    void takesTheLatestOfMenusThatWereCreatedTwice() {
        String older = "{'id':'A','reference':'tournant/m/1','last_successful_update_at':'2026-11-22T10:00:00Z'}";
        String newer = "{'id':'B','reference':'tournant/m/2','last_successful_update_at':'2026-11-22T11:00:00Z'}";
        for (String menus : List.of(older + "," + newer, newer + "," + older)) {
            assertThat(seen(menus).get(Diner.menu("m")).id()).isEqualTo(new RecordId("B"));
        }
    }

    @Test
    void keepsOfAHeldMenuWhatAPushSays() {
        Remote remote = seen("{'id':'A','reference':'r','is_active':true,'open_hours':[],'menu':{'name':'x'}}")
                .get(Diner.menu("A"));
        assertThat(remote.document()).isEqualTo(Diner.object("{\"open_hours\":[],\"menu\":{\"name\":\"x\"}}"));
    }

    @Test
    void readsNoNewsOutOfWhatItTold() {
        Reading reading = adapter.read(page("{'menus':[{'id':'A'},{'id':7},{}]}"));
        assertThat(reading.events().get(0).deltas()).isEmpty();
        assertThat(reading.unreadable())
                .extracting(Reading.Unreadable::path)
                .containsExactly("menus[1].id", "menus[2].id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{'menus':{}}", "{'menus':7}", "{'menus':null}"})
    void neverThrowsForWhatAPartnerMaySend(String body) {
        assertThat(adapter.read(page(body)).unreadable()).hasSize(1);
        assertThat(adapter.writing().orElseThrow().seen(page(body))).isEmpty();
        assertThat(adapter.read(new Payload(
                                Diner.LINK,
                                java.util.Currency.getInstance("USD"),
                                "orders",
                                Diner.NOW,
                                Diner.json("{}")))
                        .unreadable())
                .hasSize(1);
    }

    private JsonNode pulled(Map<RecordKey, Remote> remotes) {
        Hosting hosting = adapter.hosting().orElseThrow();
        return Documents.object(hosting.page(Diner.LINK, diner.flat(), remotes, Diner.NOW));
    }

    @Test
    void hostsTheSameTreeThatItPushes() {
        JsonNode page = pulled(Map.of());
        assertThat(page.at("/store/merchant_supplied_id").asText()).isEqualTo("store-1");
        assertThat(page.at("/store/provider_type").asText()).isEqualTo("provider");
        assertThat(page.path("menus")).hasSize(1);
        JsonNode menu = page.at("/menus/0");
        assertThat(TreeLens.DOCUMENT.get(menu)).isEqualTo(diner.tree());
        assertThat(menu.has("id")).isFalse();
        assertThat(Job.menu(menu.path("reference").asText())).contains(Diner.menu("menu"));
    }

    @Test
    void namesTheMenuThatDoorDashHolds() {
        assertThat(pulled(diner.held("menu")).at("/menus/0/id").asText()).isEqualTo("dd-menu");
    }

    @Test
    void hostsAListAlsoOfNothing() {
        diner.records.clear();
        assertThat(pulled(Map.of()).path("menus").isArray()).isTrue();
        assertThat(pulled(Map.of()).path("menus")).isEmpty();
    }
}
