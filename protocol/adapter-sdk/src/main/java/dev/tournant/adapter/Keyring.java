package dev.tournant.adapter;

import dev.tournant.model.InvalidValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The secrets of one credential by name. Never stored, logged or sent anywhere but to the partner: {@code signature-key}, {@code client-secret}. A name has up to {@value #VALUES_MAX}
 * values while a secret is being replaced: the first is the one to send or sign with, all are accepted.
 */
public final class Keyring {
    public static final int VALUES_MAX = 8;
    public static final String ACCESS_TOKEN = "access-token";
    /** Which application at the partner this is a credential of: a name, and no secret. */
    public static final String APPLICATION = "application";

    public static final String CLIENT_ID = "client-id";
    public static final String SIGNATURE_KEY = "signature-key";

    private final Map<String, List<String>> values = new TreeMap<>();

    private Keyring() {}

    /** {@link InvalidValue} names the secret that is empty or has too many values. */
    public static Keyring of(Map<String, List<String>> values) {
        Keyring keyring = new Keyring();
        values.forEach((name, all) -> {
            Settings.secretName("secrets", name);
            for (String each : Settings.list(name, all, 1, VALUES_MAX)) {
                if (each.isEmpty()) {
                    throw Settings.wrong(name, "must not be empty");
                }
            }
            keyring.values.put(name, List.copyOf(all));
        });
        return keyring;
    }

    /** One value each: {@code Keyring.of("client-id", "…", "client-secret", "…")}. */
    public static Keyring of(String... namesAndValues) {
        Map<String, List<String>> values = new TreeMap<>();
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
        }
        return of(values);
    }

    /** The current one first; empty if there is none. */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** {@link InvalidValue} if there is none. */
    public String current(String name) {
        List<String> all = all(name);
        if (all.isEmpty()) {
            throw Settings.wrong(name, "is not configured");
        }
        return all.get(0);
    }

    /** All values that nobody else may see; names of the client and the application are none. */
    public Set<String> secrets() {
        Set<String> secrets = new TreeSet<>();
        values.forEach((name, all) -> {
            if (!name.equals(CLIENT_ID) && !name.equals(APPLICATION)) {
                secrets.addAll(all);
            }
        });
        return secrets;
    }

    @Override
    public String toString() {
        return "Keyring" + values.keySet();
    }
}
