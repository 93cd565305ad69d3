package dev.tournant.adapter.signature;

import dev.tournant.adapter.Hook;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Settings;
import dev.tournant.adapter.Verification;
import dev.tournant.model.InvalidValue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A header holds an HMAC over parts of the webhook.
 *
 * @param parts in the order in which they are signed; 1 to 16, the body among them: a signature that leaves it out
 *     proves nothing about it
 * @param body where {@link SignedPart.BodyField}s and the like are looked for
 * @param freshness null if the partner signs no time
 */
public record HmacScheme(
        PrefixedHeader header,
        SignatureForm form,
        HmacAlgorithm algorithm,
        HmacKey key,
        List<SignedPart> parts,
        BodyShape body,
        @Nullable Freshness freshness)
        implements WebhookScheme {
    public static final int PARTS_MAX = 16;

    public HmacScheme {
        parts = Settings.list("parts", parts, 1, PARTS_MAX);
        if (!parts.contains(SignedPart.BODY)) {
            throw Settings.wrong("parts", "must have the body among them");
        }
        if (freshness != null && !freshness.isSignedBy(parts)) {
            throw Settings.wrong("freshness.from", "must be one of the parts, or anybody could renew it");
        }
    }

    /** The usual: HMAC-SHA256 with the secret {@code signature-key}, the signature alone in its header. */
    public static HmacScheme sha256(String header, SignatureForm form, SignedPart... parts) {
        return new HmacScheme(
                PrefixedHeader.bare(header),
                form,
                HmacAlgorithm.SHA256,
                HmacKey.SIGNATURE_KEY,
                List.of(parts),
                BodyShape.JSON,
                null);
    }

    public HmacScheme withKey(HmacKey other) {
        return new HmacScheme(header, form, algorithm, other, parts, body, freshness);
    }

    public HmacScheme withBody(BodyShape other) {
        return new HmacScheme(header, form, algorithm, key, parts, other, freshness);
    }

    public HmacScheme withFreshness(Freshness other) {
        return new HmacScheme(header, form, algorithm, key, parts, body, other);
    }

    @Override
    public Verification verify(Hook hook, Keyring keys, Instant now) {
        try {
            String given = header.read(hook);
            Content content = new Content(hook, body);
            if (!fits(given, key.accepted(content, keys), message(content))) {
                return Verification.forged("the signature belongs to another key or other content");
            }
            if (freshness != null) {
                freshness.check(content, now);
            }
            return Verification.GENUINE;
        } catch (InvalidValue e) {
            return Verification.forged(e.detail());
        }
    }

    /** Tries all keys even after one fits, so that the time does not tell which. */
    private boolean fits(String given, List<byte[]> accepted, byte[][] message) {
        boolean fits = false;
        for (byte[] each : accepted) {
            fits |= form.fits(algorithm.mac(each, message), given);
        }
        return fits;
    }

    private byte[][] message(Content content) {
        return parts.stream().map(content::bytes).toArray(byte[][]::new);
    }

    @Override
    public Hook sign(Hook unsigned, Keyring keys, Instant now) {
        Hook hook = freshness == null ? unsigned : freshness.stamp(unsigned, now);
        Content content = new Content(hook, body);
        byte[] current = key.accepted(content, keys).get(0);
        String signature = form.encode(algorithm.mac(current, message(content)));
        return hook.with(header.lowerCaseName(), header.prefix() + signature);
    }
}
