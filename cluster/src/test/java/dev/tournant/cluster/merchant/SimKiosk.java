package dev.tournant.cluster.merchant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Result;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.RemoteRecord;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Whole;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A kiosk that is only told, one object a call: it names what is made, knows no key by which a repeated call is known, and has
 * no versions. Guests and staff edit and delete there, to no effect, and add what stays as theirs.
 */
final class SimKiosk extends SimPartner {
    static final String ITEMS = "items";
    /** Bears the record for which a thing is made: for us, to see what is made twice. */
    private static final String RECORD = "Record";

    private static final Outcome LATER = new Outcome.TryLater(Duration.ofSeconds(2), "busy");
    private static final Outcome LOOK = new Outcome.ReadAgain(ITEMS, "it may have been made");

    SimKiosk(Link link, Random random) {
        super(link, Duration.ZERO, random);
    }

    @Override
    Traits traits() {
        return new Traits(
                List.of(ITEMS), Set.of(Capability.WRITE_CATALOGUE), Optional.of(Scope.CHANGES), Optional.empty());
    }

    @Override
    public Plan plan(Difference difference) {
        List<Call> calls = new ArrayList<>();
        Map<RecordKey, Outcome> settled = new HashMap<>();
        new TreeMap<>(difference.wanted()).forEach((key, fields) -> {
            Remote remote = difference.remotes().get(key);
            RecordId name = remote == null ? new RecordId("#" + key.id()) : remote.id();
            String path = remote == null ? "/make" : "/items/" + name;
            Request bare = request(path, (ObjectNode) json(fields));
            Request sent =
                    new Request(bare.method(), path, Map.of(RECORD, key.id().value()), bare.json(), remote != null);
            calls.add(new Call(sent, Map.of(key, name), ITEMS));
        });
        for (RecordKey key : new TreeSet<>(difference.removed())) {
            Remote remote = difference.remotes().get(key);
            if (remote == null) {
                settled.put(key, Outcome.DONE);
            } else {
                calls.add(new Call(request("/delete/" + remote.id(), object()), Map.of(key, remote.id()), ITEMS));
            }
        }
        return new Plan(calls.isEmpty() ? List.of() : List.of(calls), settled);
    }

    @Override
    Answer take(Request request, Instant now) {
        FieldMap fields = fields(body(request));
        if (isBad(fields)) {
            return answer(400, object(), now);
        }
        if (request.path().equals("/make")) {
            String id = newId("K");
            noteMade(request.headers().getOrDefault(RECORD, ""), id);
            things.put(id, new Thing(fields, 0, now));
            return answer(200, object().put("id", id), now);
        }
        String id = request.path().substring(request.path().lastIndexOf('/') + 1);
        Thing thing = things.get(id);
        if (thing == null) {
            return answer(404, object(), now);
        }
        if (request.path().startsWith("/delete")) {
            if (own.contains(id)) {
                robbed.add(id);
            }
            things.remove(id);
        } else {
            thing.fields = thing.fields.with(fields);
        }
        return answer(200, object().put("id", id), now);
    }

    @Override
    public Result read(Call call, Answer answer) {
        boolean deletes = call.request().path().startsWith("/delete");
        return switch (answer.status()) {
            case 200 ->
                deletes
                        ? all(call, Outcome.DONE)
                        : done(call, body(answer).path("id").asText());
            case 404 -> all(call, deletes ? Outcome.DONE : new Outcome.ReadAgain(ITEMS, "it is gone"));
            case 400 -> all(call, new Outcome.GiveUp("bad-name", "names have no exclamation marks"));
            case 429 -> all(call, LATER);
            default -> unanswered(call, "trouble");
        };
    }

    @Override
    public Result unanswered(Call call, String why) {
        return all(call, call.request().repeatable() ? LATER : LOOK);
    }

    private static Result done(Call call, String id) {
        Map<RecordKey, Remote> remotes = new HashMap<>();
        call.about().keySet().forEach(key -> remotes.put(key, new Remote(new RecordId(id), 0, null)));
        return new Result(all(call, Outcome.DONE).outcomes(), remotes, List.of());
    }

    private static Result all(Call call, Outcome outcome) {
        Map<RecordKey, Outcome> outcomes = new HashMap<>();
        call.about().keySet().forEach(key -> outcomes.put(key, outcome));
        return new Result(outcomes, Map.of(), List.of());
    }

    @Override
    List<Snapshot> read(String resource) {
        Map<String, FieldMap> shown = new TreeMap<>();
        things.forEach((id, thing) -> shown.put(id, thing.fields));
        return List.of(asked -> {
            List<RecordDelta> deltas = new ArrayList<>();
            List<RemoteRecord> remotes = new ArrayList<>();
            shown.forEach((id, fields) -> {
                deltas.add(RecordDelta.set(item(id), stamp(asked), 0, all(fields, FIELDS)));
                remotes.add(new RemoteRecord(item(id), new RecordId(id), 0, null));
            });
            Whole whole = new Whole(Kind.ITEM, stamp(asked), FieldMap.EMPTY);
            return new Said(List.of(new PartnerEvent("", deltas, List.of(), List.of(whole))), remotes, List.of());
        });
    }

    @Override
    List<Said> edit(SimWorld world, Instant now) {
        List<Map.Entry<String, Thing>> all = new ArrayList<>(things.entrySet());
        int what = random.nextInt(10);
        if (all.isEmpty() || what == 0) {
            String id = newId("K");
            FieldMap own = FieldMap.builder(Kind.ITEM)
                    .put(Item.SKU, "own" + id)
                    .put(Item.NAME, "own")
                    .build();
            things.put(id, new Thing(own, 0, now));
            this.own.add(id);
            world.log("kiosk makes " + id);
            return List.of();
        }
        Map.Entry<String, Thing> one = all.get(random.nextInt(all.size()));
        if (what == 1) {
            things.remove(one.getKey());
            world.log("kiosk deletes " + one.getKey());
        } else {
            FieldMap edit = FieldMap.of(Item.NAME, "kiosk" + random.nextInt(1_000));
            one.getValue().fields = one.getValue().fields.with(edit);
            world.log("kiosk edits " + one.getKey() + " " + edit);
        }
        return List.of();
    }

    @Override
    boolean shows(FieldMap fields, @Nullable Thing thing) {
        return thing != null && same(fields, Objects.requireNonNull(thing).fields, FIELDS);
    }
}
