package dev.tournant.deploy.stack;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** Hashes in the forms that nodes want them in. */
final class Hashes {
    private Hashes() {}

    /** In hex, as a list of API keys has them. */
    static String sha256(String text) {
        return HexFormat.of().formatHex(digest(text));
    }

    /** In base64, as a key of 32 bytes is told. */
    static String base64(String text) {
        return Base64.getEncoder().encodeToString(digest(text));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
