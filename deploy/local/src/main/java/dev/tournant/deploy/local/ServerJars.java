package dev.tournant.deploy.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The jars of one server in the local Maven repository, as the build listed them.
 *
 * <p>The repository is found from system property {@code tournant.m2}, else from environment variable
 * {@code TOURNANT_M2}, else it is {@code ~/.m2/repository}.
 */
record ServerJars(List<Path> paths) {
    private static final String REPOSITORY = "M2/";

    ServerJars {
        paths = List.copyOf(paths);
    }

    /** @throws CannotStart when a jar is not in the repository */
    static ServerJars of(String server) {
        return in(repository(System.getProperty("tournant.m2"), System.getenv("TOURNANT_M2")), server);
    }

    static ServerJars in(Path repository, String server) {
        List<Path> paths = Arrays.stream(listed(server).split("\\|", -1))
                .map(entry -> repository.resolve(entry.strip().substring(REPOSITORY.length())))
                .toList();
        List<Path> missing = paths.stream().filter(path -> !Files.exists(path)).toList();
        if (!missing.isEmpty()) {
            throw new CannotStart(missing.size() + " of the " + paths.size() + " jars of " + server
                    + " are not in the Maven repository " + repository + ", the first being " + missing.get(0)
                    + ". Run `mvn -Dfast -DskipTests install -pl deploy/local -am` in Tournant's folder to fetch them,"
                    + " or set TOURNANT_M2 to the repository that has them.");
        }
        return new ServerJars(paths);
    }

    static Path repository(@Nullable String property, @Nullable String environment) {
        if (property != null && !property.isBlank()) {
            return Path.of(property).toAbsolutePath();
        }
        if (environment != null && !environment.isBlank()) {
            return Path.of(environment).toAbsolutePath();
        }
        return Path.of(System.getProperty("user.home"), ".m2", "repository");
    }

    /** The jar of {@code artifact}, whatever its version. */
    Path jar(String artifact) {
        return paths.stream()
                .filter(path -> path.getFileName().toString().matches(artifact + "-[0-9][^/]*\\.jar"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No " + artifact + " among " + paths));
    }

    private static String listed(String server) {
        String resource = "tournant-local-" + server + ".classpath";
        try (InputStream in = ServerJars.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new CannotStart("The list of jars of " + server + " is not on the class path: " + resource
                        + " is made by the build of tournant-local-" + server + ".");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
