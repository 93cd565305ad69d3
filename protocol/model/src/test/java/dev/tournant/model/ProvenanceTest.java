package dev.tournant.model;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ProvenanceTest {
    @Property(tries = 1000)
    void isATotalPreorderWhereEachLinksVersionsRiseWithItsStamps(
            @ForAll("rising") Provenance a, @ForAll("rising") Provenance b, @ForAll("rising") Provenance c) {
        assertThat(a.replaces(a)).isTrue();
        assertThat(a.replaces(b) || b.replaces(a)).isTrue();
        if (a.replaces(b) && b.replaces(c)) {
            assertThat(a.replaces(c)).isTrue();
        }
    }

    @Property(tries = 1000)
    void letsOneOfTwoWinUnlessOneLinkSaysTwoThingsAtOneTimeAndVersion(
            @ForAll("rising") Provenance a, @ForAll("rising") Provenance b) {
        if (a.replaces(b) && b.replaces(a)) {
            assertThat(a.link()).isEqualTo(b.link());
            assertThat(a.stamp()).isEqualTo(b.stamp());
        }
    }

    @Property(tries = 1000)
    void letsExactlyOneOfTwoLinksWin(@ForAll("any") Provenance a, @ForAll("any") Provenance b) {
        if (!a.link().equals(b.link())) {
            assertThat(a.replaces(b)).isNotEqualTo(b.replaces(a));
        }
    }

    @Example
    void trustsAPartnersVersionsMoreThanItsClock() {
        assertThat(of("sq-1", 5, 1).replaces(of("sq-1", 4, 9))).isTrue();
        assertThat(of("sq-1", 4, 9).replaces(of("sq-1", 5, 1))).isFalse();
    }

    @Example
    void comparesClocksWhereOneSideHasNoVersionOrAnotherLinkSpoke() {
        assertThat(of("sq-1", 0, 9).replaces(of("sq-1", 5, 1))).isTrue();
        assertThat(of("to-1", 1, 9).replaces(of("sq-1", 5, 1))).isTrue();
        assertThat(of("to-1", 9, 1).replaces(of("sq-1", 5, 2))).isFalse();
        assertThat(of("to-1", 1, 1).replaces(of("sq-1", 5, 1))).isTrue();
        assertThat(of("sq-1", 5, 1).replaces(of("to-1", 1, 1))).isFalse();
    }

    private static Provenance of(String link, long version, long millis) {
        return new Provenance(new LinkId(link), "", new Stamp(millis, 0), version);
    }

    /** Each link has versions or has none; where it has, a later stamp has a greater version. */
    @Provide
    Arbitrary<Provenance> rising() {
        return Combinators.combine(
                        Arbitraries.of("a", "b", "c"), Arbitraries.longs().between(1, 6))
                .as((link, n) -> of(link, link.equals("c") ? 0 : n, n));
    }

    @Provide
    Arbitrary<Provenance> any() {
        return GeneratedRecords.provenance();
    }
}
