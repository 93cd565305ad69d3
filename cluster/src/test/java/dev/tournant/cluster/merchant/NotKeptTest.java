package dev.tournant.cluster.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Writing;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.Fact;
import dev.tournant.messages.FeedPage;
import dev.tournant.messages.History;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantCommand.ControlLink.Action;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Position;
import dev.tournant.messages.PushOutcome;
import dev.tournant.messages.RemoteRecord;
import dev.tournant.messages.Revision;
import dev.tournant.model.Direction;
import dev.tournant.model.Field;
import dev.tournant.model.FieldGroup;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.Money;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Projection;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Stamp;
import dev.tournant.model.SyncRule;
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

/** A till that rounds prices to half a dollar, and what becomes of telling it others. */
class NotKeptTest {
    private static final LinkId TILL = new LinkId("till-1");
    private static final RecordKey TEA = RecordKey.of(Kind.ITEM, "tea");
    private static final MerchantLimits LIMITS = TestLimits.shipped();
    private static final Traits TRAITS = new Traits(
            List.of("catalog"),
            Set.of(Capability.READ_CATALOGUE, Capability.WRITE_CATALOGUE),
            Optional.of(Writing.Scope.CHANGES),
            Optional.empty());
    private static final Map<PartnerName, Traits> PARTNERS = Map.of(new PartnerName("till"), TRAITS);
    private static final MerchantRules RULES = new MerchantRules(LIMITS, PARTNERS);
    private static final Money TOLD = Money.of("2.30", "USD");
    private static final Money ROUNDED = Money.of("2.50", "USD");

    private final List<Revision> revisions = new ArrayList<>();
    private MerchantState state = MerchantState.EMPTY;
    private Instant now = Instant.parse("2026-06-01T12:00:00Z");
    private int pages;
    private long version = 1;

    NotKeptTest() {
        Link till = new Link(TILL, new PartnerName("till"), "M", "L", "main").with(Direction.BOTH, Projection.ALL);
        tell(new MerchantCommand.SetProfile(
                new MerchantProfile(
                        "Grill",
                        Currency.getInstance("USD"),
                        ZoneId.of("UTC"),
                        List.of(till),
                        Map.of(FieldGroup.PRICES, SyncRule.Common.LATEST)),
                null,
                "r",
                now));
        reads(Money.of("1.00", "USD"));
        edit(FieldMap.of(Item.PRICE, TOLD));
    }

    private MerchantReply tell(MerchantCommand command) {
        Decision decision = RULES.decide(state, command);
        revisions.addAll(decision.commit().revisions());
        // As it is after a restart.
        state = MerchantState.of(decision.after().snapshot());
        return decision.reply();
    }

    private void edit(FieldMap fields) {
        now = now.plusSeconds(1);
        RecordDelta edit = RecordDelta.set(TEA, Stamp.ZERO, 0, fields);
        tell(new MerchantCommand.EditRecord(edit, state.records().get(TEA).revision(), "r" + now, now));
    }

    /** The till is read. */
    private void reads(Money price) {
        says(FieldMap.builder(Kind.ITEM)
                .put(Item.NAME, "Tea")
                .put(Item.PRICE, price)
                .build());
    }

    private void says(FieldMap fields) {
        now = now.plusSeconds(1);
        pages++;
        RecordDelta said = RecordDelta.set(TEA, Stamp.at(now), version, fields);
        tell(new MerchantCommand.Absorb(
                List.of(new Delivery(
                        new Position("t", 0, pages),
                        TILL,
                        List.of(new PartnerEvent("", List.of(said), List.of())),
                        new FeedPage("catalog", pages, true, "u"),
                        "",
                        List.of(new RemoteRecord(TEA, new RecordId("tea"), version, null)),
                        List.of(),
                        now)),
                now));
    }

    /** What is to be told now; it is taken at a new version. */
    private FieldMap pushed() {
        now = now.plusSeconds(1);
        Step step = next(null);
        if (step.intended() != null) {
            // What is about to be made is written down first.
            tell(Objects.requireNonNull(step.remember()));
            step = next(step.intended());
        }
        Telling telling = step.telling();
        if (telling == null) {
            return FieldMap.EMPTY;
        }
        version++;
        FieldMap wanted = telling.difference().wanted().get(TEA);
        tell(new MerchantCommand.TakePush(
                TILL,
                List.of(new MerchantCommand.Settled(TEA, PushOutcome.DONE, "f")),
                List.of(RecordDelta.set(TEA, Stamp.at(now), 0, wanted)),
                List.of(new RemoteRecord(TEA, new RecordId("tea"), version, null)),
                "",
                now));
        return wanted;
    }

    private Step next(@Nullable String intended) {
        MerchantProfile profile = Objects.requireNonNull(state.profile());
        return Step.next(state, profile, profile.links().get(0), TRAITS, LIMITS, new Step.Before(intended), now);
    }

    private void toldAndRounded(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(pushed()).as("telling " + i).isEqualTo(FieldMap.of(Item.PRICE, TOLD));
            reads(ROUNDED);
        }
    }

    private @Nullable Object price() {
        return state.records().get(TEA).get(Item.PRICE).orElse(null);
    }

    private MerchantReply ask(MerchantQuery query) {
        return MerchantQueries.answer(state, query, PARTNERS, 1_000_000, now);
    }

    @Test
    void isToldSoOftenAndThenLeftAlone() {
        toldAndRounded(3);
        assertThat(pushed()).isEqualTo(FieldMap.EMPTY);
        reads(ROUNDED);
        assertThat(pushed()).isEqualTo(FieldMap.EMPTY);
        assertThat(price()).as("nobody edited it there").isEqualTo(TOLD);
    }

    @Test
    void isSaidToPeople() {
        toldAndRounded(3);
        MerchantReply.LinkReport report = (MerchantReply.LinkReport) ask(new MerchantQuery.OneLink(TILL, now));
        assertThat(report.drifting()).singleElement().satisfies(each -> {
            assertThat(each.field()).isEqualTo("price");
            assertThat(each.notKept()).isEqualTo(3);
            assertThat(each.shows()).isEqualTo(Item.PRICE.writeAny(ROUNDED));
            assertThat(each.should()).isEqualTo(Item.PRICE.writeAny(TOLD));
        });
        assertThat(report.what()).contains("but for 1 value that the partner took and altered");
        MerchantReply.Explanation why =
                (MerchantReply.Explanation) ask(new MerchantQuery.Explain(TEA, "price", TILL, now));
        assertThat(why.answer()).contains("till-1 shows 2.50 USD").contains("told 3 times, took, and did not keep");
        assertThat(why.next()).contains("is not told it any more").contains("resync");
        assertThat(why.fields().get(0).notKept()).satisfies(each -> {
            assertThat(each.held()).isTrue();
            assertThat(each.times()).isEqualTo(3);
        });
    }

    @Test
    void standsInTheHistoryOnce() {
        toldAndRounded(3);
        reads(ROUNDED);
        List<History.Entry> entries = revisions.stream()
                .flatMap(each -> Entries.of(each, TEA).stream())
                .filter(each -> each.notKept() != null)
                .toList();
        assertThat(entries).singleElement().satisfies(each -> {
            assertThat(each.link()).isEqualTo(TILL);
            assertThat(each.delta().fields()).isEqualTo(FieldMap.of(Item.PRICE, ROUNDED));
            assertThat(each.notKept()).extracting(RecordDelta::fields).isEqualTo(FieldMap.of(Item.PRICE, TOLD));
        });
        assertThat(revisions)
                .filteredOn(each -> each.facts().get(0) instanceof Fact.NotKept)
                .hasSize(1);
    }

    @Test
    void anotherValueOfOursIsTried() {
        toldAndRounded(3);
        edit(FieldMap.of(Item.PRICE, Money.of("3.00", "USD")));
        assertThat(pushed()).isEqualTo(FieldMap.of(Item.PRICE, Money.of("3.00", "USD")));
        reads(Money.of("3.00", "USD"));
        assertThat(state.link(TILL).counterpart(TEA))
                .satisfies(each -> assertThat(each.unkept()).isEmpty());
        edit(FieldMap.of(Item.PRICE, TOLD));
        toldAndRounded(3);
        assertThat(pushed()).isEqualTo(FieldMap.EMPTY);
    }

    @Test
    void soIsNoneThoughItHadNoneOnce() {
        reads(TOLD);
        says(described(null));
        edit(described("two eggs"));
        for (int i = 0; i < 3; i++) {
            assertThat(pushed()).isEqualTo(described("two eggs"));
            says(described("2 eggs"));
        }
        edit(described(null));
        assertThat(pushed()).isEqualTo(described(null));
    }

    private static FieldMap described(@Nullable String how) {
        return FieldMap.builder(Kind.ITEM).put(Item.DESCRIPTION, how).build();
    }

    @Test
    void anotherValueOfTheirsIsAnEdit() {
        toldAndRounded(3);
        version++;
        reads(Money.of("4.00", "USD"));
        assertThat(price()).isEqualTo(Money.of("4.00", "USD"));
        assertThat(pushed()).isEqualTo(FieldMap.EMPTY);
    }

    @Test
    void anOperatorMayHaveItToldAgain() {
        toldAndRounded(3);
        tell(new MerchantCommand.ControlLink(TILL, Action.RESYNC, "r", now));
        reads(ROUNDED);
        toldAndRounded(3);
        assertThat(pushed()).isEqualTo(FieldMap.EMPTY);
    }

    @Test
    void countsAnewOnceItIsKept() {
        toldAndRounded(2);
        assertThat(pushed()).isEqualTo(FieldMap.of(Item.PRICE, TOLD));
        reads(TOLD);
        version++;
        reads(ROUNDED);
        assertThat(price()).as("an edit").isEqualTo(ROUNDED);
    }

    @Test
    void whatIsFromBeforeTheTellingCountsForNothing() {
        pushed();
        version--;
        reads(ROUNDED);
        version++;
        assertThat(pushed()).isEqualTo(FieldMap.EMPTY);
        assertThat(state.link(TILL).counterpart(TEA))
                .satisfies(each -> assertThat(each.unkept()).isEmpty());
    }

    @Test
    void whetherItIsForSaleIsNeverTakenForTheirDoing() {
        pushed();
        reads(TOLD);
        for (int i = 0; i < 5; i++) {
            edit(FieldMap.of(Item.STATUS, SaleStatus.FOR_SALE));
            pushed();
            version++;
            says(status(SaleStatus.OFF));
            assertThat(state.records().get(TEA).get(Item.STATUS))
                    .as("word " + i)
                    .contains(SaleStatus.OFF);
        }
    }

    private static FieldMap status(SaleStatus status) {
        Field<SaleStatus> field = Item.STATUS;
        return FieldMap.builder(Kind.ITEM).put(field, status).build();
    }
}
