package dev.tournant.cluster.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Writing;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.FeedPage;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.Position;
import dev.tournant.messages.PushOutcome;
import dev.tournant.model.Direction;
import dev.tournant.model.FieldMap;
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
import dev.tournant.persistence.FeedState;
import java.math.BigDecimal;
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

/** A link that is only told, one change at a time: what it may have made is looked for before it is told to make it again. */
class LookedForTest {
    private static final Instant BEGIN = Instant.parse("2026-06-01T12:00:00Z");
    private static final RecordKey TEA = RecordKey.of(Kind.ITEM, "tea");
    private static final LinkId KIOSK = new LinkId("ki-1");
    private static final PartnerName PARTNER = new PartnerName("kiosk");
    private static final FieldMap NAMED = FieldMap.builder(Kind.ITEM)
            .put(Item.NAME, "Tea")
            .put(Item.SKU, "T1")
            .build();
    /** Items stand in the second and the third. */
    private static final Traits TRAITS = new Traits(
            List.of("stock", "food", "drinks"),
            Set.of(Capability.WRITE_CATALOGUE, Capability.WRITE_STOCK),
            Optional.of(Writing.Scope.CHANGES),
            Optional.empty(),
            List.of("food", "drinks"),
            field -> field.equals(Item.QUANTITY) ? List.of("stock") : List.of(),
            Set.of(),
            FieldMap.EMPTY,
            Traits.Withholding.NEVER);

    private static final MerchantRules RULES = new MerchantRules(SweepTest.LIMITS, Map.of(PARTNER, TRAITS));

    private final Link link = new Link(KIOSK, PARTNER, "A", "L", "main").with(Direction.WRITE, Projection.ALL);
    private MerchantState state = MerchantState.EMPTY;
    private Instant now = BEGIN;
    private int offset;

    LookedForTest() {
        tell(new MerchantCommand.SetProfile(
                new MerchantProfile("Grill", Currency.getInstance("USD"), ZoneId.of("UTC"), List.of(link)),
                null,
                "r",
                now));
        TRAITS.resources().forEach(resource -> reads(resource, List.of()));
        tell(new MerchantCommand.EditRecord(RecordDelta.set(TEA, Stamp.ZERO, 0, NAMED), 0, "r1", now));
    }

    private void tell(MerchantCommand command) {
        now = now.plusSeconds(1);
        state = RULES.decide(state, command).after();
    }

    private FeedState feed(String resource) {
        return Objects.requireNonNull(state.feeds().get(MerchantState.feedKey(KIOSK, resource)));
    }

    private void reads(String resource, List<RecordDelta> shown) {
        offset++;
        tell(new MerchantCommand.Absorb(
                List.of(new Delivery(
                        new Position("t", 0, offset),
                        KIOSK,
                        List.of(new PartnerEvent("", shown, List.of())),
                        new FeedPage(resource, feed(resource).wanted(), true, null))),
                now));
    }

    private RecordDelta shown(String id) {
        return RecordDelta.set(RecordKey.of(Kind.ITEM, id), Stamp.at(now), 0, NAMED);
    }

    /** What was begun before is over, and nobody knows what came of it. */
    private Step next() {
        return next(new Step.Before(null));
    }

    private Step next(Step.@Nullable Before before) {
        return Step.next(state, Objects.requireNonNull(state.profile()), link, TRAITS, SweepTest.LIMITS, before, now);
    }

    private void remembers(Step step) {
        tell(Objects.requireNonNull(step.remember()));
    }

    @Test
    void whatIsAboutToBeMadeIsWrittenDownAndLookedForWhereverItMayStand() {
        Step first = next();
        assertThat(first.telling()).as("not before it is written down").isNull();
        remembers(first);
        assertThat(state.link(KIOSK).telling()).extracting(Counterpart::key).containsExactly(TEA);

        Step looks = next();
        assertThat(looks.telling()).isNull();
        remembers(looks);
        assertThat(feed("food").isDue()).isTrue();
        assertThat(feed("drinks").isDue()).isTrue();
        assertThat(feed("stock").isDue()).as("shows nothing that is made").isFalse();

        assertThat(next()).as("waits").isEqualTo(new Step(null, null));
        reads("food", List.of());
        assertThat(next()).as("it may be among the drinks").isEqualTo(new Step(null, null));
        reads("drinks", List.of(shown("K7")));
        assertThat(Objects.requireNonNull(state.link(KIOSK).counterpart(TEA)).theirs())
                .as("it is known again")
                .isEqualTo(new RecordId("K7"));
        assertThat(next().telling()).as("and not made again").isNull();
    }

    @Test
    void whatIsNotFoundIsMadeAgain() {
        remembers(next());
        remembers(next());
        reads("food", List.of());
        reads("drinks", List.of());
        Step again = next();
        assertThat(again.intended()).isNotNull();
        remembers(again);
        Step tells = next(new Step.Before(again.intended()));
        assertThat(Objects.requireNonNull(tells.telling()).difference().wanted())
                .containsKey(TEA);
    }

    @Test
    void whatMayHaveBeenTakenIsLookedForWhereItStands() {
        remembers(next());
        reads("drinks", List.of(shown("K7")));
        tell(new MerchantCommand.TakePush(
                KIOSK,
                List.of(),
                List.of(RecordDelta.set(TEA, Stamp.at(now), 0, FieldMap.of(Item.QUANTITY, BigDecimal.ONE))),
                List.of(),
                null,
                now));
        remembers(next());
        assertThat(feed("stock").isDue()).isTrue();
        assertThat(feed("drinks").isDue()).isFalse();
        assertThat(next()).as("waits").isEqualTo(new Step(null, null));
        reads("stock", List.of());
        assertThat(next()).as("goes on").isNotEqualTo(new Step(null, null));
    }

    @Test
    void whatIsReadForAnotherReasonIsNotAllThatIsLookedThrough() {
        remembers(next());
        tell(new MerchantCommand.TakePush(
                KIOSK,
                List.of(new MerchantCommand.Settled(TEA, PushOutcome.readAgain("food", "it changed"), "f")),
                List.of(),
                List.of(),
                null,
                now));
        reads("food", List.of());
        assertThat(next().telling()).isNull();
        remembers(next());
        assertThat(feed("drinks").isDue()).isTrue();
    }

    /**
     * Of two that are made at once one is not known, and is looked for while the call for the other is on its way; that one
     * arrives after the node is gone. What was read before the restart does not show it.
     */
    @Test
    void afterARestartItIsLookedForAnewWhateverWasReadBefore() {
        remembers(next());
        remembers(next());
        reads("food", List.of());
        reads("drinks", List.of());

        Step first = next(null);
        assertThat(first.telling()).isNull();
        assertThat(first.intended()).isNull();
        remembers(first);
        assertThat(feed("food").isDue()).isTrue();
        assertThat(feed("drinks").isDue()).isTrue();
        reads("food", List.of());
        reads("drinks", List.of(shown("K7")));
        assertThat(next().telling()).as("it is known again").isNull();
        assertThat(next().intended()).isNull();
    }

    /** Who says it there later has said it: it is no echo of ours. */
    @Test
    void whatNeedNotBeToldAnyMoreIsNotRememberedAsTold() {
        remembers(next());
        remembers(next());
        reads("food", List.of());
        reads("drinks", List.of(shown("K7")));
        remembers(next());
        assertThat(state.link(KIOSK).health().inStepSince()).isNotNull();
        assertThat(state.link(KIOSK).telling()).isEmpty();

        names("Chai");
        Step intends = next();
        remembers(intends);
        names("Tea");
        assertThat(state.link(KIOSK).telling()).isNotEmpty();
        remembers(next(new Step.Before(intends.intended())));
        assertThat(state.link(KIOSK).telling()).isEmpty();
    }

    private void names(String name) {
        FieldMap edit = FieldMap.of(Item.NAME, name);
        long revision = Objects.requireNonNull(state.records().get(TEA)).revision();
        tell(new MerchantCommand.EditRecord(RecordDelta.set(TEA, Stamp.ZERO, 0, edit), revision, name, now));
    }
}
