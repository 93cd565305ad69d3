package dev.tournant.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SyncTest {
    private static SyncSettings settings(String... args) {
        return SyncSettings.of(Options.parse(args, 0, SyncSettings.OPTIONS));
    }

    @Test
    void measuresAHundredEditsUnlessToldOtherwise() {
        assertThat(settings()).isEqualTo(new SyncSettings(100, 200, 200, 3, 120, 1));
        assertThat(settings("--edits", "7", "--bursts", "0", "--pause-ms", "0", "--seed", "9"))
                .isEqualTo(new SyncSettings(7, 200, 0, 0, 120, 9));
    }

    @Test
    void saysWhichOptionIsOutOfRange() {
        assertThatThrownBy(() -> settings("--edits", "0")).hasMessageContaining("--edits must be from 1");
        assertThatThrownBy(() -> settings("--items", "5")).hasMessageContaining("--items must be from 10");
        assertThatThrownBy(() -> settings("--rounds", "5")).hasMessageContaining("no option --rounds");
    }

    @Test
    void helpNamesEveryOption() {
        SyncSettings.OPTIONS.forEach(option -> assertThat(Run.HELP).contains(option + " "));
    }

    @Test
    void splitsTheWayIntoLegs() {
        SyncLegs legs = new SyncLegs(Duration.ofMillis(250));
        legs.add(new SyncLegs.Way(100_000_000, 400_000_000, 700_000_000));
        legs.add(new SyncLegs.Way(200_000_000, 450_000_000, 900_000_000));
        assertThat(legs.count()).isEqualTo(2);
        assertThat(legs.table().toString().lines().map(String::strip))
                .containsExactly(
                        "milliseconds                           median  p90  p99  worst",
                        "edit at Square to visible at DoorDash     700  900  900    900",
                        "without the stand-in's 250 ms             450  650  650    650",
                        "edit to the merchant's revision         100  200  200    200",
                        "revision to the call at DoorDash        250  300  300    300",
                        "call to visible                         300  450  450    450");
    }
}
