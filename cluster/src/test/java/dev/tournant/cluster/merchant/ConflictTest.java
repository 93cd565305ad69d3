package dev.tournant.cluster.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Writing;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.MerchantReply.Crossed;
import dev.tournant.messages.Position;
import dev.tournant.messages.Problem;
import dev.tournant.messages.PushOutcome;
import dev.tournant.model.Direction;
import dev.tournant.model.FieldGroup;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Presence;
import dev.tournant.model.Projection;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import dev.tournant.model.SyncRule;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two sides edit a name before either has seen the other's: one holds, and the other is kept for operators. */
class ConflictTest {
    private static final Instant BEGIN = Instant.parse("2026-06-01T12:00:00Z");
    private static final RecordKey TEA = RecordKey.of(Kind.ITEM, "tea");
    private static final LinkId BAR = new LinkId("bar-1");
    private static final LinkId TILL = new LinkId("till-1");
    private static final Traits TRAITS = new Traits(
            List.of("menu"),
            Set.of(Capability.READ_CATALOGUE, Capability.WRITE_CATALOGUE),
            Optional.of(Writing.Scope.CHANGES),
            Optional.empty());
    private static final Map<PartnerName, Traits> PARTNERS = Map.of(new PartnerName("till"), TRAITS);
    private static final MerchantRules RULES = new MerchantRules(SweepTest.LIMITS, PARTNERS);

    private MerchantState state = MerchantState.EMPTY;
    private Instant now = BEGIN;
    private int offset;

    ConflictTest() {
        List<Link> links = List.of(link(BAR), link(TILL));
        tell(new MerchantCommand.SetProfile(
                new MerchantProfile(
                        "Grill",
                        Currency.getInstance("USD"),
                        ZoneId.of("UTC"),
                        links,
                        Map.of(FieldGroup.CATALOGUE, SyncRule.Common.LATEST)),
                null,
                "r",
                now));
        says(BAR, "Tea");
        says(TILL, "Tea");
    }

    /** Two tills of one account: what they call alike is the same. */
    private static Link link(LinkId id) {
        return new Link(id, new PartnerName("till"), "A", "L", "main").with(Direction.BOTH, Projection.ALL);
    }

    private MerchantReply tell(MerchantCommand command) {
        Decision decision = RULES.decide(state, command);
        // As it is after a restart.
        state = MerchantState.of(decision.after().snapshot());
        return decision.reply();
    }

    private void says(LinkId link, String name) {
        now = now.plusSeconds(1);
        says(link, RecordDelta.set(TEA, Stamp.at(now), 0, FieldMap.of(Item.NAME, name)));
    }

    private void says(LinkId link, RecordDelta said) {
        offset++;
        tell(new MerchantCommand.Absorb(
                List.of(new Delivery(
                        new Position("t", 0, offset),
                        link,
                        List.of(new PartnerEvent("e" + offset, List.of(said), List.of())),
                        null,
                        "",
                        List.of(),
                        List.of(),
                        now)),
                now));
    }

    /** A link is told the name, and takes it. */
    private void told(LinkId link, String name) {
        now = now.plusSeconds(1);
        tell(new MerchantCommand.TakePush(
                link,
                List.of(new MerchantCommand.Settled(TEA, PushOutcome.DONE, "f")),
                List.of(RecordDelta.set(TEA, Stamp.at(now), 0, FieldMap.of(Item.NAME, name))),
                List.of(),
                "",
                now));
    }

    private List<Crossed> conflicts() {
        MerchantReply reply = MerchantQueries.answer(state, new MerchantQuery.Conflicts(), PARTNERS, 1_000_000, now);
        return ((MerchantReply.Conflicts) reply).values();
    }

    private MerchantReply reverse(long number) {
        now = now.plusSeconds(1);
        return tell(new MerchantCommand.ReverseConflict(number, "r9", now));
    }

    private String name() {
        return state.records().get(TEA).get(Item.NAME).orElseThrow();
    }

    @Test
    void twoEditsThatCrossAreListedWithWhoSaidWhat() {
        says(BAR, "Chai");
        says(TILL, "Brew");
        assertThat(name()).isEqualTo("Brew");
        assertThat(conflicts()).singleElement().satisfies(each -> {
            assertThat(each.number()).isEqualTo(1);
            assertThat(each.key()).isEqualTo(TEA);
            assertThat(each.field()).isEqualTo("name");
            assertThat(each.rule()).isEqualTo("latest");
            assertThat(each.won().value()).isEqualTo("Brew");
            assertThat(each.won().link()).isEqualTo(TILL);
            assertThat(each.won().event()).isEqualTo("e4");
            assertThat(each.lost().value()).isEqualTo("Chai");
            assertThat(each.lost().link()).isEqualTo(BAR);
            assertThat(each.lost().at()).isEqualTo(BEGIN.plusSeconds(3));
        });
    }

    @Test
    void whoeverHadSeenTheOthersEditCrossesNothing() {
        says(BAR, "Chai");
        told(TILL, "Chai");
        says(TILL, "Brew");
        assertThat(name()).isEqualTo("Brew");
        assertThat(conflicts()).isEmpty();
    }

    @Test
    void theSameEditOnBothSidesCrossesNothing() {
        says(BAR, "Chai");
        says(TILL, "Chai");
        assertThat(conflicts()).isEmpty();
    }

    @Test
    void oneCallReversesAConflictAndIsAnOperatorsWord() {
        says(BAR, "Chai");
        says(TILL, "Brew");
        assertThat(reverse(1)).isInstanceOf(MerchantReply.Edited.class);
        assertThat(name()).isEqualTo("Chai");
        assertThat(state.records().get(TEA).provenance(Item.NAME)).hasValueSatisfying(by -> {
            assertThat(by.link()).isEqualTo(Provenance.API);
            assertThat(by.event()).isEqualTo("r9");
        });
        says(TILL, "Brew");
        assertThat(name()).as("what lost says again what it said before").isEqualTo("Chai");
        assertThat(reverse(1)).as("twice is as once").isInstanceOf(MerchantReply.Edited.class);
        assertThat(name()).isEqualTo("Chai");
    }

    @Test
    void onlyTheNewestAreKeptAndTheirNumbersGoOn() {
        for (int i = 0; conflicts().isEmpty() || conflicts().get(0).number() < 3 * MerchantState.CONFLICTS_MAX; i++) {
            says(BAR, "Chai " + i);
            says(TILL, "Brew " + i);
        }
        List<Crossed> kept = conflicts();
        assertThat(kept).hasSize(MerchantState.CONFLICTS_MAX);
        for (int i = 1; i < kept.size(); i++) {
            assertThat(kept.get(i).number())
                    .as("the newest first")
                    .isEqualTo(kept.get(0).number() - i);
        }
        long dropped = kept.get(kept.size() - 1).number() - 1;
        assertThat(reverse(dropped))
                .isInstanceOfSatisfying(
                        MerchantReply.Rejected.class,
                        rejected -> assertThat(rejected.problem()).isEqualTo(Problem.UNKNOWN_CONFLICT));
        assertThat(reverse(dropped + 1)).isInstanceOf(MerchantReply.Edited.class);
    }

    @Test
    void aConflictAboutWhatIsGoneIsNotReversed() {
        says(BAR, "Chai");
        says(TILL, "Brew");
        now = now.plusSeconds(1);
        says(TILL, RecordDelta.deleted(TEA, Stamp.at(now), 0, Presence.REMOVED));
        says(BAR, RecordDelta.deleted(TEA, Stamp.at(now), 0, Presence.REMOVED));
        assertThat(reverse(1))
                .isInstanceOfSatisfying(
                        MerchantReply.Rejected.class,
                        rejected -> assertThat(rejected.problem()).isEqualTo(Problem.UNKNOWN_RECORD));
    }
}
