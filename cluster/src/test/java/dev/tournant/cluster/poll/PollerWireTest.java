package dev.tournant.cluster.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.serialization.SerializationExtension;
import akka.serialization.Serializer;
import akka.serialization.SerializerWithStringManifest;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.typesafe.config.ConfigFactory;
import dev.tournant.cluster.merchant.ReadPlan.FirstRead;
import dev.tournant.cluster.merchant.ReadPlan.Importance;
import dev.tournant.cluster.merchant.ReadPlan.Trouble;
import dev.tournant.cluster.merchant.ReadPlan.Why;
import dev.tournant.cluster.poll.PollerMessage.Feed;
import dev.tournant.messages.FreshnessBoard;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.PartnerName;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What pollers are told and answer, through Akka's own serialization as it is configured. */
class PollerWireTest {
    private static final ActorTestKit KIT = ActorTestKit.create(ConfigFactory.parseString("""
            akka.remote.artery.canonical.port = 0
            akka.coordinated-shutdown.exit-jvm = off
            """)
            .withFallback(ConfigFactory.parseResources("tournant-cluster.conf"))
            .withFallback(ConfigFactory.defaultReference())
            .resolve());

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00.123Z");
    private static final MerchantId MERCHANT = new MerchantId("grill");
    private static final Feed FEED = new Feed(new LinkId("sq-1"), new PartnerName("square"), "catalog");

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private static FreshnessBoard.Pool pool() {
        FreshnessBoard.Sort sort = new FreshnessBoard.Sort(
                "square",
                "catalog",
                9,
                1,
                5,
                3,
                2,
                0.9,
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(9),
                Duration.ofMillis(11_500),
                Duration.ofMinutes(30),
                0,
                0.95,
                0.4,
                12,
                0.8,
                0.7,
                true);
        return new FreshnessBoard.Pool(
                "p", 9, 2.5, 0.9, 0.95, 0.947, 0.01, 0.2, 1, 2, 1, 10, null, null, List.of(sort));
    }

    static Stream<Object> messages() {
        FreshnessBoard.Resource resource = new FreshnessBoard.Resource(
                FEED.link(),
                "catalog",
                "p",
                "new",
                false,
                null,
                1,
                0.5,
                2,
                NOW,
                1.5,
                0.9,
                0.8,
                0.99,
                0,
                new FreshnessBoard.FirstRead(3, NOW));
        return Stream.of(
                new PollerMessage.Has(MERCHANT, List.of(FEED), Double.POSITIVE_INFINITY, -18_000),
                new PollerMessage.Wanted(MERCHANT, FEED, 5, Why.SIGNAL, NOW, 19_800, 7),
                new PollerMessage.Wanted(MERCHANT, FEED, 5, Why.OURS, NOW, 19_800, 0),
                new PollerMessage.Read(MERCHANT, FEED, NOW, true, 4, new Importance(1, NOW, 0.25)),
                new PollerMessage.Covered(MERCHANT, FEED, NOW),
                new PollerMessage.Broke(MERCHANT, FEED, Trouble.UNAUTHORISED, null),
                new PollerMessage.Gone(MERCHANT, FEED.link(), "catalog"),
                new PollerMessage.Reading(MERCHANT, FEED, null),
                new PollerMessage.Reading(MERCHANT, FEED, new FirstRead(3, NOW, Duration.ofMillis(6_667))),
                new PollerMessage.Reading(MERCHANT, FEED, new FirstRead(0, null, Duration.ZERO)),
                new PollerMessage.Refresh(
                        MERCHANT,
                        FEED.link(),
                        KIT.<PollerMessage.Refreshed>createTestProbe().ref()),
                new PollerMessage.Refreshed(3),
                new PollerMessage.Look(KIT.<PollerMessage.Seen>createTestProbe().ref()),
                new PollerMessage.Seen(pool()),
                new PollerMessage.Seen(null),
                new PollerMessage.LookAt(
                        MERCHANT,
                        Set.of(FEED.link()),
                        KIT.<PollerMessage.SeenOf>createTestProbe().ref()),
                new PollerMessage.SeenOf(List.of(resource)),
                new PollerMessage.Suppose(
                        new FreshnessBoard.Supposition(null, 2, false),
                        KIT.<PollerMessage.Supposed>createTestProbe().ref()),
                new PollerMessage.Supposed(new FreshnessBoard.Outlook(5, 0.8, 0.85, Duration.ofSeconds(7), 0.02)));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void arrivesAsItWasSent(Object message) {
        KIT.serializationTestKit().verifySerialization(message, true);
    }

    /** A message as a node of another version may write it, read by this one. */
    private static <T> T rewritten(Object message, Class<T> type, Consumer<ObjectNode> as) throws IOException {
        Serializer serializer = SerializationExtension.get(KIT.system()).findSerializerFor(message);
        ObjectMapper cbor = new ObjectMapper(new CBORFactory());
        ObjectNode tree = (ObjectNode) cbor.readTree(serializer.toBinary(message));
        as.accept(tree);
        byte[] bytes = cbor.writeValueAsBytes(tree);
        return type.cast(((SerializerWithStringManifest) serializer)
                .fromBinary(bytes, ((SerializerWithStringManifest) serializer).manifest(message)));
    }

    @Test
    void aReasonThatOnlyNewerVersionsKnowIsReadSoonAndTeachesNothing() throws Exception {
        PollerMessage.Wanted wanted = new PollerMessage.Wanted(MERCHANT, FEED, 5, Why.SIGNAL, NOW, 0, 7);

        assertThat(rewritten(wanted, PollerMessage.Wanted.class, tree -> tree.put("why", "RUMOUR")))
                .isEqualTo(new PollerMessage.Wanted(MERCHANT, FEED, 5, Why.OURS, NOW, 0, 7));
        PollerMessage.Broke broke = new PollerMessage.Broke(MERCHANT, FEED, Trouble.CROWDED, NOW);
        assertThat(rewritten(broke, PollerMessage.Broke.class, tree -> tree.put("trouble", "FROZEN")))
                .isEqualTo(new PollerMessage.Broke(MERCHANT, FEED, Trouble.FAILED, NOW));
    }

    @Test
    void whatOtherVersionsSayMoreOrLessOfIsUnderstood() throws Exception {
        PollerMessage.Reading reading = new PollerMessage.Reading(MERCHANT, FEED, new FirstRead(3, NOW, Duration.ZERO));

        assertThat(rewritten(reading, PollerMessage.Reading.class, tree -> tree.remove("first")))
                .isEqualTo(new PollerMessage.Reading(MERCHANT, FEED, null));
        assertThat(rewritten(reading, PollerMessage.Reading.class, tree -> tree.put("lane", "menu")))
                .isEqualTo(reading);
        PollerMessage.Seen older = rewritten(
                new PollerMessage.Seen(pool()),
                PollerMessage.Seen.class,
                tree -> ((ObjectNode) tree.at("/pool/sorts/0")).remove(List.of("parked", "held")));
        assertThat(Objects.requireNonNull(older.pool()).sorts())
                .extracting(FreshnessBoard.Sort::failing, FreshnessBoard.Sort::parked, FreshnessBoard.Sort::held)
                .containsExactly(tuple(5, 0, 0));
    }
}
