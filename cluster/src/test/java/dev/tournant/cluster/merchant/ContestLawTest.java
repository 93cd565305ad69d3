package dev.tournant.cluster.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Writing;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.Position;
import dev.tournant.model.Direction;
import dev.tournant.model.Field;
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
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Stamp;
import dev.tournant.model.SyncRule;
import dev.tournant.model.Whole;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Links agree whatever the order: any order and any repetition of what they say leads to the same values, where each says at
 * another time than the others. A link may go on saying a value. Since when it stands by it is known by the first time that it
 * said so, so that has to be heard before the others; and it is not a law where a link says a value again that it had said
 * before another: then it depends on whether the statement in between was heard, and in which order.
 */
class ContestLawTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final RecordKey TEA = RecordKey.of(Kind.ITEM, "tea");
    private static final List<String> LINKS = List.of("a-1", "b-1", "c-1");
    private static final PartnerName POS = new PartnerName("pos");
    private static final MerchantRules RULES = new MerchantRules(limits(), traits());

    /** What a link says at a time of its own. */
    private record Said(int link, int second, int what) {
        String id() {
            return "e" + link + "-" + second;
        }

        FieldMap fields() {
            return switch (what) {
                case 0, 1, 2 -> status(SaleStatus.values()[what], null);
                case 3, 4 -> status(SaleStatus.PAUSED, NOW.plus(Duration.ofHours(what)));
                default -> FieldMap.of(Item.NAME, "n" + what);
            };
        }

        private static FieldMap status(SaleStatus status, @Nullable Instant until) {
            return FieldMap.builder(Kind.ITEM)
                    .put(Item.STATUS, status)
                    .put(Item.UNTIL, until)
                    .build();
        }

        /** Whose value it is, and which one: that of the field by which it is decided. */
        String value() {
            return link + " " + field() + " " + fields().get(field());
        }

        Field<?> field() {
            return what < 5 ? Item.STATUS : Item.NAME;
        }
    }

    private static MerchantLimits limits() {
        return TestLimits.small("records-max = 100, record-bytes-max = 20000, message-bytes-max = 20000");
    }

    /** All are of one account: what they call alike is the same. */
    private static Map<PartnerName, Traits> traits() {
        return Map.of(
                POS,
                new Traits(
                        List.of("menu"),
                        Set.of(Capability.READ_CATALOGUE, Capability.WRITE_CATALOGUE),
                        Optional.of(Writing.Scope.CHANGES),
                        Optional.empty()));
    }

    private static MerchantState merchant(SyncRule rule) {
        Map<FieldGroup, SyncRule> rules = new HashMap<>();
        rules.put(FieldGroup.AVAILABILITY, rule);
        rules.put(FieldGroup.CATALOGUE, rule == SyncRule.Common.STRICTEST ? SyncRule.Common.LATEST : rule);
        List<Link> links = LINKS.stream()
                .map(id -> new Link(new LinkId(id), POS, "A", "L", "main").with(Direction.BOTH, Projection.ALL))
                .toList();
        MerchantProfile profile =
                new MerchantProfile("Grill", Currency.getInstance("USD"), ZoneId.of("UTC"), links, rules);
        return RULES.decide(MerchantState.EMPTY, new MerchantCommand.SetProfile(profile, null, "put", NOW))
                .after();
    }

    private static Delivery delivery(long offset, String link, PartnerEvent event, @Nullable Instant receivedAt) {
        return new Delivery(
                new Position("t", 0, offset),
                new LinkId(link),
                List.of(event),
                null,
                "",
                List.of(),
                List.of(),
                receivedAt);
    }

    private static MerchantState absorb(MerchantState state, Delivery delivery) {
        return RULES.decide(state, new MerchantCommand.Absorb(List.of(delivery), NOW))
                .after();
    }

    private static FlatRecord tea(MerchantState state) {
        FlatRecord tea = state.records().get(TEA);
        return tea == null ? FlatRecord.unknown(TEA) : tea;
    }

    private static FieldMap values(SyncRule rule, List<Said> all) {
        MerchantState state = merchant(rule);
        int offset = 0;
        for (Said said : all) {
            RecordDelta delta = RecordDelta.set(
                    TEA, Stamp.at(NOW.minusSeconds(1_000).plusSeconds(said.second())), 0, said.fields());
            state = absorb(
                    state,
                    delivery(offset++, LINKS.get(said.link()), new PartnerEvent("", List.of(delta), List.of()), NOW));
        }
        return tea(state).fields();
    }

    @Provide
    Arbitrary<List<Said>> statements() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(1, 400),
                        Arbitraries.integers().between(0, 7))
                .as(Said::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(10)
                .map(ContestLawTest::withoutTakingBack);
    }

    private static List<Said> withoutTakingBack(List<Said> some) {
        List<Said> inTime = new ArrayList<>(some);
        inTime.sort(Comparator.comparingInt(Said::second));
        List<Said> kept = new ArrayList<>();
        Set<String> known = new HashSet<>();
        Set<Integer> times = new HashSet<>();
        Map<String, Said> last = new HashMap<>();
        for (Said each : inTime) {
            Said before = last.get(each.link() + " " + each.field());
            String all = each.link() + " " + each.fields();
            boolean isValueNew = !known.contains(each.value());
            boolean isValueRepeated = before != null && before.value().equals(each.value());
            boolean isRepeated = before != null && before.fields().equals(each.fields());
            boolean isKept = (isValueNew || isValueRepeated) && (isRepeated || !known.contains(all));
            if (isKept && times.add(each.second())) {
                known.add(each.value());
                known.add(all);
                last.put(each.link() + " " + each.field(), each);
                kept.add(each);
            }
        }
        return kept;
    }

    /** Of those of one value the first is heard first. */
    private static void firstOfEachFirst(List<Said> all) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            Integer place = places.putIfAbsent(all.get(i).value(), i);
            if (place != null && all.get(i).second() < all.get(place).second()) {
                Collections.swap(all, i, place);
            }
        }
    }

    @Provide
    Arbitrary<SyncRule> rules() {
        return Arbitraries.of(SyncRule.Common.LATEST, SyncRule.Common.STRICTEST, new SyncRule.Owner(new LinkId("b-1")));
    }

    @Property(tries = 4_000)
    void anyOrderAndAnyRepetitionLeadsToTheSameValues(
            @ForAll("rules") SyncRule rule, @ForAll("statements") List<Said> said, @ForAll long seed) {
        List<Said> other = new ArrayList<>(said);
        other.addAll(said.subList(0, said.size() / 2));
        Collections.shuffle(other, new Random(seed));
        firstOfEachFirst(other);
        assertThat(shown(values(rule, other))).isEqualTo(shown(values(rule, said)));
    }

    /** A value that was cleared is as good as one that nobody ever gave, and of what is not paused so is the end of a pause. */
    private static List<String> shown(FieldMap values) {
        return List.of(
                "name " + values.get(Item.NAME),
                "status " + values.get(Item.STATUS),
                "until " + (values.get(Item.STATUS) == SaleStatus.PAUSED ? values.get(Item.UNTIL) : null));
    }

    @Example
    void thePauseThatLastsLongerHolds() {
        List<Said> said = List.of(new Said(0, 2, 4), new Said(1, 3, 3));
        FieldMap values = values(SyncRule.Common.STRICTEST, said);
        assertThat(values.get(Item.UNTIL)).isEqualTo(NOW.plus(Duration.ofHours(4)));
        List<Said> andOneWithoutEnd = List.of(new Said(0, 2, 4), new Said(2, 1, 1), new Said(1, 3, 3));
        assertThat(values(SyncRule.Common.STRICTEST, andOneWithoutEnd).get(Item.UNTIL))
                .isNull();
    }

    @Example
    void aPauseThatIsMadeLongerTakesThePlaceOfAnothersThatIsShorterByNow() {
        List<Said> said = List.of(new Said(0, 1, 3), new Said(1, 2, 4), new Said(0, 3, 1));
        assertThat(values(SyncRule.Common.STRICTEST, said).get(Item.UNTIL)).isNull();
    }

    /** What does not hold any more is not what its link says. */
    @Example
    void isForSaleWhenBothHavePutItBack() {
        List<Said> said = List.of(new Said(0, 2, 1), new Said(1, 1, 1), new Said(0, 3, 0), new Said(1, 4, 0));
        assertThat(values(SyncRule.Common.STRICTEST, said).get(Item.STATUS)).isEqualTo(SaleStatus.FOR_SALE);
    }

    private static RecordDelta named(String name, Instant at) {
        return RecordDelta.set(TEA, Stamp.at(at), 0, FieldMap.of(Item.NAME, name));
    }

    private static PartnerEvent event(RecordDelta... deltas) {
        return new PartnerEvent("", List.of(deltas), List.of());
    }

    @Test
    void aClockThatIsDaysAheadWinsNoLongerThanItsStatementTookToReachUs() {
        MerchantState state = merchant(SyncRule.Common.LATEST);
        state = absorb(state, delivery(0, "a-1", event(named("Ahead", NOW.plus(Duration.ofDays(9)))), NOW));
        assertThat(tea(state).get(Item.NAME)).contains("Ahead");
        state = absorb(state, delivery(1, "b-1", event(named("Later", NOW.plusSeconds(1))), NOW.plusSeconds(2)));
        assertThat(tea(state).get(Item.NAME)).contains("Later");
    }

    @Test
    void withoutATimeOfArrivalTheTimeOfTheCommandIsTheBound() {
        MerchantState state = merchant(SyncRule.Common.LATEST);
        state = absorb(state, delivery(0, "a-1", event(named("Ahead", NOW.plus(Duration.ofDays(9)))), null));
        assertThat(tea(state).provenance(Item.NAME).orElseThrow().stamp()).isEqualTo(Stamp.at(NOW));
    }

    @Test
    void anAbsenceIsBoundedToo() {
        MerchantState state = merchant(SyncRule.Common.LATEST);
        state = absorb(state, delivery(0, "a-1", event(named("Tea", NOW)), NOW));
        Whole nothing = new Whole(Kind.ITEM, Stamp.at(NOW.plus(Duration.ofDays(9))), FieldMap.EMPTY);
        PartnerEvent none = new PartnerEvent("", List.of(), List.of(), List.of(nothing));
        state = absorb(state, delivery(1, "a-1", none, NOW.plusSeconds(1)));
        assertThat(tea(state).isPresent()).isFalse();
        state = absorb(state, delivery(2, "a-1", event(named("Tea", NOW.plusSeconds(2))), NOW.plusSeconds(2)));
        assertThat(tea(state).isPresent()).isTrue();
    }

    @Test
    void aPageThatDoesNotTellOfAllDeletesNothing() {
        MerchantState state = merchant(SyncRule.Common.LATEST);
        RecordDelta soup =
                RecordDelta.set(RecordKey.of(Kind.ITEM, "soup"), Stamp.at(NOW), 0, FieldMap.of(Item.NAME, "Soup"));
        state = absorb(state, delivery(0, "a-1", event(named("Tea", NOW), soup), NOW));
        state = absorb(state, delivery(1, "a-1", event(named("Tea", NOW.plusSeconds(1))), NOW.plusSeconds(1)));
        assertThat(state.records().present()).isEqualTo(2);
    }

    @Test
    void whatAWholeOfOneLinkDoesNotMentionAndOthersHaveIsLeft() {
        MerchantState state = merchant(SyncRule.Common.LATEST);
        state = absorb(state, delivery(0, "a-1", event(named("Tea", NOW.minusSeconds(9))), NOW));
        Whole nothing = new Whole(Kind.ITEM, Stamp.at(NOW), FieldMap.EMPTY);
        PartnerEvent none = new PartnerEvent("", List.of(), List.of(), List.of(nothing));
        state = absorb(state, delivery(1, "b-1", none, NOW));
        assertThat(tea(state).isPresent()).as("b-1 never had it").isTrue();
    }
}
