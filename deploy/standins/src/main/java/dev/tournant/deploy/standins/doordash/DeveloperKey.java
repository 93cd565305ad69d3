package dev.tournant.deploy.standins.doordash;

import java.util.Base64;

/**
 * What a client signs its tokens with. It opens nothing but this stand-in.
 *
 * @param developerId the {@code iss} of a token
 * @param keyId the {@code kid} of a token
 * @param signingSecret base64url without padding; its decoded bytes are the key of HMAC-SHA256
 */
public record DeveloperKey(String developerId, String keyId, String signingSecret) {

    byte[] secretBytes() {
        return Base64.getUrlDecoder().decode(signingSecret);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "DeveloperKey[" + developerId + ", " + keyId + "]";
    }
}
