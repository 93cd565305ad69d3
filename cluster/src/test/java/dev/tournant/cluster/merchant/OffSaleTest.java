package dev.tournant.cluster.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Writing;
import dev.tournant.adapters.square.SquareAdapter;
import dev.tournant.cluster.push.HandPush;
import dev.tournant.cluster.sync.Remembered;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.FeedPage;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply.Explanation;
import dev.tournant.messages.MerchantReply.LinkReport;
import dev.tournant.messages.Position;
import dev.tournant.messages.RemoteRecord;
import dev.tournant.model.Direction;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Instants;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Projection;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Stamp;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Tea is counted at Square, where only a count of none takes it off sale: what becomes of its count while it is off, and when it
 * is on sale again. Square is told by its adapter, and read by it.
 */
class OffSaleTest {
    private static final Currency USD = Currency.getInstance("USD");
    private static final RecordKey CUP = RecordKey.of(Kind.ITEM, "CUP");
    private static final LinkId SQUARE = new LinkId("sq-1");
    private static final LinkId MARKET = new LinkId("ma-1");
    private static final LinkId BOARD = new LinkId("bo-1");
    private static final String INVENTORY = "inventory";
    private static final MerchantLimits LIMITS = TestLimits.shipped();
    private static final Adapter ADAPTER = new SquareAdapter();
    private static final Writing WRITING = ADAPTER.writing().orElseThrow();
    private static final Traits TOLD = new Traits(
            List.of(),
            Set.of(Capability.WRITE_CATALOGUE, Capability.WRITE_STOCK),
            Optional.of(Writing.Scope.CHANGES),
            Optional.empty());
    private static final Map<PartnerName, Traits> PARTNERS = Map.of(
            new PartnerName("square"), Traits.of(ADAPTER),
            new PartnerName("market"), TOLD,
            new PartnerName("board"), Traits.reading(List.of("stock")));
    private static final MerchantRules RULES = new MerchantRules(LIMITS, PARTNERS);
    private static final Link LINK =
            new Link(SQUARE, new PartnerName("square"), "A", "HERE", "main").with(Direction.BOTH, Projection.ALL);

    private MerchantState state = MerchantState.EMPTY;
    private Instant now = Instant.parse("2026-06-01T12:00:00Z");
    private int offset;

    // Square.
    private BigDecimal count = BigDecimal.valueOf(5);
    private Instant countedAt = now;
    private boolean soldOut;
    private long version = 3;

    OffSaleTest() {
        Link market =
                new Link(MARKET, new PartnerName("market"), "A", "L", "main").with(Direction.WRITE, Projection.ALL);
        Link board = new Link(BOARD, new PartnerName("board"), "A", "L", "main").with(Direction.BOTH, Projection.ALL);
        decide(new MerchantCommand.SetProfile(
                new MerchantProfile("Grill", USD, ZoneId.of("UTC"), List.of(LINK, market, board)), null, "put", now));
        read("locations");
        read("catalog");
        read(INVENTORY);
        push();
        assertThat(cup().get(Item.QUANTITY)).contains(BigDecimal.valueOf(5));
    }

    private void decide(MerchantCommand command) {
        // As it is after a restart.
        state = MerchantState.of(RULES.decide(state, command).after().snapshot());
    }

    private void tick() {
        now = now.plusSeconds(10);
    }

    private FlatRecord cup() {
        return Objects.requireNonNull(state.records().get(CUP));
    }

    private int quantity() {
        return cup().get(Item.QUANTITY).orElseThrow().intValue();
    }

    private void edit(FieldMap fields) {
        tick();
        decide(new MerchantCommand.EditRecord(
                RecordDelta.set(CUP, Stamp.ZERO, 0, fields), cup().revision(), "r" + now, now));
    }

    private void status(SaleStatus status) {
        edit(FieldMap.of(Item.STATUS, status));
    }

    /** The board, which outranks nobody, says whether it is on sale. */
    private void board(SaleStatus status) {
        tick();
        // It has a name of its own for the cup.
        RecordKey theirs = RecordKey.of(Kind.ITEM, "b-7");
        RecordDelta said = RecordDelta.set(theirs, Stamp.at(now), 0, FieldMap.of(Item.STATUS, status));
        RemoteRecord known = new RemoteRecord(CUP, theirs.id(), 0, null);
        absorb(BOARD, List.of(new PartnerEvent("b" + offset, List.of(said), List.of())), null, now, List.of(known));
    }

    private void absorb(LinkId link, List<PartnerEvent> events, @Nullable FeedPage page, Instant received) {
        absorb(link, events, page, received, List.of());
    }

    private void absorb(
            LinkId link,
            List<PartnerEvent> events,
            @Nullable FeedPage page,
            Instant received,
            List<RemoteRecord> remotes) {
        offset++;
        decide(new MerchantCommand.Absorb(
                List.of(new Delivery(
                        new Position("t", 0, offset), link, events, page, "", remotes, List.of(), received)),
                now));
    }

    // What Square says.

    private static JsonNode json(String text) {
        return Documents.object(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode body(String resource) {
        return switch (resource) {
            case "locations" -> json("{'location':{'id':'HERE','timezone':'UTC'}}");
            case "catalog" ->
                json("{'objects':[{'type':'ITEM','id':'TEA','version':" + version + ",'updated_at':'"
                        + Instants.print(now) + "','item_data':{'name':'Tea','variations':[{'type':'ITEM_VARIATION',"
                        + "'id':'CUP','version':" + version + ",'updated_at':'" + Instants.print(now)
                        + "','item_variation_data':{'item_id':'TEA','name':'Cup','track_inventory':true,"
                        + "'location_overrides':[{'location_id':'HERE','sold_out':" + soldOut + "}]}}]}}]}");
            default -> json("{'counts':[" + counted() + "]}");
        };
    }

    private String counted() {
        return "{'catalog_object_id':'CUP','state':'IN_STOCK','location_id':'HERE','quantity':'" + count
                + "','calculated_at':'" + Instants.print(countedAt) + "'}";
    }

    private void read(String resource) {
        tick();
        page(resource, body(resource), now);
    }

    private void page(String resource, JsonNode body, Instant asked) {
        Payload payload =
                new Payload(LINK, USD, resource, asked, Documents.text(body).getBytes(StandardCharsets.UTF_8));
        Reading reading = ADAPTER.read(payload);
        assertThat(reading.unreadable()).isEmpty();
        List<RemoteRecord> remotes = new ArrayList<>();
        WRITING.seen(payload).forEach((key, remote) -> remotes.add(Remembered.of(key, remote)));
        long wanted = Objects.requireNonNull(state.feeds().get(MerchantState.feedKey(SQUARE, resource)))
                .wanted();
        absorb(SQUARE, reading.events(), new FeedPage(resource, wanted, true, null), asked, remotes);
    }

    private JsonNode webhook() {
        return json("{'merchant_id':'A','type':'inventory.count.updated','event_id':'e" + offset
                + "','data':{'object':{'inventory_counts':[" + counted() + "]}}}");
    }

    private void hears(JsonNode webhook) {
        Reading reading = ADAPTER.read(
                new Payload(LINK, USD, null, now, Documents.text(webhook).getBytes(StandardCharsets.UTF_8)));
        absorb(SQUARE, reading.events(), null, now);
    }

    // What happens at Square.

    private void counts(int left) {
        count = BigDecimal.valueOf(left);
        countedAt = now;
        if (soldOut != (left <= 0)) {
            soldOut = left <= 0;
            version++;
        }
    }

    private void sells(int some) {
        tick();
        counts(count.intValue() - some);
    }

    /** Square shows all that it has. */
    private void readAll() {
        read("catalog");
        read(INVENTORY);
    }

    private Answer take(Call call) {
        JsonNode changes = Documents.object(
                        Objects.requireNonNull(call.request().json()).getBytes(StandardCharsets.UTF_8))
                .path("changes");
        assertThat(changes).as("only counts are told").hasSize(1);
        counts(changes.get(0).at("/physical_count/quantity").asInt());
        return new Answer(200, Map.of(), "{}".getBytes(StandardCharsets.UTF_8), now);
    }

    /** All that Square is to be told; how many calls that takes. */
    private int push() {
        return push(() -> {});
    }

    /** @param meanwhile between what Square takes and our hearing of it */
    private int push(Runnable meanwhile) {
        int calls = 0;
        Step.Before before = new Step.Before(null);
        for (int i = 0; i < 10; i++) {
            tick();
            Step step = Step.next(
                    state, Objects.requireNonNull(state.profile()), LINK, Traits.of(ADAPTER), LIMITS, before, now);
            if (step.telling() == null && step.remember() == null) {
                return calls;
            }
            before = new Step.Before(step.intended());
            calls += step.telling() == null ? 0 : tell(step.telling(), meanwhile);
            if (step.remember() != null) {
                decide(step.remember());
            }
        }
        throw new AssertionError("pushes do not end");
    }

    private int tell(Telling telling, Runnable meanwhile) {
        HandPush push = new HandPush(WRITING, telling.difference());
        MerchantCommand planned = telling.planned(push.settled().outcomes(), now);
        if (planned != null) {
            decide(planned);
        }
        int calls = 0;
        for (List<Call> begun = push.begun(); !push.isOver(); begun = push.begun()) {
            for (Call call : begun) {
                Answer answer = take(call);
                meanwhile.run();
                HandPush.News news = push.ended(call, answer);
                tick();
                decide(telling.told(news.outcomes(), news.remotes(), now));
                calls++;
            }
        }
        return calls;
    }

    private Explanation why(@Nullable String field, LinkId link) {
        return (Explanation) MerchantQueries.answer(
                state, new MerchantQuery.Explain(CUP, field, link, now), PARTNERS, 1_000_000, now);
    }

    private LinkReport square() {
        return (LinkReport)
                MerchantQueries.answer(state, new MerchantQuery.OneLink(SQUARE, now), PARTNERS, 1_000_000, now);
    }

    private @Nullable Object shouldShow(String field, LinkId link) {
        return why(field, link).fields().get(0).desired();
    }

    private void off() {
        status(SaleStatus.OFF);
        assertThat(push()).isEqualTo(1);
        readAll();
        assertThat(count.intValue()).as("at Square").isZero();
        assertThat(soldOut).isTrue();
    }

    private void on() {
        status(SaleStatus.FOR_SALE);
        assertThat(push()).isEqualTo(1);
        readAll();
        assertThat(soldOut).isFalse();
    }

    @Test
    void whatIsOnSaleAgainHasItsCountBack() {
        off();
        assertThat(quantity()).isEqualTo(5);
        assertThat(cup().get(Item.STATUS)).contains(SaleStatus.OFF);
        assertThat(shouldShow("quantity", MARKET))
                .as("our count of none is for Square alone")
                .isEqualTo("5");
        assertThat(push()).as("what Square says of it is an echo").isZero();
        assertThat(square().drifting()).isEmpty();
        on();
        assertThat(count.intValue()).as("at Square").isEqualTo(5);
        assertThat(quantity()).isEqualTo(5);
        assertThat(push()).isZero();
        assertThat(square().state()).isEqualTo("in-step");
    }

    @Test
    void whatAnotherLinkTakesOffComesBackWithItsCountToo() {
        board(SaleStatus.PAUSED);
        assertThat(push()).isEqualTo(1);
        readAll();
        assertThat(count.intValue()).isZero();
        assertThat(quantity()).isEqualTo(5);
        board(SaleStatus.FOR_SALE);
        assertThat(push()).isEqualTo(1);
        readAll();
        assertThat(count.intValue()).isEqualTo(5);
        assertThat(cup().get(Item.STATUS)).contains(SaleStatus.FOR_SALE);
    }

    @Test
    void aSaleWhileItIsOffIsNotLost() {
        off();
        sells(1);
        hears(webhook());
        assertThat(quantity()).isEqualTo(4);
        readAll();
        assertThat(quantity()).as("said again").isEqualTo(4);
        sells(2);
        read(INVENTORY);
        assertThat(quantity()).isEqualTo(2);
        assertThat(push()).as("less than none is none").isZero();
        assertThat(why(null, SQUARE).next()).isEqualTo("nothing: sq-1 shows what it should");
        on();
        assertThat(count.intValue()).isEqualTo(2);
    }

    @Test
    void whatIsTakenBackWhileItIsOffIsNoSale() {
        off();
        sells(2);
        read(INVENTORY);
        sells(-1);
        read(INVENTORY);
        assertThat(quantity()).isEqualTo(4);
        sells(-1);
        read(INVENTORY);
        assertThat(quantity()).isEqualTo(5);
    }

    @Test
    void aSaleBetweenOurWriteAndItsAnswerIsNotLost() {
        status(SaleStatus.OFF);
        assertThat(push(() -> {
                    sells(1);
                    read(INVENTORY);
                }))
                .isEqualTo(1);
        assertThat(quantity()).isEqualTo(4);
        readAll();
        assertThat(quantity()).as("said again").isEqualTo(4);
        sells(1);
        readAll();
        assertThat(quantity()).isEqualTo(3);
        on();
        assertThat(count.intValue()).isEqualTo(3);
    }

    @Test
    void ofTwoSalesOfWhichOneWasBeforeTheAnswerEachIsTakenOffOnce() {
        status(SaleStatus.OFF);
        push(() -> {
            sells(1);
            read(INVENTORY);
        });
        sells(1);
        read(INVENTORY);
        assertThat(quantity()).isEqualTo(3);
    }

    @Test
    void aSaleBeforeOurWriteThatIsHeardAfterItIsNotLost() {
        sells(1);
        JsonNode late = webhook();
        off();
        hears(late);
        assertThat(quantity()).isEqualTo(4);
        readAll();
        assertThat(quantity()).isEqualTo(4);
        assertThat(push()).as("what Square was told is there").isZero();
        on();
        assertThat(count.intValue()).isEqualTo(4);
    }

    @Test
    void anOldCountThatIsHeardLateIsNoneOfWhatComesBack() {
        JsonNode late = webhook();
        edit(FieldMap.of(Item.QUANTITY, BigDecimal.valueOf(9)));
        assertThat(push()).isEqualTo(1);
        off();
        hears(late);
        readAll();
        assertThat(quantity()).isEqualTo(9);
        on();
        assertThat(count.intValue()).isEqualTo(9);
    }

    @Test
    void whatSomebodyCountsThereComesBackAndIsHiddenAgain() {
        off();
        tick();
        counts(12);
        readAll();
        assertThat(cup().get(Item.STATUS)).as("who took it off puts it back").contains(SaleStatus.OFF);
        assertThat(quantity()).isEqualTo(12);
        assertThat(push()).isEqualTo(1);
        readAll();
        assertThat(count.intValue()).isZero();
        assertThat(quantity()).isEqualTo(12);
        on();
        assertThat(count.intValue()).isEqualTo(12);
    }

    @Test
    void aCountSetHereWhileItIsOffIsToldWhenItIsOn() {
        off();
        edit(FieldMap.of(Item.QUANTITY, BigDecimal.valueOf(8)));
        assertThat(push()).isZero();
        assertThat(soldOut).isTrue();
        sells(1);
        read(INVENTORY);
        assertThat(quantity()).isEqualTo(7);
        on();
        assertThat(count.intValue()).isEqualTo(7);
    }

    @Test
    void whatSquareRanOutOfItselfIsItsOwnWord() {
        sells(5);
        readAll();
        assertThat(cup().get(Item.STATUS)).contains(SaleStatus.PAUSED);
        assertThat(quantity()).isZero();
        edit(FieldMap.of(Item.QUANTITY, BigDecimal.valueOf(6)));
        assertThat(push()).isEqualTo(1);
        readAll();
        assertThat(cup().get(Item.STATUS)).contains(SaleStatus.FOR_SALE);
        assertThat(count.intValue()).isEqualTo(6);
    }

    @Test
    void whatHasNoneLeftWantsACountToBeOnSale() {
        sells(5);
        readAll();
        status(SaleStatus.OFF);
        push();
        status(SaleStatus.FOR_SALE);
        push();
        assertThat(why(null, SQUARE).answer()).contains("no-quantity: Square puts an item on sale by its stock");
        edit(FieldMap.of(Item.QUANTITY, BigDecimal.valueOf(3)));
        assertThat(push()).isEqualTo(1);
        readAll();
        assertThat(count.intValue()).isEqualTo(3);
        assertThat(square().state()).isEqualTo("in-step");
    }

    @Test
    void anAnswerThatIsLostLeavesTheCountAlone() {
        status(SaleStatus.OFF);
        tick();
        Step begun =
                Step.next(state, Objects.requireNonNull(state.profile()), LINK, Traits.of(ADAPTER), LIMITS, null, now);
        decide(Objects.requireNonNull(begun.remember()));
        counts(0);
        readAll();
        assertThat(quantity()).isEqualTo(5);
        push();
        readAll();
        on();
        assertThat(count.intValue()).isEqualTo(5);
    }

    @Test
    void aPauseThatEndsIsOneToSquareAndTheCountComesBackWithItsEnd() {
        edit(FieldMap.builder(Kind.ITEM)
                .set(Item.STATUS, SaleStatus.PAUSED)
                .set(Item.UNTIL, now.plusSeconds(3_600))
                .build());
        assertThat(push()).isEqualTo(1);
        readAll();
        assertThat(push()).isZero();
        assertThat(square().state()).isEqualTo("in-step");
        assertThat(square().quarantined()).isEmpty();
        now = now.plusSeconds(3_600);
        assertThat(push()).isEqualTo(1);
        readAll();
        assertThat(count.intValue()).isEqualTo(5);
    }

    @Test
    void saysWhyNoneIsShown() {
        off();
        assertThat(why(null, SQUARE).answer())
                .startsWith("item/CUP (Cup) cannot be ordered on sq-1: off sale; status was set by an operator");
        assertThat(why(null, SQUARE).next()).isEqualTo("nothing: sq-1 shows what it should");
        assertThat(why("quantity", SQUARE).answer())
                .startsWith("item/CUP (Cup) has the quantity 5, set by sq-1")
                .contains(
                        "; sq-1 should show 0, as it is off sale, and that is how this partner shows it; its own value"
                                + " comes back when it is on sale again; sq-1 shows 0, as it was told at");
        assertThat(why("status", SQUARE).answer()).contains("sq-1 should show paused, as it is off sale");
    }
}
