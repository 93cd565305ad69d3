package dev.tournant.cluster.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.model.FlatRecord;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.RecordKey;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Whether a reading goes on from where it was or begins anew: after it broke off, after a restart, and where a link leads elsewhere. */
class GoingOnTest extends FetchesScene {
    @Test
    void goesOnWithTheSameGenerationThoughMoreIsWantedByNow() {
        proceed();
        plan.expectMessage("wanted catalog FIRST");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        page(1, 1, "c2");
        plan.expectMessage("reading catalog for the first time, pages: 1");
        page(1, 2, "c3");
        plan.expectMessage("reading catalog for the first time, pages: 2");
        signal();
        ended(1, "HTTP 429", 3, true);
        plan.expectMessage("broke catalog CROWDED");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        assertThat(from).isEqualTo("c3");
        plan.expectMessage("reading catalog for the first time, pages: 2");
    }

    @Test
    void aFirstReadGoesOnAfterARestart() {
        proceed();
        plan.expectMessage("wanted catalog FIRST");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        page(1, 1, "c2", item("tea"));
        plan.expectMessage("reading catalog for the first time, pages: 1");
        Instant began = since;
        assertThat(began).isNotNull();

        moves();
        proceed();
        plan.expectMessage("wanted catalog FIRST");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        assertThat(from).isEqualTo("c2");
        plan.expectMessage("reading catalog for the first time, pages: 1");
        assertThat(pagesShown()).isEqualTo(1);
        page(1, 2, "c3");
        plan.expectMessage("reading catalog for the first time, pages: 2");
        assertThat(since).as("since its first page").isEqualTo(began);
        assertThat(pagesShown()).isEqualTo(2);
        readNow("catalog");
        plan.expectMessage("reading catalog for the first time, pages: 2");
        ended(1, null, 2, false);
        page(1, item("cake"));
        assertThat(pagesShown()).as("behind the end").isZero();
        plan.expectMessage("read catalog changed with 4 calls");
        assertThat(state.records().get(RecordKey.of(Kind.ITEM, "tea")))
                .as("what stood on a page before the restart")
                .matches(FlatRecord::isPresent);

        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        assertThat(from).as("behind the end").isNull();
    }

    @Test
    void aReadingThatIsToTellWhatIsGoneBeginsAnewAfterARestart() {
        known();
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        page(1, 1, "c2", item("tea"));
        ended(1, "HTTP 429", 1, true);
        plan.expectMessage("broke catalog CROWDED");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        assertThat(from).isEqualTo("c2");

        moves();
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        assertThat(from).isNull();
    }

    @Test
    void aPlaceThatThePartnerKnowsNoMoreIsForgotten() {
        known();
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        page(1, 1, "c2", item("tea"));
        ended(1, "HTTP 400", 1, false);
        plan.expectMessage("broke catalog FAILED");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        assertThat(from).isNull();
        assertThat(state.feeds().values())
                .singleElement()
                .matches(feed -> feed.soFar().pages() == 0 && feed.trouble() == null);
    }

    @Test
    void beginsWithWhatIsWantedNowWhereItCannotGoOn() {
        proceed();
        plan.expectMessage("wanted catalog FIRST");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        signal();
        ended(1, "HTTP 500", 0, false);
        plan.expectMessage("broke catalog FAILED");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(2);
    }

    @Test
    void aFirstReadThatIsTakenForAPollDoesNotBegin() {
        proceed();
        plan.expectMessage("wanted catalog FIRST");
        readNow("catalog", Duration.ZERO);
        plan.expectMessage("wanted catalog FIRST");
        begun.expectNoMessage();
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        ended(1, null, 1, false);
        page(1, item("tea"));
        plan.expectMessage("read catalog changed with 4 calls");
        readNow("catalog", Duration.ZERO);
        assertThat(begun.receiveMessage()).as("a poll").isEqualTo(1);
    }

    @Test
    void whatWasAskedForWhereALinkLeadsNoMoreCountsForNothing() {
        proceed();
        plan.expectMessage("wanted catalog FIRST");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);

        links(new Link(LINK, POTLUCK, "M2", "L1", "main"));
        plan.expectMessage("wanted catalog FIRST");
        page(1, 1, "c2", item("tea"));
        page(1, item("cake"));
        ended(1, null, 2, false);

        assertThat(has("tea") || has("cake")).as("of another account").isFalse();
        assertThat(feed()).matches(feed -> feed.isDue() && feed.cursor() == null && feed.doneAt() == null);
        readNow("catalog");
        long here = begun.receiveMessage();
        assertThat(here).isNotEqualTo(1);
        ended(here, null, 1, false);
        page(here, item("soup"));
        plan.expectMessage("read catalog changed with 4 calls");
        assertThat(has("soup")).isTrue();
        assertThat(feed()).matches(feed -> !feed.isDue() && "T".equals(feed.cursor()));
    }

    @Test
    void aLinkThatIsRemovedAndAddedAgainIsReadFromItsBeginning() {
        known();
        signal();
        plan.expectMessage("wanted catalog SIGNAL after 1 webhooks");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(2);

        links();
        links(new Link(LINK, POTLUCK, "M1", "L1", "main"));
        plan.expectMessage("wanted catalog FIRST");
        page(2, item("cake"));

        assertThat(has("cake")).as("what changed since a cursor of before").isFalse();
        assertThat(feed()).matches(feed -> feed.isDue() && feed.cursor() == null);
        readNow("catalog");
        long here = begun.receiveMessage();
        ended(here, null, 1, false);
        page(here, item("cake"));
        plan.expectMessage("read catalog changed with 4 calls");
    }
}
