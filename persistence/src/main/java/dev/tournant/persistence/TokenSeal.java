package dev.tournant.persistence;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals tokens by AES-256-GCM. The first key seals, all of them open, so that a key can be replaced. A seal is good for
 * one name only: a row copied to another name does not open.
 *
 * <p>Bytes: the version (1), a nonce of 12 that is new each time, and what GCM makes of the text, with a tag of 16.
 */
public final class TokenSeal {
    public static final String PATH = "tournant.tokens.key";
    public static final int KEYS_MAX = 8;

    private static final int KEY_BYTES = 32;
    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final String ALGORITHM = "AES/GCM/NoPadding";

    private final List<SecretKeySpec> keys;
    private final SecureRandom random = new SecureRandom();

    private TokenSeal(List<SecretKeySpec> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * The keys under {@value #PATH}: a list, or a text with commas. Empty if there is none. Throws
     * {@link ConfigException} that names the key, and never its value.
     */
    public static Optional<TokenSeal> of(Config root) {
        List<String> texts = root.getValue(PATH).valueType() == ConfigValueType.LIST
                ? root.getStringList(PATH)
                : Arrays.asList(root.getString(PATH).split(",", -1));
        List<String> given = texts.stream()
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
        if (given.size() > KEYS_MAX) {
            throw new ConfigException.Generic(PATH + ": must have at most " + KEYS_MAX + " keys");
        }
        List<SecretKeySpec> keys = new ArrayList<>();
        for (String each : given) {
            keys.add(key(each, keys.size()));
        }
        return keys.isEmpty() ? Optional.empty() : Optional.of(new TokenSeal(keys));
    }

    private static SecretKeySpec key(String text, int place) {
        byte[] bytes = decoded(text);
        if (bytes.length != KEY_BYTES) {
            // No cause: it could show a piece of the key.
            throw new ConfigException.Generic(PATH + ": key " + (place + 1)
                    + " must be 32 random bytes in base64; make one with: openssl rand -base64 32");
        }
        return new SecretKeySpec(bytes, "AES");
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    ByteBuffer seal(String name, String text) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, keys.get(0), nonce, name)
                    .doFinal(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(1 + nonce.length + sealed.length)
                    .put(VERSION)
                    .put(nonce)
                    .put(sealed)
                    .flip();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK can do " + ALGORITHM, e);
        }
    }

    /** Empty if none of the keys opens it: another key sealed it, or somebody changed it. */
    Optional<String> open(String name, ByteBuffer sealed) {
        ByteBuffer bytes = sealed.duplicate();
        if (bytes.remaining() < 1 + NONCE_BYTES + TAG_BITS / 8 || bytes.get() != VERSION) {
            return Optional.empty();
        }
        byte[] nonce = new byte[NONCE_BYTES];
        bytes.get(nonce);
        byte[] text = new byte[bytes.remaining()];
        bytes.get(text);
        return keys.stream()
                .flatMap(key -> open(key, nonce, name, text).stream())
                .findFirst();
    }

    private static Optional<String> open(SecretKeySpec key, byte[] nonce, String name, byte[] text) {
        try {
            return Optional.of(
                    new String(cipher(Cipher.DECRYPT_MODE, key, nonce, name).doFinal(text), StandardCharsets.UTF_8));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK can do " + ALGORITHM, e);
        }
    }

    private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, String name)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(("tournant token " + name).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    @Override
    public String toString() {
        return "TokenSeal[" + keys.size() + " keys]";
    }
}
