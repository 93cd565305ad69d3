package dev.tournant.cluster.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.typesafe.config.ConfigFactory;
import dev.tournant.cluster.merchant.ReadPlan.Trouble;
import dev.tournant.cluster.merchant.ReadPlan.Why;
import dev.tournant.cluster.schedule.Belief;
import org.junit.jupiter.api.Test;

/** What a timetable remembers. */
class MemoryTest extends TimetableScene {
    @Test
    void whatWasLearntIsRemembered() {
        timetable.allowed(4, START);
        add(30, START);
        run(START, START + 300);

        Timetable again = Timetable.of(timetable.memory(START + 300), POOL, SETTINGS, feed -> true, START + 300);

        assertThat(again.callsPerSecond()).isEqualTo(timetable.callsPerSecond());
        for (int i = 0; i < 30; i++) {
            Timetable.Name name = name(i);
            Belief before = belief(i, START + 301);
            Belief after = belief(again, name, START + 301);
            assertThat(after.seenAt()).isEqualTo(before.seenAt());
            assertThat(after.changesPerSecond()).isCloseTo(before.changesPerSecond(), withinPercentage(15));
        }
    }

    @Test
    void whatWasHeldIsTriedAgainAfterARestart() {
        timetable.allowed(1_000, START);
        add(1, START);
        timetable.orders(START);
        timetable.broke(name(0), Trouble.UNAUTHORISED, START, START);

        Timetable again = Timetable.of(timetable.memory(START), POOL, SETTINGS, feed -> true, START + 1);

        assertThat(again.orders(START + 2)).hasSize(1);
    }

    @Test
    void whatIsNoMemoryIsRefused() {
        byte[] memory = timetable.memory(START);

        assertThatThrownBy(() -> Timetable.of(new byte[] {0, 0, 0, 9}, POOL, SETTINGS, feed -> true, START))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("version 9");
        assertThatThrownBy(() -> Timetable.of(
                        java.util.Arrays.copyOf(memory, memory.length / 2), POOL, SETTINGS, feed -> true, START))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsSetOtherwiseHoldsForWhatWasLearntAsWell() {
        timetable.allowed(1_000, START);
        add(3, START);
        run(START, START + 2);
        PollSettings stricter = PollSettings.of(ConfigFactory.parseString("""
                        tournant.poll.resources.usual { max-age = 20s, min-interval = 1s, objective = 0.5 }
                        """)
                .withFallback(ConfigFactory.parseResources("tournant-cluster.conf"))
                .withFallback(ConfigFactory.defaultReference())
                .resolve());

        Timetable again = Timetable.of(timetable.memory(START + 2), POOL, stricter, partner -> false, START + 2);

        assertThat(again.freshness(START + 2).classes())
                .singleElement()
                .matches(each -> each.of().maxAgeSeconds() == 20 && each.of().objective() == 0.5)
                .matches(each -> each.resources() == 3 && !each.of().subscribed());
        assertThat(again.orders(START + 40)).as("older than they may be").hasSize(3);
    }

    @Test
    void aClockThatWasAheadKeepsNobodyWaiting() {
        timetable.allowed(1_000, START + 86_400);
        add(3, START + 86_400);
        run(START + 86_400, START + 86_403);

        Timetable again = Timetable.of(timetable.memory(START + 86_403), POOL, SETTINGS, partner -> true, START);

        assertThat(belief(again, name(0), START).seenAt()).isLessThanOrEqualTo(START);
        again.wanted(name(0), 0, Why.SIGNAL, 1, START + 60, START + 60);
        assertThat(again.orders(START + 61)).extracting(Order::name).contains(name(0));
    }
}
