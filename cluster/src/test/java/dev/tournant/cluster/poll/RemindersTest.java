package dev.tournant.cluster.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemindersTest {
    private static final double START = 1_800_000_000;

    @Test
    void aReminderTakesThePlaceOfTheOneBefore() {
        Reminders reminders = new Reminders();
        for (int i = 0; i < 100; i++) {
            reminders.remind(7, START + i, i);
        }
        List<Double> taken = new ArrayList<>();
        reminders.due(START + 98, (id, value) -> taken.add(value));
        assertThat(taken).isEmpty();
        assertThat(reminders.size()).isEqualTo(1);
        reminders.due(START + 99, (id, value) -> taken.add(value));
        assertThat(taken).containsExactly(99.0);
        assertThat(reminders.nextAt()).isInfinite();
    }
}
