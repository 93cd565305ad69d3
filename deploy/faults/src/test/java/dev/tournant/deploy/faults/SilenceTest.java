package dev.tournant.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SilenceTest {
    @Test
    void isTheLongestTimeBetweenTwoAnswers() {
        assertThat(Silence.longest(List.of(130L, 105L, 900L, 110L), 100, 150)).hasNanos(20);
    }

    @Test
    void beginsWithTheFault() {
        assertThat(Silence.longest(List.of(99L, 140L), 100, 150)).hasNanos(40);
    }

    @Test
    void lastsToTheEndWhereThereIsNoAnswer() {
        assertThat(Silence.longest(List.of(), 100, 150)).hasNanos(50);
        assertThat(Silence.longest(List.of(110L), 100, 150)).hasNanos(40);
    }
}
