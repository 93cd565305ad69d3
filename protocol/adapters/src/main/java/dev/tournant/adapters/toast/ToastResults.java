package dev.tournant.adapters.toast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Result;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads Toast's answer to levels of stock. Items that it does not know are marked inside a 200; a body that it does not
 * like is refused as a whole, and halved until the entry is found that is to blame.
 */
final class ToastResults {
    private static final int BAD_REQUEST = 400;

    private static final Outcome UNKNOWN_ITEM =
            new Outcome.GiveUp("unknown-item", "the restaurant has no item of this GUID: read its menus again");

    private final Call call;
    private final Answer answer;

    ToastResults(Call call, Answer answer) {
        this.call = call;
        this.answer = answer;
    }

    Result read() {
        if (answer.status() / 100 == 2) {
            return taken();
        }
        if (answer.status() == BAD_REQUEST && call.about().size() > 1) {
            return new Result(Map.of(), Map.of(), halves());
        }
        return all(ToastApi.refused(answer));
    }

    private Result all(Outcome outcome) {
        Map<RecordKey, Outcome> outcomes = new HashMap<>();
        call.about().keySet().forEach(key -> outcomes.put(key, outcome));
        return new Result(outcomes, Map.of(), List.of());
    }

    private Result taken() {
        Map<String, Boolean> valid = new HashMap<>();
        try {
            for (JsonNode each : Documents.list(answer.body())) {
                valid.put(each.path("guid").asText(), !Toast.says(each, "itemGuidValidity", "INVALID"));
            }
        } catch (InvalidValue e) {
            // Levels may be set twice, so it is no matter whether they were taken.
            return all(new Outcome.TryLater(Duration.ZERO, "the answer " + e.getMessage()));
        }
        Map<RecordKey, Outcome> outcomes = new HashMap<>();
        call.about().forEach((key, name) -> outcomes.put(key, outcome(name, valid.get(name.value()))));
        return new Result(outcomes, Map.of(), List.of());
    }

    private static Outcome outcome(RecordId name, @Nullable Boolean valid) {
        if (valid == null) {
            return new Outcome.ReadAgain(ToastFetch.STOCK, "the answer does not mention " + name);
        }
        return valid ? Outcome.DONE : UNKNOWN_ITEM;
    }

    private List<Call> halves() {
        String json = call.request().json();
        ArrayNode sent = Documents.list((json == null ? "[]" : json).getBytes(StandardCharsets.UTF_8));
        int half = sent.size() / 2;
        List<Call> halves = new ArrayList<>();
        for (int from : new int[] {0, half}) {
            ArrayNode part = Documents.empty().putArray("levels");
            for (int i = from; i < (from == 0 ? half : sent.size()); i++) {
                part.add(sent.get(i));
            }
            halves.add(part(part));
        }
        return halves;
    }

    private Call part(ArrayNode entries) {
        Map<String, RecordKey> records = new HashMap<>();
        call.about().forEach((key, name) -> records.put(name.value(), key));
        Map<RecordKey, RecordId> about = new HashMap<>();
        for (JsonNode entry : entries) {
            String name = entry.path("guid").asText();
            RecordKey key = records.get(name);
            if (key != null) {
                about.put(key, new RecordId(name));
            }
        }
        Request whole = call.request();
        Request request =
                new Request(whole.method(), whole.path(), whole.headers(), Documents.text(entries), whole.repeatable());
        return new Call(request, about, call.lock());
    }
}
