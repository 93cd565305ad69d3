package dev.tournant.adapter.signature;

import dev.tournant.adapter.Hook;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Settings;
import dev.tournant.adapter.Verification;
import java.time.Instant;
import java.util.List;

/**
 * Several schemes at once: a webhook must satisfy each, as when a partner signs the body and sends a token too.
 *
 * @param schemes 2 to 4
 */
public record AllOf(List<WebhookScheme> schemes) implements WebhookScheme {
    public AllOf {
        schemes = Settings.list("schemes", schemes, 2, 4);
    }

    /** That of the first scheme that says more than "the body itself". */
    @Override
    public BodyShape body() {
        return schemes.stream()
                .map(WebhookScheme::body)
                .filter(each -> !each.equals(BodyShape.JSON))
                .findFirst()
                .orElse(BodyShape.JSON);
    }

    /** The reason is that of the first scheme that does not fit. */
    @Override
    public Verification verify(Hook hook, Keyring keys, Instant now) {
        return schemes.stream()
                .map(each -> each.verify(hook, keys, now))
                .filter(each -> !each.genuine())
                .findFirst()
                .orElse(Verification.GENUINE);
    }

    @Override
    public Hook sign(Hook unsigned, Keyring keys, Instant now) {
        Hook signed = unsigned;
        for (WebhookScheme each : schemes) {
            signed = each.sign(signed, keys, now);
        }
        return signed;
    }
}
