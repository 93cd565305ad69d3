package dev.tournant.conformance;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Result;
import dev.tournant.adapter.Turn;
import dev.tournant.model.FieldMap;
import dev.tournant.model.RecordKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Conversations in which something goes wrong on the way. */
final class MishapChecks {
    private MishapChecks() {}

    static List<Check> all() {
        return List.of(
                CounterpartChecks.catalogue(
                        "repeated-calls-do-nothing-more", "a repeatable call may be sent twice", MishapChecks::twice),
                CounterpartChecks.catalogue(
                        "lost-answers-made-up-for",
                        "a call whose answer was lost is made again, and done once",
                        MishapChecks::lost),
                CounterpartChecks.catalogue(
                        "edited-elsewhere-read-again",
                        "what somebody else changed is read again, then told",
                        MishapChecks::elsewhere),
                new Check(
                        "refused-for-now",
                        "a counterpart that is asked too often is asked later",
                        null,
                        MishapChecks::later));
    }

    /** Changes of what is there, for a partner that is only told: a record made twice would be one record all the same. */
    private static Map<RecordKey, FieldMap> wanted(Trial trial, Known before) {
        return trial.isOnlyTold() ? CounterpartChecks.some(trial, before) : CounterpartChecks.family(before);
    }

    private static void twice(Trial trial) {
        Dialogue dialogue = Dialogue.of(trial);
        Known before = dialogue.fetch();
        Map<RecordKey, FieldMap> wanted = wanted(trial, before);
        Map<RecordKey, Outcome> outcomes = new HashMap<>();
        for (List<Call> step : dialogue.planFor(wanted).steps()) {
            for (Call call : step) {
                if (call.request().repeatable()) {
                    dialogue.send(call.request());
                    dialogue.settle();
                    outcomes.putAll(dialogue.make(call).outcomes());
                    trial.count();
                }
            }
        }
        expectOnce(dialogue, before, wanted, outcomes);
    }

    private static void expectOnce(
            Dialogue dialogue, Known before, Map<RecordKey, FieldMap> wanted, Map<RecordKey, Outcome> outcomes) {
        long made =
                wanted.keySet().stream().filter(dialogue.remotes()::containsKey).count();
        Known after = dialogue.fetch();
        int now = after.records().size();
        if (dialogue.isOnlyTold()) {
            // What one plan leaves to the next is told, too.
            outcomes.putAll(dialogue.tell(wanted, Set.of()));
            dialogue.expect(wanted, outcomes, dialogue.fetch());
        } else if (now > before.records().size() + made) {
            throw Dialogue.broken(
                    wanted.keySet().iterator().next(),
                    "and others were sent twice and made twice: of "
                            + before.records().size() + " records and " + made
                            + " new ones there are " + now + ". A request is repeatable only if sending it twice does"
                            + " no more");
        }
    }

    private static void lost(Trial trial) {
        Dialogue dialogue = Dialogue.of(trial);
        Known before = dialogue.fetch();
        lost(trial, dialogue, before, wanted(trial, before));
        if (trial.isOnlyTold()) {
            Known known = dialogue.fetch();
            lost(trial, dialogue, known, CounterpartChecks.family(known));
        }
    }

    private static void lost(Trial trial, Dialogue dialogue, Known before, Map<RecordKey, FieldMap> wanted) {
        Map<RecordKey, Outcome> outcomes = new HashMap<>();
        for (List<Call> step : dialogue.planFor(wanted).steps()) {
            for (Call call : step) {
                boolean again = call.request().repeatable();
                // What may not be sent again has to be awaited: a job tells its end.
                boolean awaited = !again && trial.writing().jobs().isPresent();
                if ((again || awaited) && dialogue.counterpart().loseNextAnswer()) {
                    trial.count();
                    Result first = dialogue.make(call);
                    if (again && first.outcomes().containsValue(Outcome.DONE)) {
                        throw Dialogue.broken(
                                call.about().keySet().iterator().next(), "is done, though the answer was lost");
                    }
                    dialogue.settle();
                    outcomes.putAll(again ? dialogue.make(call).outcomes() : first.outcomes());
                    if (awaited) {
                        CounterpartChecks.allDone(call.about().keySet(), outcomes);
                    }
                }
            }
        }
        expectOnce(dialogue, before, wanted, outcomes);
    }

    private static void elsewhere(Trial trial) {
        Dialogue dialogue = Dialogue.of(trial);
        Map<RecordKey, FieldMap> wanted = new HashMap<>();
        dialogue.fetch().tellable().forEach((key, name) -> {
            Remote remote = dialogue.remotes().get(key);
            boolean own = remote != null && remote.document() != null;
            if (own
                    && wanted.isEmpty()
                    && dialogue.counterpart().editElsewhere(dialogue.name(key).value())) {
                wanted.put(key, name);
            }
        });
        if (wanted.isEmpty()) {
            throw new NothingToCheck("the counterpart cannot be edited by somebody else");
        }
        RecordKey key = wanted.keySet().iterator().next();
        trial.count();
        Outcome first = dialogue.tell(wanted, Set.of()).get(key);
        if (!(first instanceof Outcome.ReadAgain)) {
            throw Dialogue.broken(key, "was changed by somebody else since it was seen; what became of it is " + first);
        }
        dialogue.fetch();
        Map<RecordKey, Outcome> outcomes = dialogue.tell(wanted, Set.of());
        CounterpartChecks.allDone(wanted.keySet(), outcomes);
        dialogue.expect(wanted, outcomes, dialogue.fetch());
    }

    private static void later(Trial trial) {
        Dialogue dialogue = Dialogue.of(trial);
        for (String resource : trial.adapter().resources()) {
            var task = new Fetch(trial.link(), resource, null);
            var asked = trial.open(task);
            if (!dialogue.counterpart().refuseNext()) {
                throw new NothingToCheck("the counterpart cannot be made to refuse");
            }
            trial.count();
            Answer answer = dialogue.send(asked);
            Sample about = Sample.of("what the counterpart answers to " + asked, resource, answer.body());
            var turn = trial.turn(task, asked, answer, about);
            boolean later = turn instanceof Turn.Broken broken && broken.outcome() instanceof Outcome.TryLater;
            if (!later) {
                throw Trial.broken(about, "status " + answer.status(), "is no reason to try later, but " + turn);
            }
        }
    }
}
