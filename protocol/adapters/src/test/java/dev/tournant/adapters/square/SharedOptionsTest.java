package dev.tournant.adapters.square;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Result;
import dev.tournant.model.Bound;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.Option;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.TriState;
import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A modifier stands in one list at Square, and an item may be an option of several groups. */
class SharedOptionsTest {
    private static final RecordKey SAUCES = RecordKey.of(Kind.MODIFIER_GROUP, "sauces");
    private static final RecordKey DIPS = RecordKey.of(Kind.MODIFIER_GROUP, "dips");
    private static final RecordKey KETCHUP = RecordKey.of(Kind.ITEM, "ketchup");
    private static final RecordKey MAYO = RecordKey.of(Kind.ITEM, "mayo");
    private static final String LIST = """
            {"type": "MODIFIER_LIST", "id": "L1", "version": 7, "modifier_list_data": {"name": "Sauces", "modifiers": [
              {"type": "MODIFIER", "id": "M1", "version": 7,
               "modifier_data": {"name": "Ketchup", "ordinal": 0, "modifier_list_id": "L1"}}]}}
            """;
    private static final Map<RecordKey, Remote> REMOTES = Map.of(
            SAUCES,
            new Remote(new RecordId("L1"), 7, Documents.object(LIST.getBytes(StandardCharsets.UTF_8))),
            KETCHUP,
            new Remote(new RecordId("M1"), 7, null));

    private static Plan plan(Map<RecordKey, FieldMap> wanted, Map<RecordKey, Remote> remotes) {
        return new SquareWriting()
                .plan(new Difference(
                        Sample.LINK, Currency.getInstance("USD"), wanted, Set.of(), remotes, "n1", Sample.RECEIVED));
    }

    private static FieldMap of(RecordKey... items) {
        List<Option> options = Stream.of(items)
                .map(item -> new Option(item.id(), 0, null, TriState.UNSET, TriState.UNSET, Bound.UNSET))
                .toList();
        return FieldMap.builder(Kind.MODIFIER_GROUP)
                .set(ModifierGroup.NAME, "Group")
                .set(ModifierGroup.OPTIONS, options)
                .build();
    }

    private static FieldMap item(String name) {
        return FieldMap.of(Item.NAME, name);
    }

    @Test
    void whatIsInAListCannotBeInASecondOne() {
        Plan plan = plan(Map.of(DIPS, of(KETCHUP, MAYO), MAYO, item("Mayo")), REMOTES);
        assertThat(plan.steps()).as("no call that Square refuses for ever").isEmpty();
        assertThat(plan.settled().get(DIPS)).isInstanceOfSatisfying(Outcome.GiveUp.class, no -> {
            assertThat(no.code()).isEqualTo("cannot-say");
            assertThat(no.why()).startsWith("options: item/ketchup is in another list or a dish");
        });
    }

    @Test
    void whatIsNewIsToldInTheFirst() {
        Plan plan = plan(Map.of(DIPS, of(MAYO), SAUCES, of(MAYO), MAYO, item("Mayo")), Map.of());
        assertThat(plan.steps()).hasSize(1);
        assertThat(plan.steps().get(0).get(0).about()).containsOnlyKeys(DIPS, MAYO);
        assertThat(plan.settled()).containsOnlyKeys(SAUCES);
    }

    private static JsonNode lists(Plan plan) {
        assertThat(plan.steps()).hasSize(1);
        assertThat(plan.steps().get(0)).hasSize(1);
        String json = String.valueOf(plan.steps().get(0).get(0).request().json());
        return Documents.object(json.getBytes(StandardCharsets.UTF_8)).at("/batches/0/objects");
    }

    /** Square deletes what its list leaves out, so that nothing is left to be told in another one later. */
    @Test
    void whatItsListLetsGoIsMadeAnewInTheOther() {
        Plan plan = plan(Map.of(SAUCES, of(), DIPS, of(KETCHUP)), REMOTES);
        assertThat(plan.settled()).isEmpty();
        Call call = plan.steps().get(0).get(0);
        String name = String.valueOf(call.about().get(KETCHUP));
        assertThat(name).startsWith("#");
        JsonNode lists = lists(plan);
        assertThat(lists).hasSize(2);
        lists.forEach(list -> {
            JsonNode modifiers = list.at("/modifier_list_data/modifiers");
            assertThat(modifiers).hasSize(list.path("id").asText().equals("L1") ? 0 : 1);
        });
        JsonNode made = lists.findValues("modifiers").stream()
                .flatMap(each -> Stream.of(each.path(0)))
                .filter(JsonNode::isObject)
                .findFirst()
                .orElseThrow();
        assertThat(made.path("id").asText()).isEqualTo(name);
        assertThat(made.has("version")).isFalse();
        assertThat(made.at("/modifier_data/name").asText()).isEqualTo("Ketchup");
    }

    @Test
    void aMoveBringsTheNewName() {
        Call call = plan(Map.of(SAUCES, of(), DIPS, of(KETCHUP), KETCHUP, item("Curry ketchup")), REMOTES)
                .steps()
                .get(0)
                .get(0);
        String name = String.valueOf(call.about().get(KETCHUP));
        String answer = """
                {"objects": [{"type": "MODIFIER_LIST", "id": "L2", "version": 8, "modifier_list_data": {"modifiers": [
                   {"type": "MODIFIER", "id": "M2", "version": 8, "modifier_data": {"name": "Curry ketchup"}}]}}],
                 "id_mappings": [{"client_object_id": "%s", "object_id": "M2"}]}
                """.formatted(name);
        assertThat(call.request().json()).contains("Curry ketchup").doesNotContain("\"M1\"");
        Result result = new SquareWriting()
                .read(call, new Answer(200, Map.of(), answer.getBytes(StandardCharsets.UTF_8), Sample.RECEIVED));
        assertThat(result.remotes().get(KETCHUP)).isEqualTo(new Remote(new RecordId("M2"), 8, null));
    }

    @Test
    void whatIsSoldOutOrToldItsStockStaysWhereItIs() {
        FieldMap off = FieldMap.of(Item.STATUS, SaleStatus.PAUSED);
        Plan stock = plan(Map.of(SAUCES, of(), DIPS, of(KETCHUP), KETCHUP, off), REMOTES);
        assertThat(stock.settled().get(DIPS)).isInstanceOf(Outcome.GiveUp.class);
        String soldOut = LIST.replace(
                "\"modifier_list_id\": \"L1\"",
                "\"location_overrides\": [{\"location_id\": \"" + Sample.LINK.location() + "\", \"sold_out\": true}]");
        Map<RecordKey, Remote> remotes = new HashMap<>(REMOTES);
        remotes.put(
                SAUCES, new Remote(new RecordId("L1"), 7, Documents.object(soldOut.getBytes(StandardCharsets.UTF_8))));
        assertThat(plan(Map.of(SAUCES, of(), DIPS, of(KETCHUP)), remotes)
                        .settled()
                        .get(DIPS))
                .isInstanceOf(Outcome.GiveUp.class);
    }

    @Test
    void aListTakesMore() {
        Plan plan = plan(Map.of(SAUCES, of(KETCHUP, MAYO), MAYO, item("Mayo")), REMOTES);
        assertThat(plan.settled()).isEmpty();
        assertThat(plan.steps().get(0).get(0).about()).containsKeys(SAUCES, MAYO);
    }
}
