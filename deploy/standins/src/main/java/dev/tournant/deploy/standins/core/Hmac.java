package dev.tournant.deploy.standins.core;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 of one part after another. */
public final class Hmac {
    private static final String ALGORITHM = "HmacSHA256";

    private Hmac() {}

    /** Of texts as UTF-8. */
    public static byte[] of(String secret, String... texts) {
        byte[][] parts = new byte[texts.length][];
        for (int at = 0; at < texts.length; at++) {
            parts[at] = texts[at].getBytes(StandardCharsets.UTF_8);
        }
        return of(secret.getBytes(StandardCharsets.UTF_8), parts);
    }

    public static byte[] of(byte[] secret, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
