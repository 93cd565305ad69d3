package dev.tournant.deploy.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.tournant.adapter.Credentials;
import dev.tournant.adapter.Secrets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Secrets from the node's configuration: {@code tournant.credentials.NAME { access-token, signature-key }}. */
final class ConfiguredCredentials implements Credentials {
    private final Map<String, Secrets> secrets = new HashMap<>();

    ConfiguredCredentials(Config config) {
        Config all = config.getConfig("tournant.credentials");
        all.root().forEach((name, value) -> {
            Config each = all.getConfig(com.typesafe.config.ConfigUtil.joinPath(name));
            secrets.put(name, new Secrets(need(each, name, "access-token"), need(each, name, "signature-key")));
        });
    }

    private static String need(Config each, String name, String key) {
        String value = each.getString(key);
        if (value.isBlank()) {
            throw new ConfigException.BadValue(
                    each.origin(), "tournant.credentials." + name + "." + key, "must not be empty");
        }
        return value;
    }

    @Override
    public Optional<Secrets> named(String name) {
        return Optional.ofNullable(secrets.get(name));
    }
}
