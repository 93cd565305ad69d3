package dev.tournant.cluster.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Lane;
import dev.tournant.adapter.News;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** What answers tell lowers a limit, for as long as they say, and never raises it above what was declared. */
class LoweringTest {
    private static final long SECOND = 1_000_000_000;
    private static final PoolSpec SPEC = spec(new Rule.Window(20, Duration.ofSeconds(1)));

    private final Pool pool = new Pool(SPEC, Start.EMPTY, 0);
    private long ids;

    private static PoolSpec spec(Rule rule) {
        return new PoolSpec(
                "pool",
                List.of(rule),
                Duration.ofSeconds(5),
                Duration.ZERO,
                Duration.ofSeconds(30),
                0,
                Map.of(Lane.MENU, 10),
                0.1);
    }

    private List<Verdict> ask(long now) {
        return pool.ask(new Wish(ids++, Lane.MENU, now + SECOND / 100), now);
    }

    /** One call, answered so at once. */
    private void call(News news, long now) {
        assertThat(ask(now)).first().isInstanceOf(Verdict.Grant.class);
        pool.ended(ids - 1, new End.Answered(news), now);
    }

    private PoolView.Used used(long now) {
        return pool.view(now).rules().get(0);
    }

    private static News told(@Nullable Integer limit, @Nullable Integer remaining, @Nullable Duration reset) {
        return new News(false, Duration.ZERO, limit, remaining, reset);
    }

    @Example
    void aRefusalStopsThePoolForAsLongAsItSaysAndHalvesTheLimit() {
        call(News.refusedFor(Duration.ofSeconds(7)), 0);
        assertThat(used(0).limit()).isZero();
        Verdict.Refuse refuse = (Verdict.Refuse) ask(SECOND).get(0);
        assertThat(refuse.after()).isEqualTo(Duration.ofSeconds(6));
        assertThat(refuse.why()).isEqualTo("pool: it cannot go before its deadline; the partner asked to wait");
        assertThat(used(7 * SECOND).limit()).isEqualTo(10);
        assertThat(used(7 * SECOND).lowered())
                .containsExactly(new PoolView.Lowered(10, null, "the partner refused calls as too many"));
    }

    /** A header told of a second, and its "none left" is taken for the quarter of an hour's too until that second is over. */
    @Example
    void whoIsRefusedHearsWhenWhatLowersItEnds() {
        Pool quarters = new Pool(spec(new Rule.Window(10_000, Duration.ofMinutes(15))), Start.EMPTY, 0);
        for (long id = 0; id < 5; id++) {
            quarters.ask(new Wish(id, Lane.MENU, SECOND), 0);
            quarters.ended(id, new End.Answered(id < 4 ? News.NONE : told(null, 0, Duration.ofSeconds(1))), 0);
        }
        long now = SECOND / 4;
        Verdict said =
                quarters.ask(new Wish(5, Lane.MENU, now + SECOND / 100), now).get(0);
        assertThat(said)
                .isInstanceOfSatisfying(
                        Verdict.Refuse.class,
                        refuse -> assertThat(refuse.after()).isEqualTo(Duration.ofMillis(750)));
        assertThat(quarters.ask(new Wish(6, Lane.MENU, 2 * SECOND), SECOND)).containsExactly(new Verdict.Grant(6));
    }

    @Example
    void refusalsOfCallsThatWereUnderWayTogetherHalveItOnce() {
        for (int i = 0; i < 5; i++) {
            ask(0);
        }
        for (long id = 0; id < 5; id++) {
            pool.ended(id, new End.Answered(News.REFUSED), id + 1);
        }
        assertThat(used(2 * SECOND).limit()).isEqualTo(10);
        assertThat(pool.view(0).tooMany()).isEqualTo(5);
    }

    @Example
    void withoutAWordOfWhenThePoolWaitsLongerEachTimeUpToAMinute() {
        long now = 0;
        for (long wait : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            call(News.REFUSED, now);
            assertThat(((Verdict.Refuse) ask(now).get(0)).after()).isEqualTo(Duration.ofSeconds(wait));
            now += wait * SECOND;
        }
        assertThat(used(now).limit()).as("at least one call").isEqualTo(1);
        call(News.NONE, now);
        now += SECOND;
        call(News.REFUSED, now);
        assertThat(((Verdict.Refuse) ask(now).get(0)).after()).isEqualTo(Duration.ofSeconds(1));
    }

    @Example
    void itRisesByOneAWindowWhileCallsAreTaken() {
        call(News.refusedFor(Duration.ofMillis(1)), 0);
        for (int second = 1; second <= 10; second++) {
            assertThat(used(second * SECOND).limit()).isEqualTo(9 + second);
            call(News.NONE, second * SECOND);
            call(News.NONE, second * SECOND + 1);
        }
        assertThat(used(11 * SECOND).limit()).isEqualTo(20);
        assertThat(used(11 * SECOND).lowered()).isEmpty();
    }

    @Example
    void aLargeLimitRisesInLargerSteps() {
        Lowering day = new Lowering(200_000, Duration.ofDays(1).toNanos());
        day.refused(0);
        assertThat(day.limit(0)).isEqualTo(100_000);
        for (int minute = 1; minute <= 16; minute++) {
            day.taken(minute * 60 * SECOND);
        }
        assertThat(day.limit(0)).isEqualTo(200_000);
    }

    @Example
    void aSmallerLimitHoldsUntilItsReset() {
        call(told(8, null, Duration.ofSeconds(4)), 0);
        assertThat(used(3 * SECOND).limit()).isEqualTo(8);
        assertThat(used(4 * SECOND).limit()).isEqualTo(20);
        call(told(8, null, null), 5 * SECOND);
        assertThat(used(5 * SECOND).lowered())
                .containsExactly(
                        new PoolView.Lowered(8, Duration.ofSeconds(1), "the partner says that its limit is lower"));
        call(told(500, null, null), 5 * SECOND);
        assertThat(used(5 * SECOND).limit()).as("never above what was declared").isEqualTo(20);
    }

    @Example
    void othersThatUseTheSameQuotaAreNoticed() {
        call(told(null, 19, Duration.ofSeconds(3)), 0);
        assertThat(used(0).limit()).as("it counts ours alone").isEqualTo(20);
        call(told(null, 10, Duration.ofSeconds(3)), 0);
        assertThat(used(0).limit()).as("two of ours, eight of others").isEqualTo(12);
        assertThat(used(0).lowered())
                .containsExactly(
                        new PoolView.Lowered(12, Duration.ofSeconds(3), "others use up calls of the same limit"));
        call(told(null, 17, Duration.ofSeconds(3)), 0);
        assertThat(used(0).limit()).as("they are gone").isEqualTo(20);
    }

    @Example
    void aRefusalWhileOthersSeemToUseUpTheLimitHalvesWhatIsDeclared() {
        call(told(null, 1, Duration.ofSeconds(3)), 0);
        assertThat(used(0).limit()).isEqualTo(2);
        call(News.REFUSED, 1);
        assertThat(used(60 * SECOND).limit()).isEqualTo(10);
    }

    @Example
    void whenNoCallIsLeftThePoolWaitsForTheReset() {
        call(told(null, 0, Duration.ofSeconds(3)), 0);
        Verdict.Refuse refuse = (Verdict.Refuse) ask(SECOND).get(0);
        assertThat(refuse.after()).isEqualTo(Duration.ofSeconds(2));
        assertThat(refuse.why()).endsWith("the partner says that no call is left");
        assertThat(used(3 * SECOND).limit()).isEqualTo(20);
    }

    @Example
    void aHandOverKeepsWhatRefusalsLowered() {
        call(News.refusedFor(Duration.ofSeconds(7)), 0);
        Pool next = new Pool(SPEC, Start.of(pool.ledger(SECOND)), 0);
        assertThat(next.view(0).rules().get(0).limit()).isZero();
        assertThat(next.view(6 * SECOND).rules().get(0).limit()).isEqualTo(10);
    }

    @Example
    void anAnswerToACallOfAHolderBeforeStopsThePoolToo() {
        pool.ended(99, new End.Answered(News.refusedFor(Duration.ofSeconds(5))), 0);
        assertThat(((Verdict.Refuse) ask(0).get(0)).after()).isEqualTo(Duration.ofSeconds(5));
    }

    @Property(tries = 1_000)
    void whateverAnswersSayTheLimitIsFromOneToWhatWasDeclared(@ForAll long seed) {
        Random random = new Random(seed);
        int declared = 1 + random.nextInt(100);
        Lowering lowering = new Lowering(declared, SECOND);
        long now = 0;
        for (int i = 0; i < 50; i++) {
            now += random.nextInt(2) * (long) (random.nextDouble() * 2 * SECOND);
            switch (random.nextInt(3)) {
                case 0 -> lowering.refused(now);
                case 1 -> lowering.taken(now);
                default -> lowering.told(told(any(random), any(random), null), random.nextInt(declared + 1), now);
            }
            assertThat(lowering.limit(now)).isBetween(1, declared);
        }
        for (int i = 0; i <= declared; i++) {
            now += 2 * SECOND;
            lowering.taken(now);
        }
        assertThat(lowering.limit(now)).isEqualTo(declared);
        assertThat(lowering.reasons(now)).isEmpty();
        assertThat(lowering.nextChange(now)).isEqualTo(Nanos.NEVER);
    }

    private static @Nullable Integer any(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> Integer.MAX_VALUE;
            default -> random.nextInt(120);
        };
    }
}
