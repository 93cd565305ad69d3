package dev.tournant.cluster.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Writing;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Problem;
import dev.tournant.messages.RemoteRecord;
import dev.tournant.model.Direction;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.Money;
import dev.tournant.model.PartnerName;
import dev.tournant.model.PriceChange;
import dev.tournant.model.Projection;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import dev.tournant.persistence.Commit;
import dev.tournant.persistence.Counterpart;
import dev.tournant.persistence.LinkChange;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LinkContentsTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final LinkId LINK = new LinkId("dd-1");
    private static final PartnerName DOORDASH = new PartnerName("doordash");
    private static final RecordKey SOUP = RecordKey.of(Kind.ITEM, "soup");
    private static final RecordKey TEA = RecordKey.of(Kind.ITEM, "tea");
    private static final MerchantLimits LIMITS = TestLimits.shipped();
    private static final Map<PartnerName, Traits> PARTNERS = Map.of(
            DOORDASH,
            new Traits(
                    List.of(), Set.of(Capability.WRITE_CATALOGUE), Optional.of(Writing.Scope.WHOLE), Optional.empty()));
    private static final MerchantRules RULES = new MerchantRules(LIMITS, PARTNERS);

    private static Projection dearer(RecordKey... without) {
        return new Projection(List.of(), List.of(without), List.of(PriceChange.percent("10")), List.of());
    }

    /** A merchant with soup and tea, whose link leaves out the soup. */
    private static MerchantState state() {
        Link link = new Link(LINK, DOORDASH, "STORE", "S1", "main").with(Direction.WRITE, dearer(SOUP));
        MerchantProfile profile =
                new MerchantProfile("Grill", Currency.getInstance("USD"), ZoneId.of("UTC"), List.of(link));
        MerchantState state = after(MerchantState.EMPTY, new MerchantCommand.SetProfile(profile, null, "r", NOW));
        for (RecordKey key : List.of(SOUP, TEA)) {
            FieldMap fields = FieldMap.builder(Kind.ITEM)
                    .set(Item.NAME, key.id().value())
                    .set(Item.PRICE, Money.of("2.00", "USD"))
                    .build();
            state = after(
                    state, new MerchantCommand.EditRecord(RecordDelta.set(key, Stamp.ZERO, 0, fields), 0, "r", NOW));
        }
        return state;
    }

    private static MerchantState after(MerchantState state, MerchantCommand command) {
        return RULES.decide(state, command).after();
    }

    private static MerchantReply ask(MerchantState state, MerchantQuery query, long messageBytesMax) {
        return MerchantQueries.answer(state, query, PARTNERS, messageBytesMax, NOW);
    }

    @Test
    void showsRecordsWithTheValuesOfTheChannel() {
        MerchantState state = state();
        MerchantReply.Records shown =
                (MerchantReply.Records) ask(state, new MerchantQuery.Shown(LINK, null), 1_000_000);
        assertThat(shown.more()).isFalse();
        assertThat(shown.merchantRevision()).isEqualTo(state.revision());
        assertThat(shown.values()).singleElement().satisfies(tea -> {
            assertThat(tea.key()).isEqualTo(TEA);
            assertThat(tea.revision()).isEqualTo(3);
            assertThat(tea.get(Item.PRICE)).hasValue(Money.of("2.20", "USD"));
            assertThat(tea.get(Item.NAME)).hasValue("tea");
        });
    }

    @Test
    void showsPageByPageWhatIsTooMuchForAMessage() {
        MerchantState state = after(state(), new MerchantCommand.SetProfile(everything(), null, "r", NOW));
        List<RecordKey> found = new ArrayList<>();
        @Nullable RecordKey after = null;
        MerchantReply.Records page;
        do {
            page = (MerchantReply.Records) ask(state, new MerchantQuery.Shown(LINK, after), 1);
            assertThat(page.values()).hasSize(1);
            page.values().stream().map(FlatRecord::key).forEach(found::add);
            after = found.get(found.size() - 1);
        } while (page.more());
        assertThat(found).containsExactly(SOUP, TEA);
    }

    private static MerchantProfile everything() {
        return new MerchantProfile(
                "Grill",
                Currency.getInstance("USD"),
                ZoneId.of("UTC"),
                List.of(new Link(LINK, DOORDASH, "STORE", "S1", "main").with(Direction.WRITE, Projection.ALL)));
    }

    @Test
    void tellsPageByPageWhatThePartnerHolds() {
        Counterpart nested = Counterpart.of(SOUP).held(new RecordId("D1"), 0, null);
        Counterpart held = Counterpart.of(TEA).held(new RecordId("D2"), 7, "{\"id\":\"D2\"}");
        Counterpart told = Counterpart.of(RecordKey.of(Kind.MENU, "dinner"));
        MerchantState state =
                state().with(Commit.ofLinks(List.of(LinkChange.of(LINK, List.of(nested, held, told)))), LIMITS);
        assertThat(ask(state, new MerchantQuery.Held(LINK, null), 1_000_000))
                .isEqualTo(new MerchantReply.Held(
                        List.of(
                                new RemoteRecord(SOUP, new RecordId("D1"), 0, null),
                                new RemoteRecord(TEA, new RecordId("D2"), 7, "{\"id\":\"D2\"}")),
                        false));
        assertThat(ask(state, new MerchantQuery.Held(LINK, null), 1))
                .isEqualTo(new MerchantReply.Held(List.of(new RemoteRecord(SOUP, new RecordId("D1"), 0, null)), true));
        assertThat(ask(state, new MerchantQuery.Held(LINK, SOUP), 1))
                .isEqualTo(new MerchantReply.Held(
                        List.of(new RemoteRecord(TEA, new RecordId("D2"), 7, "{\"id\":\"D2\"}")), false));
    }

    @Test
    void previewsAnotherProjectionAndChangesNothing() {
        MerchantState state = state();
        MerchantReply reply = ask(state, new MerchantQuery.PreviewLink(LINK, dearer(TEA)), 1_000_000);
        assertThat(reply)
                .isEqualTo(new MerchantReply.LinkPreview(
                        List.of(
                                new MerchantReply.Differs(
                                        SOUP, "shown", true, false, true, "it is the merchant's own value"),
                                new MerchantReply.Differs(
                                        TEA,
                                        "shown",
                                        true,
                                        true,
                                        false,
                                        "without[0] of the link's projection leaves it out")),
                        2));
    }

    @Test
    void namesAForeignAmountInAProposedProjection() {
        Projection foreign = new Projection(
                List.of(),
                List.of(),
                List.of(),
                List.of(new Projection.ChannelValues(TEA, FieldMap.of(Item.PRICE, Money.of("1.00", "EUR")))));
        assertThat(ask(state(), new MerchantQuery.PreviewLink(LINK, foreign), 1_000_000))
                .isInstanceOfSatisfying(MerchantReply.Rejected.class, rejected -> {
                    assertThat(rejected.problem()).isEqualTo(Problem.WRONG_CURRENCY);
                    assertThat(rejected.detail()).startsWith("overrides[0]");
                });
    }

    @Test
    void knowsItsLinks() {
        LinkId other = new LinkId("dd-2");
        for (MerchantQuery query : List.of(
                new MerchantQuery.Held(other, null),
                new MerchantQuery.Shown(other, null),
                new MerchantQuery.OneLink(other, NOW),
                new MerchantQuery.PreviewLink(other, Projection.ALL))) {
            assertThat(ask(state(), query, 1_000_000))
                    .isEqualTo(new MerchantReply.Rejected(Problem.UNKNOWN_LINK, "the merchant has no link \"dd-2\""));
        }
    }
}
