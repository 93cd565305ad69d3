package dev.tournant.cluster.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** The flat arrays hold what plain collections would. */
class TablesTest {
    @Property(tries = 300)
    void callsAreFoundByIdAndStandInOrder(@ForAll long seed) {
        Random random = new Random(seed);
        Calls calls = new Calls(2);
        List<Map<Long, Long>> lists = List.of(new LinkedHashMap<>(), new LinkedHashMap<>());
        for (int i = 0; i < 600; i++) {
            // Few ids, so that places come free and are taken again.
            long id = random.nextInt(120) * (random.nextBoolean() ? 1L : 1L << 40);
            int list = random.nextInt(2);
            int place = calls.find(id);
            int in = lists.get(0).containsKey(id) ? 0 : 1;
            assertThat(place != Calls.NONE).isEqualTo(lists.get(in).containsKey(id));
            if (place == Calls.NONE) {
                calls.add(list, id, i, -i);
                lists.get(list).put(id, (long) i);
            } else if (random.nextBoolean()) {
                calls.remove(place);
                lists.get(in).remove(id);
            } else {
                calls.move(place, list, i, -i);
                lists.get(in).remove(id);
                lists.get(list).put(id, (long) i);
            }
        }
        for (int list = 0; list < 2; list++) {
            Map<Long, Long> found = new LinkedHashMap<>();
            for (int place = calls.head(list); place != Calls.NONE; place = calls.next(place)) {
                found.put(calls.id(place), calls.due(place));
                assertThat(calls.mark(place)).isEqualTo(-calls.due(place));
                assertThat(calls.list(place)).isEqualTo(list);
            }
            assertThat(List.copyOf(found.entrySet()))
                    .isEqualTo(List.copyOf(lists.get(list).entrySet()));
            assertThat(calls.size(list)).isEqualTo(found.size());
        }
    }

    @Property(tries = 300)
    void theFirstDeadlineIsTheFirst(@ForAll long seed) {
        Random random = new Random(seed);
        Deadlines deadlines = new Deadlines();
        Map<Integer, Long> model = new LinkedHashMap<>();
        for (int i = 0; i < 400; i++) {
            int place = random.nextInt(64);
            if (model.remove(place) != null) {
                deadlines.remove(place);
            } else {
                long due = random.nextInt(50);
                deadlines.add(place, due);
                model.put(place, due);
            }
            long first =
                    model.values().stream().mapToLong(Long::longValue).min().orElse(Nanos.NEVER);
            assertThat(deadlines.first()).isEqualTo(first);
            if (!model.isEmpty()) {
                assertThat(model).containsEntry(deadlines.firstPlace(), first);
            }
        }
    }

    @Property(tries = 200)
    void answersCountForTheSpanAndAGrainAtMost(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 3_000) int most,
            @ForAll @LongRange(min = 2_000, max = 1_000_000) long span) {
        Random random = new Random(seed);
        Answers answers = new Answers(most, span);
        long grain = most <= Answers.POINTS_MAX ? 0 : span / Answers.POINTS_MAX;
        Deque<Long> model = new ArrayDeque<>();
        long now = 0;
        for (int i = 0; i < 5_000; i++) {
            now += random.nextInt(4) == 0 ? random.nextInt((int) (span / 500) + 2) : 0;
            if (answers.count(now) < most) {
                answers.add(now, 1);
                model.add(now);
            }
            assertThat(answers.count(now)).isBetween(within(model, now, span), within(model, now, span + grain));
        }
        if (answers.count(now) > 0) {
            int many = 1 + random.nextInt(answers.count(now));
            int all = answers.count(now);
            long expiry = answers.expiry(many);
            assertThat(answers.count(expiry - 1)).isGreaterThan(all - many);
            assertThat(answers.count(expiry)).isLessThanOrEqualTo(all - many);
        }
    }

    private static int within(Deque<Long> model, long now, long span) {
        return (int) model.stream().filter(time -> time + span > now).count();
    }

    @Property(tries = 300)
    void answersThatAreHandedOverAsAgesCountAsLong(@ForAll long seed) {
        Random random = new Random(seed);
        int most = 1 + random.nextInt(20);
        WindowTally before = new WindowTally(most, 1_000);
        long now = 0;
        for (int i = 0; i < 40; i++) {
            now += random.nextInt(100);
            if (before.hasRoom(most, 0, now)) {
                before.answered(most, now);
            }
        }
        Rule rule = new Rule.Window(most, Duration.ofNanos(1_000_000));
        WindowTally after = new WindowTally(most, 1_000);
        after.restore(new Ledger.Count(rule, before.nanosLeft(now), most, before.answers(now)), 5);
        List<Integer> uses = new ArrayList<>();
        List<Integer> later = new ArrayList<>();
        for (int wait = 0; wait < 1_100; wait += 7) {
            uses.add(before.use(0, now + wait));
            later.add(after.use(0, 5 + wait));
        }
        assertThat(later).isEqualTo(uses);
    }
}
