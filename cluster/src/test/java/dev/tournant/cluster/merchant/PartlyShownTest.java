package dev.tournant.cluster.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Writing;
import dev.tournant.cluster.sync.Adopting;
import dev.tournant.cluster.sync.LinkState;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.FeedPage;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.Position;
import dev.tournant.messages.PushOutcome;
import dev.tournant.messages.RemoteRecord;
import dev.tournant.model.Bound;
import dev.tournant.model.Direction;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.Money;
import dev.tournant.model.Option;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Projection;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import dev.tournant.model.TriState;
import dev.tournant.persistence.Counterpart;
import dev.tournant.persistence.LinkChange;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A till that has no place for what an option costs inside its group, and what becomes of the price that others set. */
class PartlyShownTest {
    private static final LinkId TILL = new LinkId("till-1");
    private static final RecordKey SAUCES = RecordKey.of(Kind.MODIFIER_GROUP, "sauces");
    private static final MerchantLimits LIMITS = TestLimits.shipped();
    private static final Traits TRAITS = new Traits(
                    List.of("catalog"),
                    Set.of(Capability.READ_CATALOGUE, Capability.WRITE_CATALOGUE),
                    Optional.of(Writing.Scope.CHANGES),
                    Optional.empty())
            .with(PartlyShownTest::priced);
    private static final Map<PartnerName, Traits> PARTNERS = Map.of(new PartnerName("till"), TRAITS);
    private static final MerchantRules RULES = new MerchantRules(LIMITS, PARTNERS);

    private MerchantState state = MerchantState.EMPTY;
    private Instant now = Instant.parse("2026-06-01T12:00:00Z");
    private int pages;
    private long version = 1;

    PartlyShownTest() {
        Link till = new Link(TILL, new PartnerName("till"), "M", "L", "main").with(Direction.BOTH, Projection.ALL);
        tell(new MerchantCommand.SetProfile(
                new MerchantProfile("Grill", Currency.getInstance("USD"), ZoneId.of("UTC"), List.of(till)),
                null,
                "r",
                now));
        shows(mayo(0, null));
        edit(mayo(0, "1.00"));
    }

    private static FieldMap priced(FieldMap said, FieldMap known) {
        List<Option> shown = said.get(ModifierGroup.OPTIONS);
        List<Option> whole = known.get(ModifierGroup.OPTIONS);
        if (shown == null || shown.isEmpty() || whole == null || whole.isEmpty()) {
            return said;
        }
        return said.with(options(costing(shown.get(0).ordinal(), whole.get(0).price())));
    }

    private static Option mayo(long ordinal, @Nullable String price) {
        return costing(ordinal, price == null ? null : Money.of(price, "USD"));
    }

    private static Option costing(long ordinal, @Nullable Money price) {
        return new Option(new RecordId("mayo"), ordinal, price, TriState.UNSET, TriState.UNSET, Bound.UNSET);
    }

    private static FieldMap options(Option... options) {
        return FieldMap.of(ModifierGroup.OPTIONS, List.of(options));
    }

    private void tell(MerchantCommand command) {
        // As it is after a restart.
        state = MerchantState.of(RULES.decide(state, command).after().snapshot());
    }

    private void edit(Option option) {
        now = now.plusSeconds(1);
        RecordDelta edit = RecordDelta.set(SAUCES, Stamp.ZERO, 0, options(option));
        tell(new MerchantCommand.EditRecord(edit, state.records().get(SAUCES).revision(), "r" + now, now));
    }

    private void shows(Option option) {
        now = now.plusSeconds(1);
        pages++;
        FieldMap fields = FieldMap.of(ModifierGroup.NAME, "Sauces " + version).with(options(option));
        RecordDelta said = RecordDelta.set(SAUCES, Stamp.at(now), version, fields);
        tell(new MerchantCommand.Absorb(
                List.of(new Delivery(
                        new Position("t", 0, pages),
                        TILL,
                        List.of(new PartnerEvent("", List.of(said), List.of())),
                        new FeedPage("catalog", pages, true, "u"),
                        "",
                        List.of(new RemoteRecord(SAUCES, new RecordId("sauces"), version, null)),
                        List.of(),
                        now)),
                now));
    }

    /** Somebody changes the list there in some other way. */
    private void showsAnew(Option option) {
        version++;
        shows(option);
    }

    private @Nullable FieldMap wanted() {
        now = now.plusSeconds(1);
        Step step = next(null);
        if (step.intended() != null) {
            // What is about to be told is written down first.
            tell(Objects.requireNonNull(step.remember()));
            step = next(step.intended());
        }
        Telling telling = step.telling();
        return telling == null ? null : telling.difference().wanted().get(SAUCES);
    }

    /** It takes what it is told, and as that makes no difference there its version stays. */
    private void pushed() {
        FieldMap wanted = Objects.requireNonNull(wanted());
        tell(new MerchantCommand.TakePush(
                TILL,
                List.of(new MerchantCommand.Settled(SAUCES, PushOutcome.DONE, "f")),
                List.of(RecordDelta.set(SAUCES, Stamp.at(now), 0, wanted)),
                List.of(),
                "",
                now));
    }

    private Step next(@Nullable String intended) {
        MerchantProfile profile = Objects.requireNonNull(state.profile());
        return Step.next(state, profile, profile.links().get(0), TRAITS, LIMITS, new Step.Before(intended), now);
    }

    private void expect(Option option) {
        assertThat(state.records().get(SAUCES).get(ModifierGroup.OPTIONS)).hasValue(List.of(option));
    }

    @Test
    void whatItShowsOfWhatItWasToldIsNoEdit() {
        pushed();
        shows(mayo(0, null));
        expect(mayo(0, "1.00"));
        showsAnew(mayo(0, null));
        expect(mayo(0, "1.00"));
        assertThat(state.records().get(SAUCES).get(ModifierGroup.NAME)).hasValue("Sauces 2");
        assertThat(wanted()).as("nothing is told again").isNull();
    }

    @Test
    void anEditOfWhatItShowsLeavesTheRestAsItIs() {
        pushed();
        showsAnew(mayo(7, null));
        expect(mayo(7, "1.00"));
        assertThat(wanted()).isNull();
    }

    @Test
    void whatIsNotToldYetStaysSet() {
        showsAnew(mayo(0, null));
        expect(mayo(0, "1.00"));
        showsAnew(mayo(7, null));
        expect(mayo(7, "1.00"));
    }

    @Test
    void anEditOfOursIsNotTakenBackByWhatWasToldBefore() {
        pushed();
        edit(mayo(3, "2.00"));
        showsAnew(mayo(0, null));
        expect(mayo(3, "2.00"));
        assertThat(wanted()).isEqualTo(options(mayo(3, "2.00")));
    }

    @Test
    void whatItWasToldWithoutAnAnswerIsKnownAgain() {
        edit(mayo(3, "2.00"));
        assertThat(wanted()).isNotNull();
        showsAnew(mayo(3, null));
        expect(mayo(3, "2.00"));
        assertThat(wanted()).isNull();
    }

    @Test
    void whatWasMadeThereWithoutAnAnswerIsKnownAgain() {
        RecordKey dips = RecordKey.of(Kind.MODIFIER_GROUP, "dips");
        FieldMap named = FieldMap.of(ModifierGroup.NAME, "Dips");
        RecordDelta made = RecordDelta.set(dips, Stamp.at(now), 0, named.with(options(mayo(0, "1.00"))));
        LinkState link = LinkState.of(TILL)
                .after(LinkChange.of(TILL, List.of(Counterpart.of(dips).telling(made))));
        RecordDelta said = RecordDelta.set(
                RecordKey.of(Kind.MODIFIER_GROUP, "d1"), Stamp.at(now), 1, named.with(options(mayo(0, null))));
        assertThat(Adopting.adopted(link, said, TRAITS.completing(), now)).isPresent();
        assertThat(Adopting.adopted(link, said, Traits.Completing.NOTHING, now)).isEmpty();
    }

    @Test
    void aPriceThatIsTakenAwayIsGone() {
        pushed();
        edit(mayo(0, null));
        showsAnew(mayo(0, null));
        expect(mayo(0, null));
        showsAnew(mayo(9, null));
        expect(mayo(9, null));
    }
}
