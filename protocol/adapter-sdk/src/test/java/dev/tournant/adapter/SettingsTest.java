package dev.tournant.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.model.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;

/** The small values that schemes are made of. */
class SettingsTest {
    @Example
    void keyringsShowNamesOnly() {
        assertThat(Keyring.of("client-secret", "value").toString()).isEqualTo("Keyring[client-secret]");
        assertThat(Keyring.of("access-token", "value").toString()).isEqualTo("Keyring[access-token]");
    }

    @Example
    void keyringsNameWhatIsMissingOrWrong() {
        assertThatThrownBy(() -> Keyring.of().current("client-secret"))
                .isInstanceOf(InvalidValue.class)
                .hasMessage("client-secret: is not configured");
        assertThatThrownBy(() -> Keyring.of("client-secret", "")).hasMessage("client-secret: must not be empty");
        assertThatThrownBy(() -> Keyring.of(Map.of("client-secret", List.of())))
                .hasMessage("client-secret: must have 1 to 8 elements, not 0");
        assertThatThrownBy(() -> Keyring.of(Map.of("client-secret", Collections.nCopies(9, "x"))))
                .hasMessage("client-secret: must have 1 to 8 elements, not 9");
    }

    @Example
    void fieldPathsFindTextAndWholeNumbers() {
        JsonNode document =
                Documents.object("{\"a\":{\"b\":\"x\",\"n\":7,\"f\":7.5,\"z\":null}}".getBytes(StandardCharsets.UTF_8));
        assertThat(FieldPath.of("a.b").text(document)).contains("x");
        assertThat(FieldPath.of("a.n").text(document)).contains("7");
        for (String none : List.of("a", "a.f", "a.z", "a.b.c", "b")) {
            assertThat(FieldPath.of(none).text(document)).isEmpty();
        }
        assertThatThrownBy(() -> FieldPath.of("a..b")).hasMessage("path: must have 1 to 1000 characters, not 0");
        assertThatThrownBy(() -> FieldPath.of("a.a.a.a.a.a.a.a.a"))
                .hasMessage("path: must have 1 to 8 elements, not 9");
    }

    @Property(tries = 300)
    void timesAreReadBackAsTheyWereWritten(
            @ForAll TimeForm form, @ForAll @LongRange(min = -62_135_596_800L, max = 253_402_300_799L) long second) {
        Instant time = Instant.ofEpochSecond(second);
        assertThat(form.parse(form.print(time))).isEqualTo(time);
        Instant exact = time.plusMillis(123);
        assertThat(form.parse(form.print(exact))).isEqualTo(form == TimeForm.EPOCH_SECONDS ? time : exact);
    }

    @Example
    void timesHaveTheFormsThatPartnersWrite() {
        assertThat(TimeForm.DOTNET_TICKS.parse("635616089149791951"))
                .isEqualTo(Instant.parse("2015-03-10T18:28:34.979195100Z"));
        for (String text : List.of(
                "2026-02-01T09:05:00Z",
                "2026-02-01T09:05:00.000Z",
                "2026-02-01T09:05:00.000+0000",
                "2026-02-01T10:05:00+01:00")) {
            assertThat(TimeForm.RFC3339.parse(text)).isEqualTo(Instant.parse("2026-02-01T09:05:00Z"));
        }
    }

    @Example
    void timesOfOtherFormsOrBeyondTheCalendarAreRefused() {
        for (TimeForm form : TimeForm.values()) {
            for (String text : List.of(
                    "",
                    "-",
                    "x",
                    "1e9",
                    " 1",
                    "9".repeat(19),
                    "9".repeat(1_000_000),
                    "+12026-02-01T09:05:00Z",
                    "2026-02-01T09:05:00",
                    "2026-02-31T09:05:00Z")) {
                assertThatThrownBy(() -> form.parse(text))
                        .isInstanceOf(InvalidValue.class)
                        .hasMessageStartingWith("must be a time of the form");
            }
        }
    }

    @Property(tries = 300)
    void formsAreReadBackAsTheyWereWritten(@ForAll @AlphaChars @NotEmpty String name, @ForAll String value) {
        String text = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        byte[] body = FormBody.of(Map.of(name, text, name + "2", "&=+% é")).getBytes(StandardCharsets.US_ASCII);
        assertThat(FormBody.field(body, name))
                .hasValueSatisfying(each -> assertThat(each).isEqualTo(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Example
    void formsAreWrittenAsTheStandardSays() {
        assertThat(FormBody.of(Map.of("b", "a b&c", "a", "é*"))).isEqualTo("a=%C3%A9*&b=a+b%26c");
    }

    @Property(tries = 300)
    void formsNeverThrowAnythingElseForAnyBytes(@ForAll byte[] body) {
        try {
            FormBody.field(body, "payload");
        } catch (InvalidValue e) {
            assertThat(e.detail()).startsWith("has ");
        }
    }
}
