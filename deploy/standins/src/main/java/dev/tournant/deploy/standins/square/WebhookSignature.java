package dev.tournant.deploy.standins.square;

import dev.tournant.deploy.standins.core.Hmac;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Square's webhook signature: base64 of HMAC-SHA256 over the notification URL followed by the raw body. */
final class WebhookSignature {
    static final String HEADER = "x-square-hmacsha256-signature";

    private WebhookSignature() {}

    static String of(String key, String url, byte[] body) {
        byte[] signature = Hmac.of(key.getBytes(StandardCharsets.UTF_8), url.getBytes(StandardCharsets.UTF_8), body);
        return Base64.getEncoder().encodeToString(signature);
    }
}
