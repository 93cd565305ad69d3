package dev.tournant.http.server;

import dev.tournant.messages.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The API keys. Compares hashes, each in full and all of them, so that time tells nothing. */
final class ApiKeys {
    private static final String SCHEME = "bearer ";

    private final List<ApiKey> keys;
    private final List<byte[]> hashes = new ArrayList<>();

    ApiKeys(List<ApiKey> keys) {
        this.keys = List.copyOf(keys);
        keys.forEach(key -> hashes.add(HexFormat.of().parseHex(key.sha256())));
    }

    /** Whose key the {@code Authorization} header holds; empty where there is no key, or one that nobody has. */
    Optional<ApiKey> owner(List<String> authorizations) {
        if (!isBearer(authorizations)) {
            return Optional.empty();
        }
        byte[] hash = sha256(authorizations.get(0).substring(SCHEME.length()).trim());
        @Nullable ApiKey owner = null;
        for (int i = 0; i < hashes.size(); i++) {
            if (MessageDigest.isEqual(hashes.get(i), hash)) {
                owner = keys.get(i);
            }
        }
        return Optional.ofNullable(owner);
    }

    /** Why these headers hold nobody's key. */
    static Refusal unauthenticated(List<String> authorizations) {
        return new Refusal(
                Problem.UNAUTHENTICATED,
                isBearer(authorizations)
                        ? "the API key is not known here"
                        : "the request has no Authorization: Bearer header, or several");
    }

    private static boolean isBearer(List<String> authorizations) {
        return authorizations.size() == 1 && authorizations.get(0).regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    private static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
