package dev.tournant.deploy.standins.doordash;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs tokens as a client would, and wrongly if told to. */
final class Signer {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final DeveloperKey key;

    Signer(DeveloperKey key) {
        this.key = key;
    }

    String token() {
        return token(header -> {}, claims -> {});
    }

    /** A good token but for what is changed in it before it is signed. */
    String token(Consumer<ObjectNode> header, Consumer<ObjectNode> claims) {
        ObjectNode head = Json.object().put("alg", "HS256").put("typ", "JWT").put("dd-ver", "DD-JWT-V1");
        long now = Instant.now().getEpochSecond();
        ObjectNode payload = Json.object()
                .put("aud", "doordash")
                .put("iss", key.developerId())
                .put("kid", key.keyId())
                .put("iat", now)
                .put("exp", now + 300);
        header.accept(head);
        claims.accept(payload);
        String signed = BASE64.encodeToString(Json.write(head)) + "." + BASE64.encodeToString(Json.write(payload));
        return signed + "."
                + BASE64.encodeToString(hmac(signed, Base64.getUrlDecoder().decode(key.signingSecret())));
    }

    /** Signed with the secret as it is written, not with what it decodes to. */
    String tokenWithUndecodedSecret() {
        String token = token();
        String signed = token.substring(0, token.lastIndexOf('.'));
        return signed + "."
                + BASE64.encodeToString(hmac(signed, key.signingSecret().getBytes(StandardCharsets.US_ASCII)));
    }

    private static byte[] hmac(String text, byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
