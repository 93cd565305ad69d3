package dev.tournant.persistence;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.io.File;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a node, and of what is run for nodes: {@code application.conf} of the class path, the environment, and
 * the file of secrets.
 */
public final class NodeConfig {
    /** Names the file, which is read over {@code application.conf} and may set any key. */
    static final String SECRETS = "TOURNANT_CREDENTIALS_FILE";

    private NodeConfig() {}

    /**
     * With the file that {@value #SECRETS} names, if there is one.
     *
     * @throws ConfigException if it is wrong, or the file is not there
     */
    public static Config load() {
        return load(System.getenv(SECRETS));
    }

    /** The same with another file; null for none. */
    public static Config load(@Nullable String secrets) {
        if (secrets == null || secrets.isBlank()) {
            return ConfigFactory.load();
        }
        Config own = ConfigFactory.parseFile(
                new File(secrets), ConfigParseOptions.defaults().setAllowMissing(false));
        return ConfigFactory.load(own.withFallback(ConfigFactory.defaultApplication()));
    }
}
