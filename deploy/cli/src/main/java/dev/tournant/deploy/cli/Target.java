package dev.tournant.deploy.cli;

import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.manifest.ManifestAdapter;
import dev.tournant.adapter.manifest.ManifestException;
import dev.tournant.deploy.plugins.Plugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * An adapter that is named on the command line.
 *
 * @param loader that finds it as a service
 * @param warning what a person should know of it before they believe what is said; empty for nothing
 */
record Target(Adapter adapter, ClassLoader loader, SampleFolder samples, String warning) {
    private static final int FILES_MAX = 1_000;
    private static final String SAMPLES = "samples";

    /** A manifest, a jar, or a folder that holds one of these or a Maven project that was built. */
    static Target at(Path path) {
        if (Files.isDirectory(path)) {
            return Files.exists(path.resolve("pom.xml")) ? project(path) : at(manifestIn(path));
        }
        if (!Files.exists(path)) {
            throw Refused.usage("there is no " + path + "; give a manifest, a jar or a folder");
        }
        String name = path.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".jar")) {
            return jar(path, SampleFolder.of(path, SAMPLES), "");
        }
        if (isManifest(name)) {
            return manifest(path);
        }
        throw Refused.usage(path + " is neither a manifest (*.yaml, *.yml) nor a *.jar");
    }

    private static boolean isManifest(String name) {
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }

    private static Path manifestIn(Path folder) {
        List<Path> found = files(folder).stream()
                .filter(file -> isManifest(file.toString().toLowerCase(Locale.ROOT)))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        throw Refused.usage(
                found.isEmpty()
                        ? folder + " holds neither a manifest (*.yaml) nor a pom.xml"
                        : folder + " holds several manifests; name one of " + found);
    }

    private static Target project(Path folder) {
        Path built = folder.resolve("target");
        List<Path> jars = Files.isDirectory(built)
                ? files(built).stream()
                        .filter(file -> file.toString().endsWith(".jar"))
                        .filter(file -> !file.toString().matches(".*-(sources|javadoc|tests)\\.jar"))
                        .toList()
                : List.of();
        if (jars.size() == 1) {
            Path jar = jars.get(0);
            return jar(jar, SampleFolder.in(folder.resolve(SAMPLES)), Staleness.of(folder, jar));
        }
        throw Refused.usage(
                jars.isEmpty()
                        ? "there is no jar in " + built + "; build it first: mvn -f " + folder + " package"
                        : built + " holds several jars; name one of " + jars);
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile).limit(FILES_MAX).sorted().toList();
        } catch (IOException e) {
            throw Refused.usage(folder + " cannot be read: " + e.getMessage());
        }
    }

    private static Target manifest(Path file) {
        Adapter adapter;
        try {
            adapter = ManifestAdapter.of(file.toString(), Files.readString(file));
        } catch (ManifestException e) {
            throw Refused.broken(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw Refused.broken(file + " cannot be read as UTF-8 text: " + e.getMessage());
        }
        return new Target(adapter, own(), SampleFolder.in(file.resolveSibling(SAMPLES)), "");
    }

    private static ClassLoader own() {
        return Thread.currentThread().getContextClassLoader();
    }

    private static Target jar(Path file, SampleFolder samples, String warning) {
        Plugins plugins = Plugins.inJar(file);
        if (!plugins.broken().isEmpty()) {
            Plugins.Broken first = plugins.broken().get(0);
            throw Refused.broken(file + ": " + first.why());
        }
        if (plugins.found().size() > 1) {
            throw Refused.usage(file + " holds several adapters, "
                    + plugins.found().keySet() + "; put each into a jar of its own to check it");
        }
        Plugins.Found found = plugins.found().values().iterator().next();
        return new Target(found.adapter(), found.loader(), samples, warning);
    }
}
