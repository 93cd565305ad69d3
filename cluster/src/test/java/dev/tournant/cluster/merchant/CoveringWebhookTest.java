package dev.tournant.cluster.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** A webhook that carries all of a resource. */
class CoveringWebhookTest extends FetchesScene {
    @Test
    void aWebhookThatCarriesAllIsAsGoodAsAReading() {
        known();
        Instant edited = Instant.now().plusSeconds(1).truncatedTo(ChronoUnit.MILLIS);
        Instant later = edited.plusSeconds(1);
        received = later;

        covering(edited, "");
        plan.expectMessage("covered catalog as of " + edited);
        covering(later, "name is a number");
        covering(edited.minusSeconds(1), "");
        covering(edited, "");
        covering(later.plusSeconds(9), "");
        plan.expectMessage("covered catalog as of " + later);
        assertThat(state.feeds().values()).singleElement().matches(feed -> !feed.isDue());
    }

    @Test
    void aWebhookThatCarriesAllDisturbsNoReadingThatIsUnderWay() {
        known();
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        received = Instant.now().plusSeconds(9);
        covering(received.truncatedTo(ChronoUnit.MILLIS), "");
        assertThat(plan.receiveMessage()).startsWith("covered catalog");
        readNow("catalog");
        plan.expectMessage("reading catalog");
        ended(1, null, 1, false);
        page(1);
        plan.expectMessage("read catalog unchanged with 4 calls");
    }

    @Test
    void aWebhookTakesNoFirstReadsPlace() {
        proceed();
        plan.expectMessage("wanted catalog FIRST");
        covering(Instant.now(), "");
        readNow("catalog");
        assertThat(begun.receiveMessage()).isEqualTo(1);
        plan.expectNoMessage();
    }
}
