package dev.tournant.adapter.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tournant.model.InvalidValue;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class PlainsTest {
    @Test
    void readsNumbersAsTheyAreAndWritesOutNoneWithoutEnd() {
        assertThat(Plains.of(Plains.JSON.numberNode(new BigDecimal("3.50")))).isEqualTo("3.50");
        assertThat(Plains.of(Plains.JSON.numberNode(new BigDecimal("1E+3")))).isEqualTo("1000");
        var endless = Plains.JSON.numberNode(new BigDecimal("1E+999999999"));
        assertThatThrownBy(() -> Plains.of(endless))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("digits");
    }
}
