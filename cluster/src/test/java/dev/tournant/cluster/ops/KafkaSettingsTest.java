package dev.tournant.cluster.ops;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {
    @Test
    void refusesAnInboxThatHasNoRoomForTheLargestRecord() {
        ActorTestKit kit = ActorTestKit.create(ConfigFactory.parseString("""
                        akka.actor.provider = local
                        akka.coordinated-shutdown.exit-jvm = off
                        tournant.kafka.inbox-bytes-max = 12 MiB
                        """)
                .withFallback(ConfigFactory.parseResources("tournant-cluster.conf"))
                .withFallback(ConfigFactory.defaultReference())
                .resolve());
        try {
            assertThatThrownBy(() -> new KafkaSettings(kit.system()))
                    .hasMessageContaining("tournant.kafka.inbox-bytes-max")
                    .hasMessageContaining("12582912")
                    .hasMessageContaining("26214400 at least, 1 MiB above tournant.kafka.message-bytes-max");
        } finally {
            kit.shutdownTestKit();
        }
    }
}
