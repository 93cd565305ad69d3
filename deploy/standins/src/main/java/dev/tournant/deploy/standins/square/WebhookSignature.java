package dev.tournant.deploy.standins.square;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Square's webhook signature: base64 of HMAC-SHA256 over the notification URL followed by the raw body. */
final class WebhookSignature {
    static final String HEADER = "x-square-hmacsha256-signature";
    private static final String ALGORITHM = "HmacSHA256";

    private WebhookSignature() {}

    static String of(String key, String url, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update(url.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
