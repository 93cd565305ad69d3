package dev.tournant.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void takesPercentilesByNearestRank() {
        long[] hundred = new long[100];
        for (int i = 0; i < 100; i++) {
            hundred[i] = i + 1;
        }
        assertThat(Figures.percentile(hundred, 50)).isEqualTo(50);
        assertThat(Figures.percentile(hundred, 99)).isEqualTo(99);
        assertThat(Figures.percentile(hundred, 100)).isEqualTo(100);
        assertThat(Figures.percentile(hundred, 0.1)).isEqualTo(1);
        assertThat(Figures.percentile(new long[] {7}, 99)).isEqualTo(7);
        assertThat(Figures.percentile(new long[0], 50)).isZero();
    }

    @Test
    void takesTheMedianOfOddAndEvenCounts() {
        assertThat(Figures.median(List.of(3.0, 1.0, 2.0))).isEqualTo(2);
        assertThat(Figures.median(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(2.5);
        assertThat(Figures.median(List.of())).isNaN();
    }

    @Test
    void tellsTheSpreadInPercentOfTheMedian() {
        assertThat(Figures.spreadPercent(List.of(90.0, 100.0, 120.0))).isEqualTo(30);
        assertThat(Figures.spreadPercent(List.of())).isZero();
    }

    @Test
    void keepsOnlyAsManySamplesAsThereIsRoomForButCountsAll() {
        Samples samples = new Samples(2);
        samples.add(5);
        samples.add(3);
        samples.add(9);
        assertThat(samples.count()).isEqualTo(3);
        assertThat(samples.sorted()).containsExactly(3, 5);
    }

    @Test
    void alignsFiguresToTheRight() {
        assertThat(new Table("of", "n").row("a", "10").row("bcd", "1").toString())
                .isEqualTo("  of    n\n  a    10\n  bcd   1\n");
    }
}
