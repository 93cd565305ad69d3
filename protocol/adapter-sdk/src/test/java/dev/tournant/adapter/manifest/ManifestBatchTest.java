package dev.tournant.adapter.manifest;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Money;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Several objects a call, and patches. */
class ManifestBatchTest {
    static final String YAML = batched(Potluck.YAML);
    private static final RecordKey TEA = RecordKey.of(Kind.ITEM, "i1");
    private static final RecordKey CAKE = RecordKey.of(Kind.ITEM, "i2");
    private static final RecordKey PIE = RecordKey.of(Kind.ITEM, "pie");

    private final Writing writing = writing(YAML);
    private final Map<RecordKey, Remote> remotes = new HashMap<>(writing.seen(new Payload(
            Potluck.LINK,
            Potluck.USD,
            "catalog",
            Potluck.RECEIVED,
            Potluck.text("catalog.json").getBytes(StandardCharsets.UTF_8))));

    private static String batched(String yaml) {
        return yaml.replace(
                        "      create: POST /locations/{location}/items\n",
                        "      batch: {call: \"POST /locations/{location}/batch\", objects: all.items, most: 2,"
                                + " answers: results, answer: item, status: status}\n")
                .replace("      update: PUT /locations/{location}/items/{id}\n", "");
    }

    private static Writing writing(String yaml) {
        try {
            return ManifestAdapter.of("potluck.yaml", yaml).writing().orElseThrow();
        } catch (ManifestException e) {
            throw new AssertionError(e);
        }
    }

    private static FieldMap price(String amount) {
        return FieldMap.of(Item.PRICE, Money.of(amount, "USD"));
    }

    private Plan plan(Writing by, Map<RecordKey, FieldMap> wanted) {
        return by.plan(new Difference(Potluck.LINK, Potluck.USD, wanted, Set.of(), remotes, "nonce", Potluck.RECEIVED));
    }

    private static ObjectNode sent(Call call) {
        return Documents.object(Objects.requireNonNull(call.request().json()).getBytes(StandardCharsets.UTF_8));
    }

    private static Answer answer(int status, String json) {
        return new Answer(status, Map.of(), Potluck.json(json), Potluck.RECEIVED);
    }

    private Call batch() {
        FieldMap pie = FieldMap.of(Item.NAME, "Pie");
        List<Call> calls =
                plan(writing, Map.of(TEA, price("2.75"), PIE, pie)).steps().get(0);
        assertThat(calls).hasSize(1);
        return calls.get(0);
    }

    @Test
    void tellsSeveralObjectsAtOnceAndNoMoreThanThePartnerTakes() {
        List<Call> calls = plan(
                        writing, Map.of(TEA, price("2.75"), CAKE, price("3"), PIE, FieldMap.of(Item.NAME, "Pie")))
                .steps()
                .get(0);
        assertThat(calls).hasSize(2);
        assertThat(calls).extracting(call -> call.request().toString()).containsOnly("POST /locations/LOC/batch");
        assertThat(calls)
                .extracting(call -> call.request().headers().get("Idempotency-Key"))
                .containsExactly("nonce-0", "nonce-1");
        assertThat(sent(calls.get(0)).at("/all/items")).hasSize(2);
        assertThat(sent(calls.get(1)).at("/all/items")).hasSize(1);
    }

    @Test
    void readsWhatBecameOfEach() {
        Call call = batch();
        assertThat(sent(call).at("/all/items/0/id").asText()).isEqualTo("i1");
        assertThat(sent(call).at("/all/items/1").has("id"))
                .as("the partner names it")
                .isFalse();
        Result both = writing.read(
                call,
                answer(
                        200,
                        "{'results':[{'status':200,'item':{'id':'i1','revision':8}},{'status':201,'item':{'id':'i77','revision':1}}]}"));
        assertThat(both.outcomes()).isEqualTo(Map.of(TEA, Outcome.DONE, PIE, Outcome.DONE));
        assertThat(Objects.requireNonNull(both.remotes().get(PIE)).id()).isEqualTo(new RecordId("i77"));
        assertThat(Objects.requireNonNull(both.remotes().get(TEA)).version()).isEqualTo(8);

        Result one = writing.read(
                call,
                answer(
                        207,
                        "{'results':[{'status':412,'error':{'code':'stale'}},{'status':422,'error':{'code':'no-price'}}]}"));
        assertThat(one.outcomes().get(TEA)).isEqualTo(new Outcome.ReadAgain("catalog", "HTTP 412 stale"));
        assertThat(one.outcomes().get(PIE)).isEqualTo(new Outcome.GiveUp("no-price", "HTTP 422 no-price"));

        Result half = writing.read(call, answer(200, "{'results':[{'status':200,'item':{'id':'i1','revision':8}}]}"));
        assertThat(half.outcomes().get(TEA)).isEqualTo(Outcome.DONE);
        assertThat(half.outcomes().get(PIE)).as("written perhaps").isInstanceOf(Outcome.ReadAgain.class);
    }

    @Test
    void readsACodeWhereThereIsNoStatus() {
        Writing plain = writing(YAML.replace(", status: status", ""));
        Call call = batch();
        Result result = plain.read(
                call, answer(200, "{'results':[{'error':{'code':'busy'}},{'item':{'id':'i77','revision':1}}]}"));
        assertThat(result.outcomes().get(TEA)).isInstanceOf(Outcome.TryLater.class);
        assertThat(result.outcomes().get(PIE)).isEqualTo(Outcome.DONE);
    }

    @Test
    void findsOutWhoIsToBlameInHalves() {
        Result result = writing.read(batch(), answer(400, "{'error':{'code':'bad'}}"));
        assertThat(result.outcomes()).isEmpty();
        assertThat(result.instead()).hasSize(2);
        assertThat(result.instead())
                .extracting(call -> call.request().headers().get("Idempotency-Key"))
                .containsExactly("nonce-0.0", "nonce-0.1");
        Call second = result.instead().get(1);
        assertThat(second.about()).containsOnlyKeys(PIE);
        Result named =
                writing.read(second, answer(200, "{'results':[{'status':201,'item':{'id':'i77','revision':1}}]}"));
        assertThat(Objects.requireNonNull(named.remotes().get(PIE)).id()).isEqualTo(new RecordId("i77"));
        Result alone = writing.read(second, answer(400, "{'error':{'code':'bad'}}"));
        assertThat(alone.outcomes()).isEqualTo(Map.of(PIE, new Outcome.GiveUp("bad", "HTTP 400 bad")));
        assertThat(writing.read(second, answer(429, "")).outcomes().get(PIE)).isInstanceOf(Outcome.TryLater.class);
    }

    @Test
    void whatIsWrongWithABatchIsSaidWithItsLine() {
        assertThat(fault(YAML.replace("most: 2", "most: 1")))
                .contains("batch.most: must be a whole number from 2 to 1000");
        assertThat(fault(YAML.replace("objects: all.items, ", ""))).contains("batch: objects is missing");
        assertThat(fault(YAML.replace("/batch\", objects", "/{id}\", objects"))).contains("has {id}; known are");
        assertThat(fault(YAML.replace("status: status}", "state: status}"))).contains("is status meant?");
    }

    private static String fault(String yaml) {
        assertThat(yaml).isNotEqualTo(YAML);
        long line = YAML.substring(0, YAML.indexOf("{call: ")).lines().count();
        Throwable fault = org.assertj.core.api.Assertions.catchThrowable(() -> ManifestAdapter.of("p.yaml", yaml));
        assertThat(fault)
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("p.yaml:" + line + ": writing.records.item");
        return String.valueOf(fault.getMessage());
    }

    @Test
    void aPatchBearsWhatChangedAndNothingElse() {
        Writing patching = writing(Potluck.YAML.replace("update: PUT", "patch: PATCH"));
        FieldMap fields = FieldMap.builder(Kind.ITEM)
                .set(Item.PRICE, Money.of("2.75", "USD"))
                .setOrClear(Item.DESCRIPTION, null)
                .build();
        Call call = plan(patching, Map.of(TEA, fields)).steps().get(0).get(0);
        assertThat(call.request().toString()).isEqualTo("PATCH /locations/LOC/items/i1");
        assertThat(call.request().headers()).containsEntry("If-Match", "\"7\"");
        ObjectNode body = sent(call);
        assertThat(body.path("price_minor").asLong()).isEqualTo(275);
        assertThat(body.has("name")).isFalse();
        assertThat(body.path("text").path("long").isNull() || body.path("text").isNull())
                .as("taken away: " + body)
                .isTrue();
        assertThat(body).hasSize(2);
        assertThat(patching.read(call, answer(200, "{'id':'i1','revision':8,'name':'Tea'}"))
                        .outcomes())
                .isEqualTo(Map.of(TEA, Outcome.DONE));
        assertThat(patching.read(call, answer(200, "{'id':'other','revision':8}"))
                        .outcomes()
                        .get(TEA))
                .as("the answer is about another one")
                .isInstanceOf(Outcome.ReadAgain.class);
    }
}
