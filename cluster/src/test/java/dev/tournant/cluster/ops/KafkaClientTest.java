package dev.tournant.cluster.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import dev.tournant.persistence.NodeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaClientTest {
    private static final String JAAS =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"node\" password=\"kept=secret\";";
    private static final Map<String, String> SECURED = Map.of(
            "security.protocol", "SASL_SSL",
            "sasl.mechanism", "PLAIN",
            "sasl.jaas.config", JAAS,
            "ssl.enabled.protocols", "TLSv1.3,TLSv1.2");
    private static final String SECTION = """
            tournant.kafka.servers = "127.0.0.1:1"
            tournant.kafka.client {
              security.protocol = SASL_SSL
              "sasl.mechanism" = PLAIN
              sasl.jaas.config = %s
              ssl.enabled.protocols = [TLSv1.3, TLSv1.2]
            }
            """.formatted(ConfigUtil.quoteString(JAAS));

    private static Config config(String text) {
        return ConfigFactory.parseString(text)
                .withFallback(ConfigFactory.parseResources("tournant-cluster.conf"))
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
    }

    private static ActorTestKit kit(Config config) {
        return ActorTestKit.create(ConfigFactory.parseString("""
                        akka.actor.provider = local
                        akka.coordinated-shutdown.exit-jvm = off
                        """).withFallback(config));
    }

    private static Config withFile(Path file, String... lines) throws IOException {
        Files.writeString(file, String.join("\n", lines));
        return config(KafkaClient.FILE + " = " + ConfigUtil.quoteString(file.toString()));
    }

    @Test
    void everyClientOfANodeHasWhatIsSaidOfClients() {
        ActorTestKit kit = kit(config(SECTION));
        try (KafkaSettings settings = new KafkaSettings(kit.system())) {
            Map<String, Object> expected = new HashMap<>(SECURED);
            expected.put("bootstrap.servers", "127.0.0.1:1");

            assertThat(settings.consumer("group").getProperties())
                    .containsAllEntriesOf(expected)
                    .containsEntry("group.id", "group");
            assertThat(settings.producerSettings().getProperties())
                    .containsAllEntriesOf(expected)
                    .containsEntry("acks", "all");
            assertThat(KafkaClient.of(config(SECTION)).admin(Map.of("client.id", "own")))
                    .containsAllEntriesOf(expected)
                    .containsEntry("client.id", "own");
        } finally {
            kit.shutdownTestKit();
        }
    }

    @Test
    void clientsAreOpenedWithIt() {
        // Kafka names what it does not know when a client is made, before it connects.
        Config config = config("tournant.kafka.client.security.protocol = NONSENSE");
        KafkaClient client = KafkaClient.of(config);
        ActorTestKit kit = kit(config);
        try {
            assertThatThrownBy(() -> new KafkaSettings(kit.system()))
                    .isInstanceOf(KafkaException.class)
                    .hasStackTraceContaining("NONSENSE");
            assertThatThrownBy(() -> TopicSetup.make(client, 1, (short) 1))
                    .isInstanceOf(KafkaException.class)
                    .hasStackTraceContaining("NONSENSE");
        } finally {
            kit.shutdownTestKit();
        }
    }

    @Test
    void topicSetupHasItForTheBrokersThatItIsGiven() {
        assertThat(KafkaClient.of(config(SECTION)).at("other:9093").admin(Map.of()))
                .containsAllEntriesOf(SECURED)
                .containsEntry("bootstrap.servers", "other:9093");
    }

    @Test
    void aFileOfKafkasOwnFormGoesOverTheSection(@TempDir Path folder) throws IOException {
        Config config = withFile(
                        folder.resolve("client.properties"),
                        "# as for kafka-topics.sh --command-config",
                        "security.protocol=SSL",
                        "sasl.jaas.config=" + JAAS)
                .withFallback(config(SECTION));
        Config both = ConfigFactory.parseString(SECTION).withFallback(config);

        assertThat(KafkaClient.of(both).producer(1, 1))
                .containsEntry("security.protocol", "SSL")
                .containsEntry("sasl.jaas.config", JAAS)
                .containsEntry("sasl.mechanism", "PLAIN");
    }

    @Test
    void aFileThatIsNotThereIsNamed(@TempDir Path folder) {
        String missing = folder.resolve("missing").toString();
        assertThatThrownBy(() -> KafkaClient.of(config(KafkaClient.FILE + " = " + ConfigUtil.quoteString(missing))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(KafkaClient.FILE)
                .hasMessageContaining(missing);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"acks", "bootstrap.servers", "group.id", "enable.auto.commit", "partitioner.class", "retries"})
    void whatTheNodeSetsItselfIsRefused(String property, @TempDir Path folder) throws IOException {
        Config section = config(KafkaClient.CLIENT + "." + property + " = 1");
        assertThatThrownBy(() -> KafkaClient.of(section))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(KafkaClient.CLIENT)
                .hasMessageContaining(property);

        Config file = withFile(folder.resolve("client.properties"), property + "=1");
        assertThatThrownBy(() -> KafkaClient.of(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(KafkaClient.FILE)
                .hasMessageContaining(property);
    }

    @Test
    void noValueIsShown() {
        assertThat(KafkaClient.of(config(SECTION)))
                .asString()
                .contains("sasl.jaas.config")
                .doesNotContain("secret");
    }

    @Test
    void theFileOfSecretsMaySetIt(@TempDir Path folder) throws IOException {
        Path secrets = folder.resolve("secrets.conf");
        Files.writeString(secrets, SECTION);
        Config config = NodeConfig.load(secrets.toString()).withFallback(config(""));
        assertThat(KafkaClient.of(config).consumer("group", 1)).containsAllEntriesOf(SECURED);
    }
}
