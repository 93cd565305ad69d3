package dev.tournant.persistence;

import dev.tournant.messages.Fact;
import dev.tournant.messages.Position;
import dev.tournant.messages.Problem;
import dev.tournant.messages.PushOutcome;
import dev.tournant.messages.Revision;
import dev.tournant.messages.Tally;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Hours;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.Money;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Presence;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Stamp;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the golden files hold. Never change a value here: make a file of the next version. */
final class StoredValues {
    private static final Instant AT = Instant.parse("2026-01-31T12:00:00.000000001Z");
    private static final LinkId LINK = new LinkId("sq-1");
    private static final RecordKey TEA = RecordKey.of(Kind.ITEM, "tea");
    private static final RecordKey GONE = RecordKey.of(Kind.MODIFIER_GROUP, "gone");

    private static final MerchantProfile PROFILE = new MerchantProfile(
            "Crème 🍔",
            Currency.getInstance("USD"),
            ZoneId.of("America/New_York"),
            List.of(
                    new Link(LINK, new PartnerName("square"), "ACCOUNT", "HERE", "main"),
                    new Link(new LinkId("dd-1"), new PartnerName("doordash"), "STORE", null, "main")));

    private static final RecordDelta SET = RecordDelta.set(
            TEA,
            new Stamp(1_769_860_800_123L, 4),
            1_769_860_800_123L,
            FieldMap.builder(Kind.ITEM)
                    .set(Item.NAME, "Tea")
                    .clear(Item.DESCRIPTION)
                    .set(Item.PRICE, Money.of("1.50", "USD"))
                    .set(Item.STATUS, SaleStatus.PAUSED)
                    .set(Item.UNTIL, AT)
                    .set(Item.QUANTITY, new BigDecimal("12.5"))
                    .set(
                            Item.SCHEDULE,
                            Hours.weekly(new Hours.Span(DayOfWeek.FRIDAY, LocalTime.of(18, 0), LocalTime.of(2, 0))))
                    .build());

    private static final RecordDelta DELETED = RecordDelta.deleted(GONE, Stamp.ZERO, 3, Presence.TOMBSTONE);

    private static final List<Revision> REVISIONS = List.of(
            new Revision(1, AT, new LinkId("api"), "r1", List.of(new Fact.ProfileSet(PROFILE))),
            new Revision(2, AT, LINK, "", List.of(new Fact.RecordsChanged(List.of(SET, DELETED)))));

    private static final List<Commit.Refusal> REFUSALS = List.of(
            new Commit.Refusal(new Position("topic", 3, 12), Problem.UNREADABLE, "objects[3].item_data", true),
            new Commit.Refusal(new Position("topic", 0, 7), null, "", false));

    private static final List<FeedState> FEEDS = List.of(
            new FeedState(LINK, "catalog", "2026-01-31T12:00:00Z", 4, 3, AT, "HTTP 500", false),
            FeedState.first(LINK, "inventory", 0));

    /** As version 1 had it: marks of one sequence only. */
    static final Commit COMMIT_1 = new Commit(
            REVISIONS, Map.of("topic/0", 7L), List.of(-5L), new Tally(1, 0, 2), REFUSALS, FEEDS, 1, List.of());

    static final Commit COMMIT_2 = new Commit(
            REVISIONS,
            Map.of("topic/0", 7L, "topic/3", Long.MAX_VALUE),
            List.of(-5L, 6L),
            new Tally(1, 2, 2),
            REFUSALS,
            FEEDS,
            1,
            List.of());

    /** As a row of today may look; kept apart from the golden file of before there were repetitions. */
    static final Commit WITH_REPETITION = COMMIT_2.plus(new Commit(
            List.of(),
            Map.of(),
            List.of(),
            new Tally(0, 0, 0),
            List.of(),
            List.of(),
            0,
            List.of(new Commit.Repetition(TEA, LINK, "e9", new Stamp(9, 0), 9, List.of("name")))));

    static final MerchantSnapshot SNAPSHOT_1 = new MerchantSnapshot(
            PROFILE,
            2,
            1,
            9,
            new Stamp(1_769_860_800_123L, 4),
            List.of(
                    FlatRecord.unknown(TEA).after(SET, SET.provenance(LINK, "e7"), 2),
                    FlatRecord.unknown(GONE).after(DELETED, DELETED.provenance(LINK, "e8"), 2)),
            Map.of("topic/0", 7L, "topic/3", 12L),
            List.of(-5L, 6L),
            new Tally(1, 2, 2),
            REFUSALS,
            FEEDS,
            REVISIONS,
            List.of(1L, 1L, 2L, 9L),
            List.of(),
            List.of(),
            null,
            List.of());

    private static final RecordKey SOUP = RecordKey.of(Kind.ITEM, "soup");
    private static final LinkId CHANNEL = new LinkId("dd-1");

    private static final FlatRecord TOLD = FlatRecord.unknown(TEA)
            .after(SET, SET.provenance(new LinkId("api"), "push").since(new Stamp(7, 0)), 0);

    private static final RecordDelta CHANNELS_OWN = RecordDelta.set(
            TEA,
            new Stamp(1_769_860_800_456L, 0),
            2,
            FieldMap.builder(Kind.ITEM).set(Item.NAME, "Tee").clear(Item.PRICE).build());

    private static final FlatRecord SAID =
            FlatRecord.unknown(TEA).after(CHANNELS_OWN, CHANNELS_OWN.provenance(CHANNEL, "e3"), 0);

    private static final LinkHealth WORKING = new LinkHealth(
            true,
            7,
            "catalog",
            new LinkHealth.Trouble(true, "HTTP 401", AT),
            3,
            List.of(new LinkHealth.Job(
                    "job-1", AT, List.of(new LinkHealth.Told(SET, "f1"), new LinkHealth.Told(DELETED, "")))),
            AT,
            AT,
            true,
            List.of());

    /** One of each thing that can be known of links, and of each that is left out where it is not. */
    private static final List<LinkChange> LINKS = List.of(
            new LinkChange(
                    CHANNEL,
                    List.of(
                            new Counterpart(
                                    TEA,
                                    new RecordId("DD-7"),
                                    12,
                                    "{\"id\":\"DD-7\"}",
                                    TOLD,
                                    SAID,
                                    new Counterpart.Refusal("NAME_TOO_LONG", "255 at most", "f2", AT),
                                    "f3",
                                    null,
                                    null,
                                    List.of()),
                            Counterpart.of(SOUP)),
                    WORKING),
            LinkChange.of(LINK, LinkHealth.NEW.paused(true)),
            LinkChange.of(LINK, LinkHealth.NEW),
            LinkChange.gone(new LinkId("old-1")));

    private static final List<Conflict> CONFLICTS = List.of(new Conflict(
            1, AT, named("Tea", LINK, 1_769_860_800_123L), named("Tee", CHANNEL, 1_769_860_800_456L), "latest"));

    /** As a row may look since links are told. */
    static final Commit COMMIT_2_LINKS = new Commit(
            List.of(new Revision(
                    3,
                    AT,
                    LINK,
                    "e9",
                    List.of(new Fact.CameForward(CHANNEL, "e3", new Stamp(1_769_860_800_000L, 1), CHANNELS_OWN)))),
            Map.of("topic/0", 9L),
            List.of(7L),
            new Tally(1, 0, 0),
            List.of(),
            List.of(),
            0,
            List.of(new Commit.Repetition(TEA, LINK, "e9", new Stamp(9, 0), 9, List.of("name"))),
            11,
            LINKS,
            CONFLICTS,
            null);

    /** As a row may look since it is known what a partner does not keep. */
    static final Commit COMMIT_2_UNKEPT = new Commit(
                    List.of(new Revision(
                            4,
                            AT,
                            CHANNEL,
                            "e10",
                            List.of(new Fact.NotKept(CHANNELS_OWN.with(SET.fields()), CHANNELS_OWN)))),
                    Map.of("topic/0", 10L),
                    List.of(),
                    new Tally(1, 0, 0),
                    List.of(),
                    List.of(),
                    0,
                    List.of())
            .plus(Commit.ofLinks(List.of(LinkChange.of(
                    CHANNEL,
                    List.of(Counterpart.of(TEA)
                            .unkept(List.of(
                                    new Counterpart.Unkept("name", TOLD, SAID, 3, true),
                                    new Counterpart.Unkept("price", TOLD, SAID, 1, false))))))));

    /** As a row may look since ends of jobs are remembered that nobody named yet, and refusals are tried again. */
    static final Commit COMMIT_2_ENDS = Commit.ofLinks(List.of(new LinkChange(
            CHANNEL,
            List.of(Counterpart.of(TEA).refused(new Counterpart.Refusal("in-use", "an order has it", "", AT, 3))),
            LinkHealth.NEW.ended(List.of(
                    new LinkHealth.End("job-2", PushOutcome.givenUp("menu-failed", "too long"), AT),
                    new LinkHealth.End("job-3", PushOutcome.DONE, AT))))));

    /** As a row may look since links are told again in a word. */
    static final Commit COMMIT_2_AGAIN = Commit.ofLinks(List.of(
            LinkChange.again(CHANNEL, LinkHealth.NEW.paused(true), LinkChange.Again.ALL),
            LinkChange.again(LINK, LinkHealth.NEW, LinkChange.Again.REFUSED)));

    /** As a row may look since changed rules are applied to what was said before. */
    static final Commit COMMIT_2_ANEW = Commit.published(4).and(new Anew(TEA, false));

    static final MerchantSnapshot SNAPSHOT_1_LINKS = new MerchantSnapshot(
            PROFILE,
            3,
            1,
            9,
            new Stamp(1_769_860_800_123L, 4),
            SNAPSHOT_1.records(),
            Map.of("topic/0", 9L),
            List.of(7L),
            new Tally(1, 0, 0),
            List.of(),
            FEEDS,
            List.of(),
            List.of(1L, 1L),
            LINKS,
            CONFLICTS,
            null,
            List.of());

    private static final LinkChange.Account ACCOUNT = new LinkChange.Account(new PartnerName("square"), "M1");

    /** As a row may look since names stay known of links that are gone. */
    static final Commit COMMIT_2_GONE = Commit.ofLinks(List.of(LinkChange.gone(LINK, ACCOUNT)));

    static final MerchantSnapshot SNAPSHOT_1_FORMER = new MerchantSnapshot(
            PROFILE,
            3,
            1,
            9,
            new Stamp(1_769_860_800_123L, 4),
            SNAPSHOT_1.records(),
            Map.of("topic/0", 9L),
            List.of(7L),
            new Tally(1, 0, 0),
            List.of(),
            FEEDS,
            List.of(),
            List.of(1L, 1L),
            List.of(),
            List.of(),
            null,
            List.of(LinkChange.gone(LINK, ACCOUNT, List.of(Counterpart.of(TEA).held(new RecordId("SQ-7"), 0, null)))));

    static final GateLedger GATE_LEDGER_1 = new GateLedger(
            AT,
            List.of(
                    new GateLedger.Count(
                            20,
                            1_000_000_000L,
                            null,
                            0,
                            10,
                            List.of(new GateLedger.Answered(900_000_001L, 2), new GateLedger.Answered(5, 1)),
                            null,
                            null),
                    new GateLedger.Count(2, 1_000_000L, 40, 17_500_000L, 40, List.of(), null, null),
                    new GateLedger.Count(1, null, null, 126_000_000_000L, 1, List.of(), null, null)),
            List.of(new GateLedger.Flight(Long.MIN_VALUE, 120_000_000_000L, false), new GateLedger.Flight(7, 1, true)),
            30_000_000_000L,
            new TreeMap<>(Map.of(1_769_860_800_000L, 100, 1_769_862_600_000L, 1)),
            null,
            List.of());

    /** With what version 1 may say besides. */
    static final GateLedger GATE_LEDGER_1_TOLD = new GateLedger(
            AT,
            List.of(new GateLedger.Count(
                    1_000,
                    86_400_000_000_000L,
                    null,
                    0,
                    1_000,
                    List.of(),
                    new GateLedger.Lowered(700, 60_000_000_000L),
                    new GateLedger.Lowered(300, 50_000_000_000L))),
            List.of(),
            0,
            new TreeMap<>(Map.of(1_769_860_800_000L, 100)),
            new GateLedger.Slots(86_400_000_000_000L, 1_800_000),
            List.of());

    /** Of an open pool, with what lowers it. */
    static final GateLedger GATE_LEDGER_1_LOWERED = GateLedger.whileOpen(
            AT, new TreeMap<>(Map.of(1_769_860_800_000L, 100)), null, 0, GATE_LEDGER_1_TOLD.counts());

    private static FlatRecord named(String name, LinkId by, long millis) {
        RecordDelta delta = RecordDelta.set(TEA, new Stamp(millis, 0), 2, FieldMap.of(Item.NAME, name));
        return FlatRecord.unknown(TEA).after(delta, delta.provenance(by, "e7"), 0);
    }

    private StoredValues() {}
}
