package dev.tournant.cluster.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutageGuardTest {
    private final OutageGuard guard = new OutageGuard();

    private void heardEvery(double seconds, int times, double from) {
        for (int i = 0; i < times; i++) {
            guard.heard(from + i * seconds);
        }
    }

    @Test
    void noticesASilenceOfTwentyGaps() {
        heardEvery(10, 100, 0);

        assertThat(guard.isSilent(990 + 190)).isFalse();
        assertThat(guard.isSilent(990 + 210)).isTrue();
        assertThat(guard.within(0, 1500)).isEqualTo(510);
    }

    @Test
    void endsWithTheNextWebhook() {
        heardEvery(10, 100, 0);
        guard.isSilent(2000);
        guard.heard(3000);

        assertThat(guard.isOn()).isFalse();
        assertThat(guard.within(0, 4000)).isEqualTo(3000 - 990);
        assertThat(guard.within(2990, 4000)).isEqualTo(10);
    }

    @Test
    void believesWhatOthersSayWhereItHearsTooLittle() {
        guard.told(500, 510);
        assertThat(guard.isSilent(600)).isTrue();
        assertThat(guard.within(0, 600)).isEqualTo(100);
        guard.told(Double.NaN, 700);
        assertThat(guard.isSilent(710)).isFalse();
        assertThat(guard.within(0, 900)).isEqualTo(200);

        guard.told(1_000, 1_010);
        guard.heard(1_100);
        assertThat(guard.isOn()).as("it heard the first of all").isFalse();
        guard.told(1_050, 1_110);
        assertThat(guard.within(1_000, 1_200)).as("not before the last").isEqualTo(100);
    }

    @Test
    void othersDoNotKnowBetterWhatItNoticedItself() {
        heardEvery(10, 100, 0);
        assertThat(guard.isSilent(2_000)).isTrue();
        guard.told(Double.NaN, 2_010);

        assertThat(guard.isSilent(2_020))
                .as("only this pool's subscription is dead")
                .isTrue();
    }

    @Test
    void burstsAreOneAndQuietNightsAreLearnt() {
        for (int day = 0; day < 3; day++) {
            for (int burst = 0; burst < 30; burst++) {
                heardEvery(0.001, 500, day * 86_400 + burst * 600);
            }
        }
        double last = 2 * 86_400 + 29 * 600;

        assertThat(guard.isSilent(last + 5 * 3600)).isFalse();
    }
}
