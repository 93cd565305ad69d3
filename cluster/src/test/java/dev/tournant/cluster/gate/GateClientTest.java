package dev.tournant.cluster.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Gates.Pass;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Limit;
import dev.tournant.adapter.News;
import dev.tournant.adapter.Party;
import dev.tournant.adapter.Request;
import dev.tournant.cluster.gate.GateMessage.How;
import dev.tournant.model.PartnerName;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A pass and its ends. The desk lets everything through at once, under the ids 1, 2 and so on. */
class GateClientTest {
    private static final PartnerName PARTNER = new PartnerName("potluck");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Party PARTY = new Party(PARTNER, "main", "M1", null);
    private static final Request READ = new Request("GET", "/menus", Map.of(), null, true);
    private static final Answer ANSWER = new Answer(429, Map.of(), new byte[0], Instant.EPOCH);

    private final AtomicLong now = new AtomicLong();
    private final Map<String, GateMessage> told = new TreeMap<>();

    private Pass admit(News news, Limit... limits) {
        GateClient client = new GateClient(
                new PoolNames(Map.of(PARTNER, List.of(limits)), new Parts(1_000, 3)),
                (partner, counted, answer) -> counted.stream().map(each -> news).toList(),
                admit -> {
                    AtomicLong ids = new AtomicLong();
                    List<Admission.Wanted> permits = admit.pools().stream()
                            .map(each -> new Admission.Wanted(each, ids.incrementAndGet()))
                            .toList();
                    admit.result().complete(new Admission.End.Passed(permits, now.get() + SECOND.toNanos()));
                },
                (pool, message) -> assertThat(told.put(pool, message)).isNull(),
                now::get,
                Runnable::run,
                new GateMetrics(new SimpleMeterRegistry()));
        return client.admit(PARTY, READ, Lane.MENU, SECOND)
                .toCompletableFuture()
                .join();
    }

    @Test
    void tellsEachPoolOneEnd() {
        Limit account = Limit.rate("account", Limit.Scope.ACCOUNT, 5, SECOND);
        Limit all = Limit.concurrent("all", Limit.Scope.APPLICATION, 5);
        Pass pass = admit(News.REFUSED, account, all);
        pass.answered(ANSWER);
        pass.lost();
        pass.unused();
        assertThat(told)
                .containsOnly(
                        Map.entry("potluck:account:all:M1", new GateMessage.Ended(1, How.ANSWERED, News.REFUSED)),
                        Map.entry("potluck:all:all", new GateMessage.Ended(2, How.ANSWERED, News.REFUSED)));
    }

    @Test
    void isGoodUntilItsTimeIsOverOrItHasEnded() {
        Limit account = Limit.rate("account", Limit.Scope.ACCOUNT, 5, SECOND);
        Pass pass = admit(News.NONE, account);
        assertThat(pass.isGood()).isTrue();
        now.addAndGet(SECOND.toNanos());
        assertThat(pass.isGood()).isFalse();
        pass.unused();
        assertThat(told).containsOnly(Map.entry("potluck:account:all:M1", new GateMessage.Ended(1, How.UNUSED, null)));
        Pass ended = admit(News.NONE, Limit.rate("other", Limit.Scope.ACCOUNT, 5, SECOND));
        ended.lost();
        assertThat(ended.isGood()).isFalse();
    }

    @Test
    void allPartsOfADividedPoolHearWhenThePartnerWantsNoMoreCalls() {
        News wish = new News(true, Duration.ofSeconds(30), 900, 5, null);
        admit(wish, Limit.rate("all", Limit.Scope.APPLICATION, 3_000, SECOND)).answered(ANSWER);
        assertThat(told).containsOnlyKeys("potluck:all:all#0", "potluck:all:all#1", "potluck:all:all#2");
        assertThat(told.values())
                .allMatch(each -> each instanceof GateMessage.Ended ended
                        && ended.news() != null
                        && ended.news().stop().equals(Duration.ofSeconds(30)));
        assertThat(told.values())
                .filteredOn(each -> Objects.requireNonNull(((GateMessage.Ended) each).news())
                        .refused())
                .containsExactly(
                        new GateMessage.Ended(1, How.ANSWERED, new News(true, Duration.ofSeconds(30), 300, 1, null)));
    }
}
