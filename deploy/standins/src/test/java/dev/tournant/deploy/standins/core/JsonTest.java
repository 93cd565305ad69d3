package dev.tournant.deploy.standins.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void readsOneValue() {
        assertThat(Json.read(bytes("[1]")))
                .hasValueSatisfying(value -> assertThat(value.isArray()).isTrue());
        assertThat(Json.readObject(bytes(" {\"a\":1}\n")))
                .hasValue(Json.object().put("a", 1));
        assertThat(Json.readObject(bytes("[1]"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{} {}", "{}x", "no"})
    void refusesWhatIsNotOneValue(String text) {
        assertThat(Json.read(bytes(text))).isEmpty();
        assertThat(Json.readObject(bytes(text))).isEmpty();
    }

    @Test
    void readsTimesWithTheirOffset() {
        assertThat(Json.time("2026-03-01T12:00:00+02:00")).hasValue(Instant.parse("2026-03-01T10:00:00Z"));
        assertThat(Json.time("2026-03-01T12:00:00")).isEmpty();
        assertThat(Json.time("noon")).isEmpty();
    }
}
