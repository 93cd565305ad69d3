package dev.tournant.cluster.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Request;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.PartnerName;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HaltsTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Link LINK = new Link(new LinkId("sq-1"), new PartnerName("square"), "M1", "L1", "main");
    private static final Fetch FETCH = new Fetch(LINK, "catalog", null);

    private final Halts halts = new Halts();

    private boolean keep(String merchant, Instant goodUntil, Instant now) {
        FetchRun.Task task = new FetchRun.Task(new MerchantId(merchant), FETCH, 7, "r-1");
        Request next = new Request("GET", "/catalog?cursor=c2", Map.of(), null, true);
        return halts.keep(new Halts.Halt(task, new FetchRun.Place(next, null, 1, 2, now), goodUntil), now);
    }

    @Test
    void isTakenOnceAndOnlyByTheVeryFetch() {
        keep("grill", NOW.plusSeconds(60), NOW);
        assertThat(halts.holds(new MerchantId("grill"), FETCH, 7, NOW)).isTrue();
        assertThat(halts.take(new MerchantId("diner"), FETCH, 7, NOW)).isEmpty();
        assertThat(halts.take(new MerchantId("grill"), FETCH, 7, NOW)).isPresent();
        assertThat(halts.take(new MerchantId("grill"), FETCH, 7, NOW)).isEmpty();
    }

    @Test
    void isForgottenWhenItIsNoLongerGoodOrWhenAnotherFetchBegins() {
        keep("grill", NOW.plusSeconds(60), NOW);
        assertThat(halts.take(new MerchantId("grill"), FETCH, 7, NOW.plusSeconds(60)))
                .isEmpty();
        keep("grill", NOW.plusSeconds(60), NOW);
        assertThat(halts.take(new MerchantId("grill"), FETCH, 8, NOW)).isEmpty();
        assertThat(halts.size()).isZero();
        assertThat(keep("grill", NOW, NOW)).isFalse();
    }

    @Test
    void isNotKeptWhereThereIsNoRoom() {
        for (int i = 0; i < Halts.HALTS_MAX; i++) {
            assertThat(keep("m-" + i, NOW.plusSeconds(i < 2 ? 1 : 60), NOW)).isTrue();
        }
        assertThat(keep("one-more", NOW.plusSeconds(60), NOW)).isFalse();
        assertThat(halts.size()).isEqualTo(Halts.HALTS_MAX);
        assertThat(keep("one-more", NOW.plusSeconds(60), NOW.plusSeconds(1)))
                .as("two are no longer good")
                .isTrue();
    }
}
