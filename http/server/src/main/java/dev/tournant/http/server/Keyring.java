package dev.tournant.http.server;

import dev.tournant.messages.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The API keys. Compares hashes, each in full and all of them, so that time tells nothing. */
final class Keyring {
    private static final String SCHEME = "bearer ";

    private final List<ApiKey> keys;
    private final List<byte[]> hashes = new ArrayList<>();

    Keyring(List<ApiKey> keys) {
        this.keys = List.copyOf(keys);
        keys.forEach(key -> hashes.add(HexFormat.of().parseHex(key.sha256())));
    }

    /** Whose key an {@code Authorization} header holds; refuses any other. */
    ApiKey owner(List<String> authorizations) {
        String header = authorizations.size() == 1 ? authorizations.get(0) : "";
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new Refusal(Problem.UNAUTHENTICATED, "the request has no Authorization: Bearer header, or several");
        }
        byte[] hash = sha256(header.substring(SCHEME.length()).trim());
        @Nullable ApiKey owner = null;
        for (int i = 0; i < hashes.size(); i++) {
            if (MessageDigest.isEqual(hashes.get(i), hash)) {
                owner = keys.get(i);
            }
        }
        if (owner == null) {
            throw new Refusal(Problem.UNAUTHENTICATED, "the API key is not known here");
        }
        return owner;
    }

    private static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
