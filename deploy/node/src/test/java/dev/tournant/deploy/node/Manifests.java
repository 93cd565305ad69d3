package dev.tournant.deploy.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The manifests for Kubernetes, as they are shipped. */
final class Manifests {
    static final Path DEPLOY = Path.of("..");
    private static final Pattern EXPANDED = Pattern.compile("\\$\\(([A-Z_]+)\\)");

    private Manifests() {}

    /** A mapping, for which a name that is not there is an error. */
    record Yaml(Map<?, ?> map) {
        Object get(String name) {
            return Objects.requireNonNull(map.get(name), () -> name + " is not in " + map.keySet());
        }

        Yaml at(String name) {
            return new Yaml((Map<?, ?>) get(name));
        }

        List<Yaml> list(String name) {
            List<Yaml> all = new ArrayList<>();
            ((List<?>) get(name)).forEach(each -> all.add(new Yaml((Map<?, ?>) each)));
            return all;
        }

        String text(String name) {
            return get(name).toString();
        }

        int number(String name) {
            return (Integer) get(name);
        }
    }

    static List<Yaml> read(String file) {
        try {
            String text = Files.readString(DEPLOY.resolve("kubernetes").resolve(file));
            return StreamSupport.stream(
                            new Load(LoadSettings.builder().build())
                                    .loadAllFromString(text)
                                    .spliterator(),
                            false)
                    .map(each -> new Yaml((Map<?, ?>) each))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Yaml statefulSet() {
        return read("tournant.yaml").stream()
                .filter(each -> each.text("kind").equals("StatefulSet"))
                .findFirst()
                .orElseThrow();
    }

    /** The container. */
    static Yaml node() {
        return statefulSet()
                .at("spec")
                .at("template")
                .at("spec")
                .list("containers")
                .get(0);
    }

    /** As Kubernetes makes it for one pod; what stands in a secret is empty. */
    static Map<String, String> environment(String podName, String podIp) {
        Map<String, String> all = new LinkedHashMap<>();
        for (Yaml each : node().list("env")) {
            String value =
                    each.map().containsKey("value") ? each.text("value") : given(each.at("valueFrom"), podName, podIp);
            Matcher names = EXPANDED.matcher(value);
            all.put(
                    each.text("name"),
                    names.replaceAll(found -> Objects.requireNonNull(all.get(found.group(1)), found.group())));
        }
        return all;
    }

    private static String given(Yaml from, String podName, String podIp) {
        if (from.map().containsKey("secretKeyRef")) {
            return "";
        }
        return switch (from.at("fieldRef").text("fieldPath")) {
            case "metadata.name" -> podName;
            case "status.podIP" -> podIp;
            default -> throw new IllegalArgumentException(from.toString());
        };
    }
}
