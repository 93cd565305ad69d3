package dev.tournant.deploy.standins.doordash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoreStatusTest {
    private final DoorDashStandin standin =
            DoorDashStandin.start(DoorDashSettings.defaults().withJobs(Duration.ofMillis(5), Duration.ofSeconds(5)));
    private final Caller caller = new Caller(standin);
    private final String store = standin.storeIds().get(0);

    @AfterEach
    void close() {
        standin.close();
    }

    @Test
    void activatesOnlyWithAnActiveMenuAndBankDetails() throws Exception {
        Caller.Reply empty = status("{'is_active':true}");
        ObjectNode inactive = Menus.menu(store, "ref-1");
        ((ObjectNode) inactive.path("menu")).put("active", false);
        pushed(inactive);
        Caller.Reply unlisted = status("{'is_active':true}");
        pushed(Menus.menu(store, "ref-2"));
        caller.control("stores", "{'merchantSuppliedId':'" + store + "','bankDetails':false}");
        Caller.Reply unpaid = status("{'is_active':true}");
        caller.control("stores", "{'merchantSuppliedId':'" + store + "','bankDetails':true}");

        assertThat(empty.status()).isEqualTo(400);
        assertThat(empty.body().path("code").asText()).isEqualTo("activation_refused");
        assertThat(unlisted.body().path("message").asText()).contains("no active menu");
        assertThat(unpaid.body().path("message").asText()).contains("bank");
        assertThat(status("{'is_active':true}").status()).isEqualTo(200);
        assertThat(details().path("is_active").asBoolean()).isTrue();
        assertThat(details().path("current_deactivations")).isEmpty();
    }

    @Test
    void deactivatesTwiceAsWellAsOnce() throws Exception {
        pushed(Menus.menu(store, "ref-1"));
        status("{'is_active':true}");
        String body = "{'is_active':false,'reason':'operational_issues','notes':'closed early'}";

        assertThat(status(body).status()).isEqualTo(200);
        assertThat(status(body).status()).isEqualTo(200);
        assertThat(details().path("is_active").asBoolean()).isFalse();
        assertThat(details().at("/current_deactivations/0/notes").asText()).isEqualTo("closed early");
    }

    @Test
    void takesOrdersAgainWhenADeactivationEnds() throws Exception {
        pushed(Menus.menu(store, "ref-1"));
        status("{'is_active':true}");
        String body = "{'is_active':false,'reason':'payment_issue','end_time':'%s'}";
        status(String.format(body, Instant.now().plusSeconds(600)));
        assertThat(details().path("is_active").asBoolean()).isFalse();
        status(String.format(body, Instant.now().minusSeconds(1)));
        assertThat(details().path("is_active").asBoolean()).isTrue();
    }

    @Test
    void saysWhatIsWrongWithAStatus() throws Exception {
        assertThat(status("{}").body().at("/field_errors/0/field").asText()).isEqualTo("is_active");
        assertThat(status("{'is_active':false}")
                        .body()
                        .at("/field_errors/0/field")
                        .asText())
                .isEqualTo("reason");
        assertThat(status("{'is_active':false,'reason':'payment_issue','end_time':'soon'}")
                        .body()
                        .at("/field_errors/0/field")
                        .asText())
                .isEqualTo("end_time");
        assertThat(caller.get("stores/nobody/store_details").status()).isEqualTo(404);
    }

    @Test
    void suspendsItemsAndOptionsApartFromTheMenu() throws Exception {
        pushed(Menus.menu(store, "ref-1"));
        Caller.Reply reply = items("[{'merchant_supplied_id':'soup','is_active':false},"
                + "{'merchant_supplied_id':'burger','is_active':false,'reactivate_at':'2099-01-01T00:00:00Z'}]");
        caller.send(
                "PUT",
                "stores/" + store + "/item_options/status",
                "[{'merchant_supplied_id':'o-sauce','is_active':false}]");
        pushed(Menus.menu(store, "ref-2"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().at("/0/response").asText()).isEqualTo("Success");
        JsonNode menus = caller.get("stores/" + store + "/menu_details").body();
        assertThat(menus.path("suspended_items")).hasSize(2);
        assertThat(menus.at("/suspended_items/1/reactivate_at").asText()).startsWith("2099");
        assertThat(menus.at("/suspended_item_options/0/merchant_supplied_id").asText())
                .isEqualTo("o-sauce");
        assertThat(items("[{'merchant_supplied_id':'soup','is_active':true}]").status())
                .isEqualTo(200);
        assertThat(caller.truth(store).path("suspended_items")).hasSize(1);
    }

    @Test
    void endsASuspensionWhenItsTimeHasCome() throws Exception {
        pushed(Menus.menu(store, "ref-1"));
        String past = Instant.now().minusSeconds(1).toString();
        items("[{'merchant_supplied_id':'soup','is_active':false,'reactivate_at':'" + past + "'}]");

        assertThat(caller.truth(store).path("suspended_items")).isEmpty();
    }

    @Test
    void doesTheRestWhenOneItemIsUnknown() throws Exception {
        pushed(Menus.menu(store, "ref-1"));
        Caller.Reply reply = items(
                "[{'merchant_supplied_id':'nothing','is_active':false},{'merchant_supplied_id':'soup','is_active':false}]");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().at("/0/response").asText()).isNotEqualTo("Success");
        assertThat(reply.body().at("/1/response").asText()).isEqualTo("Success");
        assertThat(caller.truth(store)
                        .at("/suspended_items/0/merchant_supplied_id")
                        .asText())
                .isEqualTo("soup");
    }

    @Test
    void saysWhatIsWrongWithItemStatuses() throws Exception {
        assertThat(items("{}").status()).isEqualTo(400);
        assertThat(items("[{'is_active':false,'reactivate_at':'soon'}]").body().path("field_errors"))
                .hasSize(1 + 1);
        assertThat(items("[{'merchant_supplied_id':'soup'}]")
                        .body()
                        .at("/field_errors/0/field")
                        .asText())
                .isEqualTo("[0].is_active");
    }

    private Caller.Reply status(String body) throws IOException, InterruptedException {
        return caller.send("PUT", "stores/" + store + "/status", body);
    }

    private Caller.Reply items(String body) throws IOException, InterruptedException {
        return caller.send("PUT", "stores/" + store + "/items/status", body);
    }

    private JsonNode details() throws IOException, InterruptedException {
        return caller.get("stores/" + store + "/store_details").body();
    }

    private void pushed(ObjectNode menu) throws IOException, InterruptedException {
        assertThat(caller.push(menu).status()).isEqualTo(202);
        Store known = standin.store(store).orElseThrow();
        Caller.await(() -> known.truth().path("pending_jobs").isEmpty());
    }
}
