package dev.tournant.conformance;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Refusals;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Result;
import dev.tournant.adapter.Turn;
import dev.tournant.adapter.Wait;
import dev.tournant.model.RecordKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Answers that are no success: each means what the adapter declares, for fetches and for writes. */
final class RefusalChecks {
    private static final Set<Integer> STRICT = Set.of(401, 403, 408, 425, 429, 500, 502, 503, 504);
    private static final int TOO_MANY = 429;
    private static final Duration WISH = Duration.ofSeconds(7);

    private RefusalChecks() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "refused-fetches-as-declared",
                        "a refused fetch ends with the outcome that the declaration gives it",
                        null,
                        RefusalChecks::fetches),
                new Check(
                        "refused-writes-as-declared",
                        "a refused write gives each record the outcome that the declaration gives it",
                        null,
                        RefusalChecks::writes),
                new Check(
                        "unkeyed-writes-looked-for",
                        "what would be made twice is looked for where no answer tells whether it was made",
                        null,
                        RefusalChecks::unkeyed),
                new Check(
                        "waits-as-declared",
                        "how long to wait is read from every header that is declared",
                        null,
                        RefusalChecks::waits),
                new Check("codes-as-declared", "declared codes count whatever the status", null, RefusalChecks::codes),
                new Check(
                        "garbage-is-no-page",
                        "an answer with status 200 that is no document does not end a fetch as if it were the last page",
                        null,
                        RefusalChecks::noPage),
                new Check(
                        "garbage-is-no-success",
                        "an answer with status 200 that is no document does not settle a write",
                        null,
                        RefusalChecks::noSuccess));
    }

    private static List<Fetch> tasks(Trial trial) {
        return trial.adapter().resources().stream()
                .map(resource -> new Fetch(trial.link(), resource, null))
                .toList();
    }

    private static void fetches(Trial trial) {
        for (Refusal refusal : Refusal.all(trial)) {
            for (Fetch task : tasks(trial)) {
                trial.count();
                outcome(trial, task, refusal);
            }
        }
    }

    private static void outcome(Trial trial, Fetch task, Refusal refusal) {
        Request asked = trial.open(task);
        Sample about = refusal.about(asked);
        Turn turn = trial.turn(task, asked, refusal.answer(), about);
        if (!(turn instanceof Turn.Broken broken)) {
            throw Trial.broken(about, "status", "is taken for a page: " + turn);
        }
        expect(trial, refusal.answer(), broken.outcome(), about);
    }

    private static void expect(Trial trial, Answer answer, Outcome found, Sample about) {
        Outcome declared = trial.adapter().refusals().outcome(answer);
        boolean strict = STRICT.contains(answer.status()) || !(declared instanceof Outcome.GiveUp);
        if (strict && !found.getClass().equals(declared.getClass())) {
            throw Trial.broken(
                    about, "status " + answer.status(), "gives " + found + ", but refusals() declares " + declared);
        }
        if (found instanceof Outcome.Done || found instanceof Outcome.Pending) {
            throw Trial.broken(about, "status " + answer.status(), "is taken for a success: " + found);
        }
        if (found instanceof Outcome.TryLater later && declared instanceof Outcome.TryLater wanted) {
            same(trial, wanted.after(), later.after(), about);
        }
    }

    private static void same(Trial trial, Duration wanted, Duration found, Sample about) {
        // Where the partner names no time, the adapter may know one.
        if (!wanted.equals(found) && !wanted.isZero()) {
            throw Trial.broken(
                    about,
                    "the headers "
                            + trial.adapter().refusals().waits().stream()
                                    .map(Wait::header)
                                    .toList(),
                    "say to wait for " + wanted + ", but the outcome waits for " + found);
        }
    }

    private static void writes(Trial trial) {
        List<Call> calls = calls(trial);
        for (Refusal refusal : Refusal.all(trial)) {
            for (Call call : calls) {
                trial.count();
                outcomes(trial, call, refusal);
            }
        }
    }

    private static void outcomes(Trial trial, Call call, Refusal refusal) {
        Sample about = refusal.about(call.request());
        Result result = trial.result(call, refusal.answer(), about.name());
        accounted(call, result, about);
        Outcome declared = trial.adapter().refusals().outcome(refusal.answer());
        boolean mayBeUnderWay = declared instanceof Outcome.TryLater
                && refusal.answer().status() != TOO_MANY
                && !call.request().repeatable()
                && trial.writing().jobs().isPresent();
        boolean gone =
                call.request().method().equals("DELETE") && refusal.answer().status() == 404;
        new TreeMap<>(result.outcomes()).values().forEach(outcome -> {
            // What must not be made twice may be awaited: whether the partner works on it is not known.
            // What is not there needs no removal.
            boolean needless = gone && outcome instanceof Outcome.Done;
            boolean looksFor = isOpen(trial, call, refusal.answer()) && outcome instanceof Outcome.ReadAgain;
            if (!needless && !looksFor && !(mayBeUnderWay && outcome instanceof Outcome.Pending)) {
                expect(trial, refusal.answer(), outcome, about);
            }
        });
        boolean passes = STRICT.contains(refusal.answer().status());
        if (passes && !result.instead().isEmpty()) {
            throw Trial.broken(
                    about, "status " + refusal.answer().status(), "makes other calls, though no record is to blame");
        }
    }

    /** Whether a call that may not be made twice may have been carried out though it was answered so. */
    private static boolean isOpen(Trial trial, Call call, Answer answer) {
        return !call.request().repeatable() && trial.adapter().refusals().leavesOpen(answer);
    }

    private static void unkeyed(Trial trial) {
        List<Call> unkeyed = calls(trial).stream()
                .filter(call -> !call.request().repeatable())
                .toList();
        if (unkeyed.isEmpty()) {
            throw new NothingToCheck("all that it tells may be told twice");
        }
        for (Call call : unkeyed) {
            trial.count();
            Sample none = Sample.of("no answer to " + call.request(), null, new byte[0]);
            Result lost = trial.guarded(
                    none, "Writing.unanswered", () -> trial.writing().unanswered(call, "no answer"));
            isLookedFor(lost, none, "no answer");
            for (Refusal refusal : Refusal.all(trial)) {
                if (isOpen(trial, call, refusal.answer())) {
                    trial.count();
                    Sample about = refusal.about(call.request());
                    Result result = trial.result(call, refusal.answer(), about.name());
                    isLookedFor(result, about, "status " + refusal.answer().status());
                }
            }
        }
    }

    private static void isLookedFor(Result result, Sample about, String place) {
        new TreeMap<>(result.outcomes()).forEach((key, outcome) -> {
            boolean known = outcome instanceof Outcome.ReadAgain || outcome instanceof Outcome.Pending;
            if (!known) {
                throw Trial.broken(
                        about,
                        place,
                        "leaves open whether " + key + " was made, and gives " + outcome
                                + ": told again blindly it would be"
                                + " there twice. ReadAgain has it looked for first; a key makes the request repeatable");
            }
        });
    }

    static void accounted(Call call, Result result, Sample about) {
        Set<RecordKey> told = new HashSet<>(result.outcomes().keySet());
        result.instead().forEach(each -> told.addAll(each.about().keySet()));
        Set<RecordKey> missing = new HashSet<>(call.about().keySet());
        missing.removeAll(told);
        if (!missing.isEmpty()) {
            throw Trial.broken(
                    about,
                    "outcomes",
                    "leave out " + missing + ", which the call was about: nobody would tell them again");
        }
    }

    static List<Call> calls(Trial trial) {
        trial.writing();
        Known known = Known.of(trial);
        List<Call> calls = new ArrayList<>();
        for (Map<RecordKey, dev.tournant.model.FieldMap> wanted :
                List.of(known.changes(), known.stocked(), known.copies())) {
            trial.plan(known.difference(wanted, Set.of())).steps().forEach(calls::addAll);
        }
        trial.plan(known.difference(Map.of(), known.remotes().keySet())).steps().forEach(calls::addAll);
        if (calls.isEmpty()) {
            throw new Broken(new Finding(
                    "plans of changed, new and removed records of the samples",
                    "$",
                    "hold no call, though the adapter declares that it writes. Either the samples show nothing that can"
                            + " be told (in a manifest: every field of theirs is read-only, or their records have no"
                            + " call in writing), or seen() keeps nothing of them, or plan() settles all",
                    null));
        }
        return calls;
    }

    private static void waits(Trial trial) {
        List<Wait> waits = trial.adapter().refusals().waits();
        List<Call> calls = trial.adapter().writing().isPresent() ? calls(trial) : List.of();
        for (Wait wait : waits) {
            Refusal refusal = Refusal.waiting(trial, wait, WISH);
            Outcome declared = trial.adapter().refusals().outcome(refusal.answer());
            Sample none = refusal.about(new Request("GET", "/", Map.of(), null, true));
            if (!(declared instanceof Outcome.TryLater later)) {
                throw Trial.broken(none, "status 429", "gives " + declared);
            }
            same(trial, WISH, later.after(), none);
            for (Fetch task : tasks(trial)) {
                trial.count();
                outcome(trial, task, refusal);
            }
            for (Call call : calls) {
                trial.count();
                outcomes(trial, call, refusal);
            }
        }
    }

    private static void codes(Trial trial) {
        Refusals refusals = trial.adapter().refusals();
        Set<String> codes = new TreeSet<>(refusals.passing());
        codes.addAll(refusals.unauthorised());
        for (String code : codes) {
            for (int status : new int[] {200, 400}) {
                Refusal refusal = Refusal.coded(trial, status, code);
                for (Fetch task : tasks(trial)) {
                    trial.count();
                    outcome(trial, task, refusal);
                }
                if (trial.adapter().writing().isPresent()) {
                    calls(trial).forEach(call -> outcomes(trial, call, refusal));
                }
            }
        }
    }

    private static void noPage(Trial trial) {
        for (Refusal refusal : Refusal.garbage(trial, true)) {
            for (Fetch task : tasks(trial)) {
                trial.count();
                Request asked = trial.open(task);
                Sample about = refusal.about(asked);
                Turn turn = trial.turn(task, asked, refusal.answer(), about);
                boolean broken = turn instanceof Turn.Broken no
                        && !(no.outcome() instanceof Outcome.Done)
                        && !(no.outcome() instanceof Outcome.Pending);
                if (!broken) {
                    throw Trial.broken(about, "$", "is taken for a page of " + task.resource() + ": " + turn);
                }
            }
        }
    }

    private static void noSuccess(Trial trial) {
        List<Call> calls = calls(trial);
        for (Refusal refusal : Refusal.garbage(trial, false)) {
            for (Call call : calls) {
                trial.count();
                Sample about = refusal.about(call.request());
                Result result = trial.result(call, refusal.answer(), about.name());
                accounted(call, result, about);
                new TreeMap<>(result.outcomes()).forEach((key, outcome) -> {
                    if (outcome instanceof Outcome.Done) {
                        throw Trial.broken(about, "$", "is taken for a success: " + key + " is done");
                    }
                });
            }
        }
    }
}
