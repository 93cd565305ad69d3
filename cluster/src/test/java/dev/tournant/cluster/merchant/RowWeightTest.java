package dev.tournant.cluster.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.typesafe.config.ConfigFactory;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.Json;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Outcome;
import dev.tournant.messages.Position;
import dev.tournant.messages.Problem;
import dev.tournant.messages.RemoteRecord;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.PartnerName;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import dev.tournant.persistence.Commit;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** No row weighs more than the journal can take, whatever is in it. */
class RowWeightTest {
    private static final LinkId LINK = new LinkId("sq-1");
    private static final PartnerName SQUARE = new PartnerName("square");
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final MerchantLimits LIMITS = SweepTest.LIMITS;
    private static final MerchantRules RULES =
            new MerchantRules(LIMITS, Map.of(SQUARE, Traits.reading(List.of("catalog"))));

    private static MerchantCommand.SetProfile profile(String name, int links) {
        List<Link> all = new ArrayList<>();
        for (int i = 1; i <= links; i++) {
            all.add(new Link(new LinkId("sq-" + i), SQUARE, "M" + i, "L" + i, "main"));
        }
        return new MerchantCommand.SetProfile(
                new MerchantProfile(name, Currency.getInstance("USD"), ZoneId.of("America/New_York"), all),
                null,
                "put",
                NOW);
    }

    private static MerchantState created() {
        return RULES.decide(MerchantState.EMPTY, profile("Grill", 1)).after();
    }

    private static RecordDelta described(String item, String words) {
        return RecordDelta.set(
                RecordKey.of(Kind.ITEM, item), new Stamp(1_001, 0), 1, FieldMap.of(Item.DESCRIPTION, words));
    }

    private static Delivery delivery(long offset, RecordDelta delta, String document) {
        RemoteRecord remote = new RemoteRecord(delta.key(), new RecordId("at-" + offset), 1, document);
        return new Delivery(
                new Position("t", 0, offset),
                LINK,
                List.of(new PartnerEvent("e" + offset, List.of(delta), List.of())),
                null,
                "",
                List.of(remote),
                List.of(),
                NOW);
    }

    private static MerchantCommand.Absorb absorb(Delivery... deliveries) {
        return new MerchantCommand.Absorb(List.of(deliveries), NOW);
    }

    private static int bytes(Commit commit) throws JsonProcessingException {
        return Json.text().writeValueAsBytes(commit).length;
    }

    @Test
    void countsTextInUtf8AndWhatThePartnerHolds() throws JsonProcessingException {
        String document = "{\"name\":\"" + "茶".repeat(4_000) + "\"}";
        Decision decision = RULES.decide(created(), absorb(delivery(1, described("tea", "é".repeat(2_000)), document)));
        int bytes = bytes(decision.commit());
        assertThat(bytes).isGreaterThan(16_000);
        assertThat(decision.weight()).isBetween(bytes * 9L / 10, bytes * 11L / 10);
    }

    @Test
    void countsProfilesWithTheirFeeds() throws JsonProcessingException {
        Decision decision = RULES.decide(created(), profile("Café", 40));
        int bytes = bytes(decision.commit());
        assertThat(decision.weight()).isBetween(bytes * 9L / 10, bytes * 3L);
    }

    @Test
    void putsAsideADeliveryThatIsTooHeavyWithWhatThePartnerHolds() {
        Delivery heavy = delivery(1, described("tea", "x".repeat(4_000)), "\"" + "y".repeat(50_000) + "\"");
        Decision decision = RULES.decide(created(), absorb(heavy, delivery(2, described("cake", "sweet"), "{}")));
        List<Outcome> outcomes = ((MerchantReply.Absorbed) decision.reply()).outcomes();
        assertThat(outcomes.get(0).problem()).isEqualTo(Problem.TOO_LARGE);
        assertThat(outcomes.get(0).detail()).contains("50000 bytes", "smaller parts");
        assertThat(outcomes.get(1)).isEqualTo(Outcome.APPLIED);
        assertThat(decision.weight()).isLessThan(2_000);
    }

    @Test
    void writesWhatHasRoomOfManyDeliveriesAndHasTheOthersSentAgain() {
        MerchantCommand.Absorb all = absorb(
                delivery(1, described("tea", "x".repeat(4_000)), "{}"),
                delivery(2, described("cake", "x".repeat(4_000)), "{}"),
                delivery(3, described("soup", "x".repeat(4_000)), "{}"));
        Decision first = RULES.decide(created(), all, LIMITS.groupBytesMax());
        assertThat(first.reply()).isInstanceOf(MerchantReply.SlowDown.class);
        assertThat(first.after().records().present()).isEqualTo(2);
        Decision second = RULES.decide(first.after(), all, LIMITS.groupBytesMax());
        assertThat(((MerchantReply.Absorbed) second.reply()).outcomes())
                .containsExactly(Outcome.REDELIVERED, Outcome.REDELIVERED, Outcome.APPLIED);
        assertThat(second.after().records().present()).isEqualTo(3);
        assertThat(second.after().tally().applied()).isEqualTo(3);
    }

    @Test
    void groupsNoMoreProfilesThanARowHasRoomFor() {
        ActorTestKit kit = ActorTestKit.create(ConfigFactory.parseString("akka.actor.provider = local"));
        try {
            TestProbe<MerchantReply> probe = kit.createTestProbe(MerchantReply.class);
            Waiting waiting = new Waiting(RULES, LIMITS);
            for (int i = 0; i < 8; i++) {
                waiting.add(new Waiting.Change(profile("Grill " + i, 20), probe.ref()));
            }
            MerchantState state = created();
            int groups = 0;
            while (!waiting.isEmpty()) {
                Waiting.Group group = waiting.decide(state);
                state = group.after();
                groups++;
                assertThat(RowWeight.of(Commit.joined(group.parts())))
                        .isLessThan(LIMITS.groupBytesMax() + LIMITS.deliveryBytesMax());
            }
            assertThat(groups).isGreaterThan(2);
        } finally {
            kit.shutdownTestKit();
        }
    }
}
