package dev.tournant.deploy.standins.doordash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Receiver;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MenuJobsTest {
    private static final Duration WINDOW = Duration.ofMillis(600);
    private final DoorDashStandin standin =
            DoorDashStandin.start(DoorDashSettings.defaults().withJobs(Duration.ofMillis(15), WINDOW));
    private final Caller caller = new Caller(standin);
    private final String store = standin.storeIds().get(0);
    private final Receiver receiver;

    MenuJobsTest() throws IOException {
        receiver = Receiver.open();
    }

    @BeforeEach
    void subscribe() {
        standin.subscribe(receiver.url(), "ours");
    }

    @AfterEach
    void close() {
        standin.close();
        receiver.close();
    }

    @Test
    void tellsTheOutcomeByWebhook() throws Exception {
        Caller.Reply reply = caller.push(Menus.menu(store, "ref-1"));
        Receiver.Delivery hook = receiver.next();

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.body().path("reference").asText()).isEqualTo("ref-1");
        assertThat(hook.at("/event/type")).isEqualTo("MenuCreate");
        assertThat(hook.at("/event/status")).isEqualTo("SUCCESS");
        assertThat(hook.at("/event/reference")).isEqualTo("ref-1");
        assertThat(hook.at("/store/merchant_supplied_id")).isEqualTo(store);
        JsonNode listed = menuDetails().at("/menus/0");
        assertThat(listed.path("id").asText()).isEqualTo(hook.at("/menu/id"));
        assertThat(listed.path("menu")).isEqualTo(Menus.menu(store, "ref-1").path("menu"));
        assertThat(listed.path("open_hours")).hasSize(3);
    }

    @Test
    void makesUpAReferenceWhereNoneIsGiven() throws Exception {
        ObjectNode menu = Menus.menu(store, "");
        menu.remove("reference");
        String reference = caller.push(menu).body().path("reference").asText();

        assertThat(reference).isNotBlank();
        assertThat(receiver.next().at("/event/reference")).isEqualTo(reference);
    }

    @Test
    void keepsNothingWhenTheMenuPhaseFails() throws Exception {
        ObjectNode menu = Menus.menu(store, "ref-1");
        Menus.item(menu, 0).put("active", false);
        Menus.item(menu, 1).put("active", false);
        assertThat(caller.push(menu).status()).isEqualTo(202);
        Receiver.Delivery hook = receiver.next();

        assertThat(hook.at("/event/status")).isEqualTo("FAILURE");
        assertThat(hook.at("/event/details")).contains("no active item");
        assertThat(hook.event().at("/menu/id").isNull()).isTrue();
        assertThat(menuDetails().path("menus")).isEmpty();
    }

    @Test
    void failsAnExtraThatAsksForMoreThanItHas() throws Exception {
        ObjectNode menu = Menus.menu(store, "ref-1");
        ((ObjectNode) menu.at("/menu/categories/0/items/0/extras/0/options/0/extras/0")).put("min_num_options", 2);
        caller.push(menu);

        assertThat(receiver.next().at("/event/details")).contains("`sauce`").contains("2 options");
    }

    @Test
    void keepsTheMenuWhenOnlyItsHoursFail() throws Exception {
        ObjectNode menu = Menus.menu(store, "ref-1");
        ((ObjectNode) menu.at("/open_hours/1")).put("start_time", "13:00");
        caller.push(menu);
        Receiver.Delivery hook = receiver.next();

        assertThat(hook.at("/event/status")).isEqualTo("FAILURE");
        assertThat(hook.at("/event/details")).contains("open_hours[1]").contains("overlaps");
        assertThat(menuDetails().at("/menus/0/id").asText()).isEqualTo(hook.at("/menu/id"));
        assertThat(menuDetails().at("/menus/0/open_hours")).isEmpty();
    }

    @Test
    void keepsTheOldHoursWhenThoseOfAnUpdateFail() throws Exception {
        caller.push(Menus.menu(store, "ref-1"));
        String id = receiver.next().at("/menu/id");
        ObjectNode update = Menus.menu(store, "ref-2");
        Menus.item(update, 0).put("price", 1300);
        ((ObjectNode) update.at("/special_hours/0")).put("closed", false);
        caller.send("PATCH", "menus/" + id, update.toString());
        Receiver.Delivery hook = receiver.next();

        assertThat(hook.at("/event/type")).isEqualTo("MenuUpdate");
        assertThat(hook.at("/event/status")).isEqualTo("FAILURE");
        assertThat(hook.at("/menu/id")).isEqualTo(id);
        assertThat(menuDetails().at("/menus/0/open_hours")).hasSize(3);
        assertThat(menuDetails().at("/menus/0/menu/categories/0/items/0/price").asInt())
                .isEqualTo(1300);
    }

    @Test
    void refusesASecondPushUntilTheFirstHasEnded() throws Exception {
        standin.setFaults(Faults.NONE.with(Caller.object("{'jobStuckRatio':1}")));
        caller.push(Menus.menu(store, "ref-1"));
        standin.setFaults(Faults.NONE);
        Caller.Reply second = caller.push(Menus.menu(store, "ref-2"));
        Caller.Reply other = caller.push(Menus.menu(standin.storeIds().get(1), "ref-3"));
        Receiver.Delivery done = receiver.next();
        Caller.Reply third = caller.push(Menus.menu(store, "ref-4"));
        Receiver.Delivery stuck = receiver.next();
        Caller.Reply last = caller.push(Menus.menu(store, "ref-5"));

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.body().path("code").asText()).isEqualTo("menu_job_pending");
        assertThat(other.status()).isEqualTo(202);
        assertThat(done.at("/event/reference")).isEqualTo("ref-3");
        assertThat(third.status()).isEqualTo(409);
        assertThat(stuck.at("/event/status")).isEqualTo("FAILURE");
        assertThat(stuck.at("/event/reference")).isEqualTo("ref-1");
        assertThat(last.status()).isEqualTo(202);
        assertThat(receiver.next().at("/event/status")).isEqualTo("SUCCESS");
    }

    @Test
    void makesADuplicateOfARepeatedCreate() throws Exception {
        caller.push(Menus.menu(store, "ref-1"));
        String first = receiver.next().at("/menu/id");
        caller.push(Menus.menu(store, "ref-1"));
        String second = receiver.next().at("/menu/id");

        assertThat(second).isNotEqualTo(first);
        assertThat(menuDetails().path("menus")).hasSize(2);
    }

    @Test
    void replacesTheWholeMenuByAnUpdate() throws Exception {
        caller.push(Menus.menu(store, "ref-1"));
        String id = receiver.next().at("/menu/id");
        ObjectNode update = Menus.menu(store, "ref-2");
        update.withArrayProperty("special_hours").removeAll();
        ((ArrayNode) update.at("/menu/categories/0/items")).remove(1);
        caller.send("PUT", "menus/" + id, update.toString());
        receiver.next();

        assertThat(menuDetails().path("menus")).hasSize(1);
        assertThat(menuDetails().at("/menus/0/menu/categories/0/items")).hasSize(1);
        assertThat(menuDetails().at("/menus/0/special_hours")).isEmpty();
    }

    @Test
    void failsEitherPhaseOnDemand() throws Exception {
        standin.setFaults(Faults.NONE.with(Caller.object("{'menuPhaseFailRatio':1}")));
        caller.push(Menus.menu(store, "ref-1"));
        Receiver.Delivery menuPhase = receiver.next();
        standin.setFaults(Faults.NONE.with(Caller.object("{'hoursPhaseFailRatio':1}")));
        caller.push(Menus.menu(store, "ref-2"));
        Receiver.Delivery hoursPhase = receiver.next();

        assertThat(menuPhase.at("/event/status")).isEqualTo("FAILURE");
        assertThat(menuPhase.event().at("/menu/id").isNull()).isTrue();
        assertThat(hoursPhase.at("/event/status")).isEqualTo("FAILURE");
        assertThat(hoursPhase.event().at("/menu/id").isTextual()).isTrue();
        assertThat(menuDetails().path("menus")).hasSize(1);
    }

    private JsonNode menuDetails() throws IOException, InterruptedException {
        return caller.get("stores/" + store + "/menu_details").body();
    }
}
