package dev.tournant.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class OverridesTest {
    @Example
    void tellsNoneUnsetAndUnlimitedApart() {
        assertThat(Bound.CODEC.read(0)).isEqualTo(Bound.NONE).isEqualTo(Bound.at(0));
        assertThat(Bound.CODEC.read("unset")).isEqualTo(Bound.UNSET);
        assertThat(Bound.CODEC.read("unlimited")).isEqualTo(Bound.UNLIMITED);
        assertThat(java.util.Set.of(Bound.NONE, Bound.UNSET, Bound.UNLIMITED)).hasSize(3);
    }

    @Example
    void refusesBoundsThatAreNone() {
        for (Object json : new Object[] {-1, 10_001, 1.5, "none", "", true}) {
            assertThatThrownBy(() -> Bound.CODEC.read(json)).isInstanceOf(InvalidValue.class);
        }
        assertThatThrownBy(() -> Bound.at(-1)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> new Bound.Word("none")).isInstanceOf(InvalidValue.class);
    }

    @Property(tries = 200)
    void inheritsABoundOnlyWhereNothingIsSaid(@ForAll("bounds") Bound own, @ForAll("bounds") Bound inherited) {
        assertThat(Bound.UNSET.over(inherited)).isEqualTo(inherited);
        assertThat(own.over(Bound.UNSET)).isEqualTo(own);
        assertThat(own.over(inherited)).isEqualTo(own.equals(Bound.UNSET) ? inherited : own);
    }

    @Example
    void inheritsAFlagOnlyWhereNothingIsSaid() {
        assertThat(TriState.UNSET.over(true)).isTrue();
        assertThat(TriState.UNSET.over(false)).isFalse();
        assertThat(TriState.YES.over(false)).isTrue();
        assertThat(TriState.NO.over(true)).isFalse();
        assertThat(TriState.of(true)).isEqualTo(TriState.YES);
        assertThat(TriState.of(false)).isEqualTo(TriState.NO);
    }

    @Provide
    Arbitrary<Bound> bounds() {
        return GeneratedValues.bound();
    }
}
