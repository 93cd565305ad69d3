package dev.tournant.cluster.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Writing;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Position;
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
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Stamp;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A till tells that something is sold out before its catalogue was read. */
class NamelessTest {
    private static final LinkId TILL = new LinkId("till-1");
    private static final LinkId MARKET = new LinkId("market-1");
    private static final RecordKey TEA = RecordKey.of(Kind.ITEM, "tea");
    private static final FieldMap OFF = FieldMap.of(Item.STATUS, SaleStatus.OFF);
    private static final FieldMap ON = FieldMap.of(Item.STATUS, SaleStatus.FOR_SALE);
    private static final MerchantLimits LIMITS = TestLimits.shipped();
    private static final Traits TRAITS = new Traits(
            List.of(),
            Set.of(Capability.READ_CATALOGUE, Capability.WRITE_CATALOGUE),
            Optional.of(Writing.Scope.CHANGES),
            Optional.empty());
    private static final Map<PartnerName, Traits> PARTNERS =
            Map.of(new PartnerName("till"), TRAITS, new PartnerName("market"), TRAITS);
    private static final MerchantRules RULES = new MerchantRules(LIMITS, PARTNERS);

    private MerchantState state = MerchantState.EMPTY;
    private Instant now = Instant.parse("2026-06-01T12:00:00Z");
    private int offset;

    NamelessTest() {
        List<Link> links = List.of(link(TILL, "till", Direction.BOTH), link(MARKET, "market", Direction.WRITE));
        tell(new MerchantCommand.SetProfile(
                new MerchantProfile("Grill", Currency.getInstance("USD"), ZoneId.of("UTC"), links), null, "r", now));
        says(OFF);
    }

    private static Link link(LinkId id, String partner, Direction direction) {
        return new Link(id, new PartnerName(partner), "A", "L", "main").with(direction, Projection.ALL);
    }

    private void tell(MerchantCommand command) {
        state = RULES.decide(state, command).after();
    }

    private void says(FieldMap fields) {
        now = now.plusSeconds(1);
        offset++;
        RecordDelta said = RecordDelta.set(TEA, Stamp.at(now), 0, fields);
        PartnerEvent event = new PartnerEvent("e" + offset, List.of(said), List.of());
        tell(new MerchantCommand.Absorb(
                List.of(new Delivery(
                        new Position("t", 0, offset), TILL, List.of(event), null, "", List.of(), List.of(), now)),
                now));
    }

    private Map<RecordKey, FieldMap> wanted(LinkId id) {
        MerchantProfile profile = Objects.requireNonNull(state.profile());
        Link link = profile.link(id).orElseThrow();
        Step step = Step.next(state, profile, link, TRAITS, LIMITS, new Step.Before(null), now);
        if (step.remember() instanceof MerchantCommand.TakePush push
                && !push.told().isEmpty()) {
            return Map.of(push.told().get(0).key(), push.told().get(0).fields());
        }
        return step.telling() == null ? Map.of() : step.telling().difference().wanted();
    }

    private MerchantReply.Explanation why(LinkId link) {
        return (MerchantReply.Explanation) MerchantQueries.answer(
                state, new MerchantQuery.Explain(TEA, null, link, now), PARTNERS, 1_000_000, now);
    }

    @Test
    void isMadeNowhereUntilItHasAName() {
        assertThat(wanted(MARKET)).isEmpty();
        assertThat(why(MARKET).answer()).contains("it has no name yet");
        FieldMap name = FieldMap.of(Item.NAME, "Tea");
        says(name);
        assertThat(wanted(MARKET)).isEqualTo(Map.of(TEA, name.with(OFF)));
    }

    @Test
    void isToldOfWhereItIs() {
        tell(new MerchantCommand.EditRecord(
                RecordDelta.set(TEA, Stamp.ZERO, 0, ON),
                state.records().get(TEA).revision(),
                "r1",
                now));
        assertThat(wanted(TILL)).isEqualTo(Map.of(TEA, ON));
    }
}
