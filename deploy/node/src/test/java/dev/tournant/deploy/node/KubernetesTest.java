package dev.tournant.deploy.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import dev.tournant.cluster.lease.Joining;
import dev.tournant.http.client.ClientConfig;
import dev.tournant.http.server.HttpConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What the manifests for Kubernetes say of a node is what the node makes of it. */
class KubernetesTest {
    private static final Path DEPLOY = Path.of("..");
    private static final Pattern EXPANDED = Pattern.compile("\\$\\(([A-Z_]+)\\)");

    private final Yaml set = manifests("tournant.yaml").stream()
            .filter(each -> each.text("kind").equals("StatefulSet"))
            .findFirst()
            .orElseThrow();
    private final Yaml spec = set.at("spec");
    private final Yaml pod = spec.at("template").at("spec");
    private final Yaml node = pod.list("containers").get(0);
    private final Map<String, String> env = environment("tournant-1");
    private final Config config = configured(env);

    /** A mapping, for which a name that is not there is an error. */
    private record Yaml(Map<?, ?> map) {
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

    private static List<Yaml> manifests(String file) {
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

    /** As Kubernetes makes it for one pod. */
    private Map<String, String> environment(String podName) {
        Map<String, String> all = new LinkedHashMap<>();
        for (Yaml each : node.list("env")) {
            String value = each.map().containsKey("value") ? each.text("value") : given(each.at("valueFrom"), podName);
            Matcher names = EXPANDED.matcher(value);
            all.put(
                    each.text("name"),
                    names.replaceAll(found -> Objects.requireNonNull(all.get(found.group(1)), found.group())));
        }
        return all;
    }

    private static String given(Yaml from, String podName) {
        if (from.map().containsKey("secretKeyRef")) {
            return "";
        }
        return switch (from.at("fieldRef").text("fieldPath")) {
            case "metadata.name" -> podName;
            case "status.podIP" -> "10.1.2.3";
            default -> throw new IllegalArgumentException(from.toString());
        };
    }

    private static Config configured(Map<String, String> env) {
        return ConfigFactory.parseResources("application.conf")
                .withFallback(ConfigFactory.defaultReference())
                .resolve(ConfigResolveOptions.defaults()
                        .setUseSystemEnvironment(false)
                        .appendResolver(new Variables(env)));
    }

    private record Variables(Map<String, String> env) implements ConfigResolver {
        @Override
        public @Nullable ConfigValue lookup(String path) {
            String value = env.get(path);
            return value == null ? null : ConfigValueFactory.fromAnyRef(value);
        }

        @Override
        public ConfigResolver withFallback(ConfigResolver fallback) {
            return this;
        }
    }

    private int port(String name) {
        return node.list("ports").stream()
                .filter(each -> each.text("name").equals(name))
                .findFirst()
                .orElseThrow()
                .number("containerPort");
    }

    private static List<String> variables(String text) {
        return Pattern.compile("TOURNANT_[A-Z_]+")
                .matcher(text)
                .results()
                .map(found -> found.group())
                .toList();
    }

    @Test
    void setsVariablesThatThereAre() throws IOException {
        List<String> known = new ArrayList<>(variables(Files.readString(DEPLOY.resolve("README.md"))));
        known.addAll(variables(Files.readString(DEPLOY.resolve("image/start"))));
        assertThat(known).containsAll(variables(String.join(" ", env.keySet())));
    }

    @Test
    void aNodeCanBeConfiguredSo() {
        assertThatCode(() -> Bounds.check(config, ClientConfig.read(config), HttpConfig.read(config)))
                .doesNotThrowAnyException();
    }

    @Test
    void nodesListenWhereTheyAreLookedFor() {
        Config artery = config.getConfig("akka.remote.artery");
        assertThat(artery.getString("canonical.hostname")).isEqualTo("tournant-1.tournant-nodes");
        assertThat(artery.getString("bind.hostname")).isEqualTo("10.1.2.3");
        assertThat(artery.getInt("canonical.port")).isEqualTo(port("remoting"));
        assertThat(config.getString("akka.management.http.hostname")).isEqualTo("10.1.2.3");
        assertThat(config.getInt("akka.management.http.port")).isEqualTo(port("management"));
        assertThat(config.getString("tournant.http.host")).isEqualTo("10.1.2.3");
        assertThat(config.getInt("tournant.http.port")).isEqualTo(port("http"));
    }

    @Test
    void theFirstTwoPodsAreTheSeeds() {
        String name = set.at("metadata").text("name");
        String service = spec.text("serviceName");
        assertThat(Joining.seeds(config))
                .containsExactly(
                        name + "-0." + service + ":" + port("remoting"),
                        name + "-1." + service + ":" + port("remoting"));
        assertThat(spec.text("podManagementPolicy")).isEqualTo("Parallel");
        assertThat(manifests("tournant.yaml").stream()
                        .filter(each -> each.text("kind").equals("Service"))
                        .filter(each -> each.at("metadata").text("name").equals(service)))
                .allMatch(
                        each -> each.at("spec").get("publishNotReadyAddresses").equals(true))
                .hasSize(1);
    }

    @Test
    void probesAskForWhatManagementAnswers() {
        Config checks = config.getConfig("akka.management.health-checks");
        Yaml ready = node.at("readinessProbe");
        assertThat(ready.at("httpGet").text("path")).isEqualTo("/" + checks.getString("readiness-path"));
        assertThat(ready.number("timeoutSeconds"))
                .isGreaterThan((int) checks.getDuration("check-timeout").toSeconds());
        for (String probe : List.of("startupProbe", "livenessProbe")) {
            assertThat(node.at(probe).at("httpGet").text("path")).isEqualTo("/" + checks.getString("liveness-path"));
        }
    }

    @Test
    void aNodeThatEndsIsStartedAgainAndOneThatLeavesHasTheTimeForIt() {
        assertThat(pod.text("restartPolicy")).isEqualTo("Always");
        Config shutdown = config.getConfig("akka.coordinated-shutdown");
        Duration all = Duration.ZERO;
        for (String phase : shutdown.getObject("phases").keySet()) {
            String path = "phases." + phase + ".timeout";
            all = all.plus(shutdown.getDuration(shutdown.hasPath(path) ? path : "default-phase-timeout"));
        }
        assertThat(Duration.ofSeconds(pod.number("terminationGracePeriodSeconds")))
                .isGreaterThan(all);
    }

    @Test
    void theSetupRunsClassesThatThereAre() throws ClassNotFoundException {
        Yaml job = manifests("setup.yaml").get(0).at("spec").at("template").at("spec");
        List<Yaml> containers = new ArrayList<>(job.list("initContainers"));
        containers.addAll(job.list("containers"));
        for (Yaml each : containers) {
            Class<?> main = Class.forName(((List<?>) each.get("args")).get(0).toString());
            assertThat(Arrays.stream(main.getMethods()).map(method -> method.getName()))
                    .contains("main");
            assertThat(each.text("image")).isEqualTo(node.text("image"));
        }
        assertThat(((List<?>) containers.get(0).get("args")).get(1)).isEqualTo(env.get("TOURNANT_CASSANDRA"));
        assertThat(((List<?>) containers.get(1).get("args")).get(1)).isEqualTo(env.get("TOURNANT_KAFKA"));
    }
}
