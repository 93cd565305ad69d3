package dev.tournant.cluster.push;

import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Limit;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Refusals;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Result;
import dev.tournant.adapter.Turn;
import dev.tournant.adapter.Writing;
import dev.tournant.adapter.auth.AuthScheme;
import dev.tournant.adapters.square.SquareAdapter;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerName;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A partner whose plan is given, and whose answers say by their status what became of all records of a call. */
class Kiosk implements Adapter, Writing {
    static final PartnerName NAME = new PartnerName("kiosk");
    static final Link LINK = new Link(new LinkId("kiosk-1"), NAME, "A1", "L1", "main");
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final Currency USD = Currency.getInstance("USD");
    /** A call that is answered so is made again for each record by itself. */
    static final int DIVIDE = 413;
    /** An answer that the adapter cannot stand. */
    static final int THROWS = 599;
    /** An answer of which the adapter says nothing. */
    static final int SILENT = 598;

    static final Outcome PENDING = new Outcome.Pending("job");
    static final Outcome LATER = new Outcome.TryLater(Duration.ofSeconds(7), "busy");
    static final Outcome READ_AGAIN = new Outcome.ReadAgain("menu", "changed");
    static final Outcome UNAUTHORISED = new Outcome.NeedsReauthorisation("revoked");
    static final Outcome REFUSED = new Outcome.GiveUp("bad", "no such thing");

    private static final Map<Integer, Outcome> OUTCOMES =
            Map.of(200, Outcome.DONE, 202, PENDING, 400, REFUSED, 401, UNAUTHORISED, 409, READ_AGAIN, 503, LATER);

    private final Adapter other = new SquareAdapter();
    private final Plan plan;

    Kiosk(Plan plan) {
        this.plan = plan;
    }

    /** Nothing to do. */
    static Kiosk of() {
        return new Kiosk(new Plan(List.of(), Map.of()));
    }

    /** One step. */
    static Kiosk of(List<Call> step) {
        return new Kiosk(new Plan(List.of(step), Map.of()));
    }

    static Kiosk of(List<Call> step, List<Call> next) {
        return new Kiosk(new Plan(List.of(step, next), Map.of()));
    }

    static RecordKey item(String id) {
        return RecordKey.of(Kind.ITEM, id);
    }

    static Call call(String name, String... items) {
        return locked("", name, items);
    }

    static Call locked(String lock, String name, String... items) {
        Map<RecordKey, RecordId> about = new HashMap<>();
        for (String item : items) {
            about.put(item(item), new RecordId(item));
        }
        return new Call(new Request("POST", "/" + name, Map.of(), null, true), about, lock);
    }

    /** New names for these items. */
    static Difference difference(String... items) {
        Map<RecordKey, FieldMap> wanted = new HashMap<>();
        for (String item : items) {
            wanted.put(item(item), FieldMap.of(Item.NAME, "new " + item));
        }
        return new Difference(LINK, USD, wanted, Set.of(), Map.of(), "n1", NOW);
    }

    static Answer answer(int status) {
        return new Answer(status, Map.of(), new byte[0], NOW);
    }

    static Result all(Call call, Outcome outcome) {
        Map<RecordKey, Outcome> outcomes = new HashMap<>();
        call.about().keySet().forEach(key -> outcomes.put(key, outcome));
        return new Result(outcomes, Map.of(), List.of());
    }

    @Override
    public Plan plan(Difference difference) {
        return plan;
    }

    /** What is done is there under its own name, at version 1. */
    @Override
    public Result read(Call call, Answer answer) {
        if (answer.status() == DIVIDE) {
            return new Result(Map.of(), Map.of(), divided(call));
        }
        if (answer.status() == SILENT) {
            return new Result(Map.of(), Map.of(), List.of());
        }
        Outcome outcome = OUTCOMES.get(answer.status());
        if (outcome == null) {
            throw new IllegalStateException("status " + answer.status());
        }
        Map<RecordKey, Remote> remotes = new HashMap<>();
        if (outcome instanceof Outcome.Done) {
            call.about().forEach((key, name) -> remotes.put(key, new Remote(name, 1, null)));
        }
        return new Result(all(call, outcome).outcomes(), remotes, List.of());
    }

    static List<Call> divided(Call call) {
        return call.about().keySet().stream()
                .sorted()
                .map(key -> locked(
                        call.lock(),
                        call.request().path().substring(1) + "." + key.id(),
                        key.id().value()))
                .toList();
    }

    /** It may have been taken. */
    @Override
    public Result unanswered(Call call, String why) {
        return all(call, new Outcome.Pending(why));
    }

    @Override
    public Map<RecordKey, Remote> seen(Payload payload) {
        return Map.of();
    }

    @Override
    public PartnerName partner() {
        return NAME;
    }

    @Override
    public Optional<Writing> writing() {
        return Optional.of(this);
    }

    @Override
    public Set<Capability> capabilities() {
        return other.capabilities();
    }

    @Override
    public AuthScheme authentication() {
        return other.authentication();
    }

    @Override
    public List<Limit> limits() {
        return other.limits();
    }

    @Override
    public Refusals refusals() {
        return other.refusals();
    }

    @Override
    public List<String> resources() {
        return other.resources();
    }

    @Override
    public Reading read(Payload payload) {
        return other.read(payload);
    }

    @Override
    public Request open(Fetch fetch) {
        return other.open(fetch);
    }

    @Override
    public Turn turn(Fetch fetch, Request asked, Answer answer) {
        return other.turn(fetch, asked, answer);
    }
}
