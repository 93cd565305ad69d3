package dev.tournant.deploy.node;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.tournant.http.client.ClientConfig;
import dev.tournant.http.server.HttpConfig;
import org.junit.jupiter.api.Test;

/** Bounds that must agree, as they are shipped and as somebody may set them. */
class BoundsTest {
    private static void check(String overrides) {
        Config config = ConfigFactory.parseString(overrides)
                .withFallback(ConfigFactory.parseResources("application.conf"))
                .withFallback(ConfigFactory.defaultReference())
                .resolve();
        Bounds.check(config, ClientConfig.read(config), HttpConfig.read(config));
    }

    @Test
    void areShippedSoThatTheyAgree() {
        assertThatCode(() -> check("")).doesNotThrowAnyException();
    }

    @Test
    void namesBothSettingsOfAnAnswerThatKafkaWouldNeverTake() {
        assertThatThrownBy(() -> check("tournant.client.partners.toast.answer-bytes-max = 24 MiB"))
                .hasMessageContaining("tournant.client.partners.toast.answer-bytes-max is 25165824 bytes")
                .hasMessageContaining("1 MiB below tournant.kafka.message-bytes-max (now at most 24117248)");
        assertThatCode(() -> check("tournant.client.partners.toast.answer-bytes-max = 23 MiB"))
                .doesNotThrowAnyException();
    }

    @Test
    void namesBothSettingsOfAWebhookThatKafkaWouldNeverTake() {
        assertThatThrownBy(() -> check("tournant.kafka.message-bytes-max = 4 MiB\n"
                        + "tournant.client.partner-else.answer-bytes-max = 1 MiB"))
                .hasMessageContaining("tournant.http.hook-bytes-max is 4194304 bytes")
                .hasMessageContaining("tournant.kafka.message-bytes-max");
    }
}
