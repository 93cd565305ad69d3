package dev.tournant.cluster.publish;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tournant.messages.Directory;
import dev.tournant.messages.DirectoryEntry;
import dev.tournant.messages.Json;
import dev.tournant.messages.Topics;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerName;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class KafkaDirectoryTest {
    private static final LinkId LINK = new LinkId("sq-1");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final KafkaDirectory directory = new KafkaDirectory(registry);
    private final Logger logger = (Logger) LoggerFactory.getLogger(LinkConflicts.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    private static ConsumerRecord<String, byte[]> entry(
            int partition, long offset, String merchant, long revision, String... links) {
        MerchantProfile profile = new MerchantProfile(
                merchant,
                Currency.getInstance("USD"),
                ZoneId.of("America/New_York"),
                Stream.of(links)
                        .map(id -> new Link(new LinkId(id), new PartnerName("square"), merchant, null, "main"))
                        .toList());
        try {
            byte[] value =
                    Json.text().writeValueAsBytes(new DirectoryEntry(new MerchantId(merchant), revision, profile));
            return new ConsumerRecord<>(Topics.MERCHANTS, partition, offset, merchant, value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void starts(long... ends) {
        Map<TopicPartition, Long> all = new HashMap<>();
        for (int i = 0; i < ends.length; i++) {
            all.put(new TopicPartition(Topics.MERCHANTS, i), ends[i]);
        }
        directory.expect(all);
    }

    private static String holder(Directory directory) {
        return directory
                .route(LINK)
                .map(route -> route.merchant().value() + " " + route.link().account())
                .orElse("nobody");
    }

    private List<String> logged() {
        return log.list.stream()
                .map(each -> each.getLevel() + " " + each.getFormattedMessage())
                .toList();
    }

    private double contested() {
        return registry.get(LinkConflicts.CONTESTED).gauge().value();
    }

    @Test
    void isCompleteWhenAllThatStoodThereIsReadAndTakenIn() {
        assertThat(directory.isComplete()).isFalse();
        starts(2, 0, 1);
        directory.apply(entry(0, 0, "bay", 1));
        directory.apply(entry(2, 0, "ash", 1));
        assertThat(directory.isComplete()).isFalse();
        directory.apply(entry(0, 1, "elm", 1, "sq-1"));

        assertThat(directory.isComplete()).isTrue();
        assertThat(directory.size()).isEqualTo(3);
        assertThat(holder(directory)).isEqualTo("elm elm");
    }

    @Test
    void passesOverWhatIsNoEntryAndWhatIsOld() {
        starts(3);
        directory.apply(entry(0, 0, "ash", 5, "sq-1"));
        directory.apply(entry(0, 1, "ash", 4));
        directory.apply(
                new ConsumerRecord<>(Topics.MERCHANTS, 0, 2, "ash", "nonsense".getBytes(StandardCharsets.UTF_8)));

        assertThat(directory.isComplete()).isTrue();
        assertThat(holder(directory)).isEqualTo("ash ash");
    }

    /** Three partitions with an order each; nodes meet them in every order, before and after compaction. */
    @Test
    void givesAContestedLinkToTheSameMerchantWhateverIsReadFirst() {
        List<ConsumerRecord<String, byte[]>> bay = List.of(entry(0, 0, "bay", 1, "sq-1"), entry(0, 1, "bay", 2));
        List<ConsumerRecord<String, byte[]>> elm = List.of(entry(1, 0, "elm", 1), entry(1, 1, "elm", 3, "sq-1"));
        List<ConsumerRecord<String, byte[]>> oak = List.of(entry(2, 0, "oak", 1, "sq-1"));
        for (List<List<ConsumerRecord<String, byte[]>>> order : List.of(
                List.of(bay, elm, oak),
                List.of(bay, oak, elm),
                List.of(elm, bay, oak),
                List.of(elm, oak, bay),
                List.of(oak, bay, elm),
                List.of(oak, elm, bay))) {
            KafkaDirectory whole = new KafkaDirectory(new SimpleMeterRegistry());
            KafkaDirectory compacted = new KafkaDirectory(new SimpleMeterRegistry());
            order.forEach(partition -> partition.forEach(whole::apply));
            order.forEach(partition -> compacted.apply(partition.get(partition.size() - 1)));

            assertThat(holder(whole)).isEqualTo("elm elm");
            assertThat(holder(compacted)).isEqualTo("elm elm");
        }
    }

    @Test
    void fallsBackToTheOtherMerchantWhenTheFirstDropsTheLink() {
        starts(0);
        directory.apply(entry(0, 0, "bay", 1, "sq-1"));
        directory.apply(entry(0, 1, "ash", 1, "sq-1"));
        assertThat(holder(directory)).isEqualTo("ash ash");

        directory.apply(entry(0, 2, "ash", 2));

        assertThat(holder(directory)).isEqualTo("bay bay");
    }

    @Test
    void tellsOfAConflictOnceWithWhatToDoAndOfItsEnd() {
        starts(0);
        directory.apply(entry(0, 0, "bay", 1, "sq-1"));
        assertThat(logged()).isEmpty();
        directory.apply(entry(0, 1, "ash", 1, "sq-1"));
        directory.apply(entry(0, 2, "ash", 2, "sq-1"));
        // The stream broke and begins again.
        directory.apply(entry(0, 0, "bay", 1, "sq-1"));
        directory.apply(entry(0, 1, "ash", 1, "sq-1"));

        assertThat(logged()).hasSize(1);
        assertThat(logged().get(0))
                .startsWith("WARN link sq-1 is claimed by 2 merchants (ash, bay); its webhooks go to ash")
                .contains("Take the link out of the profiles of the others", "PUT /v1/merchants/{id}");
        assertThat(contested()).isEqualTo(1);

        directory.apply(entry(0, 3, "bay", 2));

        assertThat(logged().subList(1, logged().size()))
                .containsExactly("INFO link sq-1 is no longer claimed by several merchants, but by ash");
        assertThat(contested()).isZero();
    }

    @Test
    void saysNothingOfALinkThatChangedHandsBeforeTheStart() {
        starts(2, 1);
        directory.apply(entry(0, 0, "ash", 1, "sq-1"));
        directory.apply(entry(1, 0, "bay", 1, "sq-1"));
        directory.apply(entry(0, 1, "ash", 2));

        assertThat(holder(directory)).isEqualTo("bay bay");
        assertThat(logged()).isEmpty();
    }

    @Test
    void tellsOfTheConflictsThatStandAtTheStart() {
        starts(1, 1);
        directory.apply(entry(0, 0, "ash", 1, "sq-1"));
        directory.apply(entry(1, 0, "bay", 1, "sq-1", "sq-2"));

        assertThat(logged()).hasSize(1);
        assertThat(contested()).isEqualTo(1);
    }

    @Test
    void keepsTheLineShortHoweverManyClaimALink() {
        starts(20);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            names.add("merchant-" + (char) ('a' + i));
            directory.apply(entry(0, i, names.get(i), 1, "sq-1"));
        }

        assertThat(logged()).hasSize(1);
        assertThat(logged().get(0))
                .contains("claimed by 20 merchants", names.get(9) + ", …")
                .doesNotContain(names.get(10));
    }
}
