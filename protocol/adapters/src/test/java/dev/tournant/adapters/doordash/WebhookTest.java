package dev.tournant.adapters.doordash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tournant.adapter.Hook;
import dev.tournant.adapter.JobEnd;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Webhooks;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.RecordId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {
    private static final String ID = "0b5a1c3e-1111-4222-8333-444455556666";

    private static String webhook(String type, String status, String menu) {
        return "{'event':{'type':'" + type + "','status':'" + status
                + "','reference':'tournant/dinner/n1','details':'because'},"
                + "'store':{'merchant_supplied_id':'store-1'},'menu':{'id':" + menu + "}}";
    }

    private static Reading read(String body) {
        return new DoorDashAdapter()
                .read(new Payload(
                        Diner.LINK, java.util.Currency.getInstance("USD"), null, Diner.NOW, Diner.json(body)));
    }

    private static JobEnd end(String body) {
        Reading reading = read(body);
        assertThat(reading.unreadable()).isEmpty();
        assertThat(reading.events()).isEmpty();
        assertThat(reading.jobs()).hasSize(1);
        return reading.jobs().get(0);
    }

    private static Map<?, ?> dinner() {
        return Map.of(Diner.menu("dinner"), new Remote(new RecordId(ID), 0, null));
    }

    @Test
    void tellsThatAMenuIsThereAndItsId() {
        JobEnd end = end(webhook("MenuCreate", "SUCCESS", "'" + ID + "'"));
        assertThat(end.job()).isEqualTo("tournant/dinner/n1");
        assertThat(end.outcome()).isEqualTo(Outcome.DONE);
        assertThat(end.remotes()).isEqualTo(dinner());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tournant/dinner/n1/part", "tournant/dinner/n1/part.r.r"})
    void whatStandsOnOtherMenusTooIsNotToldYet(String job) {
        String done = webhook("MenuUpdate", "SUCCESS", "'" + ID + "'").replace("tournant/dinner/n1", job);
        assertThat(end(done).outcome()).isInstanceOf(Outcome.ReadAgain.class);
        assertThat(end(done).remotes()).isEqualTo(dinner());
        assertThat(end(done.replace("SUCCESS", "FAILURE")).outcome()).isInstanceOf(Outcome.GiveUp.class);
    }

    @Test
    void aMenuMayBeCalledPart() {
        String done =
                webhook("MenuUpdate", "SUCCESS", "'" + ID + "'").replace("tournant/dinner/n1", "tournant/part/n1");
        assertThat(end(done).outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void keepsTheIdOfAMenuWhoseHoursFailed() {
        JobEnd end = end(webhook("MenuCreate", "FAILURE", "'" + ID + "'"));
        assertThat(end.outcome()).isEqualTo(new Outcome.GiveUp("hours-failed", "because"));
        assertThat(end.remotes()).isEqualTo(dinner());
    }

    @ParameterizedTest
    @CsvSource({"MenuCreate", "MenuUpdate"})
    void tellsThatNothingWasMadeOrChanged(String type) {
        JobEnd end = end(webhook(type, "FAILURE", "null"));
        assertThat(end.outcome()).isEqualTo(new Outcome.GiveUp("menu-failed", "because"));
        assertThat(end.remotes()).isEmpty();
    }

    @Test
    void readsTheMenusForAnIdThatIsNotTold() {
        assertThat(end(webhook("MenuCreate", "SUCCESS", "null")).outcome()).isInstanceOf(Outcome.ReadAgain.class);
        assertThat(end(webhook("MenuUpdate", "SUCCESS", "null")).outcome()).isEqualTo(Outcome.DONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"by-hand", "tournant/", "tournant/x", "tournant/not a name/n1", "/x/y"})
    void doesNotTakeTheJobsOfOthersForOurs(String job) {
        JobEnd end = end(webhook("MenuCreate", "SUCCESS", "'" + ID + "'").replace("tournant/dinner/n1", job));
        assertThat(end.job()).isEqualTo(job);
        assertThat(end.remotes()).isEmpty();
    }

    @Test
    void tellsDetailsOfWhateverForm() {
        String said = webhook("MenuCreate", "FAILURE", "null");
        assertThat(end(said.replace("'because'", "['a','b']")).outcome())
                .isEqualTo(new Outcome.GiveUp("menu-failed", "a; b"));
        assertThat(end(said.replace("'because'", "{'token':'secret'}")).outcome())
                .isEqualTo(new Outcome.GiveUp("menu-failed", ""));
        assertThat(end(said.replace("'because'", "'Bearer kitSecret0000ECHOED'"))
                        .outcome())
                .isEqualTo(new Outcome.GiveUp("menu-failed", "Bearer […]"));
        assertThat(end(said.replace(",'details':'because'", "")).outcome())
                .isEqualTo(new Outcome.GiveUp("menu-failed", ""));
    }

    @Test
    void takesNoticeOfMenusOnly() {
        Reading order = read(webhook("OrderCreate", "SUCCESS", "null"));
        assertThat(order.jobs()).isEmpty();
        assertThat(order.unreadable()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{'event':7,'store':{'merchant_supplied_id':'store-1'}}",
                "{'event':{'type':'MenuCreate'},'store':{'merchant_supplied_id':'other'}}",
                "{'event':{'type':'MenuCreate'},'store':{'merchant_supplied_id':'store-1'}}",
                "{'event':{'type':'MenuCreate','reference':'r','status':'MAYBE'},'store':{'merchant_supplied_id':'store-1'}}",
                "{'event':{'type':'MenuCreate','reference':'r','status':'SUCCESS'},"
                        + "'store':{'merchant_supplied_id':'store-1'},'menu':{'id':7}}",
                "{'event':{'type':'MenuCreate','reference':'r','status':'SUCCESS'},"
                        + "'store':{'merchant_supplied_id':'store-1'},'menu':[]}"
            })
    void reportsWhatItCannotRead(String body) {
        Reading reading = read(body);
        assertThat(reading.jobs()).isEmpty();
        assertThat(reading.unreadable()).hasSize(1);
    }

    @Test
    void namesTheStoreThatItIsAbout() {
        byte[] body = Diner.json(webhook("MenuCreate", "SUCCESS", "null"));
        Webhooks.Part part = DoorDashWebhook.WEBHOOKS.parts(body).get(0);
        assertThat(part.account()).isNull();
        assertThat(part.location()).isEqualTo("store-1");
        assertThat(part.body()).isEqualTo(body);
        assertThatThrownBy(() -> DoorDashWebhook.WEBHOOKS.parts(Diner.json("{'store':{}}")))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("store.merchant_supplied_id");
    }

    @Test
    void bearsAStaticToken() {
        Hook hook = new Hook("https://x/y", Map.of("authorization", "Bearer our-token"), new byte[0]);
        assertThat(DoorDashWebhook.WEBHOOKS
                        .scheme()
                        .verify(hook, Keyring.of("webhook-token", "our-token"), Diner.NOW)
                        .genuine())
                .isTrue();
        assertThat(DoorDashWebhook.WEBHOOKS
                        .scheme()
                        .verify(hook, Keyring.of("pull-token", "our-token"), Diner.NOW)
                        .genuine())
                .isFalse();
    }
}
