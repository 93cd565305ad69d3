package dev.tournant.deploy.node;

import akka.actor.ActorSystem;
import dev.tournant.cluster.ops.KafkaClient;
import dev.tournant.messages.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;
import scala.runtime.AbstractFunction0;

/**
 * Ready only while Kafka answers and has the inbound topic. Asked by Akka Management, which names a check that fails by its
 * class: that of a Java supplier would be one that it generates.
 */
public final class KafkaCheck extends AbstractFunction0<Future<Object>> {
    private static final int WITHIN_MILLIS = 2_000;

    private final Admin admin;

    /** Called by Akka Management. */
    public KafkaCheck(ActorSystem system) {
        this.admin = KafkaClient.of(system.settings().config())
                .open(Map.of(
                        AdminClientConfig.CLIENT_ID_CONFIG,
                        "ready-check",
                        // A description asks for the cluster first, and that goes by these and not by the options of
                        // the
                        // call.
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        Integer.toString(WITHIN_MILLIS),
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        Integer.toString(WITHIN_MILLIS)));
        // What is still asked of a Kafka that does not answer must not hold up the end of the node.
        system.registerOnTermination(() -> admin.close(Duration.ofMillis(WITHIN_MILLIS)));
    }

    @Override
    public Future<Object> apply() {
        return FutureConverters.asScala(
                admin.describeTopics(List.of(Topics.INBOUND), new DescribeTopicsOptions().timeoutMs(WITHIN_MILLIS))
                        .allTopicNames()
                        .toCompletionStage()
                        .handle((topics, failure) -> failure == null));
    }
}
