package dev.tournant.adapter.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.tournant.adapter.Hook;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Verification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PartnerSchemesTest {
    static List<Vector> vectors() {
        return Vector.all();
    }

    private static Verification verify(Vector vector, Hook hook) {
        return vector.scheme().verify(hook, vector.keys(), vector.now());
    }

    private static Vector vector(String name) {
        return Vector.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Verification withHeader(Vector vector, String value) {
        return verify(vector, vector.hook().with(vector.signatureHeader(), value));
    }

    @Test
    void haveAVectorEach() {
        assertThat(Vector.all().stream().map(Vector::name)).containsAll(PartnerSchemes.ALL.keySet());
        assertThat(PartnerSchemes.ALL.values().stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(WebhookScheme.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void knowAGenuineSignature(Vector vector) {
        assertThat(verify(vector, vector.hook())).isEqualTo(Verification.GENUINE);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void signAsThePartnerDoes(Vector vector) {
        Map<String, String> headers = new HashMap<>(vector.hook().headers());
        headers.remove(vector.signatureHeader());
        Hook unsigned = new Hook(vector.hook().url(), headers, vector.hook().body());
        Hook signed = vector.scheme().sign(unsigned, vector.keys(), vector.now());
        assertThat(verify(vector, signed)).isEqualTo(Verification.GENUINE);
        if (!vector.name().equals("shopify")) { // whose vector is signed with the old one of its two keys
            assertThat(signed.headers()).isEqualTo(vector.hook().headers());
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void believeNobodyWhereNoKeyIsConfigured(Vector vector) {
        assertThat(vector.scheme()
                        .verify(vector.hook(), Keyring.of(), vector.now())
                        .why())
                .matches("no [a-z ]+ is configured");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void refuseHostileHeadersAtOnceAndSayNothingOfThem(Vector vector) {
        String genuine = vector.hook().headers().get(vector.signatureHeader());
        List<String> hostile = List.of(
                "",
                " ",
                "=",
                "Bearer ",
                "MAC ",
                "sha256=",
                "sha256=%%%",
                "\0",
                "\uD800",
                "é".repeat(500),
                "A".repeat(10_000_000),
                genuine + genuine,
                genuine + ", " + genuine,
                " " + genuine,
                genuine + " ",
                genuine.substring(1),
                genuine.substring(0, genuine.length() - 2));
        assertTimeoutPreemptively(
                Duration.ofSeconds(2),
                () -> hostile.forEach(each -> {
                    Verification verification = withHeader(vector, each);
                    assertThat(verification.genuine()).isFalse();
                    assertThat(verification.why()).hasSizeBetween(1, 150).doesNotContain(genuine);
                }));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void sayWhichHeaderIsMissing(Vector vector) {
        Hook bare = new Hook(vector.hook().url(), Map.of(), vector.hook().body());
        assertThat(verify(vector, bare)).isEqualTo(Verification.forged("no header " + vector.signatureHeader()));
    }

    @Test
    void wantHexInTheCaseThatThePartnerWrites() {
        for (String name : List.of("uber", "ifood", "deliverect")) {
            Vector vector = vector(name);
            String genuine = vector.hook().headers().get(vector.signatureHeader());
            assertThat(withHeader(vector, genuine.toUpperCase(Locale.ROOT)).genuine())
                    .isFalse();
        }
        Vector either = vector("otter-legacy");
        String genuine = either.hook().headers().get("authorization");
        assertThat(withHeader(either, genuine.toUpperCase(Locale.ROOT))).isEqualTo(Verification.GENUINE);
        Vector upper = vector("ifood");
        HmacScheme scheme = HmacScheme.sha256("X-IFood-Signature", SignatureForm.HEX_UPPER, SignedPart.BODY)
                .withKey(HmacKey.text("client-secret"));
        String given = upper.hook().headers().get("x-ifood-signature").toUpperCase(Locale.ROOT);
        assertThat(scheme.verify(upper.hook().with("x-ifood-signature", given), upper.keys(), upper.now()))
                .isEqualTo(Verification.GENUINE);
        assertThat(scheme.verify(upper.hook(), upper.keys(), upper.now()).genuine())
                .isFalse();
    }

    @Test
    void wantTheEncodingThatThePartnerWrites() {
        Vector otter = vector("otter");
        String base64 = otter.hook().headers().get("x-hmac-sha256");
        assertThat(withHeader(otter, base64.replace("=", "")).genuine()).isFalse();
        Vector url = vector("form-encoded");
        String unpadded = url.hook().headers().get("x-signature");
        assertThat(withHeader(url, unpadded + "=")).isEqualTo(Verification.GENUINE);
        assertThat(withHeader(url, unpadded + "==").genuine()).isFalse();
        assertThat(withHeader(url, unpadded.replace("sha256=", "SHA256=")).why())
                .isEqualTo("the header x-signature does not begin with \"sha256=\"");
    }

    @Test
    void wantEverythingThatAPartnerSends() {
        Vector vector = vector("otter-with-bearer");
        assertThat(verify(vector, vector.hook().with("authorization", "Bearer other"))
                        .why())
                .isEqualTo("the header authorization holds another token");
        assertThat(verify(vector, vector.hook().with("x-hmac-sha256", "other")).why())
                .isEqualTo("the signature belongs to another key or other content");
    }

    @Test
    void doNotTakeAKeyThatOnlyTheSenderKnows() {
        Vector vector = vector("deliverect-staging");
        Hook own = new Hook(
                vector.hook().url(), Map.of(), "{\"channelLinkId\":\"mine\"}".getBytes(StandardCharsets.UTF_8));
        Hook signed = vector.scheme().sign(own, Keyring.of("channel-link", "mine"), vector.now());
        assertThat(verify(vector, signed).why()).isEqualTo("the body's field channelLinkId holds no key of ours");
    }

    @Test
    void readAFieldOfAnUnverifiedBodyWithinLimitsOnly() {
        Vector vector = vector("deliverect-staging");
        for (String body : List.of(
                "",
                "no JSON 5f8e0c",
                "[\"5f8e0c\"]",
                "[".repeat(100_000),
                "{\"channelLinkId\":" + "[".repeat(70) + "]".repeat(70) + "}",
                "{\"channelLinkId\":{\"a\":\"5f8e0c\"}}",
                "{\"channelLinkId\":\"" + "5f8e0c".repeat(50) + "\"}",
                "{\"channelLinkId\":\"5f8e0c\",\"fill\":\"" + "x".repeat(BodyShape.UNVERIFIED_BYTES_MAX) + "\"}")) {
            Hook hook = new Hook(vector.hook().url(), vector.hook().headers(), body.getBytes(StandardCharsets.UTF_8));
            assertThat(verify(vector, hook).why()).startsWith("the body").doesNotContain("5f8e0c");
        }
    }

    @Test
    void sayWhereABodyHoldsItsJson() {
        WebhookScheme form = vector("form-encoded").scheme();
        WebhookScheme token = new StaticToken(PrefixedHeader.bearer(), "endpoint-token");
        assertThat(form.body()).isEqualTo(BodyShape.form("payload"));
        assertThat(token.body()).isEqualTo(BodyShape.JSON);
        assertThat(new AllOf(List.of(token, form)).body()).isEqualTo(BodyShape.form("payload"));
        assertThat(vector("otter-with-bearer").scheme().body()).isEqualTo(BodyShape.JSON);
    }

    @Test
    void readAFormWithinLimitsOnly() {
        Vector vector = vector("form-encoded");
        for (String body : List.of("", "payload", "payload=%7", "payload=%7B%7D&payload=%7B%7D", "other=%7B%7D")) {
            Hook hook = new Hook(vector.hook().url(), vector.hook().headers(), body.getBytes(StandardCharsets.UTF_8));
            assertThat(verify(vector, hook).why()).startsWith("the body");
        }
    }

    @Test
    void sayThatAConfiguredKeyIsMalformedWithoutSayingTheKey() {
        Vector vector = vector("form-encoded");
        for (String key : List.of("%%secret%%", "=", "A")) {
            Verification verification =
                    vector.scheme().verify(vector.hook(), Keyring.of("signature-key", key), vector.now());
            assertThat(verification.why()).isEqualTo("the configured signature key is not BASE64");
        }
    }
}
