package dev.tournant.cluster.merchant;

import static dev.tournant.cluster.merchant.MerchantFixture.LINK;
import static dev.tournant.cluster.merchant.MerchantFixture.WITHIN;
import static dev.tournant.cluster.merchant.MerchantFixture.join;
import static dev.tournant.cluster.merchant.MerchantFixture.summary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import akka.kafka.javadsl.SendProducer;
import dev.tournant.adapter.Adapter;
import dev.tournant.cluster.LocalNode;
import dev.tournant.cluster.ingest.Ingest;
import dev.tournant.cluster.ingest.IngestMetrics;
import dev.tournant.cluster.ingest.IngestSettings;
import dev.tournant.cluster.ingest.KafkaInbox;
import dev.tournant.cluster.ingest.KafkaReplays;
import dev.tournant.cluster.ops.KafkaSettings;
import dev.tournant.cluster.ops.TopicSetup;
import dev.tournant.cluster.publish.KafkaDirectory;
import dev.tournant.deploy.local.LocalServices;
import dev.tournant.messages.Declined;
import dev.tournant.messages.Inbound;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Replays;
import dev.tournant.messages.Replays.Rehearsed;
import dev.tournant.messages.Tally;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.PartnerName;
import dev.tournant.model.RecordKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Raw input on real Kafka, read again after its adapter was corrected. */
class ReplayOnKafkaTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final PartnerName SQUARE = new PartnerName("square");

    private static final Jotter ADAPTER = new Jotter();

    private static LocalNode node;
    private static ShardedMerchants merchants;
    private static KafkaSettings kafka;
    private static KafkaInbox inbox;
    private static KafkaReplays replays;

    @BeforeAll
    static void start() throws InterruptedException {
        LocalServices.startBoth();
        TopicSetup.make(LocalServices.kafka(), 4, (short) 1);
        node = LocalNode.on(
                LocalNode.fresh("replay"),
                "tournant.kafka.servers = \"" + LocalServices.kafka() + "\"\ntournant.replay.read-within = 20s");
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        merchants = MerchantFixture.start(node);
        kafka = new KafkaSettings(node.system());
        SendProducer<String, byte[]> producer = kafka.producer();
        inbox = new KafkaInbox(node.system(), producer, 10_000_000, registry);
        Map<PartnerName, Adapter> adapters = Map.of(SQUARE, ADAPTER);
        Ingest.start(
                node.system(),
                kafka,
                IngestSettings.of(node.system().settings().config()),
                merchants,
                KafkaDirectory.start(node.system(), kafka, registry),
                adapters,
                producer,
                new IngestMetrics(registry));
        replays = new KafkaReplays(node.system(), kafka, merchants, adapters, inbox);
    }

    @AfterAll
    static void stop() {
        node.close();
        kafka.close();
    }

    private static void send(MerchantId merchant, String text) {
        join(inbox.append(new Inbound(
                merchant,
                SQUARE,
                LINK,
                Inbound.Source.WEBHOOK,
                Instant.now(),
                "",
                null,
                text.getBytes(StandardCharsets.UTF_8))));
    }

    private static String name(MerchantId merchant, String item) {
        MerchantReply.OneRecord found = (MerchantReply.OneRecord)
                join(merchants.ask(merchant, new MerchantQuery.OneRecord(RecordKey.of(Kind.ITEM, item)), WITHIN));
        return found.value() == null ? "nothing" : found.value().get(Item.NAME).orElse("none");
    }

    private static void awaitTally(MerchantId merchant, long applied, long duplicate, long quarantined) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(summary(merchants, merchant).tally())
                        .isEqualTo(new Tally(applied, duplicate, quarantined)));
    }

    @Test
    void showsWhatACorrectedAdapterWouldChangeAndThenChangesThat() {
        MerchantId merchant = MerchantFixture.merchant(merchants, LocalNode.fresh("grill"));
        Instant from = Instant.now().minusSeconds(60);
        send(merchant, "e1 1 tea thé");
        send(merchant, "e1 1 tea thé");
        send(merchant, "e2 5 cake gâteau");
        send(merchant, "e3 2 soup");
        send(merchant, "e4 9 cake cake");
        awaitTally(merchant, 3, 1, 0);
        Replays.Wanted wanted = new Replays.Wanted(merchant, LINK, from, false, "request-1");
        Replays.Wanted aside = new Replays.Wanted(merchant, LINK, from, true, "request-2");
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(join(replays.rehearse(aside)).read().records())
                                .isEqualTo(1));

        assertThat(join(replays.rehearse(wanted)).readable().changed()).isEmpty();
        ADAPTER.correct();
        Rehearsed would = join(replays.rehearse(wanted));

        assertThat(would.read().records()).isEqualTo(5);
        assertThat(would.read().cut()).isNull();
        assertThat(would.unreadableCount()).isZero();
        assertThat(would.readable().changed())
                .extracting(
                        each -> each.becomes().key().id().value(),
                        each -> each.was() == null
                                ? "unknown"
                                : each.was().fields().get(Item.NAME),
                        each -> each.becomes().fields().get(Item.NAME))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("soup", "unknown", "soup"),
                        org.assertj.core.groups.Tuple.tuple("tea", "th?", "thé"));
        assertThat(name(merchant, "tea")).isEqualTo("th?");

        assertThat(join(replays.put(wanted)).read().records()).isEqualTo(5);
        awaitTally(merchant, 8, 1, 0);
        assertThat(name(merchant, "tea")).isEqualTo("thé");
        assertThat(name(merchant, "soup")).isEqualTo("soup");
        assertThat(name(merchant, "cake")).isEqualTo("cake");

        // What a replay put there is not read by the next one, and there is nothing left to change.
        Rehearsed after = join(replays.rehearse(wanted));
        assertThat(after.read().records()).isEqualTo(5);
        assertThat(after.readable().changed()).isEmpty();

        assertThat(join(replays.put(aside)).read().records()).isEqualTo(1);
        awaitTally(merchant, 9, 1, 0);
    }

    @Test
    void readsNothingOfATimeToComeAndRefusesLinksThatAreNotThere() {
        MerchantId merchant = MerchantFixture.merchant(merchants, LocalNode.fresh("bar"));
        Instant later = Instant.now().plusSeconds(3_600);
        Rehearsed would = join(replays.rehearse(new Replays.Wanted(merchant, LINK, later, false, "r")));
        assertThat(would.read()).isEqualTo(new Replays.Extent(0, 0, null, null));
        assertThatThrownBy(() ->
                        join(replays.rehearse(new Replays.Wanted(merchant, new LinkId("sq-9"), later, false, "r"))))
                .hasCauseInstanceOf(Declined.class)
                .hasMessageContaining("sq-9");
    }
}
