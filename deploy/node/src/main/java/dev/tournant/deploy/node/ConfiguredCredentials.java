package dev.tournant.deploy.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueType;
import dev.tournant.adapter.Credentials;
import dev.tournant.adapter.Keyring;
import dev.tournant.model.InvalidValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Secrets from the node's configuration: {@code tournant.credentials.NAME { client-id = "…", signature-key = ["new",
 * "old"] }}. Which names a partner needs stands in its adapter.
 */
final class ConfiguredCredentials implements Credentials {
    private static final String PATH = "tournant.credentials";

    private final Map<String, Keyring> keyrings = new HashMap<>();

    ConfiguredCredentials(Config config) {
        Config all = config.getConfig(PATH);
        all.root()
                .keySet()
                .forEach(name -> keyrings.put(name, keyring(all.getConfig(ConfigUtil.joinPath(name)), name)));
    }

    private static Keyring keyring(Config each, String name) {
        Map<String, List<String>> values = new HashMap<>();
        each.root().forEach((secret, value) -> {
            String path = ConfigUtil.joinPath(secret);
            values.put(
                    secret,
                    value.valueType() == ConfigValueType.LIST
                            ? each.getStringList(path)
                            : List.of(each.getString(path)));
        });
        try {
            return Keyring.of(values);
        } catch (InvalidValue e) {
            // The message names the secret; the cause and the origin could show it.
            throw new ConfigException.BadValue(each.origin(), PATH + "." + name, e.getMessage());
        }
    }

    @Override
    public Optional<Keyring> named(String name) {
        return Optional.ofNullable(keyrings.get(name));
    }
}
