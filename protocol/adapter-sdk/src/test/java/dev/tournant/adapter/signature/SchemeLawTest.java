package dev.tournant.adapter.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.FormBody;
import dev.tournant.adapter.Hook;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.TimeForm;
import dev.tournant.adapter.Verification;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds for every partner's scheme and whatever is signed by it. */
class SchemeLawTest {
    private static final int TRIES = 1_000;

    /** A webhook that was signed, and the secrets that it was signed with. */
    record Signed(String name, Hook hook, Map<String, List<String>> secrets, Instant now) {
        WebhookScheme scheme() {
            return PartnerSchemes.ALL.get(name);
        }

        Verification verify(Hook other) {
            return scheme().verify(other, Keyring.of(secrets), now);
        }

        boolean signsTheBody() {
            return !(scheme() instanceof StaticToken);
        }
    }

    @Provide
    Arbitrary<Signed> signed() {
        Arbitrary<Map<String, List<String>>> secrets = Arbitraries.strings()
                .withCharRange('!', '~')
                .ofMinLength(1)
                .ofMaxLength(80)
                .list()
                .ofSize(5)
                .map(SchemeLawTest::secrets);
        Arbitrary<Instant> times =
                Arbitraries.longs().between(0, 4_000_000_000L).map(Instant::ofEpochSecond);
        return Combinators.combine(Arbitraries.of(PartnerSchemes.ALL.keySet()), Arbitraries.strings(), secrets, times)
                .as(SchemeLawTest::sign)
                .withoutEdgeCases(); // there are so many that nothing else would be tried
    }

    private static Map<String, List<String>> secrets(List<String> values) {
        return new TreeMap<>(Map.of(
                "signature-key",
                List.of(Base64.getEncoder().encodeToString(values.get(0).getBytes(StandardCharsets.UTF_8))),
                "client-secret",
                List.of(values.get(1), "previous"),
                "endpoint-token",
                List.of(values.get(2)),
                "webhook-token",
                List.of(values.get(2)),
                "clover-auth",
                List.of(values.get(3)),
                "master-key",
                List.of(values.get(3)),
                "channel-link",
                List.of("another", values.get(4))));
    }

    private static Signed sign(String name, String text, Map<String, List<String>> secrets, Instant now) {
        WebhookScheme scheme = PartnerSchemes.ALL.get(name);
        ObjectNode json = Documents.empty()
                .put("timestamp", now.toString())
                .put("created_at", TimeForm.EPOCH_MILLIS.print(now))
                .put("channelLinkId", secrets.get("channel-link").get(1))
                .put("text", text);
        String body = name.equals("form-encoded")
                ? FormBody.of(Map.of("payload", Documents.text(json), "type", text))
                : Documents.text(json);
        Hook unsigned = new Hook(
                "https://hooks.example/v1/hooks/x/l1?a=%20",
                Map.of("x-olo-message-id", "m-1"), body.getBytes(StandardCharsets.UTF_8));
        return new Signed(name, scheme.sign(unsigned, Keyring.of(secrets), now), secrets, now);
    }

    @Property(tries = TRIES)
    void acceptsWhatSignMade(@ForAll("signed") Signed signed) {
        assertThat(signed.verify(signed.hook())).isEqualTo(Verification.GENUINE);
    }

    @Property(tries = TRIES)
    void refusesABodyWithOneOtherByte(
            @ForAll("signed") Signed signed,
            @ForAll @IntRange(max = 100_000) int at,
            @ForAll @IntRange(min = 1, max = 255) int bits) {
        byte[] body = signed.hook().body().clone();
        body[at % body.length] ^= (byte) bits;
        Hook other = new Hook(signed.hook().url(), signed.hook().headers(), body);
        assertThat(signed.verify(other).genuine()).isEqualTo(!signed.signsTheBody());
    }

    @Property(tries = TRIES)
    void refusesAUrlWithOneOtherCharacterWhereItIsSigned(
            @ForAll("signed") Signed signed, @ForAll @IntRange(max = 100_000) int at) {
        boolean isSigned =
                signed.scheme() instanceof HmacScheme hmac && hmac.parts().contains(SignedPart.URL);
        Hook other = new Hook(
                altered(signed.hook().url(), at),
                signed.hook().headers(),
                signed.hook().body());
        assertThat(signed.verify(other).genuine()).isEqualTo(!isSigned);
    }

    @Property(tries = TRIES)
    void refusesAnyHeaderThatItMadeWithOneOtherCharacter(
            @ForAll("signed") Signed signed, @ForAll @IntRange(max = 100_000) int at) {
        signed.hook().headers().forEach((name, value) -> {
            boolean isLookedAt =
                    !name.equals("x-olo-message-id") || signed.name().equals("olo");
            Hook other = signed.hook().with(name, altered(value, at));
            assertThat(signed.verify(other).genuine()).as(name).isEqualTo(!isLookedAt);
        });
    }

    /** Another character that differs in more than its case. */
    private static String altered(String text, int at) {
        int index = at % text.length();
        char other = text.charAt(index) == '7' ? '8' : '7';
        return text.substring(0, index) + other + text.substring(index + 1);
    }

    @Property(tries = TRIES)
    void refusesEveryOtherKeyAndRepeatsNone(@ForAll("signed") Signed signed, @ForAll @IntRange(max = 100_000) int at) {
        Map<String, List<String>> others = new TreeMap<>();
        signed.secrets().forEach((name, values) -> others.put(name, List.of(otherKey(name, values.get(0), at))));
        Verification verification = signed.scheme().verify(signed.hook(), Keyring.of(others), signed.now());
        assertThat(verification.genuine()).isFalse();
        signed.secrets()
                .values()
                .forEach(values -> values.stream()
                        .filter(value -> value.length() > 12)
                        .forEach(value -> assertThat(verification.why()).doesNotContain(value)));
    }

    /** The first of the two channel links is not the one that was signed with, so any change will do. */
    private static String otherKey(String name, String value, int at) {
        if (!name.equals("signature-key")) {
            return altered(value, at);
        }
        byte[] key = Base64.getDecoder().decode(value);
        key[at % key.length] ^= 1;
        return Base64.getEncoder().encodeToString(key);
    }

    @Property(tries = TRIES)
    void acceptsTheOldKeyWhileItIsReplaced(@ForAll("signed") Signed signed) {
        Map<String, List<String>> rotated = new TreeMap<>();
        signed.secrets()
                .forEach((name, values) -> rotated.put(
                        name, Stream.concat(Stream.of("bmV3"), values.stream()).toList()));
        assertThat(signed.scheme().verify(signed.hook(), Keyring.of(rotated), signed.now()))
                .isEqualTo(Verification.GENUINE);
    }

    @Property(tries = TRIES)
    void refusesTheSameJsonWrittenAnew(@ForAll("signed") Signed signed) {
        if (signed.name().equals("form-encoded") || !signed.signsTheBody()) {
            return;
        }
        ObjectNode json = Documents.object(signed.hook().body());
        Hook other = new Hook(
                signed.hook().url(),
                signed.hook().headers(),
                json.toPrettyString().getBytes(StandardCharsets.UTF_8));
        assertThat(Documents.object(other.body())).isEqualTo(json);
        assertThat(signed.verify(other).genuine()).isFalse();
    }

    @Property(tries = TRIES)
    void neverThrowsForAnyBodyOrHeader(@ForAll("signed") Signed signed, @ForAll byte[] body, @ForAll String header) {
        Hook hook = new Hook(signed.hook().url(), signed.hook().headers(), body);
        assertThat(signed.verify(hook).genuine()).isEqualTo(!signed.signsTheBody());
        for (String name : signed.hook().headers().keySet()) {
            assertThat(signed.verify(signed.hook().with(name, header)).why()).hasSizeLessThan(200);
        }
    }
}
