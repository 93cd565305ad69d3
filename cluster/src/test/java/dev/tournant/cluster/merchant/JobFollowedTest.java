package dev.tournant.cluster.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Writing;
import dev.tournant.cluster.sync.PushResults;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.FeedPage;
import dev.tournant.messages.JobEnded;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.Position;
import dev.tournant.messages.PushOutcome;
import dev.tournant.messages.RemoteRecord;
import dev.tournant.model.Direction;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.Menu;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Projection;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import dev.tournant.persistence.Counterpart;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A marketplace that may take two hours for a menu, and a job of which nothing more is heard. */
class JobFollowedTest {
    private static final LinkId MARKET = new LinkId("dd-1");
    private static final RecordKey LUNCH = RecordKey.of(Kind.MENU, "lunch");
    private static final RecordKey DINNER = RecordKey.of(Kind.MENU, "dinner");
    private static final Duration PARTNERS = Duration.ofHours(2);
    private static final MerchantLimits LIMITS = TestLimits.shipped();
    private static final Duration OURS = LIMITS.jobFollowedMax();
    private static final Traits TRAITS = new Traits(
            List.of("menus"),
            Set.of(Capability.WRITE_CATALOGUE, Capability.ASYNCHRONOUS),
            Optional.of(Writing.Scope.WHOLE),
            Optional.of(new Writing.Jobs(PARTNERS, "menus")));
    private static final MerchantRules RULES = new MerchantRules(LIMITS, Map.of(new PartnerName("market"), TRAITS));

    private final Link link =
            new Link(MARKET, new PartnerName("market"), "P", "S", "main").with(Direction.WRITE, Projection.ALL);
    private final Instant begin = Instant.parse("2026-06-01T12:00:00Z");
    private MerchantState state = MerchantState.EMPTY;
    private int pages;

    @BeforeEach
    void aMenuThatTheMarketHas() {
        tell(new MerchantCommand.SetProfile(
                new MerchantProfile("Grill", Currency.getInstance("USD"), ZoneId.of("UTC"), List.of(link)),
                null,
                "r",
                begin));
        make(LUNCH);
        reads(begin, LUNCH);
    }

    private void tell(MerchantCommand command) {
        state = RULES.decide(state, command).after();
    }

    private void make(RecordKey menu) {
        tell(new MerchantCommand.EditRecord(
                RecordDelta.set(menu, Stamp.ZERO, 0, FieldMap.of(Menu.NAME, "Our menu")), 0, "r" + menu, begin));
    }

    private void reads(Instant at, RecordKey... there) {
        pages++;
        List<RemoteRecord> remotes = Stream.of(there)
                .map(key -> new RemoteRecord(key, new RecordId("D-" + key.id()), 0, "{}"))
                .toList();
        long wanted = Objects.requireNonNull(state.feeds().get(MerchantState.feedKey(MARKET, "menus")))
                .wanted();
        tell(new MerchantCommand.Absorb(
                List.of(new Delivery(
                        new Position("t", 0, pages),
                        MARKET,
                        List.of(),
                        new FeedPage("menus", wanted, true, null),
                        "",
                        remotes,
                        List.of(),
                        at)),
                at));
    }

    private void jobBegins(RecordKey menu) {
        jobIsNamed(menu);
        assertThat(state.link(MARKET).health().jobs()).hasSize(1);
    }

    private void jobIsNamed(RecordKey menu) {
        RecordDelta told = RecordDelta.set(menu, Stamp.at(begin), 0, FieldMap.of(Menu.NAME, "Our menu"));
        tell(new MerchantCommand.TakePush(
                MARKET,
                List.of(new MerchantCommand.Settled(menu, PushOutcome.pending("job-1"), "f")),
                List.of(told),
                List.of(),
                "",
                begin));
    }

    private void jobEnds(PushOutcome how) {
        pages++;
        tell(new MerchantCommand.Absorb(
                List.of(new Delivery(
                        new Position("t", 0, pages),
                        MARKET,
                        List.of(),
                        null,
                        "",
                        List.of(),
                        List.of(new JobEnded("job-1", how, List.of())),
                        begin)),
                begin));
    }

    private Step after(Duration time) {
        MerchantProfile profile = Objects.requireNonNull(state.profile());
        return Step.next(state, profile, link, TRAITS, LIMITS, new Step.Before(null), begin.plus(time));
    }

    private boolean asksForTheMenus(Step step) {
        return step.remember() instanceof MerchantCommand.TakePush push
                && push.outcomes().get(0).outcome().kind() == PushOutcome.Kind.READ_AGAIN;
    }

    @Test
    void isReadAgainAndGivenUpLongBeforeThePartnerHasTo() {
        jobBegins(LUNCH);
        assertThat(asksForTheMenus(after(OURS.minusSeconds(1)))).isFalse();
        Step first = after(OURS.plusSeconds(1));
        assertThat(asksForTheMenus(first)).isTrue();
        tell(Objects.requireNonNull(first.remember()));
        reads(begin.plus(OURS).plusSeconds(2), LUNCH);
        Step then = after(OURS.plusSeconds(3));
        assertThat(then.remember())
                .isInstanceOfSatisfying(
                        MerchantCommand.NoteStep.class,
                        note -> assertThat(note.expired()).containsExactly("job-1"));
        tell(Objects.requireNonNull(then.remember()));
        assertThat(after(OURS.plusSeconds(4)).telling())
                .as("it is compared and told again")
                .isNotNull();
    }

    @Test
    void whatMightBeMadeTwiceIsWaitedForAsLongAsThePartnerMayTake() {
        make(DINNER);
        jobBegins(DINNER);
        assertThat(asksForTheMenus(after(PARTNERS.minusSeconds(1)))).isFalse();
        assertThat(asksForTheMenus(after(PARTNERS.plusSeconds(1)))).isTrue();
    }

    @Test
    void theReasonOfAnEndThatIsToldBeforeTheAnswerIsKept() {
        jobEnds(PushOutcome.givenUp("hours-failed", "no hours on Monday"));
        jobIsNamed(LUNCH);
        assertThat(state.link(MARKET).health().jobs()).isEmpty();
        assertThat(state.link(MARKET).counterpart(LUNCH))
                .satisfies(known -> assertThat(Objects.requireNonNull(known).refusal())
                        .isEqualTo(new Counterpart.Refusal("hours-failed", "no hours on Monday", "f", begin, 1)));
    }

    @Test
    void whatIsToBeReadAfterAnEndThatIsToldBeforeTheAnswerIsRead() {
        jobEnds(PushOutcome.readAgain("menus", "half of it is done"));
        assertThat(isWanted()).isFalse();
        jobIsNamed(LUNCH);
        assertThat(isWanted()).isTrue();
    }

    private boolean isWanted() {
        return Objects.requireNonNull(state.feeds().get(MerchantState.feedKey(MARKET, "menus")))
                .isDue();
    }

    @Test
    void anEndThatIsToldBeforeAPushIsNoneOfItsJobs() {
        jobEnds(PushOutcome.DONE);
        Step push = after(Duration.ofSeconds(1));
        assertThat(push.telling()).isNotNull();
        tell(Objects.requireNonNull(push.remember()));
        jobBegins(LUNCH);
    }

    /** Somebody with a tablet puts back what we put right, before a page has shown that it was. */
    @Test
    void whatWasThereBeforeAJobIsNewsIfItIsThereAfterIt() {
        jobBegins(LUNCH);
        jobEnds(PushOutcome.DONE);
        tell(new MerchantCommand.TakePush(
                MARKET, List.of(), List.of(), List.of(), PushResults.shown(state.link(MARKET)), begin));
        assertThat(state.link(MARKET).health().doubted()).as("compared").isFalse();
        reads(begin.plusSeconds(9), LUNCH);
        assertThat(state.link(MARKET).health().doubted())
                .as("the same as before the job")
                .isTrue();
    }

    @Test
    void saysWhenTimeAloneMakesADifference() {
        jobBegins(LUNCH);
        assertThat(again(Duration.ZERO)).contains(begin.plus(OURS));
        assertThat(again(OURS.plusSeconds(1))).isEmpty();
        jobEnds(PushOutcome.givenUp("menu-failed", "no"));
        assertThat(again(Duration.ZERO))
                .contains(begin.plus(LIMITS.refusedRetries().first()));
    }

    private Optional<Instant> again(Duration time) {
        MerchantProfile profile = Objects.requireNonNull(state.profile());
        return Step.again(state, profile, link, TRAITS, LIMITS, begin.plus(time));
    }
}
