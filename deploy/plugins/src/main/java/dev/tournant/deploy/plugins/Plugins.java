package dev.tournant.deploy.plugins;

import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.manifest.ManifestAdapter;
import dev.tournant.adapter.manifest.ManifestException;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.PartnerName;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The adapters that there are: those on the class path, and those in a folder. In the folder, {@code *.yaml} and {@code
 * *.yml} are manifests, and {@code *.jar} hold adapters as services, each with a class loader of its own. A plugin that
 * is broken is left out and named, and never keeps the others, or the node, from starting.
 */
public final class Plugins {
    /** Files that are looked at. */
    static final int FILES_MAX = 1_000;

    private static final long MANIFEST_BYTES_MAX = 4L << 20;
    private static final int RESOURCES_MAX = 16;

    private static final ClassLoader OURS = ownLoader();

    private final String environment;
    private final Map<PartnerName, Found> found =
            new TreeMap<>((one, other) -> one.value().compareTo(other.value()));
    private final List<Broken> broken = new ArrayList<>();

    private Plugins(String environment) {
        this.environment = environment;
    }

    /**
     * An adapter.
     *
     * @param origin the file that it comes from, or the name of its class on the class path
     * @param baseUrl where its manifest says the partner is; null where the configuration has to say it
     * @param loader of the classes of its jar, or of ours
     */
    public record Found(
            Adapter adapter, String origin, @Nullable String baseUrl, ClassLoader loader) {}

    /** A plugin that cannot be used. */
    public record Broken(String origin, String why) {}

    /**
     * Loads all adapters.
     *
     * @param folder of plugins; null for none
     * @param environment of manifests whose base URLs count
     */
    public static Plugins load(@Nullable Path folder, String environment) {
        Plugins plugins = new Plugins(environment);
        ServiceLoader.load(Adapter.class).stream()
                .forEach(each -> plugins.add(each.type().getName(), each::get, null, OURS));
        if (folder != null) {
            plugins.addAll(folder);
        }
        return plugins;
    }

    /** What one jar holds, and nothing else: not what is on the class path. */
    public static Plugins inJar(Path jar) {
        Plugins plugins = new Plugins("");
        plugins.jar(jar, String.valueOf(jar.getFileName()));
        return plugins;
    }

    private static ClassLoader ownLoader() {
        ClassLoader own = Plugins.class.getClassLoader();
        return own == null ? ClassLoader.getSystemClassLoader() : own;
    }

    /** By the name of their partner, in order. */
    public Map<PartnerName, Found> found() {
        return found;
    }

    public List<Broken> broken() {
        return broken;
    }

    private void addAll(Path folder) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path each : all) {
                if (files.size() == FILES_MAX) {
                    broken.add(new Broken(
                            folder.toString(), "holds more than " + FILES_MAX + " files; the rest is left out"));
                    break;
                }
                files.add(each);
            }
        } catch (IOException e) {
            broken.add(new Broken(folder.toString(), "cannot be read: " + e.getMessage()));
        }
        files.sort(null);
        files.forEach(this::add);
    }

    private void add(Path file) {
        String name = String.valueOf(file.getFileName());
        String lowerCase = name.toLowerCase(Locale.ROOT);
        if (lowerCase.endsWith(".yaml") || lowerCase.endsWith(".yml")) {
            manifest(file, name);
        } else if (lowerCase.endsWith(".jar")) {
            jar(file, name);
        }
    }

    private void manifest(Path file, String name) {
        try {
            if (Files.size(file) > MANIFEST_BYTES_MAX) {
                broken.add(new Broken(name, "has more than " + MANIFEST_BYTES_MAX + " bytes"));
                return;
            }
            ManifestAdapter adapter = ManifestAdapter.of(name, Files.readString(file));
            String url = adapter.environments().get(environment);
            if (url == null) {
                broken.add(new Broken(name, "has no environment \"" + environment + "\""));
                return;
            }
            add(name, () -> adapter, url, OURS);
        } catch (ManifestException e) {
            broken.add(new Broken(name, String.valueOf(e.getMessage())));
        } catch (IOException e) {
            broken.add(new Broken(name, "cannot be read: " + e.getMessage()));
        }
    }

    /** The class loader stays open as long as the node runs: an adapter loads its classes as it needs them. */
    @SuppressWarnings("resource")
    private void jar(Path file, String name) {
        try {
            URLClassLoader loader =
                    new URLClassLoader(name, new URL[] {file.toUri().toURL()}, OURS);
            int before = found.size() + broken.size();
            for (ServiceLoader.Provider<Adapter> each :
                    ServiceLoader.load(Adapter.class, loader).stream().toList()) {
                if (each.type().getClassLoader() == loader) {
                    add(name, () -> Guarded.of(each.get(), name), null, loader);
                }
            }
            if (found.size() + broken.size() == before) {
                broken.add(new Broken(name, "holds no service " + Adapter.class.getName() + " in META-INF/services"));
            }
        } catch (IOException | ServiceConfigurationError | LinkageError e) {
            broken.add(new Broken(name, e.toString()));
        }
    }

    private interface Maker {
        Adapter make();
    }

    private void add(String origin, Maker maker, @Nullable String baseUrl, ClassLoader loader) {
        try {
            Adapter adapter = maker.make();
            check(adapter);
            Found other = found.putIfAbsent(adapter.partner(), new Found(adapter, origin, baseUrl, loader));
            if (other != null) {
                broken.add(new Broken(
                        origin,
                        "calls itself \"" + adapter.partner() + "\", as does " + other.origin() + ", which counts"));
            }
        } catch (RuntimeException | ServiceConfigurationError | LinkageError e) {
            broken.add(new Broken(origin, e.toString()));
        }
    }

    /** What would come to light at the first merchant otherwise. */
    private static void check(Adapter adapter) {
        if (adapter.resources().size() > RESOURCES_MAX) {
            throw new InvalidValue("has more than " + RESOURCES_MAX + " resources");
        }
        adapter.capabilities().stream().filter(each -> !each.hasFunctions()).forEach(each -> {
            throw new InvalidValue("declares " + each + ", for which this version has no functions; leave it out");
        });
        List<Object> all = new ArrayList<>(List.of(
                adapter.partner(),
                adapter.capabilities(),
                adapter.authentication(),
                adapter.limits(),
                adapter.refusals()));
        adapter.webhooks().ifPresent(webhooks -> all.add(webhooks.scheme()));
        adapter.writing().ifPresent(all::add);
    }
}
