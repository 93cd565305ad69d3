package dev.tournant.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Hook;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Verification;
import dev.tournant.adapter.Webhooks;
import dev.tournant.adapter.signature.HmacScheme;
import dev.tournant.adapter.signature.PrefixedHeader;
import dev.tournant.adapter.signature.SignatureForm;
import dev.tournant.adapter.signature.SignedPart;
import dev.tournant.adapter.signature.StaticToken;
import dev.tournant.adapter.signature.WebhookScheme;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Ways to verify a webhook that are wrong, and declarations that are not the partner's. */
class PlantedSignatureFaultsTest {
    private static void found(SignatureChecks.Verifier faulty, String id, String... words) {
        Check check = new SignatureChecks(faulty)
                .checks().stream()
                        .filter(each -> each.id().equals(id))
                        .findFirst()
                        .orElseThrow();
        expect(check.run(Bistro.subject(new Bistro()), Effort.USUAL), words);
    }

    private static void expect(Verdict verdict, String... words) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Failed.class,
                        failed -> assertThat(failed.finding().toString()).contains(words));
    }

    /** The JSON as it is written after it was read, which is how it should not be verified. */
    private static Hook reserialised(Hook hook) {
        String text = Documents.text(Documents.object(hook.body()));
        return new Hook(hook.url(), hook.headers(), text.getBytes(StandardCharsets.UTF_8));
    }

    private static SignatureChecks.Verifier seeing(java.util.function.UnaryOperator<Hook> otherwise) {
        return (scheme, hook, keys, now) -> scheme.verify(otherwise.apply(hook), keys, now);
    }

    @Test
    void aSignatureOverJsonThatWasWrittenAgain() {
        found(
                seeing(PlantedSignatureFaultsTest::reserialised),
                "signed-webhooks-accepted",
                "is refused",
                "other content");
        SignatureChecks.Verifier both = (scheme, hook, keys, now) -> {
            Verification raw = scheme.verify(hook, keys, now);
            Instant late = now;
            return raw.genuine() || Documents.object(hook.body()).has("event") && signedAsRead(scheme, hook, keys, late)
                    ? Verification.GENUINE
                    : raw;
        };
        found(both, "reserialised-json-refused", "the body", "verify the raw bytes");
    }

    /** Compares what the two say, not what was signed. */
    private static boolean signedAsRead(WebhookScheme scheme, Hook hook, Keyring keys, Instant now) {
        for (Sample sample : Bistro.samples().of(null)) {
            Hook original = new Hook(hook.url(), hook.headers(), sample.body());
            boolean same = Documents.object(sample.body()).equals(Documents.object(hook.body()));
            if (same && scheme.verify(original, keys, now).genuine()) {
                return true;
            }
        }
        return false;
    }

    @Test
    void aSignatureThatIsNotChecked() {
        SignatureChecks.Verifier trusting = (scheme, hook, keys, now) -> Verification.GENUINE;
        found(trusting, "changed-bodies-refused", "is changed after signing", "accepted all the same");
        found(trusting, "changed-urls-refused", "the URL", "another one than was signed");
        found(trusting, "changed-headers-refused", "x-bistro-signature", "accepted all the same");
        found(trusting, "other-keys-refused", "the keyring", "another key");
        found(trusting, "old-webhooks-refused", "the time", "older than is tolerated");
    }

    @Test
    void aVerifierThatThrows() {
        found(
                (scheme, hook, keys, now) -> {
                    if (hook.body().length == 0) {
                        throw new IllegalStateException("no body");
                    }
                    return scheme.verify(hook, keys, now);
                },
                "changed-bodies-refused",
                "verify threw IllegalStateException: no body");
    }

    private static void declared(WebhookScheme scheme, String id, String... words) {
        Passing faulty = new Passing() {
            @Override
            public Optional<Webhooks> webhooks() {
                return Optional.of(() -> scheme);
            }
        };
        Report report = Conformance.run(Bistro.subject(faulty), Effort.USUAL.withCases(20));
        Report.Line line = report.failed().stream()
                .filter(each -> each.check().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(report.text()));
        expect(line.verdict(), words);
    }

    @Test
    void aSchemeThatIsNotThePartners() {
        declared(
                HmacScheme.sha256("X-Bistro-Signature", SignatureForm.HEX_LOWER, SignedPart.BODY),
                "published-signatures-accepted",
                "webhooks/changed.json",
                "does not accept what the partner signed",
                "its parts");
        declared(
                new StaticToken(PrefixedHeader.bare("X-Bistro-Signature"), "signature-key"),
                "published-signatures-accepted",
                "holds another token");
    }
}
