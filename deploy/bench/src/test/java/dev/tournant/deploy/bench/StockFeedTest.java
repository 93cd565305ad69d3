package dev.tournant.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.adapters.square.SquareAdapter;
import dev.tournant.messages.Inbound;
import dev.tournant.model.Item;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class StockFeedTest {
    @Test
    void writesWebhooksThatTheAdapterReads() throws Inbound.Malformed {
        StockFeed feed = new StockFeed(1, 1, false);
        ProducerRecord<String, byte[]> record = feed.next();
        Map<String, String> headers = new HashMap<>();
        record.headers().forEach(each -> headers.put(each.key(), new String(each.value(), StandardCharsets.UTF_8)));
        Inbound inbound = Inbound.read(record.key(), headers, record.value(), Instant.EPOCH);
        Reading reading = new SquareAdapter()
                .read(new Payload(
                        StockFeed.link(0), Currency.getInstance("USD"), null, inbound.receivedAt(), inbound.body()));

        assertThat(record.value().length).isBetween(200, 600);
        assertThat(reading.unreadable()).isEmpty();
        assertThat(reading.events())
                .singleElement()
                .satisfies(event -> assertThat(event.deltas()).singleElement().satisfies(delta -> {
                    assertThat(delta.key().id().value()).isEqualTo(StockFeed.item(0));
                    assertThat(delta.fields().get(Item.QUANTITY)).isEqualByComparingTo("1");
                }));
        assertThat(feed.last(0, 0)).isEqualTo(1);
    }

    @Test
    void saysTheSameEachTime() {
        StockFeed one = new StockFeed(20, 5, true);
        StockFeed other = new StockFeed(20, 5, true);
        for (int i = 0; i < 100; i++) {
            assertThat(one.next().value()).isEqualTo(other.next().value());
        }
    }

    @Test
    void speaksOfTheFirstMerchantsMostWhereAskedTo() {
        assertThat(StockFeed.shares(4, false)).containsExactly(0.25, 0.5, 0.75, 1);
        double[] zipf = StockFeed.shares(3, true);
        assertThat(zipf[0]).isCloseTo(6 / 11.0, within(1e-9));
        assertThat(zipf[1]).isCloseTo(9 / 11.0, within(1e-9));
        assertThat(zipf[2]).isCloseTo(1, within(1e-9));
    }
}
