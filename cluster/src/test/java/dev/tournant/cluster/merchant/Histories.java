package dev.tournant.cluster.merchant;

import dev.tournant.cluster.merchant.JournalRows.Row;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.FeedPage;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.Position;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.PartnerName;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A merchant's journal in memory: each command that changes something makes a row. */
final class Histories {
    static final LinkId ONE = new LinkId("sq-1");
    static final LinkId TWO = new LinkId("sq-2");
    static final RecordKey TEA = RecordKey.of(Kind.ITEM, "tea");
    static final Instant START = Instant.parse("2026-06-01T12:00:00Z");
    static final MerchantLimits LIMITS = TestLimits.shipped();
    static final Map<PartnerName, Traits> PARTNERS =
            Map.of(new PartnerName("square"), Traits.reading(List.of("catalog")));

    private final MerchantRules rules = new MerchantRules(LIMITS, PARTNERS);
    final List<Row> rows = new ArrayList<>();
    /** The state after each row. */
    final List<MerchantState> states = new ArrayList<>();

    private MerchantState state = MerchantState.EMPTY;
    private long offset;

    Histories() {
        tell(new MerchantCommand.SetProfile(
                new MerchantProfile(
                        "Grill",
                        Currency.getInstance("USD"),
                        ZoneId.of("America/New_York"),
                        List.of(link(ONE), link(TWO))),
                null,
                "put",
                at(0)));
    }

    private static Link link(LinkId id) {
        return new Link(id, new PartnerName("square"), "M1", id.value(), "main");
    }

    /** A second each. */
    static Instant at(long second) {
        return START.plusSeconds(second);
    }

    MerchantState state() {
        return state;
    }

    Decision tell(MerchantCommand command) {
        Decision decision = rules.decide(state, command);
        if (!decision.commit().isEmpty()) {
            state = rules.written(decision.after(), dev.tournant.persistence.Commit.EMPTY);
            rows.add(new Row(rows.size() + 1, decision.commit()));
            states.add(state);
        }
        return decision;
    }

    Decision absorb(Delivery... deliveries) {
        return tell(new MerchantCommand.Absorb(List.of(deliveries), at(rows.size())));
    }

    Decision edit(String item, String name) {
        RecordKey key = RecordKey.of(Kind.ITEM, item);
        long revision =
                state.records().get(key) == null ? 0 : state.records().get(key).revision();
        RecordDelta edit = RecordDelta.set(key, Stamp.ZERO, 0, FieldMap.of(Item.NAME, name));
        return tell(new MerchantCommand.EditRecord(edit, revision, "r" + rows.size(), at(rows.size())));
    }

    Delivery says(LinkId link, String event, RecordDelta... deltas) {
        return delivery(link, event, null, false, deltas);
    }

    /** The same once more, put in on purpose. */
    Delivery saysAgain(LinkId link, String event, RecordDelta... deltas) {
        return delivery(link, event, null, true, deltas);
    }

    Delivery delivery(LinkId link, String event, @Nullable FeedPage page, boolean replayed, RecordDelta... deltas) {
        return new Delivery(
                new Position("t", 0, offset++),
                link,
                List.of(new PartnerEvent(event, List.of(deltas), List.of())),
                page,
                "",
                List.of(),
                List.of(),
                at(0),
                replayed,
                List.of(),
                null);
    }

    static RecordDelta named(String item, long version, @Nullable String name) {
        return RecordDelta.set(
                RecordKey.of(Kind.ITEM, item),
                Stamp.at(at(version)),
                version,
                FieldMap.builder(Kind.ITEM).setOrClear(Item.NAME, name).build());
    }
}
