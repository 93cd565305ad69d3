package dev.tournant.adapter.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Writing;
import dev.tournant.model.Category;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Money;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Store;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** New objects of a partner that knows no key by which a repeated call is known: they may not be told again blindly. */
class ManifestUnkeyedTest {
    private static final String KEY = "  idempotency-header: Idempotency-Key\n";
    private static final RecordKey TEA = RecordKey.of(Kind.ITEM, "i1");
    private static final RecordKey PIE = RecordKey.of(Kind.ITEM, "pie");
    private static final RecordKey SOUPS = RecordKey.of(Kind.CATEGORY, "soups");
    private static final FieldMap NEW_PIE = FieldMap.of(Item.NAME, "Pie");
    private static final FieldMap DEARER = FieldMap.of(Item.PRICE, Money.of("2.75", "USD"));

    private final Writing keyed = writing(Potluck.YAML);
    private final Writing unkeyed = writing(Potluck.YAML.replace(KEY, ""));

    private static Writing writing(String yaml) {
        try {
            return ManifestAdapter.of("potluck.yaml", yaml).writing().orElseThrow();
        } catch (ManifestException e) {
            throw new AssertionError(e);
        }
    }

    private static Call call(Writing by, Map<RecordKey, FieldMap> wanted) {
        Map<RecordKey, Remote> remotes = by.seen(new Payload(
                Potluck.LINK,
                Potluck.USD,
                "catalog",
                Potluck.RECEIVED,
                Potluck.text("catalog.json").getBytes(StandardCharsets.UTF_8)));
        return by.plan(new Difference(Potluck.LINK, Potluck.USD, wanted, Set.of(), remotes, "nonce", Potluck.RECEIVED))
                .steps()
                .get(0)
                .get(0);
    }

    private static Answer answer(int status, String json) {
        return new Answer(status, Map.of(), Potluck.json(json), Potluck.RECEIVED);
    }

    @Test
    void whatMayHaveBeenMadeIsLookedFor() {
        Call create = call(unkeyed, Map.of(SOUPS, FieldMap.of(Category.NAME, "Soups")));
        for (int status : new int[] {408, 500, 502, 503, 504}) {
            assertThat(unkeyed.read(create, answer(status, "")).outcomes().get(SOUPS))
                    .as("HTTP " + status)
                    .isInstanceOfSatisfying(
                            Outcome.ReadAgain.class,
                            again -> assertThat(again.resource()).isEqualTo("catalog"));
        }
        assertThat(unkeyed.unanswered(create, "reset").outcomes().get(SOUPS))
                .isEqualTo(new Outcome.ReadAgain("catalog", "reset"));
        assertThat(unkeyed.madeIn()).as("whoever asks later").containsExactly("catalog");
    }

    @Test
    void whatMayHaveBeenTakenIsSeenWhereItStands() {
        assertThat(unkeyed.shownIn(Item.PRICE)).containsExactly("catalog");
        assertThat(unkeyed.shownIn(Store.PHONE)).containsExactly("store");
    }

    @Test
    void whatCannotHaveBeenMadeIsToldAgain() {
        Call create = call(unkeyed, Map.of(PIE, NEW_PIE));
        assertThat(unkeyed.read(create, answer(429, "")).outcomes().get(PIE)).isInstanceOf(Outcome.TryLater.class);
        assertThat(unkeyed.read(create, answer(401, "")).outcomes().get(PIE))
                .isInstanceOf(Outcome.NeedsReauthorisation.class);
        Call keyedCreate = call(keyed, Map.of(PIE, NEW_PIE));
        assertThat(keyed.read(keyedCreate, answer(500, "")).outcomes().get(PIE)).isInstanceOf(Outcome.TryLater.class);
        assertThat(keyed.unanswered(keyedCreate, "reset").outcomes().get(PIE)).isInstanceOf(Outcome.TryLater.class);
        Call update = call(unkeyed, Map.of(TEA, DEARER));
        assertThat(unkeyed.read(update, answer(500, "")).outcomes().get(TEA)).isInstanceOf(Outcome.TryLater.class);
        assertThat(unkeyed.unanswered(update, "reset").outcomes().get(TEA)).isInstanceOf(Outcome.TryLater.class);
    }

    @Test
    void ofABatchWithANewObjectAllOfIt() {
        Writing batched = writing(ManifestBatchTest.YAML.replace(KEY, ""));
        Call batch = call(batched, Map.of(TEA, DEARER, PIE, NEW_PIE));
        assertThat(batched.read(batch, answer(500, "")).outcomes().values())
                .hasSize(2)
                .allSatisfy(each -> assertThat(each).isInstanceOf(Outcome.ReadAgain.class));
        assertThat(batched.read(
                                batch,
                                answer(
                                        207,
                                        "{'results':[{'status':200,'item':{'id':'i1','revision':8}},{'status':503}]}"))
                        .outcomes()
                        .get(PIE))
                .isInstanceOf(Outcome.ReadAgain.class);
    }
}
