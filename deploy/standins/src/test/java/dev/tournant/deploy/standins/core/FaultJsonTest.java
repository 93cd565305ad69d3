package dev.tournant.deploy.standins.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultJsonTest {
    /** Of every sort. */
    record Some(double dropRatio, long waitMs, int most, boolean tells) {}

    private static final Some NONE = FaultJson.none(Some.class);

    private static Some with(Some faults, String json) {
        return FaultJson.with(
                faults,
                Json.readObject(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                        .orElseThrow());
    }

    @Test
    void noneOfThemStrikesAtFirst() {
        assertThat(NONE).isEqualTo(new Some(0, 0, 0, false));
    }

    @Test
    void whatIsNotNamedStaysAsItIs() {
        Some faults = with(with(NONE, "{'dropRatio':0.25,'tells':true}"), "{'waitMs':5,'most':7}");
        assertThat(faults).isEqualTo(new Some(0.25, 5, 7, true));
        assertThat(with(faults, "{}")).isEqualTo(faults);
        assertThat(with(faults, "{'dropRatio':1}")).isEqualTo(new Some(1, 5, 7, true));
        assertThat(FaultJson.json(faults)).hasToString("{\"dropRatio\":0.25,\"waitMs\":5,\"most\":7,\"tells\":true}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'dropRation':1} | there is no fault \"dropRation\"; there are dropRatio, waitMs, most, tells",
                "{'dropRatio':1.5} | dropRatio is a ratio from 0 to 1, not 1.5",
                "{'dropRatio':-1} | dropRatio is a ratio from 0 to 1, not -1.0",
                "{'dropRatio':'much'} | dropRatio is a number, not \"much\"",
                "{'dropRatio':null} | dropRatio is a number, not null",
                "{'dropRatio':true} | dropRatio is a number, not true",
                "{'waitMs':-1} | waitMs is from 0 to 600000, not -1",
                "{'waitMs':600001} | waitMs is from 0 to 600000, not 600001",
                "{'waitMs':0.5} | waitMs is a whole number, not 0.5",
                "{'waitMs':99999999999999999999} | waitMs is a whole number, not 99999999999999999999",
                "{'most':'5'} | most is a whole number, not \"5\"",
                "{'tells':1} | tells is true or false, not 1",
            })
    void whatIsWrongIsNamed(String json, String said) {
        assertThatThrownBy(() -> with(NONE, json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(said);
    }

    @Test
    void noneComesInForceThatIsOutOfBounds() {
        Luck<Some> luck = new Luck<>(1, NONE);
        assertThatThrownBy(() -> luck.set(new Some(2, 0, 0, false))).hasMessageContaining("dropRatio");
        assertThat(luck.faults()).isEqualTo(NONE);
    }
}
