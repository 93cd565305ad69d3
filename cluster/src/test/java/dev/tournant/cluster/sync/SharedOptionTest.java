package dev.tournant.cluster.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Writing;
import dev.tournant.model.Bound;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.LinkId;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.Option;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import dev.tournant.model.TriState;
import dev.tournant.persistence.Counterpart;
import dev.tournant.persistence.LinkChange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Of a partner that has each option in one group only, and refuses it in another. */
class SharedOptionTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final LinkId LINK = new LinkId("sq-1");
    private static final RecordKey SAUCES = RecordKey.of(Kind.MODIFIER_GROUP, "sauces");
    private static final RecordKey DIPS = RecordKey.of(Kind.MODIFIER_GROUP, "dips");
    private static final Traits TRAITS = new Traits(
            List.of("catalog"),
            Set.of(Capability.READ_CATALOGUE, Capability.WRITE_CATALOGUE),
            Optional.of(Writing.Scope.CHANGES),
            Optional.empty());

    private static FieldMap group(String... items) {
        List<Option> options = Stream.of(items)
                .map(item -> new Option(new RecordId(item), 0, null, TriState.UNSET, TriState.UNSET, Bound.UNSET))
                .toList();
        return FieldMap.of(ModifierGroup.OPTIONS, options);
    }

    private static LinkState told(LinkState link, RecordKey group, FieldMap fields) {
        RecordDelta delta = RecordDelta.set(group, Stamp.at(NOW), 1, fields);
        FlatRecord told = FlatRecord.unknown(group).after(delta, delta.provenance(LINK, "push"), 0);
        return link.after(LinkChange.of(LINK, List.of(Counterpart.of(group).told(told))));
    }

    private static Comparing comparing(LinkState link, FieldMap sauces) {
        Map<RecordKey, FieldMap> desired = Map.of(
                SAUCES, sauces, DIPS, group("mayo"), RecordKey.of(Kind.ITEM, "mayo"), FieldMap.of(Item.NAME, "Mayo"));
        return new Comparing(TRAITS, link, desired, key -> null);
    }

    private static LinkState refused(LinkState link, FieldMap sauces) {
        String of = comparing(link, sauces).fingerprint(DIPS, group("mayo"));
        Counterpart dips =
                Counterpart.of(DIPS).refused(new Counterpart.Refusal("cannot-say", "is in another list", of, NOW));
        return link.after(LinkChange.of(LINK, List.of(dips)));
    }

    @Test
    void aGroupIsTriedAgainWhenAnotherNoLongerShowsItsOption() {
        LinkState both = told(LinkState.of(LINK), SAUCES, group("mayo"));
        LinkState link = refused(both, group());
        assertThat(comparing(link, group()).gap().heldBack())
                .as("as long as the other shows it")
                .contains(DIPS);
        LinkState moved = told(link, SAUCES, group());
        assertThat(comparing(moved, group()).gap().wanted()).containsKey(DIPS);
    }

    @Test
    void aGroupIsTriedTogetherWithTheOneThatItsOptionIsToLeave() {
        LinkState both = told(LinkState.of(LINK), SAUCES, group("mayo"));
        LinkState link = refused(both, group("mayo"));
        assertThat(comparing(link, group("mayo")).gap().heldBack()).contains(DIPS);
        assertThat(comparing(link, group()).gap().wanted()).containsKeys(SAUCES, DIPS);
    }

    @Test
    void whatHappensToOtherOptionsIsNoReasonToTryAgain() {
        LinkState both = told(LinkState.of(LINK), SAUCES, group("mayo", "mustard"));
        LinkState link = refused(both, group("mayo", "mustard"));
        LinkState other = told(link, SAUCES, group("mayo"));
        assertThat(comparing(other, group("mayo")).gap().heldBack()).contains(DIPS);
    }
}
