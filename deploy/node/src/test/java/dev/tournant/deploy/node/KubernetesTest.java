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
import dev.tournant.deploy.node.Manifests.Yaml;
import dev.tournant.http.client.ClientConfig;
import dev.tournant.http.server.HttpConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the manifests for Kubernetes say of a node is what the node makes of it. */
class KubernetesTest {
    private final Yaml set = Manifests.statefulSet();
    private final Yaml spec = set.at("spec");
    private final Yaml pod = spec.at("template").at("spec");
    private final Yaml node = Manifests.node();
    private final Map<String, String> env = Manifests.environment("tournant-1", "10.1.2.3");
    private final Config config = configured(env);

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
        List<String> known = new ArrayList<>(variables(Files.readString(Manifests.DEPLOY.resolve("README.md"))));
        known.addAll(variables(Files.readString(Manifests.DEPLOY.resolve("image/start"))));
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
        assertThat(Manifests.read("tournant.yaml").stream()
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
        Yaml job = Manifests.read("setup.yaml").get(0).at("spec").at("template").at("spec");
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
