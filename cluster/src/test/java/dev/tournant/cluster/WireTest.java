package dev.tournant.cluster;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import com.typesafe.config.ConfigFactory;
import dev.tournant.adapter.Lane;
import dev.tournant.cluster.merchant.Merchant;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.Fact;
import dev.tournant.messages.FeedPage;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantMessage;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Outcome;
import dev.tournant.messages.Position;
import dev.tournant.messages.Problem;
import dev.tournant.messages.PushOutcome;
import dev.tournant.messages.RemoteRecord;
import dev.tournant.messages.Revision;
import dev.tournant.messages.Tally;
import dev.tournant.messages.WatchSignal;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.Money;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Projection;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message that travels between nodes, through Akka's own serialization as it is configured. */
class WireTest {
    private static final ActorTestKit KIT = ActorTestKit.create(ConfigFactory.parseString("""
            akka.remote.artery.canonical.port = 0
            akka.coordinated-shutdown.exit-jvm = off
            """)
            .withFallback(ConfigFactory.parseResources("tournant-cluster.conf"))
            .withFallback(ConfigFactory.defaultReference())
            .resolve());

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00.123Z");
    private static final LinkId LINK = new LinkId("sq-1");
    private static final RecordKey TEA = RecordKey.of(Kind.ITEM, "tea");
    private static final FieldMap FIELDS = FieldMap.builder(Kind.ITEM)
            .set(Item.NAME, "Tea")
            .set(Item.PRICE, Money.of("1.50", "USD"))
            .clear(Item.SKU)
            .build();
    private static final RecordDelta DELTA = RecordDelta.set(TEA, new Stamp(5, 1), 7, FIELDS);
    private static final MerchantProfile PROFILE = new MerchantProfile(
            "Grill",
            Currency.getInstance("USD"),
            ZoneId.of("America/New_York"),
            List.of(new Link(LINK, new PartnerName("square"), "M1", null, "main")));

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    static Stream<Object> messages() {
        ActorRef<MerchantReply> replyTo = KIT.<MerchantReply>createTestProbe().getRef();
        ActorRef<WatchSignal> watcher = KIT.<WatchSignal>createTestProbe().getRef();
        Delivery delivery = new Delivery(
                new Position("t", 3, 9),
                LINK,
                List.of(new PartnerEvent("e1", List.of(DELTA), List.of("catalog"))),
                new FeedPage("catalog", 2, false, "T", new FeedPage.Leaf("r-1", 3), "{\"page\":4}"));
        FlatRecord record = FlatRecord.unknown(TEA).after(DELTA, DELTA.provenance(LINK, "e1"), 4);
        FlatRecord grave = record.after(
                RecordDelta.deleted(TEA, new Stamp(9, 0), 9, dev.tournant.model.Presence.TOMBSTONE),
                new Provenance(LINK, "e2", new Stamp(9, 0), 9),
                5);
        Revision revision = new Revision(
                4,
                NOW,
                LINK,
                "e1",
                List.of(
                        new Fact.RecordsChanged(List.of(DELTA)),
                        new Fact.ProfileSet(PROFILE),
                        new Fact.CameForward(LINK, "e0", new Stamp(2, 0), DELTA),
                        new Fact.NotKept(DELTA, DELTA)));
        RemoteRecord remote = new RemoteRecord(TEA, new RecordId("SQ7"), 12, "{}");
        MerchantReply.Said said =
                new MerchantReply.Said(Map.of("amount", "1.50", "currency", "USD"), LINK, "e1", NOW, 7, false);
        return Stream.of(
                new Merchant.ReadNow("square:calls:all:M1", LINK, "catalog", Lane.MENU, Duration.ofMillis(7)),
                new Merchant.Wake(3),
                new MerchantMessage.Change(new MerchantCommand.SetProfile(PROFILE, 3L, "r", NOW), replyTo),
                new MerchantMessage.Change(new MerchantCommand.EditRecord(DELTA, 4, "r", NOW), replyTo),
                new MerchantMessage.Change(new MerchantCommand.Absorb(List.of(delivery, delivery), NOW), replyTo),
                new MerchantMessage.Change(
                        new MerchantCommand.FeedBroke(LINK, "catalog", 2, "down", NOW, NOW, false), replyTo),
                new MerchantMessage.Change(
                        new MerchantCommand.TakePush(
                                LINK,
                                List.of(new MerchantCommand.Settled(TEA, PushOutcome.givenUp("TOO_LONG", "why"), "f")),
                                List.of(DELTA),
                                List.of(remote),
                                null,
                                NOW),
                        replyTo),
                new MerchantMessage.Change(
                        new MerchantCommand.NoteStep(LINK, true, null, List.of("job-1"), NOW), replyTo),
                new MerchantMessage.Change(
                        new MerchantCommand.ControlLink(LINK, MerchantCommand.ControlLink.Action.PAUSE, "r", NOW),
                        replyTo),
                new MerchantMessage.Change(new MerchantCommand.ReverseConflict(3, "r", NOW), replyTo),
                new MerchantMessage.Change(new MerchantCommand.DecideAnew(NOW), replyTo),
                new MerchantMessage.Ask(new MerchantQuery.Summary(), replyTo),
                new MerchantMessage.Ask(new MerchantQuery.OneRecord(TEA), replyTo),
                new MerchantMessage.Ask(new MerchantQuery.Records(Kind.ITEM, Kind.ITEM, new RecordId("a"), 7), replyTo),
                new MerchantMessage.Ask(new MerchantQuery.Place(7), replyTo),
                new MerchantMessage.Ask(new MerchantQuery.Rehearse(List.of(delivery), NOW), replyTo),
                new MerchantMessage.Ask(new MerchantQuery.OneLink(LINK, NOW), replyTo),
                new MerchantMessage.Ask(new MerchantQuery.Explain(TEA, "price", null, NOW), replyTo),
                new MerchantMessage.Ask(new MerchantQuery.Conflicts(), replyTo),
                new MerchantMessage.Ask(new MerchantQuery.Held(LINK, TEA), replyTo),
                new MerchantMessage.Ask(new MerchantQuery.Shown(LINK, null), replyTo),
                new MerchantMessage.Ask(
                        new MerchantQuery.PreviewLink(
                                LINK, new Projection(List.of(), List.of(TEA), List.of(), List.of())),
                        replyTo),
                new MerchantMessage.Watch(7, watcher),
                new MerchantMessage.Unwatch(watcher),
                new WatchSignal.Watching(true, 4, 2, 1),
                new WatchSignal.Revised(List.of(revision)),
                new WatchSignal.Full(64),
                new WatchSignal.Ended("moved"),
                new MerchantReply.Done(4, true),
                new MerchantReply.Edited(record, true),
                new MerchantReply.Absorbed(List.of(
                        Outcome.APPLIED, Outcome.DUPLICATE, Outcome.quarantined(Problem.WRONG_CURRENCY, "why"))),
                new MerchantReply.Rejected(Problem.STALE_REVISION, "why"),
                new MerchantReply.SlowDown(100),
                new MerchantReply.Merchant(
                        PROFILE,
                        4,
                        1,
                        Map.of("item", 3),
                        new Tally(1, 2, 3),
                        List.of(new MerchantReply.FeedView(LINK, "catalog", null, true, "down", 7))),
                new MerchantReply.Place(9, 100, 120),
                new MerchantReply.Rehearsal(
                        9,
                        new Tally(1, 2, 3),
                        List.of(new MerchantReply.Would(null, DELTA), new MerchantReply.Would(DELTA, DELTA)),
                        7,
                        List.of(new MerchantReply.Unable(new Position("t", 3, 9), Problem.UNREADABLE, "why"))),
                new MerchantReply.OneRecord(null, 4),
                new MerchantReply.OneRecord(grave, 5),
                new MerchantReply.Records(List.of(record), true, 4),
                new MerchantReply.LinkReport(
                        PROFILE.links().get(0),
                        "in-step",
                        NOW,
                        "it shows what it should",
                        List.of("item/tea: price"),
                        1,
                        List.of(new MerchantReply.Quarantined(TEA, "TOO_LONG", "why", NOW)),
                        1,
                        List.of(TEA),
                        1,
                        List.of(new MerchantReply.Drift(TEA, "name", null, "Tea", "e1", NOW, 0)),
                        List.of("job-1"),
                        null,
                        3),
                new MerchantReply.Explanation(
                        TEA,
                        LINK,
                        "why",
                        List.of(new MerchantReply.FieldStory(
                                "price",
                                said,
                                "latest",
                                true,
                                "",
                                null,
                                List.of(said),
                                new MerchantReply.NotKept("Tea", null, 2, false, NOW))),
                        "nothing"),
                new MerchantReply.Conflicts(
                        List.of(new MerchantReply.Crossed(3, NOW, TEA, "price", said, said, "latest"))),
                new MerchantReply.Held(List.of(remote), false),
                new MerchantReply.LinkPreview(
                        List.of(new MerchantReply.Differs(
                                TEA, "price", null, Map.of("amount", "1.50"), List.of("a"), "prices[0]")),
                        7));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void arrivesAsItWasSent(Object message) {
        KIT.serializationTestKit().verifySerialization(message, true);
    }
}
