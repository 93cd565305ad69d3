package dev.tournant.adapter.signature;

import static dev.tournant.adapter.signature.SignedPart.BODY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tournant.adapter.Hook;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.TimeForm;
import dev.tournant.adapter.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FreshnessTest {
    private static final Instant SENT = Instant.parse("2026-02-01T09:05:00Z");
    private static final Keyring KEYS = Keyring.of("signature-key", "k");
    private static final Hook UNSIGNED = new Hook("https://x", Map.of(), new byte[] {'{', '}'});
    private static final SignedPart TIME = SignedPart.header("X-Time");

    private static HmacScheme scheme(TimeForm form) {
        return HmacScheme.sha256("X-Signature", SignatureForm.BASE64, BODY, TIME)
                .withFreshness(new Freshness(TIME, form, Duration.ofSeconds(300)));
    }

    @ParameterizedTest
    @EnumSource
    void toleratesExactlyWhatItSays(TimeForm form) {
        HmacScheme scheme = scheme(form);
        Hook signed = scheme.sign(UNSIGNED, KEYS, SENT);
        assertThat(signed.header("x-time")).contains(form.print(SENT));
        for (int off : new int[] {-300, 0, 300}) {
            assertThat(scheme.verify(signed, KEYS, SENT.plusSeconds(off))).isEqualTo(Verification.GENUINE);
        }
        assertThat(scheme.verify(signed, KEYS, SENT.plusSeconds(301)).why())
                .isEqualTo("it is 301 s too late; tolerated are 300");
        assertThat(scheme.verify(signed, KEYS, SENT.minusSeconds(301)).why())
                .isEqualTo("it is 301 s too early; tolerated are 300");
    }

    @Test
    void refusesATimeThatIsNone() {
        HmacScheme scheme = scheme(TimeForm.EPOCH_SECONDS);
        Hook signed = scheme.sign(UNSIGNED.with("x-time", "soon"), KEYS, SENT);
        assertThat(scheme.verify(signed, KEYS, SENT).why())
                .isEqualTo("the time must be a time of the form epoch_seconds");
    }

    @Test
    void mustBeSignedAndWithinReason() {
        Freshness unsigned = new Freshness(SignedPart.header("X-Other"), TimeForm.RFC3339, Duration.ofMinutes(1));
        assertThatThrownBy(() -> scheme(TimeForm.RFC3339).withFreshness(unsigned))
                .hasMessage("freshness.from: must be one of the parts, or anybody could renew it");
        assertThatThrownBy(() -> new Freshness(BODY, TimeForm.RFC3339, Duration.ofMinutes(1)))
                .hasMessage("from: must be a header or a field of the body");
        assertThatThrownBy(() -> new Freshness(TIME, TimeForm.RFC3339, Duration.ZERO))
                .hasMessage("tolerance: must be from PT1S to PT168H, not PT0S");
    }

    @Test
    void saysWhichFieldOfASchemeIsWrong() {
        assertThatThrownBy(() -> HmacScheme.sha256("X-Signature", SignatureForm.HEX, SignedPart.URL))
                .hasMessage("parts: must have the body among them");
        assertThatThrownBy(() -> PrefixedHeader.bare("X Signature"))
                .hasMessage("name: must be the name of a header, such as X-Signature");
        assertThatThrownBy(() -> new PrefixedHeader("X", "a\r\n")).hasMessageStartingWith("prefix: must be printable");
        assertThatThrownBy(() -> new StaticToken(PrefixedHeader.bearer(), "Secret!"))
                .hasMessage("secret: must be the name of a secret, such as client-secret");
        assertThatThrownBy(() -> HmacKey.text("")).hasMessageStartingWith("name: must be the name of a secret");
        assertThatThrownBy(() -> new AllOf(List.of())).hasMessage("schemes: must have 2 to 4 elements, not 0");
    }
}
