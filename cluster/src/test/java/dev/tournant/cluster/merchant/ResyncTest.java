package dev.tournant.cluster.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Writing;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantCommand.ControlLink;
import dev.tournant.model.Direction;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerName;
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
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A link of many records that is to be told all of it again. */
class ResyncTest {
    private static final int ITEMS = 3_000;
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final LinkId LINK = new LinkId("dd-1");
    private static final PartnerName DOORDASH = new PartnerName("doordash");
    private static final MerchantLimits LIMITS = TestLimits.shipped();
    private static final MerchantRules RULES = new MerchantRules(
            LIMITS,
            Map.of(
                    DOORDASH,
                    new Traits(
                            List.of(),
                            Set.of(Capability.WRITE_CATALOGUE),
                            Optional.of(Writing.Scope.WHOLE),
                            Optional.empty())));

    @ParameterizedTest
    @CsvSource({"WRITE, false", "BOTH, true"})
    void takesARowOfAFewBytesAndForgetsWhatIsToBeToldAgain(Direction direction, boolean isToldKnown) {
        MerchantState state = told(direction);
        Decision decision = RULES.decide(state, new ControlLink(LINK, ControlLink.Action.RESYNC, "r", NOW));

        assertThat(decision.weight()).isLessThan(2_000);
        assertThat(decision.after().link(LINK).counterparts()).hasSize(ITEMS).allSatisfy(each -> {
            assertThat(each.refusal()).isNull();
            assertThat(each.told() != null).isEqualTo(isToldKnown);
            assertThat(each.theirs()).isNotNull();
        });
        // What is read from the journal is what was decided.
        assertThat(state.with(decision.commit(), LIMITS).link(LINK))
                .isEqualTo(decision.after().link(LINK));
    }

    @Test
    void whatTheStoreHoldsIsForgottenWhereItIsKnownByOurWordAlone() {
        RecordKey store = RecordKey.of(Kind.STORE, "store");
        Counterpart told = Counterpart.of(store).held(store.id(), 0, "{\"is_active\":true}");
        assertThat(LinkChange.Again.ALL.of(told).isEmpty()).isTrue();
        assertThat(LinkChange.Again.REFUSED.of(told)).isEqualTo(told);
    }

    private static MerchantState told(Direction direction) {
        Link link = new Link(LINK, DOORDASH, "STORE", "S1", "main").with(direction, Projection.ALL);
        MerchantProfile profile =
                new MerchantProfile("Grill", Currency.getInstance("USD"), ZoneId.of("UTC"), List.of(link));
        MerchantState state = RULES.decide(MerchantState.EMPTY, new MerchantCommand.SetProfile(profile, null, "r", NOW))
                .after();
        List<Counterpart> counterparts = IntStream.range(0, ITEMS)
                .mapToObj(each -> counterpart("dish-" + each))
                .toList();
        return state.with(Commit.ofLinks(List.of(LinkChange.of(LINK, counterparts))), LIMITS);
    }

    private static Counterpart counterpart(String id) {
        RecordKey key = RecordKey.of(Kind.ITEM, id);
        RecordDelta telling = RecordDelta.set(key, new Stamp(1, 0), 0, FieldMap.of(Item.NAME, id));
        FlatRecord told = FlatRecord.unknown(key).after(telling, telling.provenance(LINK, "e"), 0);
        return Counterpart.of(key)
                .held(new RecordId("theirs-" + id), 1, null)
                .told(told)
                .refused(new Counterpart.Refusal("too-long", "255 at most", "f", NOW));
    }
}
