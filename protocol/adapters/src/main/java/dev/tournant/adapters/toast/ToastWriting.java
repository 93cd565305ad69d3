package dev.tournant.adapters.toast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Result;
import dev.tournant.adapter.Writing;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How Toast is told: stock only. Menus are edited at Toast, and whatever else is wanted of them is refused. */
final class ToastWriting implements Writing {
    static final String UPDATE_PATH = "/stock/v1/inventory/update";

    /** Toast names no limit; an entry is about 100 bytes. */
    static final int LEVELS_MAX = 100;

    static final Outcome READ_ONLY =
            new Outcome.GiveUp("read-only", "Toast takes no menus from outside: edit them at Toast");

    /** What is out of stock is not counted, and nobody has said until when. */
    private static final FieldMap OFF = ToastLevel.OUT_OF_STOCK
            .fields()
            .with(FieldMap.builder(Kind.ITEM).clear(Item.UNTIL).build());

    @Override
    public FieldMap off() {
        return OFF;
    }

    @Override
    public List<String> madeIn() {
        return List.of(ToastFetch.STOCK);
    }

    /** Ids are all that a write needs: stock has no version, and what is set does not depend on what there was. */
    @Override
    public Map<RecordKey, Remote> seen(Payload payload) {
        if (!ToastFetch.MENUS.equals(payload.resource()) && !ToastFetch.STOCK.equals(payload.resource())) {
            return Map.of();
        }
        Reading reading = new ToastAdapter().read(payload);
        Map<RecordKey, Remote> seen = new HashMap<>();
        for (PartnerEvent event : reading.events()) {
            for (RecordDelta delta : event.deltas()) {
                seen.put(delta.key(), new Remote(delta.key().id(), 0, null));
            }
        }
        return seen;
    }

    @Override
    public Plan plan(Difference difference) {
        Map<RecordKey, Outcome> settled = new HashMap<>();
        Map<RecordKey, ToastLevel> levels = new TreeMap<>();
        difference.wanted().forEach((key, fields) -> {
            ToastWish wish = ToastWish.of(key, fields, difference.remotes().containsKey(key));
            if (wish.level() != null) {
                levels.put(key, wish.level());
            }
            if (wish.settled() != null) {
                settled.put(key, wish.settled());
            }
        });
        difference.removed().forEach(key -> {
            boolean known = difference.remotes().containsKey(key) || key.kind() == Kind.STORE;
            settled.put(key, known ? READ_ONLY : Outcome.DONE);
            levels.remove(key);
        });
        List<Call> calls = calls(difference, levels);
        return new Plan(calls.isEmpty() ? List.of() : List.of(calls), settled);
    }

    private static List<Call> calls(Difference difference, Map<RecordKey, ToastLevel> levels) {
        List<Call> calls = new ArrayList<>();
        Map<RecordKey, RecordId> about = new TreeMap<>();
        ArrayNode entries = Documents.empty().putArray("levels");
        levels.forEach((key, level) -> {
            Remote remote = difference.remotes().get(key);
            if (remote != null) {
                about.put(key, remote.id());
                entries.add(entry(remote.id(), level));
            }
            if (about.size() == LEVELS_MAX) {
                calls.add(call(difference.link(), entries, about));
                about.clear();
                entries.removeAll();
            }
        });
        if (!about.isEmpty()) {
            calls.add(call(difference.link(), entries, about));
        }
        return calls;
    }

    private static JsonNode entry(RecordId item, ToastLevel level) {
        return ToastLevel.LENS.put(Documents.empty().put("guid", item.value()), level);
    }

    private static Call call(Link link, ArrayNode entries, Map<RecordKey, RecordId> about) {
        Request request = ToastApi.request("PUT", UPDATE_PATH, link, Documents.text(entries));
        return new Call(request, about, "");
    }

    @Override
    public Result read(Call call, Answer answer) {
        return new ToastResults(call, answer).read();
    }
}
