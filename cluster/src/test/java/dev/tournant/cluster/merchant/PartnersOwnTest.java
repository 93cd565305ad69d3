package dev.tournant.cluster.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Difference;
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
import dev.tournant.model.Stamp;
import dev.tournant.persistence.Counterpart;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a partner has of its own is its own: what we did not make there is never taken away. */
class PartnersOwnTest {
    private static final Instant BEGIN = Instant.parse("2026-06-01T12:00:00Z");
    private static final LinkId SHOP = new LinkId("shop-1");
    private static final RecordKey OURS = RecordKey.of(Kind.ITEM, "A1");
    private static final Traits TRAITS = new Traits(
            List.of("catalog"),
            Set.of(Capability.READ_CATALOGUE, Capability.WRITE_CATALOGUE),
            Optional.of(Writing.Scope.CHANGES),
            Optional.empty());
    private static final MerchantRules RULES =
            new MerchantRules(SweepTest.LIMITS, Map.of(new PartnerName("shop"), TRAITS));

    private Link link;
    private MerchantProfile profile;
    private MerchantState state = MerchantState.EMPTY;
    private Instant now = BEGIN;
    private int offset;

    PartnersOwnTest() {
        begin(Direction.WRITE);
    }

    private void begin(Direction direction) {
        state = MerchantState.EMPTY;
        link = new Link(SHOP, new PartnerName("shop"), "A", "L", "main").with(direction, Projection.ALL);
        profile = new MerchantProfile("Grill", Currency.getInstance("USD"), ZoneId.of("UTC"), List.of(link), Map.of());
        decide(new MerchantCommand.SetProfile(profile, null, "put", now));
        decide(new MerchantCommand.EditRecord(
                RecordDelta.set(OURS, Stamp.ZERO, 0, FieldMap.of(Item.NAME, "Tea")), 0, "r1", now));
    }

    private void decide(MerchantCommand command) {
        Decision decision = RULES.decide(state, command);
        // As it is after a restart.
        state = MerchantState.of(decision.after().snapshot());
    }

    /** A page with all that there is, by the partner's names. */
    private void shows(Map<String, String> names) {
        now = now.plusSeconds(1);
        offset++;
        List<RecordDelta> deltas = new ArrayList<>();
        List<RemoteRecord> remotes = new ArrayList<>();
        names.forEach((id, name) -> {
            RecordKey key = RecordKey.of(Kind.ITEM, id);
            deltas.add(RecordDelta.set(key, Stamp.at(now), offset, FieldMap.of(Item.NAME, name)));
            remotes.add(new RemoteRecord(key, new RecordId(id), offset, null));
        });
        decide(new MerchantCommand.Absorb(
                List.of(new Delivery(
                        new Position("t", 0, offset),
                        SHOP,
                        List.of(new PartnerEvent("", deltas, List.of())),
                        new FeedPage("catalog", 1L + offset, true, null),
                        "",
                        remotes,
                        List.of(),
                        now)),
                now));
    }

    private @Nullable Difference difference() {
        now = now.plusSeconds(1);
        Step step = Step.next(state, profile, link, TRAITS, SweepTest.LIMITS, new Step.Before(null), now);
        if (step.intended() != null) {
            decide(Objects.requireNonNull(step.remember()));
            step = Step.next(state, profile, link, TRAITS, SweepTest.LIMITS, new Step.Before(step.intended()), now);
        }
        Telling telling = step.telling();
        return telling == null ? null : telling.difference();
    }

    @Test
    void whatOnlyStandsThereIsNotTakenAway() {
        shows(Map.of("X1", "Soup of theirs"));
        Difference difference = difference();
        assertThat(difference).isNotNull();
        assertThat(difference.wanted()).containsOnlyKeys(OURS);
        assertThat(difference.removed()).isEmpty();
        assertThat(state.records().get(RecordKey.of(Kind.ITEM, "X1"))).isNull();
    }

    @Test
    void norWhenItIsChangedThere() {
        shows(Map.of("X1", "Soup of theirs"));
        shows(Map.of("X1", "Stew of theirs"));
        took("X7");
        shows(Map.of("X1", "Broth of theirs", "X7", "Tea"));
        assertThat(difference()).isNull();
    }

    /** Our tea is made there, under a name of theirs. */
    private void took(String name) {
        now = now.plusSeconds(1);
        RecordDelta told = RecordDelta.set(OURS, Stamp.at(now), 0, FieldMap.of(Item.NAME, "Tea"));
        decide(new TakePush(
                SHOP,
                List.of(new Settled(OURS, PushOutcome.DONE, "f")),
                List.of(told),
                List.of(new RemoteRecord(OURS, new RecordId(name), 5, null)),
                null,
                now));
    }

    private Optional<String> name(String id) {
        FlatRecord record = state.records().get(RecordKey.of(Kind.ITEM, id));
        return record == null ? Optional.empty() : record.get(Item.NAME);
    }

    private @Nullable RecordId theirs(String id) {
        Counterpart known = state.link(SHOP).counterpart(RecordKey.of(Kind.ITEM, id));
        return known == null ? null : known.theirs();
    }

    @ParameterizedTest
    @EnumSource(
            value = Direction.class,
            names = {"WRITE", "BOTH"})
    void whatTheyCallAsWeCallSomethingElseIsNotTakenForIt(Direction direction) {
        begin(direction);
        took("X7");
        for (String cake : List.of("Cake", "Pie")) {
            shows(Map.of("A1", cake, "X7", "Tea"));
            assertThat(name("A1")).contains("Tea");
            assertThat(theirs("A1")).isEqualTo(new RecordId("X7"));
            assertThat(theirs("A1~shop-1")).isEqualTo(new RecordId("A1"));
            assertThat(name("A1~shop-1")).isEqualTo(direction.reads() ? Optional.of(cake) : Optional.empty());
            assertThat(difference()).isNull();
        }
        took("X7");
        assertThat(theirs("A1")).as("an answer is about ours").isEqualTo(new RecordId("X7"));
    }
}
