package dev.tournant.adapter.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Result;
import dev.tournant.adapter.Writing;
import dev.tournant.model.Bound;
import dev.tournant.model.Category;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.Money;
import dev.tournant.model.Option;
import dev.tournant.model.Placement;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Store;
import dev.tournant.model.TriState;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ManifestWritingTest {
    private static final RecordKey TEA = RecordKey.of(Kind.ITEM, "i1");
    private static final RecordKey MILK = RecordKey.of(Kind.MODIFIER_GROUP, "g1");

    private final Writing writing = Potluck.adapter().writing().orElseThrow();
    private final Map<RecordKey, Remote> remotes = new HashMap<>(writing.seen(new Payload(
            Potluck.LINK,
            Potluck.USD,
            "catalog",
            Potluck.RECEIVED,
            Potluck.text("catalog.json").getBytes(StandardCharsets.UTF_8))));

    private Plan plan(Map<RecordKey, FieldMap> wanted, RecordKey... removed) {
        return writing.plan(
                new Difference(Potluck.LINK, Potluck.USD, wanted, Set.of(removed), remotes, "nonce", Potluck.RECEIVED));
    }

    private static Call only(Plan plan) {
        assertThat(plan.steps()).hasSize(1);
        assertThat(plan.steps().get(0)).hasSize(1);
        return plan.steps().get(0).get(0);
    }

    private static ObjectNode sent(Call call) {
        return Documents.object(Objects.requireNonNull(call.request().json()).getBytes(StandardCharsets.UTF_8));
    }

    private static Answer answer(int status, String json) {
        return new Answer(status, Map.of(), Potluck.json(json), Potluck.RECEIVED);
    }

    private static FieldMap priced(String amount, String currency) {
        return FieldMap.of(Item.PRICE, Money.of(amount, currency));
    }

    @Test
    void seesWhatThePartnerHolds() {
        assertThat(remotes.keySet()).as("what is deleted is not held").hasSize(8);
        assertThat(Objects.requireNonNull(remotes.get(TEA)).version()).isEqualTo(7);
        assertThat(Objects.requireNonNull(remotes.get(RecordKey.of(Kind.ITEM, "o1")))
                        .document())
                .isNull();
    }

    @Test
    void writesTheWholeObjectWithWhatItDoesNotKnow() {
        Call call = only(plan(Map.of(TEA, priced("2.75", "USD"))));
        assertThat(call.request().toString()).isEqualTo("PUT /locations/LOC/items/i1");
        assertThat(call.request().headers())
                .containsEntry("If-Match", "\"7\"")
                .containsEntry("Idempotency-Key", "nonce-0")
                .containsEntry("Potluck-Version", "2026-01");
        ObjectNode expected = Objects.requireNonNull(
                        Objects.requireNonNull(remotes.get(TEA)).document())
                .deepCopy();
        expected.put("price_minor", 275L);
        assertThat(Documents.text(sent(call))).isEqualTo(Documents.text(expected));
        Result result = writing.read(call, answer(200, "{'id':'i1','revision':8,'name':'Tea'}"));
        assertThat(result.outcomes()).isEqualTo(Map.of(TEA, Outcome.DONE));
        assertThat(Objects.requireNonNull(result.remotes().get(TEA)).version()).isEqualTo(8);
    }

    @Test
    void makesNoCallForWhatIsAsItShouldBe() {
        Map<RecordKey, FieldMap> all = new HashMap<>();
        Map<RecordKey, RecordDelta> deltas = Potluck.deltas(Potluck.page(Potluck.text("catalog.json")));
        deltas.forEach((key, delta) -> {
            if (remotes.containsKey(key)) {
                all.put(key, delta.fields());
            }
        });
        Plan plan = plan(all);
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.settled().values()).containsOnly(Outcome.DONE);
    }

    @Test
    void refusesOneRecordAndTellsTheOthers() {
        RecordKey cake = RecordKey.of(Kind.ITEM, "i2");
        Plan plan = plan(Map.of(TEA, priced("2.75", "EUR"), cake, priced("3", "USD")));
        assertThat(only(plan).about()).containsOnlyKeys(cake);
        assertThat(plan.settled()).containsOnlyKeys(TEA);
        assertThat(plan.settled().get(TEA)).isInstanceOfSatisfying(Outcome.GiveUp.class, refused -> {
            assertThat(refused.code()).isEqualTo("cannot-say");
            assertThat(refused.why()).contains("prices in USD");
        });
    }

    @Test
    void namesANewRecordBeforeOthersSpeakOfIt() {
        RecordKey soups = RecordKey.of(Kind.CATEGORY, "soups");
        RecordKey soup = RecordKey.of(Kind.ITEM, "soup");
        FieldMap.Builder dish = FieldMap.builder(Kind.ITEM);
        dish.setOrClear(Item.NAME, "Soup");
        dish.setOrClear(Item.CATEGORIES, List.of(new Placement(soups.id(), 0)));
        Map<RecordKey, FieldMap> wanted = Map.of(soups, FieldMap.of(Category.NAME, "Soups"), soup, dish.build());

        Plan first = plan(wanted);
        Call create = only(first);
        assertThat(create.request().toString()).isEqualTo("POST /locations/LOC/categories");
        assertThat(sent(create)).isEqualTo(Documents.object(Potluck.json("{'name':'Soups'}")));
        assertThat(first.settled()).as("the dish waits").isEmpty();

        Result named = writing.read(create, answer(201, "{'id':'c77','revision':1,'name':'Soups'}"));
        remotes.putAll(named.remotes());
        Call second = only(plan(Map.of(soup, dish.build())));
        assertThat(second.request().toString()).isEqualTo("POST /locations/LOC/items");
        assertThat(sent(second).path("in").path(0).path("category").asText()).isEqualTo("c77");
    }

    @Test
    void createsWhatIsNestedWithItsOwnerAndLearnsItsNames() {
        RecordKey sizes = RecordKey.of(Kind.MODIFIER_GROUP, "sizes");
        RecordKey large = RecordKey.of(Kind.ITEM, "large");
        FieldMap.Builder group = FieldMap.builder(Kind.MODIFIER_GROUP);
        group.setOrClear(ModifierGroup.NAME, "Sizes");
        group.setOrClear(ModifierGroup.MAX, Bound.UNLIMITED);
        group.setOrClear(
                ModifierGroup.OPTIONS,
                List.of(new Option(large.id(), 3, null, TriState.UNSET, TriState.UNSET, Bound.UNSET)));
        FieldMap.Builder option = FieldMap.builder(Kind.ITEM);
        option.setOrClear(Item.NAME, "Large");
        option.setOrClear(Item.PRICE, Money.of("1", "USD"));

        Call call = only(plan(Map.of(sizes, group.build(), large, option.build())));
        assertThat(sent(call))
                .isEqualTo(
                        Documents.object(
                                Potluck.json(
                                        "{'name':'Sizes','choose':{'most':-1},'options':[{'position':3,'name':'Large','price_minor':100}]}")));
        Result result =
                writing.read(call, answer(201, "{'id':'g9','revision':1,'options':[{'id':'o9','name':'Large'}]}"));
        assertThat(result.outcomes()).isEqualTo(Map.of(sizes, Outcome.DONE, large, Outcome.DONE));
        assertThat(Objects.requireNonNull(result.remotes().get(large)).id()).isEqualTo(new RecordId("o9"));
    }

    @Test
    void removesObjectsByCallsAndPartsByWritingTheirOwner() {
        Call remove = only(plan(Map.of(), TEA));
        assertThat(remove.request().toString()).isEqualTo("DELETE /locations/LOC/items/i1");
        assertThat(remove.request().headers()).as("what was seen, and no more").containsEntry("If-Match", "\"7\"");
        assertThat(writing.read(remove, answer(412, "{'error':{'code':'stale'}}"))
                        .outcomes())
                .isEqualTo(Map.of(TEA, new Outcome.ReadAgain("catalog", "HTTP 412 stale")));
        assertThat(writing.read(remove, answer(404, "")).outcomes()).isEqualTo(Map.of(TEA, Outcome.DONE));

        RecordKey cow = RecordKey.of(Kind.ITEM, "o2");
        Call without = only(plan(Map.of(), cow));
        assertThat(without.request().toString()).isEqualTo("PUT /locations/LOC/option-groups/g1");
        assertThat(sent(without).path("options")).hasSize(1);
        Result result = writing.read(without, answer(200, "{'id':'g1','revision':6,'options':[{'id':'o1'}]}"));
        assertThat(result.outcomes()).isEqualTo(Map.of(cow, Outcome.DONE));
    }

    @Test
    void readsConflictsAndRefusals() {
        Call call = only(plan(Map.of(TEA, priced("2.75", "USD"))));
        assertThat(writing.read(call, answer(412, "{'error':{'code':'stale'}}"))
                        .outcomes()
                        .get(TEA))
                .isEqualTo(new Outcome.ReadAgain("catalog", "HTTP 412 stale"));
        assertThat(writing.read(call, answer(503, "")).outcomes().get(TEA)).isInstanceOf(Outcome.TryLater.class);
        assertThat(writing.read(call, answer(401, "")).outcomes().get(TEA))
                .isInstanceOf(Outcome.NeedsReauthorisation.class);
        assertThat(writing.read(call, answer(422, "{'error':{'code':'name-taken'}}"))
                        .outcomes()
                        .get(TEA))
                .isEqualTo(new Outcome.GiveUp("name-taken", "HTTP 422 name-taken"));
        assertThat(writing.read(call, answer(200, "<html>")).outcomes().get(TEA))
                .as("written perhaps")
                .isInstanceOf(Outcome.ReadAgain.class);
    }

    @Test
    void refusesWhatIsInACategoryThatThePartnerCannotBeTold() throws ManifestException {
        String yaml = Potluck.YAML.replace("      create: POST /locations/{location}/categories\n", "");
        RecordKey fruit = RecordKey.of(Kind.CATEGORY, "fruit");
        RecordKey pear = RecordKey.of(Kind.ITEM, "pear");
        Plan plan = planBy(yaml, Map.of(fruit, FieldMap.of(Category.NAME, "Fruit"), pear, pear(fruit)));
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.settled())
                .containsEntry(fruit, new Outcome.GiveUp("unsupported", "this partner takes no new category"))
                .containsEntry(
                        pear,
                        new Outcome.GiveUp(
                                "unknown-reference", "it is in category/fruit, which this partner cannot be told"));
    }

    @Test
    void asksForNoNameOfWhatStandsInAFieldThatIsReadOnly() throws ManifestException {
        String yaml = Potluck.YAML
                .replace("      create: POST /locations/{location}/categories\n", "")
                .replace("categories: {path: in, by:", "categories: {path: in, read-only: true, by:");
        RecordKey fruit = RecordKey.of(Kind.CATEGORY, "fruit");
        RecordKey pear = RecordKey.of(Kind.ITEM, "pear");
        Plan plan = planBy(yaml, Map.of(fruit, FieldMap.of(Category.NAME, "Fruit"), pear, pear(fruit)));
        assertThat(only(plan).about()).containsOnlyKeys(pear);
        assertThat(sent(only(plan)).has("in")).isFalse();
        assertThat(plan.settled()).containsOnlyKeys(fruit);
    }

    @Test
    void saysWhichFieldsCanOnlyBeRead() throws ManifestException {
        assertThat(writing.takes(Item.NAME)).isTrue();
        assertThat(writing.takes(Store.ZONE)).isFalse();
        Writing options = ManifestAdapter.of(
                        "potluck.yaml",
                        Potluck.YAML.replace(
                                "      name: name\n      description",
                                "      name: {path: name, read-only: true}\n      description"))
                .writing()
                .orElseThrow();
        assertThat(options.takes(Item.NAME)).as("an option's can be told").isTrue();
    }

    private Plan planBy(String yaml, Map<RecordKey, FieldMap> wanted) throws ManifestException {
        return ManifestAdapter.of("potluck.yaml", yaml)
                .writing()
                .orElseThrow()
                .plan(new Difference(Potluck.LINK, Potluck.USD, wanted, Set.of(), remotes, "nonce", Potluck.RECEIVED));
    }

    private static FieldMap pear(RecordKey category) {
        return FieldMap.builder(Kind.ITEM)
                .set(Item.NAME, "Pear")
                .set(Item.CATEGORIES, List.of(new Placement(category.id(), 0)))
                .build();
    }

    @Test
    void settlesWhatThePartnerDoesNotTake() {
        RecordKey photo = RecordKey.of(Kind.PHOTO, "p");
        RecordKey lost = RecordKey.of(Kind.ITEM, "lost");
        FieldMap speaks = FieldMap.of(Item.TAXES, List.of(new RecordId("vat")));
        Plan plan = plan(Map.of(photo, FieldMap.of(dev.tournant.model.Photo.NAME, "x"), lost, speaks));
        assertThat(plan.steps()).isEmpty();
        assertThat(((Outcome.GiveUp) Objects.requireNonNull(plan.settled().get(photo))).code())
                .isEqualTo("unsupported");
        assertThat(((Outcome.GiveUp) Objects.requireNonNull(plan.settled().get(lost))).code())
                .isEqualTo("unknown-reference");
        JsonNode milk = Objects.requireNonNull(remotes.get(MILK)).document();
        assertThat(milk).isNotNull();
    }
}
