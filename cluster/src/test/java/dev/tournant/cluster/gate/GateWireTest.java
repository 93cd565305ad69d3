package dev.tournant.cluster.gate;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import com.typesafe.config.ConfigFactory;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.News;
import dev.tournant.cluster.gate.GateMessage.GateReply;
import dev.tournant.cluster.gate.GateMessage.How;
import dev.tournant.cluster.gate.GateMessage.Seen;
import dev.tournant.messages.PoolBoard;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What gates and their callers send between nodes, through Akka's own serialization as it is configured. */
class GateWireTest {
    private static final ActorTestKit KIT = ActorTestKit.create(ConfigFactory.parseString("""
            akka.remote.artery.canonical.port = 0
            akka.coordinated-shutdown.exit-jvm = off
            """)
            .withFallback(ConfigFactory.parseResources("tournant-cluster.conf"))
            .withFallback(ConfigFactory.defaultReference())
            .resolve());

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    static Stream<Object> messages() {
        ActorRef<GateReply> replyTo = KIT.<GateReply>createTestProbe().getRef();
        ActorRef<Seen> operator = KIT.<Seen>createTestProbe().getRef();
        ActorRef<Board.Held> board = KIT.<Board.Held>createTestProbe().getRef();
        PoolBoard.Pool pool = new PoolBoard.Pool(
                "potluck:calls:all",
                "potluck",
                "calls",
                "bucket",
                2,
                Duration.ofMillis(1500),
                40,
                7,
                3,
                Map.of("order", 1),
                9,
                new PoolBoard.Lowered(0, Instant.parse("2026-06-01T12:00:00Z"), "429"),
                "127.0.0.1:1");
        return Stream.of(
                new GateMessage.Ask(-7, 2, Lane.ORDER, 900, new Terms(2, 1_500_000_000L, 40), replyTo),
                new GateMessage.Ask(7, 0, Lane.RECONCILE, 1, new Terms(1, null, null), replyTo),
                new GateMessage.Ended(7, How.LOST, null),
                new GateMessage.Ended(
                        7, How.ANSWERED, new News(true, Duration.ofSeconds(30), 20, 0, Duration.ofMillis(1))),
                new GateMessage.Ended(7, How.ANSWERED, News.NONE),
                new GateMessage.Look(operator),
                new Seen(null),
                new Seen(pool),
                new GateReply.Granted(7, 1, 5000),
                new GateReply.Refused(7, 100, "full"),
                new Board.Names(null, 5, board),
                new Board.Names("a", 5, board),
                new Board.Holds("a", board),
                new Board.Held(List.of("a", "b")));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void arrivesAsItWasSent(Object message) {
        KIT.serializationTestKit().verifySerialization(message, true);
    }
}
