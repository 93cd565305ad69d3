package dev.tournant.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.GeneratedRecords;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.Money;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Presence;
import dev.tournant.model.Projection;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonTest {
    private static final ObjectMapper TEXT = Json.text();
    private static final ObjectMapper CBOR = Json.mapper(new CBORFactory());

    @Property(tries = 100)
    void readsRecordsAsTheyWereWrittenInTextAndInCbor(@ForAll("records") FlatRecord record) {
        assertSurvives(record, FlatRecord.class);
    }

    @Property(tries = 100)
    void readsStatementsAsTheyWereWrittenInTextAndInCbor(@ForAll("deltas") RecordDelta delta) {
        assertSurvives(delta, RecordDelta.class);
        Revision revision = new Revision(7, AT, Samples.LINK, "e7", List.of(new Fact.RecordsChanged(List.of(delta))));
        assertSurvives(revision, Revision.class);
    }

    @Property(tries = 50)
    void readsEventsAsTheyWereWrittenInTextAndInCbor(@ForAll("events") PartnerEvent event) {
        assertSurvives(event, PartnerEvent.class);
    }

    @Example
    void tellsAClearedFieldFromOneThatIsNotNamed() throws IOException {
        RecordDelta delta = RecordDelta.set(
                RecordKey.of(Kind.ITEM, "x"),
                Stamp.ZERO,
                1,
                FieldMap.builder(Kind.ITEM).clear(Item.PRICE).build());

        JsonNode json = TEXT.valueToTree(delta);
        assertThat(json.path("fields").has("price")).isTrue();
        assertThat(TEXT.writeValueAsString(delta)).contains("\"price\":null");
        assertThat(TEXT.readValue(TEXT.writeValueAsString(delta), RecordDelta.class)
                        .fields()
                        .has(Item.PRICE))
                .isTrue();
    }

    @Example
    void writesMoneyInOneOrderOfMembers() throws IOException {
        RecordDelta delta = RecordDelta.set(
                RecordKey.of(Kind.ITEM, "x"), Stamp.ZERO, 0, FieldMap.of(Item.PRICE, Money.of("1.50", "USD")));
        assertThat(TEXT.writeValueAsString(delta)).contains("{\"amount\":\"1.50\",\"currency\":\"USD\"}");
    }

    @Example
    void readsEachCommandQueryReplyAndFactAsItWasWritten() {
        Samples.COMMANDS.forEach(each -> assertSurvives(each, MerchantCommand.class));
        Samples.QUERIES.forEach(each -> assertSurvives(each, MerchantQuery.class));
        Samples.REPLIES.forEach(each -> assertSurvives(each, MerchantReply.class));
        Samples.FACTS.forEach(each -> assertSurvives(each, Fact.class));
    }

    @Example
    void hasASampleOfEachPermittedSubclass() {
        assertCovers(Samples.COMMANDS, MerchantCommand.class);
        assertCovers(Samples.QUERIES, MerchantQuery.class);
        assertCovers(Samples.REPLIES, MerchantReply.class);
        assertCovers(Samples.FACTS, Fact.class);
    }

    @Example
    void namesEachPermittedSubclassInKebabCase() {
        for (Class<?> type : List.of(MerchantCommand.class, MerchantQuery.class, MerchantReply.class, Fact.class)) {
            List<Class<?>> named = new ArrayList<>();
            for (JsonSubTypes.Type each : type.getAnnotation(JsonSubTypes.class).value()) {
                named.add(each.value());
                assertThat(each.name()).isEqualTo(kebab(each.value().getSimpleName()));
            }
            // FeedView is part of a reply and none itself.
            assertThat(named).containsExactlyInAnyOrder(type.getPermittedSubclasses());
        }
    }

    @Example
    void readsTheSmallTypesAsText() throws IOException {
        for (Object each : List.of(
                new MerchantId("m-1"),
                new LinkId("sq-1"),
                new RecordId("a:b#c"),
                new PartnerName("square"),
                RecordKey.of(Kind.MODIFIER_GROUP, "milk"),
                Kind.MODIFIER_GROUP,
                new Stamp(1_769_860_800_123L, 4),
                AT)) {
            assertThat(TEXT.valueToTree(each).isTextual()).isTrue();
            assertSurvives(each, each.getClass());
        }
    }

    @Example
    void refusesAWrongShapeWithAReason() {
        assertThatThrownBy(() -> TEXT.readValue("\"text\"", RecordDelta.class))
                .isInstanceOf(JsonProcessingException.class)
                .hasMessageContaining("must be an object with kind, id");
        assertThatThrownBy(() -> TEXT.readValue("[1]", MerchantId.class))
                .isInstanceOf(JsonProcessingException.class)
                .hasMessageContaining("must be text");
        assertThatThrownBy(() -> TEXT.readValue("{\"a\":{\"b\":1}}", Stamp.class))
                .isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> TEXT.readValue("\"item\"", RecordKey.class))
                .isInstanceOf(JsonProcessingException.class)
                .hasMessageContaining("write kind/id");
        assertThatThrownBy(() -> TEXT.readValue("\"m\" \"n\"", MerchantId.class))
                .isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> TEXT.readValue("[".repeat(100_000), Object.class))
                .isInstanceOf(JsonProcessingException.class);
    }

    @Example
    void readsNumbersInAnyFormThatJsonHas() throws IOException {
        String json =
                "{\"kind\":\"item\",\"id\":\"x\",\"at\":\"1970-01-01T00:00:00Z/0\",\"fields\":{\"quantity\":12.50,"
                        + "\"price\":{\"amount\":3,\"currency\":\"USD\"}}}";
        FieldMap fields = TEXT.readValue(json, RecordDelta.class).fields();
        assertThat(fields.get(Item.QUANTITY)).isEqualByComparingTo("12.5");
        assertThat(fields.get(Item.PRICE)).isEqualTo(Money.of("3.00", "USD"));
    }

    /** An older node may read what a newer one wrote while a cluster is upgraded. */
    @Example
    void ignoresMembersOfMessagesThatItDoesNotKnow() throws IOException {
        ObjectNode poll = TEXT.valueToTree(Samples.COMMANDS.get(4));
        poll.put("added-later", 1);
        assertThat(TEXT.treeToValue(poll, MerchantCommand.class)).isEqualTo(Samples.COMMANDS.get(4));
    }

    private static final Instant AT = Samples.AT;

    private static <T> void assertSurvives(T value, Class<? extends T> type) {
        try {
            assertThat((Object) TEXT.readValue(TEXT.writeValueAsString(value), type))
                    .isEqualTo(value);
            assertThat((Object) CBOR.readValue(CBOR.writeValueAsBytes(value), type))
                    .isEqualTo(value);
            assertThat((Object) CBOR.treeToValue(CBOR.readTree(CBOR.writeValueAsBytes(value)), type))
                    .isEqualTo(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertCovers(List<?> samples, Class<?> type) {
        Set<Class<?>> covered = samples.stream().map(Object::getClass).collect(Collectors.toSet());
        assertThat(covered).containsExactlyInAnyOrderElementsOf(Arrays.asList(type.getPermittedSubclasses()));
    }

    private static String kebab(String camel) {
        return Stream.of(camel.split("(?=[A-Z])"))
                .map(word -> word.toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.joining("-"));
    }

    @Provide
    Arbitrary<FlatRecord> records() {
        return GeneratedRecords.record();
    }

    @Provide
    Arbitrary<RecordDelta> deltas() {
        return GeneratedRecords.delta();
    }

    @Provide
    Arbitrary<PartnerEvent> events() {
        return GeneratedRecords.event();
    }

    /** One of each message. */
    static final class Samples {
        static final Instant AT = Instant.parse("2026-01-31T12:00:00.000000001Z");
        static final LinkId LINK = new LinkId("sq-1");
        static final RecordDelta TOMBSTONE =
                RecordDelta.deleted(RecordKey.of(Kind.ITEM, "x"), Stamp.ZERO, 3, Presence.TOMBSTONE);
        static final RecordDelta CLEARED = RecordDelta.set(
                RecordKey.of(Kind.ITEM, "x"),
                new Stamp(5, 1),
                4,
                FieldMap.builder(Kind.ITEM)
                        .set(Item.NAME, "Tea")
                        .clear(Item.PRICE)
                        .build());
        static final FlatRecord RECORD =
                FlatRecord.unknown(CLEARED.key()).after(CLEARED, CLEARED.provenance(LINK, "e1"), 9);

        static final RemoteRecord REMOTE = new RemoteRecord(CLEARED.key(), new RecordId("SQ7"), 12, "{\"id\":\"SQ7\"}");
        static final MerchantReply.Said SAID =
                new MerchantReply.Said(Map.of("amount", "1.50", "currency", "USD"), LINK, "e1", AT, 4, true);

        static final Delivery REPLAYED = new Delivery(
                new Position("topic", 3, 13),
                LINK,
                List.of(),
                null,
                "",
                List.of(),
                List.of(),
                AT,
                true,
                List.of("store"),
                null);

        static final List<MerchantCommand> COMMANDS = List.of(
                new MerchantCommand.SetProfile(GeneratedRecords.profile().sample(), null, "r1", AT),
                new MerchantCommand.EditRecord(CLEARED, 8, "r2", AT),
                new MerchantCommand.Absorb(
                        List.of(new Delivery(
                                new Position("topic", 3, 12),
                                LINK,
                                List.of(new PartnerEvent("e7", List.of(CLEARED, TOMBSTONE), List.of("catalog"))),
                                new FeedPage("catalog", 4, false, null, new FeedPage.Leaf("r-1", 2), "{}"))),
                        AT),
                new MerchantCommand.FeedBroke(LINK, "catalog", 4, "HTTP 500", AT, AT, true),
                new MerchantCommand.TakePush(
                        LINK,
                        List.of(
                                new MerchantCommand.Settled(CLEARED.key(), PushOutcome.DONE, "f1"),
                                new MerchantCommand.Settled(
                                        TOMBSTONE.key(),
                                        PushOutcome.later(java.time.Duration.ofMillis(5), "busy"),
                                        "")),
                        List.of(CLEARED, TOMBSTONE),
                        List.of(REMOTE),
                        "f2",
                        AT),
                new MerchantCommand.NoteStep(LINK, false, "HTTP 500", List.of("job-1"), AT),
                new MerchantCommand.ControlLink(null, MerchantCommand.ControlLink.Action.RESYNC, "r3", AT),
                new MerchantCommand.ReverseConflict(4, "r4", AT),
                new MerchantCommand.DecideAnew(AT));

        static final List<MerchantQuery> QUERIES = List.of(
                new MerchantQuery.Summary(),
                new MerchantQuery.OneRecord(CLEARED.key()),
                new MerchantQuery.Records(Kind.ITEM, null, new RecordId("x"), 10),
                new MerchantQuery.Place(7),
                new MerchantQuery.Rehearse(List.of(REPLAYED), AT),
                new MerchantQuery.OneLink(LINK, AT),
                new MerchantQuery.Explain(CLEARED.key(), null, LINK, AT),
                new MerchantQuery.Conflicts(),
                new MerchantQuery.Held(LINK, null),
                new MerchantQuery.Shown(LINK, CLEARED.key()),
                new MerchantQuery.PreviewLink(
                        LINK, new Projection(List.of(), List.of(CLEARED.key()), List.of(), List.of())));

        static final List<MerchantReply> REPLIES = List.of(
                new MerchantReply.Done(4, true),
                new MerchantReply.Edited(RECORD, true),
                new MerchantReply.Absorbed(List.of(
                        Outcome.APPLIED,
                        Outcome.partly(Problem.UNREADABLE, "objects[3]"),
                        Outcome.quarantined(Problem.UNKNOWN_LINK, "sq-9"))),
                new MerchantReply.Rejected(Problem.STALE_REVISION, "item/x is at revision 9"),
                new MerchantReply.SlowDown(250),
                new MerchantReply.Merchant(
                        GeneratedRecords.profile().sample(),
                        9,
                        1,
                        Map.of("item", 1),
                        new Tally(1, 2, 3),
                        List.of(new MerchantReply.FeedView(LINK, "catalog", null, true, "HTTP 500", 7))),
                new MerchantReply.Place(9, 100, 120),
                new MerchantReply.Rehearsal(
                        9,
                        new Tally(1, 2, 3),
                        List.of(new MerchantReply.Would(null, CLEARED), new MerchantReply.Would(CLEARED, TOMBSTONE)),
                        7,
                        List.of(new MerchantReply.Unable(new Position("topic", 3, 12), Problem.UNREADABLE, "no JSON"))),
                new MerchantReply.OneRecord(RECORD, 9),
                new MerchantReply.Records(List.of(RECORD), false, 9),
                new MerchantReply.LinkReport(
                        new Link(LINK, new PartnerName("square"), "M1", null, "main"),
                        "behind",
                        null,
                        "1 record still to be told",
                        List.of("item/x: price"),
                        1,
                        List.of(new MerchantReply.Quarantined(CLEARED.key(), "NAME_TOO_LONG", "255 at most", AT)),
                        1,
                        List.of(TOMBSTONE.key()),
                        1,
                        List.of(new MerchantReply.Drift(CLEARED.key(), "name", "Chai", null, "e3", AT, 3)),
                        List.of("job-1"),
                        AT,
                        2),
                new MerchantReply.Explanation(
                        CLEARED.key(),
                        null,
                        "item/x is for sale",
                        List.of(new MerchantReply.FieldStory(
                                "price",
                                SAID,
                                "latest",
                                Map.of("amount", "2.00"),
                                "prices[0]",
                                null,
                                List.of(SAID),
                                new MerchantReply.NotKept(Map.of("amount", "2.00"), null, 3, true, AT))),
                        "nothing"),
                new MerchantReply.Conflicts(
                        List.of(new MerchantReply.Crossed(4, AT, CLEARED.key(), "price", SAID, SAID, "latest"))),
                new MerchantReply.Held(List.of(REMOTE), true),
                new MerchantReply.LinkPreview(
                        List.of(new MerchantReply.Differs(
                                CLEARED.key(), "price", null, Map.of("amount", "1.50"), List.of("a"), "prices[0]")),
                        7));

        static final List<Fact> FACTS = List.of(
                new Fact.ProfileSet(GeneratedRecords.profile().sample()),
                new Fact.RecordsChanged(List.of(CLEARED, TOMBSTONE)),
                new Fact.CameForward(LINK, "e7", new Stamp(3, 0), CLEARED),
                new Fact.NotKept(CLEARED, CLEARED));

        private Samples() {}
    }

    @Example
    void keepsTheProvenanceOfAClearedFieldSoThatAnOlderValueCannotComeBack() throws IOException {
        FlatRecord read = TEXT.readValue(TEXT.writeValueAsString(Samples.RECORD), FlatRecord.class);
        RecordDelta older = RecordDelta.set(
                Samples.CLEARED.key(), new Stamp(4, 0), 3, FieldMap.of(Item.PRICE, Money.of("1", "USD")));
        Provenance by = older.provenance(Samples.LINK, "e0");
        assertThat(read.news(older, by)).isEmpty();
    }
}
