package dev.tournant.conformance;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Result;
import dev.tournant.adapter.Turn;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Presence;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An adapter that talks to a counterpart: fetches all that it holds, tells it differences, and fetches again. A counterpart
 * that is only told is told all that the merchant has at first; that it holds what it was told is seen by this: after a
 * fetch, telling it the same again costs no call.
 */
final class Dialogue {
    /** A partner that takes one job at a time is told in as many rounds as there are jobs. */
    private static final int ROUNDS_MAX = 8;
    /** Webhooks are asked for so often at most until a job has ended. */
    private static final int ASKS_MAX = 16;

    private final Trial trial;
    private final Counterpart counterpart;
    /** What there should be at a partner that is only told. */
    private final Map<RecordKey, FieldMap> merchant = new TreeMap<>();
    /** By our keys. */
    private final Map<RecordKey, Remote> remotes = new TreeMap<>();

    private int sent;
    private int plans;

    private Dialogue(Trial trial, Counterpart counterpart) {
        this.trial = trial;
        this.counterpart = counterpart;
    }

    static Dialogue of(Trial trial) {
        Counterpart counterpart = trial.subject().counterpart();
        if (counterpart == null) {
            throw new NothingToCheck("there is no counterpart to talk to");
        }
        counterpart.reset();
        Dialogue dialogue = new Dialogue(trial, counterpart);
        if (trial.isOnlyTold()) {
            Map<RecordKey, FieldMap> all = trial.subject().samples().merchant();
            CounterpartChecks.allDone(all.keySet(), dialogue.tell(all, Set.of()));
        }
        return dialogue;
    }

    Counterpart counterpart() {
        return counterpart;
    }

    Map<RecordKey, Remote> remotes() {
        return remotes;
    }

    /** Everything that the partner says now, by its own names; what it holds is noted. */
    Known fetch() {
        Map<RecordKey, FieldMap> found = new TreeMap<>();
        Map<RecordKey, Remote> theirs = new TreeMap<>();
        for (String resource : trial.adapter().resources()) {
            fetch(resource, found, theirs);
        }
        theirs.forEach((key, remote) -> remotes.put(ours(key), remote));
        if (trial.isOnlyTold()) {
            found.putAll(merchant);
        }
        return new Known(trial, found, theirs);
    }

    private void fetch(String resource, Map<RecordKey, FieldMap> found, Map<RecordKey, Remote> theirs) {
        Fetch task = new Fetch(trial.link(), resource, null);
        Request request = trial.open(task);
        while (request != null) {
            Answer answer = send(request);
            Sample page = new Sample(
                    "what the counterpart answers to " + request,
                    resource,
                    answer.body(),
                    answer.headers(),
                    null,
                    null);
            Turn turn = trial.turn(task, request, answer, page);
            if (turn instanceof Turn.Broken broken) {
                throw Trial.broken(page, "status " + answer.status(), "ends the fetch: " + broken.outcome());
            }
            if (turn instanceof Turn.Page) {
                take(page, found, theirs);
            }
            request = turn instanceof Turn.Page next ? next.next() : ((Turn.Ask) turn).next();
        }
    }

    private void take(Sample page, Map<RecordKey, FieldMap> found, Map<RecordKey, Remote> theirs) {
        Reading reading = trial.read(page);
        if (!reading.unreadable().isEmpty()) {
            throw Trial.broken(page, reading.unreadable().get(0).path(), "cannot be read: " + reading.unreadable());
        }
        Trial.records(reading).forEach((key, delta) -> {
            if (delta.presence() == Presence.PRESENT) {
                found.merge(key, delta.fields(), Known::over);
            }
        });
        if (trial.adapter().writing().isPresent()) {
            theirs.putAll(trial.seen(page));
        }
    }

    private RecordKey ours(RecordKey theirs) {
        return remotes.entrySet().stream()
                .filter(each -> each.getKey().kind() == theirs.kind()
                        && each.getValue().id().equals(theirs.id()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(theirs);
    }

    /** What the partner calls a record of ours. */
    RecordId name(RecordKey ours) {
        Remote remote = remotes.get(ours);
        return remote == null ? ours.id() : remote.id();
    }

    /** Of another nonce than those of any other check or run: a partner remembers them. */
    Plan plan(Map<RecordKey, FieldMap> wanted, Set<RecordKey> removed) {
        Known known = new Known(trial, merchant, remotes);
        return trial.plan(known.difference(wanted, removed, trial.nonce() + "-" + plans++));
    }

    /** How to tell what is wanted from now on. */
    Plan planFor(Map<RecordKey, FieldMap> wanted) {
        want(wanted, Set.of());
        return plan(wanted, Set.of());
    }

    boolean isOnlyTold() {
        return trial.isOnlyTold();
    }

    /** Notes what there should be from now on. */
    private void want(Map<RecordKey, FieldMap> wanted, Set<RecordKey> removed) {
        if (trial.isOnlyTold()) {
            wanted.forEach((key, fields) -> merchant.merge(key, fields, Known::over));
            merchant.keySet().removeAll(removed);
        }
    }

    /**
     * Makes a plan and all its calls, and those that are to be made instead of one. Where all is told in one piece, what is
     * left out of a plan, or is to be tried later, is planned again.
     */
    Map<RecordKey, Outcome> tell(Map<RecordKey, FieldMap> wanted, Set<RecordKey> removed) {
        want(wanted, removed);
        Map<RecordKey, Outcome> outcomes = new HashMap<>();
        Map<RecordKey, FieldMap> left = new TreeMap<>(wanted);
        Set<RecordKey> leftRemoved = new TreeSet<>(removed);
        int rounds = trial.isOnlyTold() ? ROUNDS_MAX : 1;
        for (int round = 0; round < rounds && !(left.isEmpty() && leftRemoved.isEmpty()); round++) {
            if (trial.isOnlyTold()) {
                fetch();
            }
            outcomes.putAll(tellOnce(left, leftRemoved));
            left.keySet().removeIf(key -> isSettled(outcomes.get(key)));
            leftRemoved.removeIf(key -> isSettled(outcomes.get(key)));
        }
        return outcomes;
    }

    private static boolean isSettled(@Nullable Outcome outcome) {
        return outcome != null && !(outcome instanceof Outcome.TryLater) && !(outcome instanceof Outcome.ReadAgain);
    }

    private Map<RecordKey, Outcome> tellOnce(Map<RecordKey, FieldMap> wanted, Set<RecordKey> removed) {
        Plan plan = plan(wanted, removed);
        Map<RecordKey, Outcome> outcomes = new HashMap<>(plan.settled());
        for (List<Call> step : plan.steps()) {
            Deque<Call> waiting = new ArrayDeque<>(step);
            while (!waiting.isEmpty()) {
                Result result = make(waiting.remove());
                outcomes.putAll(result.outcomes());
                waiting.addAll(result.instead());
            }
        }
        return outcomes;
    }

    Result make(Call call) {
        Result result = trial.result(call, send(call.request()), "what the counterpart answers to " + call.request());
        result.remotes().forEach(remotes::put);
        Map<RecordKey, Outcome> ended = jobs(result.outcomes());
        return new Result(ended, result.remotes(), result.instead());
    }

    /** What is answered before it is done: the end is told by webhook. */
    private Map<RecordKey, Outcome> jobs(Map<RecordKey, Outcome> outcomes) {
        Map<RecordKey, Outcome> ended = new HashMap<>(outcomes);
        for (int asks = 0; isPending(ended) && asks < ASKS_MAX; asks++) {
            webhooks(ended);
        }
        return ended;
    }

    private static boolean isPending(Map<RecordKey, Outcome> outcomes) {
        return outcomes.values().stream().anyMatch(Outcome.Pending.class::isInstance);
    }

    /** Lets all jobs end that a call began of which nothing was heard. */
    void settle() {
        if (trial.writing().jobs().isPresent()) {
            webhooks(new HashMap<>());
        }
    }

    private void webhooks(Map<RecordKey, Outcome> ended) {
        for (byte[] body : counterpart.webhooks()) {
            trial.read(Sample.of("a webhook of the counterpart", null, body))
                    .jobs()
                    .forEach(end -> {
                        remotes.putAll(end.remotes());
                        ended.replaceAll((key, before) ->
                                before.equals(new Outcome.Pending(end.job())) ? end.outcome() : before);
                    });
        }
    }

    Answer send(Request request) {
        if (++sent > trial.effort().callsMax()) {
            throw new Broken(new Finding(
                    "the conversation with the counterpart",
                    "requests",
                    "do not end: more than " + trial.effort().callsMax() + " were sent, the last " + request,
                    request.json()));
        }
        Requests.checkShape("the request " + request, request);
        return counterpart.send(request);
    }

    /** What was told is what is read, under the partner's names. */
    void expect(Map<RecordKey, FieldMap> told, Map<RecordKey, Outcome> outcomes, Known now) {
        if (trial.isOnlyTold()) {
            expectHeld(told, outcomes);
            return;
        }
        told.forEach((key, fields) -> {
            if (outcomes.get(key) instanceof Outcome.Done) {
                trial.count();
                RecordKey theirs = new RecordKey(key.kind(), name(key));
                compare(key, fields, now.records().get(theirs));
            }
        });
    }

    /** What is held already needs no call. */
    private void expectHeld(Map<RecordKey, FieldMap> told, Map<RecordKey, Outcome> outcomes) {
        Map<RecordKey, FieldMap> done = new TreeMap<>(told);
        done.keySet().removeIf(key -> !(outcomes.get(key) instanceof Outcome.Done));
        done.keySet().forEach(key -> trial.count());
        plan(done, Set.of()).steps().stream().flatMap(List::stream).forEach(call -> {
            RecordKey key = call.about().keySet().stream().sorted().findFirst().orElseThrow();
            throw broken(
                    key,
                    "is told as done, but after all was fetched again there is a call to tell it: " + call.request()
                            + ". What is there is " + remotes.values());
        });
    }

    /** Of what is no more, nothing is left to be taken away. */
    void expectGone(Set<RecordKey> removed) {
        plan(Map.of(), removed).steps().stream().flatMap(List::stream).forEach(call -> {
            throw broken(
                    removed.iterator().next(),
                    "is told as removed, but after all was fetched again there is a call to remove it or its like: "
                            + call.request());
        });
    }

    private void compare(RecordKey key, FieldMap told, @Nullable FieldMap read) {
        if (read == null) {
            throw broken(key, "is told as done, but not there when all is fetched again");
        }
        FieldMap renamed = dev.tournant.model.Relations.renamed(told, this::name);
        for (int i = 0; i < renamed.size(); i++) {
            Object found = read.get(renamed.field(i));
            if (!Objects.equals(renamed.value(i), found)) {
                throw broken(
                        key,
                        renamed.field(i).name() + " was told as " + renamed.value(i) + ", but is read back as "
                                + found);
            }
        }
    }

    static Broken broken(RecordKey key, String why) {
        return new Broken(new Finding("the conversation with the counterpart", key.toString(), why, null));
    }
}
