package dev.tournant.cluster.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.FishingOutcomes;
import akka.actor.testkit.typed.javadsl.ManualTime;
import dev.tournant.messages.FeedPage;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.PushOutcome;
import dev.tournant.model.Kind;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.RecordKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a merchant tells the plan of its reading, and which fetch it begins when it is told to. */
class FetchesTest extends FetchesScene {
    @Test
    void saysWhatItWantsAndWhyAndWhatCameOfIt() {
        known();

        signal();
        plan.expectMessage("wanted catalog SIGNAL after 1 webhooks");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(2);
        ended(2, null, 1, false);
        page(2, item("tea"));
        plan.expectMessage("read catalog unchanged with 4 calls");
    }

    @Test
    void countsEachWebhookAlsoAfterARestart() {
        known();
        signal();
        plan.expectMessage("wanted catalog SIGNAL after 1 webhooks");
        signal();
        plan.expectMessage("wanted catalog SIGNAL after 2 webhooks");
        moves();
        proceed();
        plan.expectMessage("wanted catalog SIGNAL after 2 webhooks");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(3);
        signal();
        signal();
        ended(3, null, 1, false);
        page(3);
        plan.expectMessage("read catalog unchanged with 4 calls");
        plan.expectMessage("wanted catalog SIGNAL after 4 webhooks");
    }

    @Test
    void saysWhenWhatAWebhookTellsOfHappenedHoweverLateItIsHeardOf() {
        known();
        Instant late = Instant.now().minusSeconds(900).truncatedTo(ChronoUnit.MILLIS);

        tell(late, null);
        tell(late.minusSeconds(60), null);
        proceed();
        plan.expectMessage("wanted catalog SIGNAL after 2 webhooks");
        assertThat(wantedAt).as("when it came, as clocks differ").isEqualTo(late.plusSeconds(5));
        tell(late.plusSeconds(300), late.plusSeconds(20));
        proceed();
        plan.expectMessage("wanted catalog SIGNAL after 3 webhooks");
        assertThat(wantedAt).as("it was tried again").isEqualTo(late.plusSeconds(25));
        tell(late.plusSeconds(60), late.plusSeconds(9_000));
        proceed();
        plan.expectMessage("wanted catalog SIGNAL after 4 webhooks");
        assertThat(wantedAt).as("by a clock that is ahead").isEqualTo(late.plusSeconds(65));
    }

    @Test
    void whatAPushWantsToSeeAgainIsNoWebhook() {
        known();
        MerchantCommand push = new MerchantCommand.TakePush(
                LINK,
                List.of(new MerchantCommand.Settled(
                        RecordKey.of(Kind.ITEM, "tea"), PushOutcome.readAgain("catalog", "changed"), "f")),
                List.of(),
                List.of(),
                null,
                NOW);
        state = RULES.decide(state, push).after();
        proceed();
        plan.expectMessage("wanted catalog OURS");
        signal();
        plan.expectMessage("wanted catalog OURS after 1 webhooks");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(3);
        ended(3, null, 1, false);
        page(3);
        plan.expectMessage("read catalog unchanged with 4 calls");
        signal();
        plan.expectMessage("wanted catalog SIGNAL after 2 webhooks");
    }

    @Test
    void whatAPageAsksForIsNoWebhook() {
        known();
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        ended(1, null, 1, false);
        absorb(new PartnerEvent("", List.of(), List.of("catalog")), new FeedPage("catalog", 1, true, "T"));
        plan.expectMessage("read catalog unchanged with 4 calls");
        plan.expectMessage("wanted catalog OURS");
    }

    @Test
    void readsWhatNobodyWantedWithoutAWordInTheJournal() {
        known();
        MerchantState before = state;

        readNow("catalog");

        assertThat(begun.receiveMessage()).as("the number of the fetch before").isEqualTo(1);
        assertThat(state).isSameAs(before);
        readNow("catalog");
        plan.expectMessage("reading catalog");
        ended(1, null, 1, false);
        page(1, item("cake"));
        plan.expectMessage("read catalog changed with 4 calls");
    }

    @Test
    void aSignalThatComesWhileItIsReadIsWantedAfterIt() {
        known();
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);

        signal();
        ended(1, null, 1, false);
        page(1);

        plan.expectMessage("read catalog unchanged with 4 calls");
        plan.expectMessage("wanted catalog SIGNAL after 1 webhooks");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(2);
    }

    @Test
    void saysAgainWhatItWantsAsThePlanMayHaveForgotten() {
        proceed();
        plan.expectMessage("wanted catalog FIRST");
        ManualTime.get(kit.system()).timePasses(AGAIN);
        plan.expectMessage("wanted catalog FIRST");
    }

    @Test
    void saysThatItReadsStillAsLongAsItDoes() {
        known();
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        for (int i = 0; i < 9; i++) {
            ManualTime.get(kit.system()).timePasses(AGAIN);
            plan.expectMessage("reading catalog");
        }
        page(1, 1, "c2");
        ManualTime.get(kit.system()).timePasses(AGAIN);
        plan.expectMessage("reading catalog");
        ended(1, "HTTP 500", 1, true);
        plan.expectMessage("broke catalog CROWDED");
        ManualTime.get(kit.system()).timePasses(AGAIN.multipliedBy(2));
        plan.expectNoMessage();
    }

    @Test
    void pagesThatDoNotComeBackAreAFetchThatBroke() {
        proceed();
        plan.expectMessage("wanted catalog FIRST");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        ended(1, null, 1, false);
        ManualTime.get(kit.system()).timePasses(Duration.ofSeconds(31));
        plan.fishForMessage(
                Duration.ofSeconds(3),
                each -> each.equals("broke catalog FAILED")
                        ? FishingOutcomes.complete()
                        : FishingOutcomes.continueAndIgnore());
    }

    @Test
    void whatIsNotThereIsGone() {
        readNow("tables");
        plan.expectMessage("gone pl-1 tables by pool");
    }
}
