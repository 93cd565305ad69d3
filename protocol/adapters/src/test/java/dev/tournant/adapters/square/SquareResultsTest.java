package dev.tournant.adapters.square;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Result;
import dev.tournant.model.Kind;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Square may answer to a batch of four categories, of which two belong together. */
class SquareResultsTest {
    private static final RecordKey KEPT = RecordKey.of(Kind.CATEGORY, "kept");

    private static ObjectNode category(String id, String parent) {
        return Documents.object(Sample.json("{'type':'CATEGORY','id':'" + id
                + "','category_data':{'name':'x','parent_category':{'id':'" + parent + "'}}}"));
    }

    private static final Call CALL = SquareWriting.upsert(
            List.of(category("A", ""), category("#1", ""), category("B", ""), category("#2", "#1")),
            Map.of(
                    new RecordId("A"), KEPT,
                    new RecordId("#1"), RecordKey.of(Kind.CATEGORY, "parent"),
                    new RecordId("#2"), RecordKey.of(Kind.CATEGORY, "child"),
                    new RecordId("B"), RecordKey.of(Kind.CATEGORY, "b")),
            "key");

    private static Result read(Call call, int status, String body) {
        return new SquareWriting()
                .read(call, new Answer(status, Map.of("retry-after", "7"), Sample.json(body), Sample.RECEIVED));
    }

    private static String error(String code) {
        return "{'errors':[{'category':'X','code':'" + code + "','detail':'why'}]}";
    }

    @Test
    void tellsTroubleThatPassesFromTroubleThatStays() {
        assertThat(read(CALL, 429, error("RATE_LIMITED")).outcomes().get(KEPT))
                .isEqualTo(new Outcome.TryLater(Duration.ofSeconds(7), "HTTP 429 RATE_LIMITED: why"));
        assertThat(read(CALL, 503, "not json").outcomes().get(KEPT)).isInstanceOf(Outcome.TryLater.class);
        assertThat(read(CALL, 401, error("UNAUTHORIZED")).outcomes().get(KEPT))
                .isInstanceOf(Outcome.NeedsReauthorisation.class);
        assertThat(read(CALL, 400, error("VERSION_MISMATCH")).outcomes().get(KEPT))
                .isInstanceOf(Outcome.ReadAgain.class);
        assertThat(read(CALL, 404, "{}").outcomes().values())
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.GiveUp.class));
        assertThat(read(CALL, 200, "{}").outcomes().get(KEPT))
                .as("an answer that does not mention an object proves nothing")
                .isInstanceOf(Outcome.ReadAgain.class);
    }

    @Test
    void halvesABatchWithoutPartingWhatBelongsTogetherUntilOneIsLeft() {
        Map<RecordKey, Outcome> blamed = new HashMap<>();
        List<Call> calls = List.of(CALL);
        int made = 0;
        while (!calls.isEmpty()) {
            List<Call> next = new java.util.ArrayList<>();
            for (Call call : calls) {
                made++;
                Result result = read(call, 200, error("INVALID_VALUE"));
                blamed.putAll(result.outcomes());
                next.addAll(result.instead());
                boolean parent = call.about().containsKey(RecordKey.of(Kind.CATEGORY, "parent"));
                assertThat(call.about().containsKey(RecordKey.of(Kind.CATEGORY, "child")))
                        .isEqualTo(parent);
            }
            calls = next;
        }
        assertThat(made).isEqualTo(5);
        assertThat(blamed.keySet()).isEqualTo(CALL.about().keySet());
        assertThat(blamed.values()).containsOnly(new Outcome.GiveUp("INVALID_VALUE", "HTTP 200 INVALID_VALUE: why"));
    }

    @Test
    void givesEveryCallAKeyOfItsOwn() {
        List<Call> halves = read(CALL, 400, error("INVALID_VALUE")).instead();
        assertThat(halves.stream().map(SquareResultsTest::key)).containsExactly("key.0", "key.1");
    }

    private static String key(Call call) {
        String json = String.valueOf(call.request().json());
        return Documents.object(json.getBytes(StandardCharsets.UTF_8))
                .path("idempotency_key")
                .asText();
    }
}
