package dev.tournant.adapter.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When that happened which a webhook tells of. */
class ManifestEventTimeTest {
    /** @param value of the body's {@code meta.at}; null for none */
    private static Reading read(String form, @Nullable String value) throws ManifestException {
        String yaml = Potluck.YAML.replace("at: created_at", "at: " + form);
        String body = "{'event_id':'e1','type':'catalog.changed','account_id':'ACC','meta':{"
                + (value == null ? "" : "'at':" + value) + "}}";
        return ManifestAdapter.of("potluck.yaml", yaml)
                .read(new Payload(Potluck.LINK, Potluck.USD, null, Potluck.RECEIVED, Potluck.json(body)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "meta.at | '2026-11-22T11:59:00Z'",
                "meta.at | '2026-11-22T12:59:00+01:00'",
                "{path: meta.at} | '2026-11-22T11:59:00Z'",
                "{path: meta.at, time: rfc3339} | '2026-11-22T11:59:00Z'",
                "{path: meta.at, time: epoch-seconds} | 1795348740",
                "{path: meta.at, time: epoch-millis} | 1795348740000",
                "{path: meta.at, time: {pattern: \"yyyy/MM/dd HH:mm\"}} | '2026/11/22 11:59'",
            })
    void isSaidInAnyForm(String form, String value) throws ManifestException {
        Reading reading = read(form, value);
        assertThat(reading.unreadable()).isEmpty();
        assertThat(reading.at()).isEqualTo(Instant.parse("2026-11-22T11:59:00Z"));
    }

    @Test
    void maybeIsNotSaid() throws ManifestException {
        assertThat(read("meta.at", null).at()).isNull();
        assertThat(read("meta.at", null).unreadable()).isEmpty();
        assertThat(read("meta.at", "null").unreadable()).isEmpty();
    }

    @Test
    void isReportedWhereItIsNoTimeAndTheRestIsRead() throws ManifestException {
        Reading reading = read("meta.at", "'yesterday'");
        assertThat(reading.at()).isNull();
        assertThat(reading.unreadable()).singleElement().asString().startsWith("meta.at: ");
        assertThat(reading.events().get(0).signals()).containsExactly("catalog");
    }

    @Test
    void isNotAfterTheWebhookCameNorSoLongBeforeThatTheUnitMustBeWrong() throws ManifestException {
        assertThat(read("meta.at", "'2031-01-01T00:00:00Z'").at()).isEqualTo(Potluck.RECEIVED);
        assertThat(read("{path: meta.at, time: epoch-millis}", "1795348740").at())
                .as("seconds")
                .isNull();
        Instant bound = Potluck.RECEIVED.minus(HookReading.LATE_MAX);
        assertThat(read("meta.at", "'" + bound + "'").at()).isEqualTo(bound);
        assertThat(read("meta.at", "'" + bound.minusMillis(1) + "'").at()).isNull();
    }
}
