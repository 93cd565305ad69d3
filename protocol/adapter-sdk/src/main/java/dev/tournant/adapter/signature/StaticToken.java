package dev.tournant.adapter.signature;

import dev.tournant.adapter.Hook;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Settings;
import dev.tournant.adapter.Signatures;
import dev.tournant.adapter.Verification;
import dev.tournant.model.InvalidValue;
import java.time.Instant;
import java.util.List;

/**
 * A header holds a secret that is always the same. It says who sent the webhook, but neither that the body is
 * unchanged nor that it is sent for the first time.
 *
 * @param secret its name; all its values are accepted
 */
public record StaticToken(PrefixedHeader header, String secret) implements WebhookScheme {
    public StaticToken {
        Settings.secretName("secret", secret);
    }

    /** The body itself. */
    @Override
    public BodyShape body() {
        return BodyShape.JSON;
    }

    @Override
    public Verification verify(Hook hook, Keyring keys, Instant now) {
        try {
            String given = header.read(hook);
            List<String> accepted = keys.all(secret);
            if (accepted.isEmpty()) {
                return Verification.forged("no " + secret.replace('-', ' ') + " is configured");
            }
            boolean same = false;
            for (String each : accepted) {
                same |= Signatures.same(each, given);
            }
            return same
                    ? Verification.GENUINE
                    : Verification.forged("the header " + header.lowerCaseName() + " holds another token");
        } catch (InvalidValue e) {
            return Verification.forged(e.detail());
        }
    }

    @Override
    public Hook sign(Hook unsigned, Keyring keys, Instant now) {
        return unsigned.with(header.lowerCaseName(), header.value(secret, keys.current(secret)));
    }
}
