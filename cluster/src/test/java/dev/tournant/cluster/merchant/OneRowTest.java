package dev.tournant.cluster.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.Position;
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
import org.junit.jupiter.api.Test;

/** What several links say, written as one row of the journal. */
class OneRowTest {
    private static final Instant BEGIN = Instant.parse("2026-06-01T12:00:00Z");
    private static final RecordKey TEA = RecordKey.of(Kind.ITEM, "tea");
    private static final LinkId BAR = new LinkId("ba-1");
    private static final LinkId TILL = new LinkId("ti-1");
    private static final Traits READING = Traits.reading(List.of("menu"));
    private static final PartnerName POS = new PartnerName("pos");
    private static final MerchantRules RULES = new MerchantRules(SweepTest.LIMITS, Map.of(POS, READING));
    private static final MerchantProfile PROFILE = new MerchantProfile(
            "Grill",
            Currency.getInstance("USD"),
            ZoneId.of("UTC"),
            List.of(link(BAR), link(TILL)),
            Map.of(FieldGroup.CATALOGUE, SyncRule.Common.LATEST));

    /** Two of one account: what they call alike is the same. */
    private static Link link(LinkId id) {
        return new Link(id, POS, "A", "L", "main").with(Direction.READ, Projection.ALL);
    }

    private static Delivery named(int offset, LinkId link, int second, String name) {
        RecordDelta said = RecordDelta.set(TEA, Stamp.at(BEGIN.plusSeconds(second)), 0, FieldMap.of(Item.NAME, name));
        return new Delivery(
                new Position("t", 0, offset),
                link,
                List.of(new PartnerEvent("e" + offset, List.of(said), List.of())),
                null,
                "",
                List.of(),
                List.of(),
                BEGIN.plusSeconds(60));
    }

    private static Decision absorbs(MerchantState state, Delivery... deliveries) {
        return RULES.decide(state, new MerchantCommand.Absorb(List.of(deliveries), BEGIN.plusSeconds(60)));
    }

    @Test
    void whatIsSaidAgainAndThenChangedByAnotherReadsFromTheJournalAsItWasDecided() {
        MerchantState created = RULES.decide(
                        MerchantState.EMPTY, new MerchantCommand.SetProfile(PROFILE, null, "r", BEGIN))
                .after();
        MerchantState before = absorbs(created, named(1, BAR, 1, "Tea")).after();
        Decision row = absorbs(before, named(2, BAR, 9, "Tea"), named(3, TILL, 5, "Chai"));

        assertThat(row.commit().repetitions()).hasSize(1);
        assertThat(row.after().records().get(TEA).provenance(Item.NAME).map(Provenance::link))
                .contains(TILL);
        assertThat(RULES.after(before, row.commit()).records().all())
                .isEqualTo(row.after().records().all());
    }
}
