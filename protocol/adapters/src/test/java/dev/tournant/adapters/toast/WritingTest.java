package dev.tournant.adapters.toast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Result;
import dev.tournant.adapter.Writing;
import dev.tournant.model.Category;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WritingTest {
    private static final Writing WRITING = new ToastAdapter().writing().orElseThrow();

    private static RecordKey item(String id) {
        return RecordKey.of(Kind.ITEM, id);
    }

    private static Plan plan(Map<RecordKey, FieldMap> wanted, Set<RecordKey> removed, RecordKey... known) {
        Map<RecordKey, Remote> remotes = new HashMap<>();
        for (RecordKey each : known) {
            remotes.put(each, new Remote(new RecordId("T-" + each.id()), 0, null));
        }
        return WRITING.plan(new Difference(Sample.LINK, Sample.USD, wanted, removed, remotes, "n", Sample.RECEIVED));
    }

    private static String sent(FieldMap fields) {
        Plan plan = plan(Map.of(item("a"), fields), Set.of(), item("a"));
        return plan.steps().isEmpty()
                ? String.valueOf(plan.settled().get(item("a")))
                : String.valueOf(plan.steps().get(0).get(0).request().json());
    }

    private static Result read(Call call, int status, String json) {
        return WRITING.read(call, new Answer(status, Map.of(), Sample.json(json), Sample.RECEIVED));
    }

    @Test
    void saysStatusAndQuantityInToastsWords() {
        assertThat(sent(FieldMap.of(Item.STATUS, SaleStatus.OFF)))
                .isEqualTo("[{\"guid\":\"T-a\",\"status\":\"OUT_OF_STOCK\"}]");
        assertThat(sent(FieldMap.of(Item.STATUS, SaleStatus.PAUSED))).contains("OUT_OF_STOCK");
        assertThat(sent(FieldMap.of(Item.STATUS, SaleStatus.FOR_SALE)))
                .isEqualTo("[{\"guid\":\"T-a\",\"status\":\"IN_STOCK\"}]");
        assertThat(sent(FieldMap.of(Item.QUANTITY, new BigDecimal("7.5"))))
                .isEqualTo("[{\"guid\":\"T-a\",\"status\":\"QUANTITY\",\"quantity\":7.5}]");
        assertThat(sent(FieldMap.of(Item.QUANTITY, BigDecimal.ZERO))).contains("OUT_OF_STOCK");
        assertThat(sent(FieldMap.builder(Kind.ITEM).clear(Item.QUANTITY).build()))
                .contains("IN_STOCK");
        assertThat(sent(FieldMap.builder(Kind.ITEM)
                        .set(Item.STATUS, SaleStatus.PAUSED)
                        .set(Item.QUANTITY, BigDecimal.TEN)
                        .build()))
                .as("taken off by hand")
                .contains("OUT_OF_STOCK");
        assertThat(sent(FieldMap.builder(Kind.ITEM)
                        .set(Item.STOCK_TRACKED, false)
                        .set(Item.QUANTITY, BigDecimal.TEN)
                        .build()))
                .as("not counted")
                .contains("IN_STOCK");
    }

    @Test
    void whatIsOffIsNotCountedAndHasItsCountBackWithItsStatus() {
        FieldMap off = WRITING.off();
        assertThat(sent(off)).contains("OUT_OF_STOCK");
        assertThat(off.with(ToastLevel.OUT_OF_STOCK.fields()))
                .as("as it is read back")
                .isEqualTo(off);
        assertThat(sent(FieldMap.builder(Kind.ITEM)
                        .set(Item.STATUS, SaleStatus.FOR_SALE)
                        .set(Item.STOCK_TRACKED, true)
                        .set(Item.QUANTITY, new BigDecimal("7"))
                        .build()))
                .isEqualTo("[{\"guid\":\"T-a\",\"status\":\"QUANTITY\",\"quantity\":7}]");
    }

    @Test
    void refusesWhatStockCannotSay() {
        assertThat(sent(FieldMap.of(Item.UNTIL, Sample.RECEIVED))).contains("cannot-say");
        assertThat(sent(FieldMap.of(Item.STOCK_TRACKED, true))).contains("no-quantity");
        assertThat(sent(FieldMap.builder(Kind.ITEM).clear(Item.UNTIL).build())).isEqualTo(Outcome.DONE.toString());
    }

    @Test
    void refusesMenusRecordByRecordWithoutACall() {
        RecordKey category = RecordKey.of(Kind.CATEGORY, "c");
        Plan plan = plan(
                Map.of(
                        category,
                        FieldMap.of(Category.NAME, "Mains"),
                        item("named"),
                        FieldMap.of(Item.NAME, "Tea"),
                        item("new"),
                        FieldMap.of(Item.QUANTITY, BigDecimal.ONE)),
                Set.of(item("known"), item("unheard-of")),
                category,
                item("named"),
                item("known"));
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.settled())
                .containsOnly(
                        Map.entry(category, ToastWriting.READ_ONLY),
                        Map.entry(item("named"), ToastWriting.READ_ONLY),
                        Map.entry(item("new"), ToastWriting.READ_ONLY),
                        Map.entry(item("known"), ToastWriting.READ_ONLY),
                        Map.entry(item("unheard-of"), Outcome.DONE));
        assertThat(((Outcome.GiveUp) ToastWriting.READ_ONLY).code()).isEqualTo("read-only");
    }

    @Test
    void tellsTheStockOfAnItemWhoseNameItCannotTell() {
        FieldMap both = FieldMap.builder(Kind.ITEM)
                .set(Item.NAME, "Tea")
                .set(Item.STATUS, SaleStatus.OFF)
                .build();
        Plan plan = plan(Map.of(item("a"), both), Set.of(), item("a"));
        assertThat(plan.steps().get(0).get(0).about()).containsOnlyKeys(item("a"));
        assertThat(plan.settled()).containsEntry(item("a"), ToastWriting.READ_ONLY);
    }

    @Test
    void tellsManyInFewCalls() {
        Map<RecordKey, FieldMap> wanted = new HashMap<>();
        for (int i = 0; i < 250; i++) {
            wanted.put(item("i" + i), FieldMap.of(Item.STATUS, SaleStatus.OFF));
        }
        Plan plan = plan(wanted, Set.of(), wanted.keySet().toArray(RecordKey[]::new));
        assertThat(plan.steps()).hasSize(1);
        assertThat(plan.steps().get(0)).extracting(call -> call.about().size()).containsExactly(100, 100, 50);
        assertThat(plan.steps().get(0)).allSatisfy(call -> {
            assertThat(call.request()).hasToString("PUT /stock/v1/inventory/update");
            assertThat(call.request().repeatable()).isTrue();
            assertThat(call.request().headers()).containsEntry("Toast-Restaurant-External-ID", "HERE");
        });
    }

    private static Call call(String... ids) {
        Map<RecordKey, FieldMap> wanted = new HashMap<>();
        for (String id : ids) {
            wanted.put(item(id), FieldMap.of(Item.STATUS, SaleStatus.OFF));
        }
        return plan(wanted, Set.of(), wanted.keySet().toArray(RecordKey[]::new))
                .steps()
                .get(0)
                .get(0);
    }

    @Test
    void readsFailuresInsideASuccess() {
        Result result = read(
                call("a", "b", "c"),
                200,
                "[{'guid':'T-a','status':'OUT_OF_STOCK','itemGuidValidity':'VALID'},"
                        + "{'guid':'T-b','status':'OUT_OF_STOCK','itemGuidValidity':'INVALID'}]");
        assertThat(result.outcomes()).containsEntry(item("a"), Outcome.DONE);
        assertThat(result.outcomes().get(item("b")))
                .isInstanceOfSatisfying(
                        Outcome.GiveUp.class, no -> assertThat(no.code()).isEqualTo("unknown-item"));
        assertThat(result.outcomes().get(item("c")))
                .isEqualTo(new Outcome.ReadAgain("stock", "the answer does not mention T-c"));
    }

    @Test
    void halvesWhatIsRefusedAsAWholeUntilOneIsToBlame() {
        Result result = read(call("a", "b", "c"), 400, "{'message':'No.'}");
        assertThat(result.outcomes()).isEmpty();
        assertThat(result.instead()).extracting(each -> each.about().size()).containsExactly(1, 2);
        assertThat(result.instead().get(0).request().json())
                .isEqualTo("[{\"guid\":\"T-a\",\"status\":\"OUT_OF_STOCK\"}]");
        assertThat(read(result.instead().get(0), 400, "{'message':'No.'}").outcomes())
                .containsExactly(Map.entry(item("a"), new Outcome.GiveUp("http-400", "HTTP 400: No.")));
    }

    @Test
    void triesLaterWhenToastIsBusyDownOrMakesNoSense() {
        for (String body : List.of("", "{}", "<html>", "[")) {
            assertThat(read(call("a"), 200, body).outcomes().get(item("a")))
                    .as(body)
                    .isInstanceOf(Outcome.TryLater.class);
        }
        assertThat(read(call("a", "b"), 503, "").outcomes().values())
                .containsOnly(new Outcome.TryLater(Duration.ZERO, "HTTP 503"));
        assertThat(read(call("a"), 401, "").outcomes().get(item("a"))).isInstanceOf(Outcome.NeedsReauthorisation.class);
        assertThat(read(call("a"), 200, "[7,null,{'guid':{}}]").outcomes().get(item("a")))
                .isInstanceOf(Outcome.ReadAgain.class);
    }

    @Test
    void seesTheIdsOfMenusAndStock() {
        assertThat(WRITING.seen(Sample.payload("menus", Sample.bytes("menus.json"))))
                .hasSize(23)
                .containsEntry(item("I-BURGER"), new Remote(new RecordId("I-BURGER"), 0, null));
        assertThat(WRITING.seen(Sample.payload("stock", Sample.bytes("stock.json"))))
                .hasSize(3);
        assertThat(WRITING.seen(Sample.payload("store", Sample.bytes("restaurant.json"))))
                .isEmpty();
        assertThat(WRITING.seen(Sample.payload("menus", Sample.json("[")))).isEmpty();
    }
}
