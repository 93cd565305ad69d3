package dev.tournant.deploy.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tournant.cluster.ops.TopicSetup;
import dev.tournant.deploy.local.ChildProcess;
import dev.tournant.deploy.local.FreePorts;
import dev.tournant.deploy.local.LocalServices;
import dev.tournant.persistence.Schema;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pods of the StatefulSet without Kubernetes: each node has the environment that the manifest gives it, an address of its
 * own, and finds the others by the names of their pods.
 */
class KubernetesNodesTest {
    private static final int NODES = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern UP = Pattern.compile("\"status\":\"Up\"");

    @TempDir
    private Path folder;

    private final HttpClient web = HttpClient.newHttpClient();
    private final List<Integer> ports = FreePorts.pick(3);

    private static String address(int pod) {
        return "127.0.1." + (1 + pod);
    }

    private static String name(int pod) {
        return "tournant-" + pod;
    }

    private ChildProcess start(int pod) {
        Map<String, String> env = new LinkedHashMap<>(Manifests.environment(name(pod), address(pod)));
        env.put("TOURNANT_CASSANDRA", LocalServices.cassandra());
        env.put("TOURNANT_CASSANDRA_KEYSPACE", "kubernetes");
        env.put("TOURNANT_KAFKA", LocalServices.kafka());
        env.put("TOURNANT_CREDENTIALS_FILE", folder.resolve("credentials.conf").toString());
        // Those of the manifest may be taken on this machine.
        env.put("TOURNANT_PORT", ports.get(0).toString());
        env.computeIfPresent("TOURNANT_SEEDS", (seeds, all) -> all.replace(":25520", ":" + ports.get(0)));
        env.put("TOURNANT_MANAGEMENT_PORT", ports.get(1).toString());
        env.put("TOURNANT_HTTP_PORT", ports.get(2).toString());
        ChildProcess.Builder node = ChildProcess.named(name(pod))
                .ownClasspath()
                .mainClass(Main.class.getName())
                .jvmFlags("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto")
                .jvmFlags("--add-opens=java.base/java.nio=ALL-UNNAMED", "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED")
                .jvmFlags("-Djdk.net.hosts.file=" + folder.resolve("hosts"))
                .log(folder.resolve(name(pod) + ".log"));
        env.forEach(node::env);
        return node.start();
    }

    private String management(int pod, String path) {
        try {
            URI uri = URI.create("http://" + address(pod) + ":" + ports.get(1) + path);
            HttpResponse<String> answer =
                    web.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? answer.body() : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void awaitReady(int pod, ChildProcess node) {
        String path = Manifests.node().at("readinessProbe").at("httpGet").text("path");
        node.awaitReady(() -> !management(pod, path).isEmpty(), PATIENCE);
    }

    private void awaitAllUp() {
        await().atMost(PATIENCE)
                .until(() ->
                        UP.matcher(management(0, "/cluster/members/")).results().count() == NODES);
    }

    @Test
    void areOneClusterAndOneThatIsKilledComesBackUnderItsName() throws IOException, InterruptedException {
        LocalServices.startBoth();
        Schema.apply(LocalServices.cassandra(), "datacenter1", "kubernetes", 1);
        TopicSetup.make(LocalServices.kafka(), 4, (short) 1);
        Files.writeString(folder.resolve("credentials.conf"), "");
        StringBuilder hosts = new StringBuilder("127.0.0.1 localhost\n");
        String service = Manifests.statefulSet().at("spec").text("serviceName");
        for (int pod = 0; pod < NODES; pod++) {
            hosts.append(address(pod)).append(' ').append(name(pod) + "." + service + "\n");
        }
        Files.writeString(folder.resolve("hosts"), hosts);

        List<ChildProcess> nodes = new ArrayList<>();
        try {
            for (int pod = 0; pod < NODES; pod++) {
                nodes.add(start(pod));
            }
            for (int pod = 0; pod < NODES; pod++) {
                awaitReady(pod, nodes.get(pod));
            }
            awaitAllUp();
            assertThat(management(0, "/cluster/members/")).contains(name(1) + "." + service + ":" + ports.get(0));

            nodes.get(1).kill9();
            nodes.set(1, start(1));
            awaitReady(1, nodes.get(1));
            awaitAllUp();
        } finally {
            nodes.forEach(ChildProcess::close);
        }
    }
}
