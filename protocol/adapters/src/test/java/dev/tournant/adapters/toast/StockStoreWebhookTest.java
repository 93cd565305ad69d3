package dev.tournant.adapters.toast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Hook;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Verification;
import dev.tournant.adapter.Webhooks;
import dev.tournant.adapter.signature.WebhookScheme;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Hours;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Stamp;
import dev.tournant.model.Store;
import dev.tournant.model.Whole;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StockStoreWebhookTest {
    private static final Stamp NOW = Stamp.at(Sample.RECEIVED);

    @Test
    void readsWhatIsNotSimplyInStockAndThatTheRestIs() {
        Reading reading = Sample.read("stock", Sample.bytes("stock.json"));
        assertThat(reading.unreadable()).isEmpty();
        Map<RecordKey, FieldMap> records = Sample.records(reading);
        FieldMap burger = records.get(RecordKey.of(Kind.ITEM, "I-BURGER"));
        FieldMap fries = records.get(RecordKey.of(Kind.ITEM, "I-FRIES"));
        assertThat(burger.get(Item.STATUS)).isEqualTo(SaleStatus.FOR_SALE);
        assertThat(burger.get(Item.STOCK_TRACKED)).isTrue();
        assertThat(burger.get(Item.QUANTITY)).isEqualByComparingTo("7.5");
        assertThat(fries.get(Item.STATUS)).isEqualTo(SaleStatus.PAUSED);
        assertThat(fries.has(Item.QUANTITY)).isTrue();
        assertThat(fries.get(Item.QUANTITY)).isNull();
        assertThat(records.get(RecordKey.of(Kind.ITEM, "I-SOUP")).get(Item.STATUS))
                .as("none left")
                .isEqualTo(SaleStatus.PAUSED);
        PartnerEvent event = reading.events().get(0);
        FieldMap plenty = FieldMap.builder(Kind.ITEM)
                .set(Item.STATUS, SaleStatus.FOR_SALE)
                .set(Item.STOCK_TRACKED, false)
                .clear(Item.QUANTITY)
                .build();
        assertThat(event.wholes()).containsExactly(new Whole(Kind.ITEM, NOW, plenty));
        assertThat(event.deltas()).allSatisfy(delta -> assertThat(delta.stamp()).isEqualTo(NOW));
    }

    @Test
    void putsNothingBackOnSaleThatItCannotRead() {
        Reading bad = Sample.read(
                "stock",
                Sample.json("[{'guid':'A','status':'MAYBE'},{'guid':'B','status':'QUANTITY','quantity':null},"
                        + "{'guid':'C','status':'OUT_OF_STOCK'}]"));
        assertThat(bad.unreadable())
                .extracting(Object::toString)
                .anySatisfy(each -> assertThat(each).startsWith("[0].status (item/A): \"MAYBE\" is unknown"))
                .contains("[1].quantity (item/B): is missing");
        assertThat(bad.events().get(0).wholes()).hasSize(1);
        assertThat(bad.events().get(0).deltas())
                .as("those it names are not among the others")
                .extracting(delta -> delta.key().id().value())
                .containsExactly("A", "B", "C");
        assertThat(bad.events().get(0).deltas().get(0).fields().isEmpty()).isTrue();

        Reading unnamed = Sample.read("stock", Sample.json("[{'status':'OUT_OF_STOCK'},7]"));
        assertThat(unnamed.unreadable())
                .extracting(Object::toString)
                .containsExactly("[0].guid: is missing", "[1]: must be an object, not 7");
        assertThat(unnamed.events().get(0).wholes()).isEmpty();
        assertThat(Sample.read("stock", Sample.json("{}")).unreadable()).hasSize(1);
    }

    @Test
    void readsTheRestaurant() {
        Reading reading = Sample.read("store", Sample.bytes("restaurant.json"));
        assertThat(reading.unreadable()).isEmpty();
        RecordDelta store = reading.events().get(0).deltas().get(0);
        assertThat(store.key()).isEqualTo(RecordKey.of(Kind.STORE, "store"));
        assertThat(store.stamp()).isEqualTo(NOW);
        assertThat(store.fields().get(Store.NAME)).isEqualTo("Harbour Kitchen");
        assertThat(store.fields().get(Store.DESCRIPTION)).isNull();
        assertThat(store.fields().get(Store.ZONE)).isEqualTo(ZoneId.of("America/New_York"));
        assertThat(store.fields().get(Store.CURRENCY)).isEqualTo(Sample.USD);
        assertThat(store.fields().get(Store.DAY_ENDS)).isEqualTo(LocalTime.of(4, 0));
        assertThat(store.fields().get(Store.STATUS)).isEqualTo(SaleStatus.FOR_SALE);
        assertThat(store.fields().get(Store.PHONE)).isEqualTo("5550100");
        assertThat(store.fields().get(Store.ADDRESS)).isEqualTo("1 Main St, New York, NY, 10001, US");
        assertThat(store.fields().get(Store.HOURS))
                .isEqualTo(Hours.weekly(
                        new Hours.Span(DayOfWeek.TUESDAY, LocalTime.of(8, 0), LocalTime.of(22, 0)),
                        new Hours.Span(DayOfWeek.FRIDAY, LocalTime.of(10, 0), LocalTime.of(2, 0))));
    }

    @Test
    void complainsOfAnotherCurrencyAndOfAnUnknownSchedule() {
        ObjectNode document = Documents.object(Sample.bytes("restaurant.json"));
        ((ObjectNode) document.at("/schedules/weekSchedule")).put("sunday", "13");
        Payload canadian = new Payload(
                Sample.LINK,
                Currency.getInstance("CAD"),
                "store",
                Sample.RECEIVED,
                Documents.text(document).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Reading reading = new ToastAdapter().read(canadian);
        assertThat(reading.unreadable())
                .extracting(Object::toString)
                .containsExactly(
                        "schedules.weekSchedule.sunday (store/store): is \"13\", which daySchedules does not hold",
                        "general.currencyCode (store/store): is USD, but menus are read in the merchant's currency CAD:"
                                + " correct the merchant's currency");
        FieldMap store = reading.events().get(0).deltas().get(0).fields();
        assertThat(store.has(Store.HOURS)).isFalse();
        assertThat(store.get(Store.NAME)).isEqualTo("Harbour Kitchen");
        for (String odd : List.of(
                "'schedules':7", "'schedules':{'weekSchedule':7}", "'schedules':{'weekSchedule':{'monday':{}}}")) {
            Reading unsaid = Sample.read("store", Sample.json("{'guid':'HERE'," + odd + "}"));
            assertThat(unsaid.unreadable()).as(odd).hasSize(1);
            assertThat(unsaid.events().get(0).deltas().get(0).fields().has(Store.HOURS))
                    .as("nothing is said, and least of all that it is closed")
                    .isFalse();
        }
        assertThat(Sample.read("store", Sample.json("{'guid':'ELSEWHERE'}")).unreadable())
                .singleElement()
                .hasToString("guid: is ELSEWHERE, but the link's restaurant is HERE");
    }

    private static byte[] event(String category, String type, String details) {
        return Sample.json("{'timestamp':'2026-11-22T11:59:00.000Z','eventCategory':'" + category + "','eventType':'"
                + type + "','guid':'e-7','details':" + details + "}");
    }

    @Test
    void takesAPublicationAndStockForSignals() {
        assertThat(Sample.read(null, event("menus", "menus_updated", "{'restaurantGuid':'HERE'}"))
                        .events())
                .containsExactly(new PartnerEvent("e-7", List.of(), List.of("menus")));
        assertThat(Sample.read(null, event("menus", "menus_updated", "{'restaurantGuid':'HERE'}"))
                        .at())
                .isEqualTo("2026-11-22T11:59:00Z");
        assertThat(Sample.read(null, event("stock", "low_quantity", "{'restaurantGuid':'HERE','guid':'I'}"))
                        .events())
                .containsExactly(new PartnerEvent("e-7", List.of(), List.of("stock")));
        assertThat(Sample.read(null, event("partners", "partner_added", "{}")).events())
                .as("known, and nothing to do")
                .containsExactly(new PartnerEvent("e-7", List.of(), List.of()));
    }

    @Test
    void refusesEventsOfAnotherRestaurantOrWithoutTheirNames() {
        assertThat(Sample.read(null, event("stock", "quantity", "{'restaurantGuid':'ELSEWHERE'}"))
                        .unreadable())
                .singleElement()
                .hasToString("details.restaurantGuid: is ELSEWHERE, but the link's restaurant is HERE");
        for (String json : List.of("{}", "{'guid':'e'}", "{'guid':7,'eventType':'x'}", "[]", "")) {
            assertThat(Sample.read(null, Sample.json(json)).unreadable())
                    .as(json)
                    .hasSize(1);
        }
        assertThat(Sample.read(null, event("menus", "menus_updated", "{}")).unreadable())
                .singleElement()
                .hasToString("details.restaurantGuid: must be text");
    }

    @Test
    void tellsWhomAnEventIsAbout() {
        Webhooks webhooks = new ToastAdapter().webhooks().orElseThrow();
        byte[] body = event("menus", "menus_updated", "{'restaurantGuid':'SOMEBODY'}");
        Webhooks.Part part = webhooks.parts(body).get(0);
        assertThat(part.account()).isEqualTo("SOMEBODY");
        assertThat(part.location()).isNull();
        assertThat(part.body()).isEqualTo(body);
        assertThatThrownBy(() -> webhooks.parts(event("partners", "partner_added", "{}")))
                .isInstanceOf(InvalidValue.class)
                .hasMessage("details.restaurantGuid: must be text");
    }

    /** Made with another tool: {@code printf '%s%s' BODY TIMESTAMP | openssl dgst -sha256 -hmac of-menus -binary | base64}. */
    @Test
    void knowsASignatureOverBodyAndTimestampBySeveralSecrets() {
        WebhookScheme scheme = new ToastAdapter().webhooks().orElseThrow().scheme();
        byte[] body = Sample.json("{'timestamp':'2026-11-22T11:59:00.000Z','guid':'e-7'}");
        Map<String, String> headers = Map.of("toast-signature", "vKLyS/Mjjo+pQ6wN5pbp2/TJi/QpB2Go+yk8cLACuCc=");
        Hook hook = new Hook("https://x", headers, body);
        Keyring keys = Keyring.of(Map.of(Keyring.SIGNATURE_KEY, List.of("of-stock", "of-menus")));
        assertThat(scheme.verify(hook, keys, Sample.RECEIVED)).isEqualTo(Verification.GENUINE);
        assertThat(scheme.verify(hook, Keyring.of(Keyring.SIGNATURE_KEY, "of-stock"), Sample.RECEIVED)
                        .genuine())
                .isFalse();
        assertThat(scheme.verify(hook, keys, Sample.RECEIVED.plus(Duration.ofMinutes(16)))
                        .genuine())
                .as("the last try")
                .isTrue();
        assertThat(scheme.verify(hook, keys, Sample.RECEIVED.plus(Duration.ofHours(1)))
                        .genuine())
                .as("sent again by somebody else")
                .isFalse();
    }

    @Test
    void quantitiesAreExact() {
        Reading reading =
                Sample.read("stock", Sample.json("[{'guid':'A','status':'QUANTITY','quantity':0.30000000000000004}]"));
        assertThat(Sample.records(reading).get(RecordKey.of(Kind.ITEM, "A")).get(Item.QUANTITY))
                .isEqualTo(new BigDecimal("0.3"));
    }
}
