package dev.tournant.adapter;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The arithmetic of webhook signatures. */
public final class Signatures {
    private Signatures() {}

    /** HMAC-SHA256 over the parts one after another, without copying them together. */
    public static byte[] hmacSha256(String key, byte[]... parts) {
        return hmac("HmacSHA256", key.getBytes(StandardCharsets.UTF_8), parts);
    }

    /**
     * The HMAC over the parts one after another.
     *
     * @param algorithm one that every JDK has, by its JCA name: {@code HmacSHA1}
     * @param key not empty
     */
    public static byte[] hmac(String algorithm, byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm + ", and the key is not empty", e);
        }
    }

    /** Compares in a time that does not tell where the two differ. */
    public static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
