package dev.tournant.cluster.merchant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Result;
import dev.tournant.adapter.Writing;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.JobEnded;
import dev.tournant.messages.PushOutcome;
import dev.tournant.messages.RemoteRecord;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Link;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
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
import org.jspecify.annotations.Nullable;

/**
 * A marketplace that is only told: whole documents under our names, in jobs of which one runs at a time. Somebody with a
 * tablet edits there too. How a job ended is told by webhook; some marketplaces' pages tell as much, others only that it did.
 */
final class SimMarket extends SimPartner {
    static final String MENUS = "menus";
    private static final Duration WITHIN = Duration.ofHours(1);
    private static final PushOutcome SEEN = PushOutcome.later(Duration.ZERO, "its end was not told, but seen");

    private @Nullable String job;
    private TreeMap<String, FieldMap> document = new TreeMap<>();
    private final List<JobEnded> ended = new ArrayList<>();

    /** Drawn apart from what the others draw. */
    private final Random tablet;

    private final boolean tellsEnds;

    SimMarket(Link link, Random random, Random tablet) {
        super(link, Duration.ZERO, random);
        this.tablet = tablet;
        this.tellsEnds = tablet.nextBoolean();
    }

    @Override
    Traits traits() {
        return new Traits(
                List.of(MENUS),
                Set.of(Capability.WRITE_CATALOGUE, Capability.ASYNCHRONOUS),
                Optional.of(Scope.WHOLE),
                jobs());
    }

    @Override
    public Writing.Scope scope() {
        return Scope.WHOLE;
    }

    @Override
    public Optional<Jobs> jobs() {
        return Optional.of(new Jobs(WITHIN, MENUS));
    }

    @Override
    public Plan plan(Difference difference) {
        Map<RecordKey, Outcome> settled = new HashMap<>();
        Map<RecordKey, RecordId> about = new HashMap<>();
        difference.wanted().forEach((key, fields) -> {
            if (isBad(Objects.requireNonNull(difference.whole().getOrDefault(key, fields)))) {
                settled.put(key, new Outcome.GiveUp("bad-name", "names have no exclamation marks"));
            } else {
                about.put(key, key.id());
            }
        });
        difference.removed().forEach(key -> about.put(key, key.id()));
        if (about.isEmpty() || isThere(difference)) {
            about.keySet().forEach(key -> settled.put(key, Outcome.DONE));
            return new Plan(List.of(), settled);
        }
        if (!difference.pending().isEmpty()) {
            about.keySet()
                    .forEach(key -> settled.put(
                            key, new Outcome.TryLater(Duration.ofSeconds(30), "the job before is not done")));
            return new Plan(List.of(), settled);
        }
        ObjectNode body = object().put("job", difference.nonce());
        ObjectNode items = body.putObject("items");
        difference.whole().forEach((key, fields) -> {
            if (!isBad(fields)) {
                items.set(key.id().value(), json(fields));
            }
        });
        return new Plan(List.of(List.of(new Call(request("/menus", body), about, MENUS))), settled);
    }

    /** Whether the documents that were seen last are those that there should be. */
    private static boolean isThere(Difference difference) {
        Map<RecordKey, FieldMap> wanted = new HashMap<>();
        difference.whole().forEach((key, fields) -> {
            if (!isBad(fields)) {
                wanted.put(key, fields);
            }
        });
        return wanted.keySet().equals(difference.remotes().keySet())
                && wanted.entrySet().stream().allMatch(each -> {
                    ObjectNode document = Objects.requireNonNull(
                                    difference.remotes().get(each.getKey()))
                            .document();
                    return document != null && same(each.getValue(), fields(document), FIELDS);
                });
    }

    @Override
    Answer take(Request request, Instant now) {
        JsonNode body = body(request);
        String name = body.path("job").asText();
        boolean known =
                name.equals(job) || ended.stream().anyMatch(each -> each.job().equals(name));
        if (known) {
            return answer(202, object(), now);
        }
        if (job != null) {
            return answer(409, object(), now);
        }
        job = name;
        document = new TreeMap<>();
        body.path("items").fields().forEachRemaining(each -> document.put(each.getKey(), fields(each.getValue())));
        return answer(202, object(), now);
    }

    @Override
    public Result read(Call call, Answer answer) {
        return answer.status() == 202
                ? all(call, new Outcome.Pending(job(call)))
                : all(call, new Outcome.TryLater(Duration.ofSeconds(5), "busy"));
    }

    /** It may have been taken. */
    @Override
    public Result unanswered(Call call, String why) {
        return all(call, new Outcome.Pending(job(call)));
    }

    private static String job(Call call) {
        return body(call.request()).path("job").asText();
    }

    private static Result all(Call call, Outcome outcome) {
        Map<RecordKey, Outcome> outcomes = new HashMap<>();
        call.about().keySet().forEach(key -> outcomes.put(key, outcome));
        return new Result(outcomes, Map.of(), List.of());
    }

    boolean isWorking() {
        return job != null;
    }

    /** Ends the job. In its second phase it may fail, and leave the first half behind. */
    Said work(boolean fails, Instant now) {
        String name = Objects.requireNonNull(job);
        job = null;
        int left = fails ? document.size() / 2 : document.size();
        TreeMap<String, FieldMap> first = new TreeMap<>();
        document.forEach((id, fields) -> {
            if (first.size() < left) {
                first.put(id, fields);
            }
        });
        if (!fails) {
            things.clear();
        }
        first.forEach((id, fields) -> things.put(id, new Thing(fields, 0, now)));
        PushOutcome outcome = fails ? PushOutcome.readAgain(MENUS, "the second phase failed") : PushOutcome.DONE;
        JobEnded end = new JobEnded(name, outcome, remotes());
        ended.add(new JobEnded(name, tellsEnds ? outcome : SEEN, List.of()));
        return new Said(List.of(), List.of(), List.of(end));
    }

    /**
     * Ends the job in its first phase: nothing is changed, and nothing but the webhook ever says so.
     *
     * @param isFinal whether it says that it will not have what it was told
     */
    Said refuse(boolean isFinal) {
        String name = Objects.requireNonNull(job);
        job = null;
        PushOutcome outcome = isFinal
                ? PushOutcome.givenUp("menu-failed", "the menu could not be processed")
                : PushOutcome.readAgain(MENUS, "the first phase failed");
        JobEnded end = new JobEnded(name, outcome, List.of());
        return new Said(List.of(), List.of(), List.of(end));
    }

    private List<RemoteRecord> remotes() {
        List<RemoteRecord> remotes = new ArrayList<>();
        things.forEach((id, thing) -> remotes.add(new RemoteRecord(
                item(id), new RecordId(id), 0, json(thing.fields).toString())));
        return remotes;
    }

    @Override
    List<Snapshot> read(String resource) {
        int from = Math.max(0, ended.size() - 3);
        Said said = new Said(List.of(), remotes(), List.copyOf(ended.subList(from, ended.size())));
        return List.of(asked -> said);
    }

    @Override
    List<Said> edit(SimWorld world, Instant now) {
        List<Map.Entry<String, Thing>> all = new ArrayList<>(things.entrySet());
        if (!all.isEmpty() && tablet.nextInt(4) == 0) {
            Map.Entry<String, Thing> one = all.get(tablet.nextInt(all.size()));
            FieldMap fields = one.getValue().fields.with(FieldMap.of(Item.NAME, "tablet" + tablet.nextInt(1_000)));
            world.log("market's tablet edits " + one.getKey() + " " + fields);
            one.getValue().fields = fields;
        }
        return List.of();
    }

    @Override
    boolean shows(FieldMap fields, @Nullable Thing thing) {
        return thing != null && same(fields, Objects.requireNonNull(thing).fields, FIELDS);
    }
}
