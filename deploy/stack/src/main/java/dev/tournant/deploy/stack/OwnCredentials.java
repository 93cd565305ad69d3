package dev.tournant.deploy.stack;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigUtil;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The file of credentials that whoever starts the stack has of their own, for partners that are no stand-ins. */
record OwnCredentials(@Nullable Path file) {
    static final String VARIABLE = "TOURNANT_CREDENTIALS_FILE";

    /** Where names must not stand twice: the later of two would silently be the one that counts. */
    private static final List<String> NAMED = List.of("tournant.credentials", "tournant.http.hook-credentials");

    /** @param file as the variable says it; null or blank for none */
    static OwnCredentials of(@Nullable String file) {
        return new OwnCredentials(
                file == null || file.isBlank() ? null : Path.of(file).toAbsolutePath());
    }

    /** What {@link #VARIABLE} names. */
    static OwnCredentials given() {
        return of(System.getenv(VARIABLE));
    }

    /**
     * Before anything is started: a file that is missing or broken is told at once.
     *
     * @throws IllegalStateException if the file cannot be read
     */
    void check() {
        if (file != null) {
            read(file);
        }
    }

    /**
     * A configuration that has all of the file and all of {@code ours}.
     *
     * @throws IllegalStateException if both have credentials of one name, or the file cannot be read
     */
    String with(String ours) {
        if (file == null) {
            return ours;
        }
        Config theirs = read(file);
        Config stack = ConfigFactory.parseString(ours);
        for (String path : NAMED) {
            Set<String> both = new TreeSet<>(names(theirs, path));
            both.retainAll(names(stack, path));
            if (!both.isEmpty()) {
                throw new IllegalStateException(file + ", which " + VARIABLE + " names, has " + path + " of the names "
                        + String.join(", ", both) + ", which deploy/run needs for its stand-ins; take other names");
            }
        }
        return "include required(file(" + ConfigUtil.quoteString(file.toString()) + "))\n" + ours;
    }

    private static Set<String> names(Config config, String path) {
        return config.hasPath(path) ? config.getConfig(path).root().keySet() : Set.of();
    }

    /** With its substitutions resolved where they can be: the node has more to resolve them with. */
    private static Config read(Path file) {
        try {
            Config config = ConfigFactory.parseFile(
                            file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false))
                    .resolve(ConfigResolveOptions.defaults().setAllowUnresolved(true));
            NAMED.forEach(path -> names(config, path));
            return config;
        } catch (ConfigException e) {
            throw new IllegalStateException(
                    VARIABLE + " names a file that cannot be read as configuration: " + e.getMessage(), e);
        }
    }
}
