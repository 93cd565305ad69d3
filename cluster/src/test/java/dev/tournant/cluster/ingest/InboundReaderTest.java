package dev.tournant.cluster.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.manifest.ManifestAdapter;
import dev.tournant.adapter.manifest.ManifestException;
import dev.tournant.adapters.toast.ToastAdapter;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.Directory;
import dev.tournant.messages.FeedPage;
import dev.tournant.messages.Inbound;
import dev.tournant.messages.Problem;
import dev.tournant.model.Item;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.Money;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.PartnerName;
import dev.tournant.model.RecordDelta;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class InboundReaderTest {
    private static final PartnerName TOAST = new PartnerName("toast");
    private static final MerchantId MERCHANT = new MerchantId("grill");
    private static final Link LINK = new Link(new LinkId("toast-1"), TOAST, "R", "R", "main");

    @Test
    void readsPricesInTheCurrencyOfTheMerchantThatTheLinkBelongsTo() {
        InboundReader.Result result = menus(1_000_000);
        List<RecordDelta> deltas =
                ((InboundReader.Result.Good) result).delivery().events().get(0).deltas();
        assertThat(deltas.get(deltas.size() - 1).fields().get(Item.PRICE)).isEqualTo(Money.of("9.5", "CAD"));
    }

    @Test
    void readsEachEventOfAWebhookThatAManifestSaysHoldsSeveral() throws ManifestException {
        ManifestAdapter tabs = ManifestAdapter.of("tabs.yaml", """
                manifest: 1
                partner: tabs
                environments: {production: https://api.tabs.example}
                authentication: {static-header: {header: Authorization, secret: access-token}}
                resources: {items: {request: GET /items, records: {items: item}}}
                records: {item: {id: id, fields: {name: name}}}
                webhooks:
                  signature: {static-token: {header: X-Token}}
                  each: {path: shops, by: account}
                  id: [object, ts]
                  type: {path: object, before: ":"}
                  at: {path: ts, time: epoch-millis}
                  events: {I: {signals: items}}
                """);
        Link link = new Link(new LinkId("tabs-1"), tabs.partner(), "A", null, "main");
        Instant receivedAt = Instant.parse("2026-11-20T10:01:00Z");
        Instant first = receivedAt.minusSeconds(50);
        String body = "{'shops':{'A':[{'object':'I:1','ts':%d},{'object':'I:2','ts':%d},{'object':'I:3'}],'B':[{}]}}"
                .formatted(first.toEpochMilli(), first.plusSeconds(20).toEpochMilli());
        byte[] webhook = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        Inbound inbound =
                new Inbound(MERCHANT, tabs.partner(), link.id(), Inbound.Source.WEBHOOK, receivedAt, "", null, webhook);
        InboundReader.Result result = new InboundReader(Map.of(tabs.partner(), tabs), "topic", 1_000_000)
                .read(
                        new ConsumerRecord<>("tournant.inbound", 0, 0, "grill", webhook),
                        inbound,
                        new Directory.Route(MERCHANT, link, Currency.getInstance("USD")));
        Delivery delivery = ((InboundReader.Result.Good) result).delivery();
        assertThat(delivery.events()).extracting(PartnerEvent::id).hasSize(2).allMatch(id -> id.startsWith("I:"));
        assertThat(delivery.events()).allMatch(event -> event.signals().equals(List.of("items")));
        assertThat(delivery.happenedAt()).isEqualTo(first.plusSeconds(20));
        assertThat(delivery.unreadable()).contains("shops.A[2].ts: is missing", "shops.B[0].object: is missing");
    }

    /** Akka drops a message that is larger than a frame, without a word. */
    @Test
    void readsNoMoreOfARecordThanAMessageHolds() {
        long weight = ((InboundReader.Result.Good) menus(1_000_000)).weight();
        assertThat(weight).isGreaterThan(200);
        assertThat(menus(weight)).isInstanceOf(InboundReader.Result.Good.class);
        assertThat(menus(weight - 1)).isInstanceOfSatisfying(InboundReader.Result.Bad.class, bad -> {
            assertThat(bad.problem()).isEqualTo(Problem.TOO_LARGE);
            assertThat(bad.detail()).contains("smaller pages");
        });
    }

    private static InboundReader.Result menus(long weightMax) {
        byte[] menus = ("{'restaurantGuid':'R','lastUpdated':'2026-11-20T10:00:00.001+0000','menus':[{'guid':'M',"
                        + "'menuGroups':[{'guid':'G','menuItems':[{'guid':'I','price':9.5}]}]}]}")
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8);
        Inbound inbound = new Inbound(
                MERCHANT,
                TOAST,
                LINK.id(),
                Inbound.Source.POLL,
                Instant.parse("2026-11-20T10:01:00Z"),
                "",
                new FeedPage("menus", 1, true, null),
                menus);
        return new InboundReader(Map.of(TOAST, new ToastAdapter()), "topic", weightMax)
                .read(
                        new ConsumerRecord<>("tournant.inbound", 0, 0, "grill", menus),
                        inbound,
                        new Directory.Route(MERCHANT, LINK, Currency.getInstance("CAD")));
    }
}
