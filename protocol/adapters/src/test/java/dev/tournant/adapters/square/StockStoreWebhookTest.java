package dev.tournant.adapters.square;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Reading;
import dev.tournant.model.Hours;
import dev.tournant.model.Item;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Stamp;
import dev.tournant.model.Store;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class StockStoreWebhookTest {
    @Test
    void countsWhatIsInStockHereAndNothingElse() {
        Reading reading = Sample.read("inventory", Sample.bytes("counts-page.json"));
        List<RecordDelta> deltas = reading.events().get(0).deltas();
        assertThat(deltas)
                .extracting(delta -> delta.key().toString())
                .containsExactly("item/BURGER-S", "item/BURGER-L");
        assertThat(deltas.get(0).fields().get(Item.QUANTITY)).isEqualTo(new BigDecimal("12.5"));
        assertThat(deltas.get(0).stamp()).isEqualTo(Stamp.at(Instant.parse("2026-11-22T11:00:03Z")));
        assertThat(deltas.get(1).fields().get(Item.QUANTITY)).isEqualTo(new BigDecimal("-1"));
        assertThat(reading.unreadable())
                .extracting(Object::toString)
                .containsExactly(
                        "counts[5].quantity (BAD): must be text, not 7",
                        "counts[6].calculated_at (NO-TIME): is missing");
    }

    @Test
    void readsTheStore() {
        Reading reading = Sample.read("locations", Sample.bytes("location.json"));
        assertThat(reading.unreadable()).isEmpty();
        RecordDelta store = reading.events().get(0).deltas().get(0);
        assertThat(store.stamp()).isEqualTo(Stamp.at(Sample.RECEIVED));
        assertThat(store.fields().get(Store.ZONE)).isEqualTo(ZoneId.of("America/New_York"));
        assertThat(store.fields().get(Store.STATUS)).isEqualTo(SaleStatus.FOR_SALE);
        assertThat(store.fields().get(Store.ADDRESS)).isEqualTo("1 Main St, New York, 10001, US");
        assertThat(store.fields().get(Store.HOURS))
                .isEqualTo(Hours.weekly(
                        new Hours.Span(DayOfWeek.MONDAY, LocalTime.of(9, 0), LocalTime.of(17, 30)),
                        new Hours.Span(DayOfWeek.FRIDAY, LocalTime.of(18, 0), LocalTime.of(2, 0))));
    }

    @Test
    void refusesTheLocationOfAnotherStore() {
        assertThat(Sample.read("locations", Sample.json("{'location':{'id':'ELSEWHERE'}}"))
                        .unreadable())
                .singleElement()
                .hasToString("location.id: is \"ELSEWHERE\", but the link's location is HERE");
        assertThat(Sample.read("locations", Sample.json("{'location':[]}")).unreadable())
                .hasSize(1);
        assertThat(Sample.read("locations", Sample.json("{'location':{'id':'HERE','timezone':'Mars/Base'}}"))
                        .unreadable())
                .singleElement()
                .satisfies(part -> assertThat(part.path()).isEqualTo("location.timezone"));
    }

    private static byte[] event(String type, String data) {
        return Sample.json("{'merchant_id':'ACCOUNT','type':'" + type + "','event_id':'e-7','data':" + data + "}");
    }

    @Test
    void takesACatalogEventForASignal() {
        Reading reading = Sample.read(null, event("catalog.version.updated", "{}"));
        assertThat(reading.events().get(0).id()).isEqualTo("e-7");
        assertThat(reading.events().get(0).signals()).containsExactly("catalog");
        assertThat(reading.events().get(0).deltas()).isEmpty();
        assertThat(reading.at()).as("it does not say").isNull();
    }

    @Test
    void knowsWhenWhatAnEventTellsOfHappened() {
        assertThat(Sample.read(null, created("2022-07-13T20:30:59.037339943Z")).at())
                .isEqualTo("2022-07-13T20:30:59.037339943Z");
        Reading odd = Sample.read(null, created("yesterday"));
        assertThat(odd.at()).isNull();
        assertThat(odd.events().get(0).signals()).containsExactly("catalog");
    }

    private static byte[] created(String at) {
        return Sample.json("{'merchant_id':'ACCOUNT','type':'catalog.version.updated','event_id':'e','created_at':'"
                + at + "','data':{}}");
    }

    @Test
    void readsTheCountsOutOfAnInventoryEvent() {
        String counts =
                "{'object':{'inventory_counts':[{'catalog_object_id':'V','state':'IN_STOCK','location_id':'HERE',"
                        + "'quantity':'4','calculated_at':'2026-11-22T11:00:00Z'}]}}";
        Reading reading = Sample.read(null, event("inventory.count.updated", counts));
        assertThat(reading.events().get(0).deltas()).hasSize(1);
        assertThat(Sample.read(null, event("inventory.count.updated", "{'object':{'inventory_counts':{'a':1}}}"))
                        .unreadable())
                .singleElement()
                .hasToString("data.object.inventory_counts: must be a list");
    }

    @Test
    void asksForItsOwnLocationOnly() {
        assertThat(Sample.read(null, event("location.updated", "{'id':'HERE'}"))
                        .events()
                        .get(0)
                        .signals())
                .containsExactly("locations");
        assertThat(Sample.read(null, event("location.updated", "{'id':'ELSEWHERE'}"))
                        .events()
                        .get(0)
                        .signals())
                .isEmpty();
    }

    @Test
    void knowsEventsThatItHasNoUseFor() {
        Reading reading = Sample.read(null, event("payment.updated", "{}"));
        assertThat(reading.unreadable()).isEmpty();
        assertThat(reading.events().get(0).signals()).isEmpty();
        assertThat(reading.events().get(0).id()).isEqualTo("e-7");
    }

    @Test
    void refusesEventsOfAnotherAccountOrWithoutTheirNames() {
        byte[] other = Sample.json("{'merchant_id':'OTHER','type':'catalog.version.updated','event_id':'e'}");
        assertThat(Sample.read(null, other).unreadable())
                .singleElement()
                .hasToString("merchant_id: is of account OTHER, but the link's account is ACCOUNT");
        for (String json : List.of(
                "{}",
                "{'type':'x','event_id':'e'}",
                "{'type':7,'event_id':'e','merchant_id':'ACCOUNT'}",
                "{'type':'x','event_id':'','merchant_id':'ACCOUNT'}",
                "{'type':'location.updated','event_id':'e','merchant_id':'ACCOUNT'}",
                "{'type':'x','merchant_id':'ACCOUNT','event_id':'" + "e".repeat(201) + "'}",
                "{'type':'x','merchant_id':'ACCOUNT','event_id':'\\ud800'}")) {
            Reading reading = Sample.read(null, Sample.json(json));
            assertThat(reading.unreadable()).as(json).hasSize(1);
            assertThat(reading.events()).isEmpty();
        }
    }

    @Test
    void reportsCountsAndAddressesOfAnotherShape() {
        assertThat(Sample.read(
                                "inventory",
                                Sample.json("{'counts':['x',{'state':7},{'state':'IN_STOCK','location_id':7}]}"))
                        .unreadable())
                .extracting(Reading.Unreadable::path)
                .containsExactly("counts[0]", "counts[1].state", "counts[2].location_id");
        assertThat(Sample.read("inventory", Sample.json("{'counts':'x'}")).unreadable())
                .singleElement()
                .hasToString("counts: must be a list");
        assertThat(Sample.read("locations", Sample.json("{'location':{'id':'HERE','address':{'locality':7}}}"))
                        .unreadable())
                .singleElement()
                .hasToString("location.address.locality: must be text, not 7");
        assertThat(Sample.read(null, event("inventory.count.updated", "true")).unreadable())
                .singleElement()
                .hasToString("data.object.inventory_counts: is missing");
        assertThat(Sample.read(null, event("location.updated", "7")).unreadable())
                .singleElement()
                .hasToString("data.id: must be text");
    }
}
