package dev.tournant.http.server;

import java.util.Set;

/**
 * Somebody who may call the API. The key itself is known only to its owner.
 *
 * @param name for metrics, rates and logs: 1 to 64 of {@code A-Z a-z 0-9 . _ -}
 * @param sha256 the SHA-256 of the key, as 64 hexadecimal digits
 */
public record ApiKey(String name, String sha256, Set<Scope> scopes) {
    public ApiKey {
        scopes = Set.copyOf(scopes);
        if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new IllegalArgumentException("name: must be 1 to 64 letters, digits and . _ -, not \"" + name + "\"");
        }
        if (!sha256.matches("[0-9a-fA-F]{64}")) {
            throw new IllegalArgumentException("sha256 of " + name + ": must be 64 hexadecimal digits");
        }
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("scopes of " + name + ": must name read, write or both");
        }
    }
}
