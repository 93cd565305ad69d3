package dev.tournant.cluster.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Writing;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.FeedPage;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantCommand.Settled;
import dev.tournant.messages.MerchantCommand.TakePush;
import dev.tournant.messages.Position;
import dev.tournant.messages.PushOutcome;
import dev.tournant.messages.RemoteRecord;
import dev.tournant.model.Direction;
import dev.tournant.model.FieldGroup;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Projection;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Stamp;
import dev.tournant.model.SyncRule;
import dev.tournant.model.Whole;
import dev.tournant.persistence.Commit;
import dev.tournant.persistence.Counterpart;
import dev.tournant.persistence.FeedState;
import java.math.BigDecimal;
import java.time.Duration;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Tea is sold at the till while the till is told how much tea there is. Its counts bear no version, and the times of a clock
 * that we know nothing of: what was counted after our word must not be lost, and what was counted before must not hold.
 */
class SaidMeanwhileTest {
    private static final Instant BEGIN = Instant.parse("2026-06-01T12:00:00Z");
    private static final RecordKey TEA = RecordKey.of(Kind.ITEM, "tea");
    private static final LinkId TILL = new LinkId("till-1");
    private static final Traits TRAITS = new Traits(
            List.of("catalog", "inventory"),
            Set.of(
                    Capability.READ_CATALOGUE,
                    Capability.READ_STOCK,
                    Capability.WRITE_CATALOGUE,
                    Capability.WRITE_STOCK),
            Optional.of(Writing.Scope.CHANGES),
            Optional.empty());
    private static final MerchantRules RULES =
            new MerchantRules(SweepTest.LIMITS, Map.of(new PartnerName("till"), TRAITS));

    private final List<Commit> journal = new ArrayList<>();
    private MerchantState state = MerchantState.EMPTY;
    private int offset;

    SaidMeanwhileTest() {
        begin(Direction.BOTH);
        page("catalog", at(0), 3, FieldMap.of(Item.NAME, "Tea"));
        page("inventory", at(0), at(-100), 0, count(7));
    }

    private void begin(Direction direction) {
        Link link = new Link(TILL, new PartnerName("till"), "A", "L", "main").with(direction, Projection.ALL);
        MerchantProfile profile = new MerchantProfile(
                "Grill",
                Currency.getInstance("USD"),
                ZoneId.of("UTC"),
                List.of(link),
                Map.of(FieldGroup.STOCK, SyncRule.Common.LATEST, FieldGroup.CATALOGUE, SyncRule.Common.LATEST));
        decide(new MerchantCommand.SetProfile(profile, null, "put", at(0)));
    }

    @AfterEach
    void theJournalLeadsToTheSame() {
        MerchantState again = MerchantState.EMPTY;
        for (Commit commit : journal) {
            again = RULES.after(again, commit);
        }
        assertThat(again.records().all()).isEqualTo(state.records().all());
        assertThat(again.links()).isEqualTo(state.links());
        assertThat(again.feeds()).isEqualTo(state.feeds());
    }

    private static Instant at(int second) {
        return BEGIN.plusSeconds(second);
    }

    private static FieldMap count(int quantity) {
        return FieldMap.of(Item.QUANTITY, BigDecimal.valueOf(quantity));
    }

    private void decide(MerchantCommand command) {
        Decision decision = RULES.decide(state, command);
        if (!decision.commit().isEmpty()) {
            journal.add(decision.commit());
            state = RULES.written(decision.after(), Commit.published(0));
        }
    }

    private void absorb(PartnerEvent event, @Nullable FeedPage page, Instant receivedAt) {
        offset++;
        // Counts say nothing of the object that they are about.
        List<RemoteRecord> remotes = event.deltas().stream()
                .filter(each -> each.version() != 0)
                .map(each -> new RemoteRecord(TEA, new RecordId("tea"), each.version(), null))
                .toList();
        decide(new MerchantCommand.Absorb(
                List.of(new Delivery(
                        new Position("t", 0, offset), TILL, List.of(event), page, "", remotes, List.of(), receivedAt)),
                receivedAt.plusSeconds(1)));
    }

    private FeedState feed(String resource) {
        return Objects.requireNonNull(state.feeds().get(MerchantState.feedKey(TILL, resource)));
    }

    private FeedPage leaf(String resource) {
        return new FeedPage(resource, feed(resource).wanted(), true, "behind " + offset);
    }

    private void page(String resource, Instant asked, long version, FieldMap fields) {
        page(resource, asked, asked, version, fields);
    }

    private void page(String resource, Instant asked, Instant stamped, long version, FieldMap fields) {
        RecordDelta delta = RecordDelta.set(TEA, Stamp.at(stamped), version, fields);
        absorb(new PartnerEvent("", List.of(delta), List.of()), leaf(resource), asked);
    }

    private void webhook(Instant received, Instant stamped, FieldMap fields) {
        RecordDelta delta = RecordDelta.set(TEA, Stamp.at(stamped), 0, fields);
        absorb(new PartnerEvent("e" + offset, List.of(delta), List.of()), null, received);
    }

    private void edit(int second, FieldMap fields) {
        FlatRecord tea = tea();
        decide(new MerchantCommand.EditRecord(
                RecordDelta.set(TEA, Stamp.ZERO, 0, fields), tea.revision(), "r" + second, at(second)));
    }

    /** The till is told, and takes it. */
    private void told(int begun, int answered, FieldMap fields) {
        List<RecordDelta> deltas = List.of(RecordDelta.set(TEA, Stamp.at(at(begun)), 0, fields));
        decide(new TakePush(TILL, List.of(), deltas, List.of(), null, at(begun)));
        decide(new TakePush(
                TILL, List.of(new Settled(TEA, PushOutcome.DONE, "f")), deltas, List.of(), null, at(answered)));
    }

    private FlatRecord tea() {
        return Objects.requireNonNull(state.records().get(TEA));
    }

    private int quantity() {
        return tea().get(Item.QUANTITY).orElseThrow().intValue();
    }

    private void fiveAreTold() {
        edit(10, count(5));
        told(11, 15, count(5));
        assertThat(quantity()).isEqualTo(5);
    }

    @Test
    void aSaleBetweenOurWriteAndItsAnswerCounts() {
        fiveAreTold();
        page("inventory", at(16), at(13), 0, count(4));
        assertThat(quantity()).isEqualTo(4);
    }

    @Test
    void soDoSalesByAClockThatIsBehind() {
        Duration behind = Duration.ofSeconds(60);
        fiveAreTold();
        page("inventory", at(16), at(13).minus(behind), 0, count(4));
        assertThat(quantity()).isEqualTo(4);
        page("inventory", at(18), at(17).minus(behind), 0, count(3));
        assertThat(quantity()).isEqualTo(3);
    }

    @Test
    void whatAPageShowsThatWasAskedForTooEarlyIsReadAgainFromTheSamePlace() {
        fiveAreTold();
        String before = feed("inventory").cursor();
        page("inventory", at(14), at(13), 0, count(4));
        assertThat(quantity()).isEqualTo(5);
        assertThat(feed("inventory").isDue()).isTrue();
        assertThat(feed("inventory").cursor()).isEqualTo(before);
        assertThat(feed("catalog").isDue()).isFalse();
        page("inventory", at(16), at(13), 0, count(4));
        assertThat(quantity()).isEqualTo(4);
        assertThat(feed("inventory").isDue()).isFalse();
        assertThat(feed("inventory").cursor()).isNotEqualTo(before);
    }

    @Test
    void whatIsFromBeforeOurWriteDoesNotHold() {
        fiveAreTold();
        page("inventory", at(14), at(9), 0, count(6));
        page("inventory", at(16), at(12), 0, count(5));
        assertThat(quantity()).isEqualTo(5);
        assertThat(feed("inventory").isDue()).isFalse();
    }

    @Test
    void aWebhookThatMayBeOlderHasTheLinkRead() {
        fiveAreTold();
        webhook(at(16), at(13), count(4));
        assertThat(quantity()).isEqualTo(5);
        assertThat(feed("inventory").isDue()).isTrue();
    }

    @Test
    void aWebhookThatIsLaterByItsOwnTimeCountsAtOnce() {
        fiveAreTold();
        webhook(at(17), at(16), count(4));
        assertThat(quantity()).isEqualTo(4);
    }

    @Test
    void aWebhookThatReachedUsBeforeWeBeganIsLate() {
        fiveAreTold();
        webhook(at(9), at(9), count(6));
        assertThat(quantity()).isEqualTo(5);
        assertThat(feed("inventory").isDue()).isFalse();
    }

    @Test
    void whatIsSaidWhileItIsToldCountsAndIsReadAgain() {
        edit(10, count(5));
        List<RecordDelta> deltas = List.of(RecordDelta.set(TEA, Stamp.at(at(11)), 0, count(5)));
        decide(new TakePush(TILL, List.of(), deltas, List.of(), null, at(11)));
        page("inventory", at(12), at(12), 0, count(4));
        assertThat(quantity()).isEqualTo(4);
        assertThat(feed("inventory").isDue()).isTrue();
    }

    @Test
    void whetherItIsOnSaleIsBelievedThoughItsVersionStays() {
        FieldMap off = FieldMap.of(Item.STATUS, SaleStatus.OFF);
        page("catalog", at(1), 4, off);
        edit(10, FieldMap.of(Item.STATUS, SaleStatus.FOR_SALE));
        told(11, 15, FieldMap.of(Item.STATUS, SaleStatus.FOR_SALE));
        page("catalog", at(17), 4, off);
        assertThat(tea().get(Item.STATUS)).contains(SaleStatus.OFF);
    }

    @Test
    void whatAnOperatorSetsAgainHoldsThoughItIsWhatHeSaidBefore() {
        fiveAreTold();
        webhook(at(17), at(16), count(4));
        edit(20, count(5));
        assertThat(quantity()).isEqualTo(5);
        webhook(at(19), at(18), count(3));
        assertThat(quantity()).as("and outranks what was said before it").isEqualTo(5);
    }

    @Test
    void whatIsOnlyToldIsKnownToShowSomethingElse() {
        begin(Direction.WRITE);
        fiveAreTold();
        page("inventory", at(16), at(13), 0, count(4));
        assertThat(quantity()).isEqualTo(5);
        Counterpart mine = Objects.requireNonNull(state.link(TILL).counterpart(TEA));
        assertThat(Objects.requireNonNull(mine.said()).get(Item.QUANTITY)).contains(BigDecimal.valueOf(4));
    }

    @Test
    void whatIsMissingOnAPageThatWasAskedForTooEarlyIsNotGone() {
        edit(10, FieldMap.of(Item.NAME, "Chai"));
        told(11, 15, FieldMap.of(Item.NAME, "Chai"));
        missing(at(14));
        assertThat(tea().isPresent()).isTrue();
        assertThat(feed("catalog").isDue()).isTrue();
        missing(at(16));
        assertThat(tea().isPresent()).isFalse();
    }

    private void missing(Instant asked) {
        Whole none = new Whole(Kind.ITEM, Stamp.at(asked), FieldMap.EMPTY);
        absorb(new PartnerEvent("", List.of(), List.of(), List.of(none)), leaf("catalog"), asked);
    }
}
