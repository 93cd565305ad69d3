package dev.tournant.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharesTest {
    private final Shares shares = new Shares(2);

    @Test
    void givesEachHolderItsPlacesAndNoMore() {
        Shares.Share first = shares.take("a").orElseThrow();
        shares.take("a").orElseThrow();
        assertThat(shares.take("a")).isEmpty();
        assertThat(shares.take("b")).isPresent();

        first.free();
        first.free();

        assertThat(shares.take("a")).isPresent();
        assertThat(shares.take("a")).isEmpty();
    }

    @Test
    void forgetsWhoHoldsNothing() {
        Shares.Share one = shares.take("a").orElseThrow();
        Shares.Share two = shares.take("a").orElseThrow();
        one.free();
        assertThat(shares.holders()).isEqualTo(1);

        two.free();

        assertThat(shares.holders()).isZero();
    }
}
