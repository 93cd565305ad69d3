package dev.tournant.cluster.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.typesafe.config.ConfigFactory;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapters.square.SquareAdapter;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.Directory;
import dev.tournant.messages.DirectoryEntry;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Merchants;
import dev.tournant.messages.Outcome;
import dev.tournant.messages.Problem;
import dev.tournant.messages.Tally;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerName;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Currency;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** One chunk of a partition, without a broker. */
class IngestionTest {
    private static final ActorTestKit KIT =
            ActorTestKit.create(ConfigFactory.parseString("akka.actor.provider = local"));
    private static final PartnerName SQUARE = new PartnerName("square");
    private static final Link LINK = new Link(new LinkId("sq-1"), SQUARE, "M1", "L1", "main");
    private static final Map<PartnerName, Adapter> ADAPTERS = Map.of(SQUARE, new SquareAdapter());

    private static final long RECORD_BYTES_MAX = 10_000;
    private static final int QUARANTINE_BYTES_MAX = 12_000;

    private final FakeMerchants merchants = new FakeMerchants();
    private final List<ProducerRecord<String, byte[]>> quarantine = new ArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Ingestion ingestion = new Ingestion(
            KIT.system(),
            new IngestSettings(
                    "g",
                    4,
                    100,
                    1_000_000,
                    2,
                    1_000_000,
                    1_000_000,
                    RECORD_BYTES_MAX,
                    Duration.ofSeconds(1),
                    Duration.ofMillis(1),
                    Duration.ofMillis(4)),
            merchants,
            new NoDirectory(),
            new Quarantine(this::quarantine, "topic", KIT.system().executionContext()),
            new InboundReader(ADAPTERS, "topic", 1_000_000),
            new IngestMetrics(registry));

    private long offset;

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    /** A directory that knows nobody yet, as just after a start: the merchant itself is asked. */
    static final class NoDirectory implements Directory {
        @Override
        public Optional<Route> route(LinkId link) {
            return Optional.empty();
        }

        @Override
        public List<Route> routes(PartnerName partner, @Nullable String account, @Nullable String location) {
            return List.of();
        }

        @Override
        public List<DirectoryEntry> merchants(@Nullable MerchantId after, int limit) {
            return List.of();
        }

        @Override
        public int size() {
            return 0;
        }

        @Override
        public boolean isComplete() {
            return true;
        }
    }

    /** Answers what it was told to, and then "applied"; notes what it was given. */
    private static final class FakeMerchants implements Merchants {
        private final Deque<MerchantReply> first = new ArrayDeque<>();
        private final List<List<Long>> batches = new ArrayList<>();
        private final List<Integer> quarantinedBefore = new ArrayList<>();
        private IntSupplier quarantined = () -> 0;

        private static Outcome taken(Delivery delivery) {
            return delivery.unreadable().isEmpty()
                    ? Outcome.APPLIED
                    : Outcome.partly(Problem.UNREADABLE, delivery.unreadable());
        }

        @Override
        public synchronized CompletionStage<MerchantReply> tell(
                MerchantId merchant, MerchantCommand command, Duration within) {
            List<Delivery> deliveries = ((MerchantCommand.Absorb) command).deliveries();
            quarantinedBefore.add(quarantined.getAsInt());
            batches.add(
                    deliveries.stream().map(each -> each.position().offset()).toList());
            MerchantReply reply = first.isEmpty()
                    ? new MerchantReply.Absorbed(
                            deliveries.stream().map(FakeMerchants::taken).toList())
                    : first.remove();
            return CompletableFuture.completedFuture(reply);
        }

        @Override
        public CompletionStage<MerchantReply> ask(MerchantId merchant, MerchantQuery query, Duration within) {
            MerchantReply reply = merchant.value().equals("nobody")
                    ? new MerchantReply.Rejected(Problem.UNKNOWN_MERCHANT, "nobody")
                    : new MerchantReply.Merchant(
                            new MerchantProfile("M", Currency.getInstance("USD"), ZoneId.of("UTC"), List.of(LINK)),
                            1,
                            1,
                            Map.of(),
                            Tally.ZERO,
                            List.of());
            return CompletableFuture.completedFuture(reply);
        }
    }

    private ConsumerRecord<String, byte[]> record(@Nullable String key, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>(
                "tournant.inbound",
                0,
                offset++,
                0,
                TimestampType.CREATE_TIME,
                0,
                bytes.length,
                key,
                bytes,
                new RecordHeaders(),
                Optional.empty());
        record.headers().add("tournant-partner", "square".getBytes(StandardCharsets.UTF_8));
        record.headers().add("tournant-link", "sq-1".getBytes(StandardCharsets.UTF_8));
        return record;
    }

    private ConsumerRecord<String, byte[]> webhook(String merchant) {
        return record(
                merchant,
                "{\"merchant_id\":\"M1\",\"type\":\"catalog.version.updated\",\"event_id\":\"e" + offset
                        + "\",\"data\":{}}");
    }

    /** As Kafka does it, but with less room. */
    private CompletionStage<?> quarantine(ProducerRecord<String, byte[]> record) {
        if (record.value() != null && record.value().length > QUARANTINE_BYTES_MAX) {
            return CompletableFuture.failedFuture(new RecordTooLargeException("no room"));
        }
        quarantine.add(record);
        return CompletableFuture.completedFuture(Done.getInstance());
    }

    private void handle(List<ConsumerRecord<String, byte[]>> records) throws Exception {
        ingestion.handle(records).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private String problem(int index) {
        return header(index, "tournant-problem");
    }

    private String header(int index, String name) {
        return new String(quarantine.get(index).headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private double count(String outcome) {
        return registry.get("tournant.ingest.records")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    @Test
    void givesEachMerchantItsRecordsInOrderAndInBatches() throws Exception {
        handle(List.of(webhook("a"), webhook("b"), webhook("a"), webhook("a"), webhook("b")));
        assertThat(merchants.batches).containsExactlyInAnyOrder(List.of(0L, 2L), List.of(3L), List.of(1L, 4L));
        assertThat(merchants.batches.indexOf(List.of(0L, 2L))).isLessThan(merchants.batches.indexOf(List.of(3L)));
        assertThat(count("applied")).isEqualTo(5);
    }

    @Test
    void sendsABatchAgainUntilTheMerchantTakesItAndThenCompletes() throws Exception {
        merchants.first.add(new MerchantReply.SlowDown(1));
        merchants.first.add(new MerchantReply.Rejected(Problem.UNAVAILABLE, "late"));
        merchants.first.add(new MerchantReply.SlowDown(1));
        handle(List.of(webhook("a")));
        assertThat(merchants.batches).hasSize(4);
        assertThat(count("applied")).isEqualTo(1);
        assertThat(registry.get("tournant.ingest.pending").gauge().value()).isZero();
    }

    @Test
    void keepsApartWhatCannotBeReadOrApplied() throws Exception {
        handle(List.of(
                record("a", "garbage"), record(null, "{}"), webhook("nobody"), webhook("a"), record("bad key!", "{}")));
        assertThat(List.of(problem(0), problem(1), problem(2), problem(3)))
                .containsExactlyInAnyOrder("unreadable", "missing-key", "unknown-link", "unreadable");
        assertThat(count("applied")).isEqualTo(1);
        assertThat(count("quarantined")).isEqualTo(4);
    }

    @Test
    void carriesTheOriginalBytesAndItsPlaceIntoQuarantine() throws Exception {
        handle(List.of(record("a", "garbage")));
        ProducerRecord<String, byte[]> kept = quarantine.get(0);
        assertThat(kept.key()).isEqualTo("a");
        assertThat(new String(kept.value(), StandardCharsets.UTF_8)).isEqualTo("garbage");
        assertThat(new String(kept.headers().lastHeader("tournant-from").value(), StandardCharsets.UTF_8))
                .isEqualTo("topic/0@0");
        assertThat(kept.headers().lastHeader("tournant-partner")).isNotNull();
    }

    @Test
    void doesNotReadWhatIsLargerThanARecordMayBeWithoutCompression() throws Exception {
        handle(List.of(record("a", " ".repeat(10_001)), webhook("a")));
        assertThat(quarantine).hasSize(1);
        assertThat(problem(0)).isEqualTo("too-large");
        assertThat(header(0, "tournant-detail")).contains("10001", "10000", "tournant.kafka.message-bytes-max");
        assertThat(quarantine.get(0).value()).hasSize(10_001);
        assertThat(merchants.batches).containsExactly(List.of(1L));
    }

    @Test
    void namesWhatHasNoRoomInQuarantineAndGoesOn() throws Exception {
        offset = 7;
        handle(List.of(record("a", " ".repeat(12_001)), webhook("a")));
        ProducerRecord<String, byte[]> named = quarantine.get(0);
        assertThat(named.key()).isEqualTo("a");
        assertThat(named.value()).isNull();
        assertThat(problem(0)).isEqualTo("too-large");
        assertThat(header(0, "tournant-from")).isEqualTo("topic/0@7");
        assertThat(header(0, "tournant-bytes")).isEqualTo("12001");
        assertThat(header(0, "tournant-link")).isEqualTo("sq-1");
        assertThat(header(0, "tournant-detail")).contains("tournant.inbound, partition 0, offset 7", "12001 bytes");
        assertThat(count("quarantined")).isEqualTo(1);
        assertThat(count("applied")).isEqualTo(1);
    }

    @Test
    void quarantinesWhatTheMerchantRefusesAndThePartsThatItCouldNotUse() throws Exception {
        merchants.first.add(new MerchantReply.Absorbed(List.of(
                Outcome.quarantined(Problem.WRONG_CURRENCY, "item/x"),
                Outcome.partly(Problem.WRONG_CURRENCY, "item/y"))));
        handle(List.of(webhook("a"), webhook("a")));
        assertThat(quarantine).hasSize(2);
        assertThat(count("applied")).isEqualTo(1);
        assertThat(count("quarantined")).isEqualTo(1);
    }

    @Test
    void givesAMerchantNoMoreBeforeWhatItRefusedIsInQuarantine() throws Exception {
        merchants.quarantined = quarantine::size;
        Outcome no = Outcome.quarantined(Problem.WRONG_CURRENCY, "item/x");
        merchants.first.add(new MerchantReply.Absorbed(List.of(no, no)));
        handle(List.of(webhook("a"), webhook("a"), webhook("a")));
        assertThat(merchants.batches).hasSize(2);
        assertThat(merchants.quarantinedBefore).containsExactly(0, 2);
    }

    @Test
    void failsSoThatNothingIsCommittedWhenAMerchantAnswersNonsense() {
        merchants.first.add(new MerchantReply.Done(1, false));
        assertThatThrownBy(() -> handle(List.of(webhook("a")))).hasMessageContaining("answered a batch");
        assertThat(registry.get("tournant.ingest.pending").gauge().value()).isZero();
        double abandoned = registry.get("tournant.ingest.abandoned").counter().count();
        assertThat(abandoned).isEqualTo(1);
        double settled = count("applied") + count("duplicate") + count("quarantined") + count("redelivered");
        assertThat(registry.get("tournant.ingest.received").counter().count()).isEqualTo(settled + abandoned);
    }
}
