package dev.tournant.deploy.standins.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LuckTest {
    private record None() {}

    private final Luck<None> luck = new Luck<>(7, new None());

    private List<Boolean> strikes() {
        List<Boolean> strikes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            strikes.add(luck.strikes(0.3));
        }
        return strikes;
    }

    @Test
    void aSeedSaysWhenFaultsStrikeWhateverWasDrawnBefore() {
        luck.begin(77);
        List<Boolean> first = strikes();
        luck.begin(78);
        assertThat(strikes()).isNotEqualTo(first);
        luck.begin(77);
        assertThat(strikes()).isEqualTo(first).contains(true, false);
    }

    @Test
    void noNameIsMadeTwiceWhenFaultsBeginAnew() {
        Set<UUID> names = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            luck.begin(77);
            assertThat(names.add(luck.uuid())).isTrue();
        }
    }
}
