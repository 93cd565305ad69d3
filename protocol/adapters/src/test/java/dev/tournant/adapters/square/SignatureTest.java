package dev.tournant.adapters.square;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Hook;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Verification;
import dev.tournant.adapter.signature.WebhookScheme;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignatureTest {
    private static final String HEADER = "x-square-hmacsha256-signature";
    private static final WebhookScheme SQUARE =
            new SquareAdapter().webhooks().orElseThrow().scheme();

    private static Verification verify(JsonNode vector, String url, byte[] body) {
        Map<String, String> headers = Map.of(HEADER, vector.path("signature").textValue());
        return SQUARE.verify(
                new Hook(url, headers, body),
                Keyring.of(Keyring.SIGNATURE_KEY, vector.path("key").textValue()),
                Sample.RECEIVED);
    }

    private static byte[] body(JsonNode vector) {
        return vector.path("body").textValue().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void knowsGenuineSignaturesThatWerePublished() {
        JsonNode vectors = Sample.document("signatures.json").path("vectors");
        assertThat(vectors).hasSize(2);
        for (JsonNode vector : vectors) {
            assertThat(verify(vector, vector.path("url").textValue(), body(vector)))
                    .isEqualTo(Verification.GENUINE);
        }
    }

    @Test
    void noticesEveryFlippedByte() {
        JsonNode vector = Sample.document("signatures.json").path("vectors").get(1);
        byte[] body = body(vector);
        for (int i = 0; i < body.length; i++) {
            byte[] tampered = body.clone();
            tampered[i] ^= 1;
            assertThat(verify(vector, vector.path("url").textValue(), tampered).genuine())
                    .isFalse();
        }
    }

    @Test
    void noticesAnotherUrlAnotherKeyAndAMissingHeader() {
        JsonNode vector = Sample.document("signatures.json").path("vectors").get(0);
        String url = vector.path("url").textValue();
        assertThat(verify(vector, url + "/", body(vector)).genuine()).isFalse();
        Map<String, String> headers = Map.of(HEADER, vector.path("signature").textValue());
        assertThat(SQUARE.verify(
                                new Hook(url, headers, body(vector)),
                                Keyring.of(Keyring.SIGNATURE_KEY, "other"),
                                Sample.RECEIVED)
                        .genuine())
                .isFalse();
        assertThat(SQUARE.verify(
                                new Hook(url, Map.of(), body(vector)),
                                Keyring.of(Keyring.SIGNATURE_KEY, "other"),
                                Sample.RECEIVED)
                        .why())
                .isEqualTo("no header x-square-hmacsha256-signature");
    }

    @Test
    void wantsTheRawBytesAndNotTheSameJsonWrittenAnew() {
        JsonNode vector = Sample.document("signatures.json").path("vectors").get(1);
        String escaped = vector.path("body").textValue().replace("<", "\\u003c").replace(">", "\\u003e");
        String url = vector.path("url").textValue();
        assertThat(Documents.object(escaped.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Documents.object(body(vector)));
        assertThat(verify(vector, url, escaped.getBytes(StandardCharsets.UTF_8)).genuine())
                .isFalse();
    }

    @Test
    void believesNobodyWhereNoKeyIsConfigured() {
        Hook hook = new Hook("https://x", Map.of(HEADER, ""), new byte[0]);
        assertThat(SQUARE.verify(hook, Keyring.of(), Sample.RECEIVED))
                .isEqualTo(Verification.forged("no signature key is configured"));
    }
}
