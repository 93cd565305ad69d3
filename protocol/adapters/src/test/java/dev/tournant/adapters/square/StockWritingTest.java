package dev.tournant.adapters.square;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Remote;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What of an item's stock can be told to Square. */
class StockWritingTest {
    private static final RecordKey TEA = RecordKey.of(Kind.ITEM, "tea");
    private static final Instant EVENING = Instant.parse("2026-11-22T17:00:00Z");

    private static Plan plan(FieldMap wanted) {
        return plan(wanted, Map.of(TEA, new Remote(new RecordId("TEA-R"), 1, null)));
    }

    private static Plan plan(FieldMap wanted, Map<RecordKey, Remote> remotes) {
        return new SquareWriting()
                .plan(new Difference(
                        Sample.LINK,
                        java.util.Currency.getInstance("USD"),
                        Map.of(TEA, wanted),
                        Set.of(),
                        remotes,
                        "n1",
                        Sample.RECEIVED));
    }

    private static FieldMap.Builder item() {
        return FieldMap.builder(Kind.ITEM);
    }

    @Test
    void aTimeOfReturnCannotBeSaidNorIsItDropped() {
        for (FieldMap wanted : new FieldMap[] {
            item().set(Item.UNTIL, EVENING).build(),
            item().set(Item.UNTIL, EVENING).set(Item.QUANTITY, BigDecimal.TEN).build()
        }) {
            Plan plan = plan(wanted);
            assertThat(plan.steps()).isEmpty();
            assertThat(plan.settled().get(TEA))
                    .isInstanceOfSatisfying(
                            Outcome.GiveUp.class, no -> assertThat(no.code()).isEqualTo("cannot-say"));
        }
    }

    private static String told(FieldMap wanted) {
        return plan(wanted).steps().get(0).get(0).request().json() + "";
    }

    @Test
    void noneIsToldOfWhatIsOffAndItsCountWhenItIsOnAgain() {
        assertThat(told(new SquareWriting().off())).contains("\"quantity\":\"0\"");
        assertThat(told(item().set(Item.STATUS, SaleStatus.FOR_SALE)
                        .set(Item.QUANTITY, BigDecimal.valueOf(5))
                        .build()))
                .contains("\"quantity\":\"5\"");
        assertThat(told(FieldMap.of(Item.QUANTITY, BigDecimal.valueOf(-1))))
                .as("less than none cannot be told")
                .contains("\"quantity\":\"0\"");
    }

    @Test
    void whatIsNotCountedCannotBeTakenOff() {
        Map<RecordKey, Remote> remotes = Map.of(
                RecordKey.of(Kind.ITEM, "dish"),
                new Remote(
                        new RecordId("DISH"),
                        1,
                        Documents.object(Sample.json("{'type':'ITEM','id':'DISH','item_data':{'variations':["
                                + "{'type':'ITEM_VARIATION','id':'TEA-R','item_variation_data':{'item_id':'DISH',"
                                + "'location_overrides':[{'location_id':'ELSEWHERE','track_inventory':true}]}}]}}"))),
                TEA,
                new Remote(new RecordId("TEA-R"), 1, null));
        Plan plan = plan(new SquareWriting().off(), remotes);
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.settled().get(TEA))
                .isInstanceOfSatisfying(
                        Outcome.GiveUp.class, no -> assertThat(no.code()).isEqualTo("not-tracked"));
        FieldMap counted = new SquareWriting().off().with(FieldMap.of(Item.STOCK_TRACKED, true));
        assertThat(plan(counted, remotes).steps())
                .as("it is counted from now on, and there is none")
                .hasSize(2);
    }

    @Test
    void whatIsOnSaleWithoutACountIsRefused() {
        assertThat(plan(FieldMap.of(Item.STATUS, SaleStatus.FOR_SALE)).settled().get(TEA))
                .isInstanceOfSatisfying(
                        Outcome.GiveUp.class, no -> assertThat(no.code()).isEqualTo("no-quantity"));
    }

    @Test
    void whatIsCountedIsToldAndThatNothingIsToReturnNeedsNoCall() {
        assertThat(plan(item().set(Item.QUANTITY, BigDecimal.TEN)
                                .setOrClear(Item.UNTIL, null)
                                .build())
                        .steps())
                .hasSize(1);
        Plan cleared = plan(item().setOrClear(Item.UNTIL, null).build());
        assertThat(cleared.steps()).isEmpty();
        assertThat(cleared.settled()).containsExactly(Map.entry(TEA, Outcome.DONE));
    }
}
