package dev.tournant.cluster.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.FeedPage;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.Position;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Presence;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import dev.tournant.model.Whole;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is gone when a whole fetch of several pages does not mention it, and what is not. */
class SweepTest {
    private static final LinkId LINK = new LinkId("pl-1");
    private static final PartnerName POTLUCK = new PartnerName("potluck");
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    static final MerchantLimits LIMITS = TestLimits.small(
            "records-max = 30, record-bytes-max = 20000, message-bytes-max = 1000, seen-max = 8, outbox-max = 100,"
                    + "group-bytes-max = 5000, delivery-bytes-max = 50000");
    private static final MerchantRules RULES =
            new MerchantRules(LIMITS, Map.of(POTLUCK, Traits.reading(List.of("catalog"))));
    /** When the items that are there from the beginning were last edited. */
    private static final Instant EDITED = NOW.minus(Duration.ofDays(9));

    private MerchantState state = created();
    private long offset;
    private Instant asked = NOW;

    private static MerchantState created() {
        MerchantProfile profile = new MerchantProfile(
                "Grill",
                Currency.getInstance("USD"),
                ZoneId.of("America/New_York"),
                List.of(new Link(LINK, POTLUCK, "M1", "L1", "main")));
        return RULES.decide(MerchantState.EMPTY, new MerchantCommand.SetProfile(profile, null, "put", NOW))
                .after();
    }

    private static RecordDelta item(String id, Instant at) {
        return RecordDelta.set(RecordKey.of(Kind.ITEM, id), Stamp.at(at), 0, FieldMap.of(Item.NAME, id));
    }

    private void take(List<PartnerEvent> events, FeedPage page, String unreadable) {
        asked = asked.plusSeconds(1);
        Delivery delivery = new Delivery(
                new Position("t", 0, ++offset), LINK, events, page, unreadable, List.of(), List.of(), asked);
        state = RULES.decide(state, new MerchantCommand.Absorb(List.of(delivery), asked))
                .after();
    }

    private void page(String read, long generation, int number, boolean last, String... items) {
        oddPage(read, generation, number, last, "", items);
    }

    private void oddPage(String read, long generation, int number, boolean last, String unreadable, String... items) {
        List<RecordDelta> deltas = new ArrayList<>();
        for (String each : items) {
            deltas.add(item(each, EDITED));
        }
        Whole whole = new Whole(Kind.ITEM, Stamp.at(asked.plusSeconds(1)), FieldMap.EMPTY, Whole.Span.FETCH);
        take(
                List.of(new PartnerEvent("", deltas, List.of(), unreadable.isEmpty() ? List.of(whole) : List.of())),
                new FeedPage("catalog", generation, last, null, new FeedPage.Leaf(read, number)),
                unreadable);
    }

    private void webhook(String event, String item) {
        PartnerEvent said = new PartnerEvent(event, List.of(item(item, EDITED)), List.of());
        asked = asked.plusSeconds(1);
        Delivery delivery = new Delivery(
                new Position("t", 0, ++offset), LINK, List.of(said), null, "", List.of(), List.of(), asked);
        state = RULES.decide(state, new MerchantCommand.Absorb(List.of(delivery), asked))
                .after();
    }

    private Set<String> there() {
        Set<String> there = new TreeSet<>();
        state.records().page(Kind.ITEM, null, 100).stream()
                .filter(record -> record.presence() == Presence.PRESENT)
                .forEach(record -> there.add(record.key().id().value()));
        return there;
    }

    private void known() {
        page("r-0", 1, 1, false, "tea", "soup");
        page("r-0", 1, 2, true, "cake", "wine");
        assertThat(there()).containsExactly("cake", "soup", "tea", "wine");
    }

    @Example
    void theRestOfAReadingWhoseFirstPagesAreForgottenTellsNothing() {
        known();
        page("r-1", 2, 1, false, "tea", "soup");
        state = MerchantState.of(state.snapshot());
        page("r-1", 2, 2, false, "cake");
        page("r-1", 2, 3, true);
        assertThat(there()).containsExactly("cake", "soup", "tea", "wine");
    }

    @Example
    void whatNoPageOfAWholeFetchMentionsIsGone() {
        known();
        page("r-1", 2, 1, false, "tea");
        assertThat(there()).as("half of it says nothing").contains("soup", "cake", "wine");
        page("r-1", 2, 2, true, "wine");
        assertThat(there()).containsExactly("tea", "wine");
        assertThat(state.sweeps()).isEmpty();
    }

    @Example
    void aFetchThatBrokeAndBeganAnewCountsFromItsNewBeginning() {
        known();
        page("r-1", 2, 1, false, "tea");
        page("r-2", 2, 1, false, "tea", "soup");
        page("r-1", 2, 2, true, "cake");
        assertThat(there()).as("pages of two readings").containsExactly("cake", "soup", "tea", "wine");
        page("r-2", 2, 2, true, "cake");
        assertThat(there()).containsExactly("cake", "soup", "tea");
    }

    @Example
    void aPageThatNeverCameOrOfWhichSomethingCouldNotBeReadLeavesAllAsItIs() {
        known();
        page("r-1", 2, 1, false, "tea");
        page("r-1", 2, 3, true, "cake");
        page("r-2", 3, 2, true, "cake");
        oddPage("r-3", 4, 1, false, "items[0].price: must be a whole number", "tea");
        page("r-3", 4, 2, true, "cake");
        page("r-4", 5, 1, false, "tea");
        oddPage("r-4", 5, 2, true, "items[0].id: is missing", "cake");
        assertThat(there()).containsExactly("cake", "soup", "tea", "wine");
    }

    @Example
    void aPageThatComesTwiceIsOnePage() {
        known();
        page("r-1", 2, 1, false, "tea");
        page("r-1", 2, 1, false, "tea", "soup");
        page("r-1", 2, 2, true, "cake");
        page("r-1", 2, 2, true, "cake");
        assertThat(there()).containsExactly("cake", "soup", "tea");
    }

    @Example
    void pagesOfAnOlderFetchTellNothing() {
        known();
        page("r-5", 5, 1, true, "tea", "soup", "cake", "wine");
        page("r-4", 4, 1, false, "tea");
        page("r-4", 4, 2, true, "soup");
        assertThat(there()).containsExactly("cake", "soup", "tea", "wine");
    }

    @Example
    void whatTheLinkSaysMeanwhileIsThereWhateverItsClockSays() {
        known();
        page("r-1", 2, 1, false, "tea", "soup");
        webhook("e1", "bread");
        webhook("e2", "wine");
        page("r-1", 2, 2, true);
        assertThat(there()).containsExactly("bread", "soup", "tea", "wine");
    }

    @Example
    void whatThePartnerShowsAgainIsBackThoughItDidNotChange() {
        known();
        page("r-1", 2, 1, true, "tea", "soup", "cake");
        assertThat(there()).doesNotContain("wine");
        page("r-2", 3, 1, true, "tea", "soup", "cake", "wine");
        assertThat(there()).contains("wine");
    }

    @Example
    void aLinkThatLeadsElsewhereForgetsWhatItRead() {
        known();
        page("r-1", 2, 1, false, "tea");
        MerchantProfile moved = new MerchantProfile(
                "Grill",
                Currency.getInstance("USD"),
                ZoneId.of("America/New_York"),
                List.of(new Link(LINK, POTLUCK, "M2", "L2", "main")));
        state = RULES.decide(state, new MerchantCommand.SetProfile(moved, null, "put", NOW))
                .after();
        page("r-1", 2, 2, true, "soup");
        assertThat(there()).containsExactly("cake", "soup", "tea", "wine");
    }

    @Example
    void aRestartForgetsTheReadingAndKeepsAllElse() {
        known();
        page("r-1", 2, 1, false, "tea");
        state = MerchantState.of(state.snapshot());
        page("r-1", 2, 2, true, "soup");
        assertThat(there()).containsExactly("cake", "soup", "tea", "wine");
    }

    /**
     * What comes in of a reading of three pages.
     *
     * @param page 0 to 2; 3 is a restart of ours
     */
    record Step(int read, int page, boolean odd) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.frequency(
                                net.jqwik.api.Tuple.of(9, 0),
                                net.jqwik.api.Tuple.of(9, 1),
                                net.jqwik.api.Tuple.of(9, 2),
                                net.jqwik.api.Tuple.of(1, 3)),
                        Arbitraries.frequency(net.jqwik.api.Tuple.of(9, false), net.jqwik.api.Tuple.of(1, true)))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(30);
    }

    @Property
    void whateverComesInOfReadingsNothingSeemsGoneThatIsThere(@ForAll("steps") List<Step> steps) {
        String[][] pages = {{"tea", "soup"}, {"cake"}, {"wine", "bread"}};
        page("r-all", 1, 1, true, "tea", "soup", "cake", "wine", "bread", "gone");
        for (Step each : steps) {
            if (each.page() == 3) {
                state = MerchantState.of(state.snapshot());
            } else {
                String odd = each.odd() ? "items[0]: must be an object" : "";
                String[] shown = each.odd() ? new String[0] : pages[each.page()];
                oddPage("r-" + each.read(), 2 + each.read(), each.page() + 1, each.page() == 2, odd, shown);
            }
        }
        assertThat(there()).contains("tea", "soup", "cake", "wine", "bread");
        for (int number = 0; number < 3; number++) {
            page("r-end", 9, number + 1, number == 2, pages[number]);
        }
        assertThat(there()).containsExactly("bread", "cake", "soup", "tea", "wine");
    }
}
