package dev.tournant.adapters.doordash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Result;
import dev.tournant.model.FieldMap;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Store;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoorDashResultsTest {
    private static final RecordKey SOUP = Diner.item("soup");

    private final Diner diner = new Diner();
    private final DoorDashWriting writing = new DoorDashWriting();
    private final Call create =
            writing.plan(diner.difference(Map.of())).steps().get(0).get(0);
    private final Call update = writing.plan(
                    diner.difference(Map.of(Diner.menu("menu"), new Remote(new RecordId("dd-menu"), 0, null))))
            .steps()
            .get(0)
            .get(0);

    private Outcome outcome(Call call, int status, String body) {
        Result result = writing.read(call, Diner.answer(status, body));
        assertThat(result.outcomes().keySet()).isEqualTo(call.about().keySet());
        assertThat(result.instead()).isEmpty();
        return result.outcomes().values().iterator().next();
    }

    @Test
    void waitsForTheEndOfTheJobThatWasTaken() {
        assertThat(outcome(create, 202, "{'reference':'tournant/menu/n1'}"))
                .isEqualTo(new Outcome.Pending("tournant/menu/n1"));
        assertThat(outcome(update, 200, "not json")).isEqualTo(new Outcome.Pending("tournant/menu/n1"));
        assertThat(outcome(create, 202, "{'reference':'theirs'}")).isEqualTo(new Outcome.Pending("theirs"));
    }

    @Test
    void triesLaterWhileAnotherJobIsPending() {
        Outcome pending = new Outcome.TryLater(Duration.ofMinutes(1), "HTTP 409 other: why");
        assertThat(outcome(create, 409, "{'code':'other','message':'why'}")).isEqualTo(pending);
        assertThat(outcome(update, 409, "{'code':'menu_job_pending','message':'why'}"))
                .isInstanceOf(Outcome.TryLater.class);
    }

    @Test
    void neverCreatesAgainWhatMayHaveBeenTaken() {
        Outcome pending = new Outcome.Pending("tournant/menu/n1");
        for (int status : new int[] {408, 500, 502, 504}) {
            assertThat(outcome(create, status, "")).as("%s", status).isEqualTo(pending);
            assertThat(outcome(update, status, "")).isInstanceOf(Outcome.TryLater.class);
        }
        assertThat(writing.unanswered(create, "reset").outcomes().values()).containsOnly(pending);
        assertThat(writing.unanswered(update, "reset").outcomes().values())
                .containsOnly(new Outcome.TryLater(Duration.ZERO, "reset"));
    }

    @Test
    void createsAgainWhatWasNotTaken() {
        assertThat(outcome(create, 429, "{}")).isEqualTo(new Outcome.TryLater(Duration.ofSeconds(7), "HTTP 429"));
        assertThat(outcome(create, 401, "{}")).isInstanceOf(Outcome.NeedsReauthorisation.class);
        assertThat(outcome(create, 404, "{'code':'unknown_store_id','message':'no'}"))
                .isEqualTo(new Outcome.GiveUp("unknown_store_id", "HTTP 404 unknown_store_id: no"));
    }

    @Test
    void readsAgainWhenTheMenuIsGone() {
        assertThat(outcome(update, 404, "{'code':'unknown_menu_id'}"))
                .isEqualTo(new Outcome.ReadAgain("menus", "HTTP 404 unknown_menu_id"));
        assertThat(outcome(update, 404, "{'code':'unknown_store_id'}")).isInstanceOf(Outcome.GiveUp.class);
    }

    private static String errors(String... fields) {
        StringBuilder all = new StringBuilder("{'code':'validation_error','message':'no','field_errors':[");
        for (int i = 0; i < fields.length; i++) {
            all.append(i == 0 ? "" : ",").append("{'field':'").append(fields[i]).append("','error':'must be less'}");
        }
        return all.append("]}").toString();
    }

    @Test
    void pushesAgainWithoutTheItemsThatAreToBlame() {
        Answer answer = Diner.answer(400, errors("menu.categories[0].items[0].price"));
        Result result = writing.read(create, answer);
        assertThat(result.outcomes())
                .isEqualTo(Map.of(
                        SOUP,
                        new Outcome.GiveUp("validation_error", "menu.categories[0].items[0].price must be less")));
        Call again = result.instead().get(0);
        assertThat(again.about()).doesNotContainKey(SOUP).hasSize(create.about().size() - 1);
        ObjectNode body = Diner.object(again.request().json());
        assertThat(body.path("reference").asText()).isEqualTo("tournant/menu/n1.r");
        assertThat(Job.menu("tournant/menu/n1.r")).contains(Diner.menu("menu"));
        assertThat(body.toString()).doesNotContain("Soup").contains("Burger");
        assertThat(again.request().repeatable()).isFalse();
    }

    @Test
    void leavesOutTheDishOfAnOptionThatIsToBlame() {
        Result result = writing.read(
                create, Diner.answer(400, errors("menu.categories[0].items[1].extras[1].options[0].price")));
        assertThat(result.outcomes()).containsOnlyKeys(Diner.item("burger"), Diner.item("fries"));
        assertThat(Diner.object(result.instead().get(0).request().json()).toString())
                .doesNotContain("Burger");
    }

    @Test
    void doesNotCallAMenuActiveThatHasNothingLeft() {
        Result result = writing.read(
                create, Diner.answer(400, errors("menu.categories[0].name", "menu.categories[1].items[0].name")));
        ObjectNode body = Diner.object(result.instead().get(0).request().json());
        assertThat(body.at("/menu/categories")).hasSize(1);
        assertThat(body.at("/menu/active").asBoolean()).isFalse();
    }

    @Test
    void givesUpWhereNoItemIsToBlameOrTooManyAre() {
        for (String field : List.of("store.provider_type", "menu.name", "", "menu.categories[9].name", "menu")) {
            assertThat(outcome(create, 400, errors(field))).as(field).isInstanceOf(Outcome.GiveUp.class);
        }
        assertThat(outcome(create, 400, errors("menu.categories[0].items[0].price", "open_hours")))
                .isInstanceOf(Outcome.GiveUp.class);
        Call call = create;
        int tries = 0;
        for (Result result = refused(call); !result.instead().isEmpty(); result = refused(call)) {
            call = result.instead().get(0);
            tries++;
        }
        assertThat(tries).isBetween(1, DoorDashResults.TRIES_MAX);
    }

    private Result refused(Call call) {
        return writing.read(call, Diner.answer(400, errors("menu.categories[0].items[0].price")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{'field_errors':{}}",
                "{'field_errors':[null,1,{'field':7}]}",
                "{'field_errors':[{'field':'menu.categories[99999999999].x'}]}",
                "{'reference':[]}"
            })
    void neverThrowsForWhatDoorDashMayAnswer(String body) {
        for (int status : new int[] {200, 202, 204, 301, 400, 404, 409, 422, 500}) {
            assertThat(outcome(create, status, body)).isNotNull();
            assertThat(outcome(update, status, body)).isNotNull();
        }
    }

    @Test
    void readsWhatBecameOfTheStore() {
        diner.put(Diner.STORE, Store.STATUS, SaleStatus.OFF);
        Call close = writing.plan(diner.difference(
                        Map.of(Diner.STORE, FieldMap.of(Store.STATUS, SaleStatus.OFF)),
                        Set.of(),
                        diner.held("menu"),
                        Set.of("some/job")))
                .steps()
                .get(0)
                .get(0);
        assertThat(outcome(close, 200, "{}")).isEqualTo(Outcome.DONE);
        assertThat(outcome(close, 400, "{'code':'activation_refused','message':'no'}"))
                .isEqualTo(new Outcome.GiveUp("activation_refused", "HTTP 400 activation_refused: no"));
        assertThat(outcome(close, 504, "")).isInstanceOf(Outcome.TryLater.class);
        assertThat(writing.unanswered(close, "reset").outcomes().get(Diner.STORE))
                .isInstanceOf(Outcome.TryLater.class);
    }

    @Test
    void saysHowLongAJobMayTake() {
        assertThat(writing.jobs().orElseThrow().within()).isEqualTo(Duration.ofHours(2));
        assertThat(writing.jobs().orElseThrow().resource()).isEqualTo("menus");
    }
}
