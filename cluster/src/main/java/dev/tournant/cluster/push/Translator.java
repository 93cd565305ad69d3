package dev.tournant.cluster.push;

import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Result;
import dev.tournant.adapter.Writing;
import dev.tournant.model.RecordKey;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * An adapter's writing, with its defects turned into outcomes: one that throws, or does not say what became of a record,
 * gives that up, and stops nobody. Among what it may throw are two errors that would else end the node: records that stand in
 * each other for ever, and a jar that lacks a class.
 */
final class Translator {
    static final String DEFECT = "defect";

    private final Adapter adapter;
    private final Consumer<Throwable> defects;

    /** @param defects is told what the adapter threw */
    Translator(Adapter adapter, Consumer<Throwable> defects) {
        this.adapter = adapter;
        this.defects = defects;
    }

    /** Settles everything, or has a call to make. */
    Plan plan(Difference difference) {
        Set<RecordKey> all = new HashSet<>(difference.wanted().keySet());
        all.addAll(difference.removed());
        try {
            return adapter.writing()
                    .map(writing -> accounted(writing.plan(difference), all))
                    .orElseGet(() -> new Plan(
                            List.of(),
                            all(
                                    all,
                                    new Outcome.GiveUp(
                                            "read-only", "nothing can be written to " + adapter.partner()))));
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return new Plan(List.of(), all(all, thrown(e)));
        }
    }

    /** What is neither settled nor in a call waits for a call; where there is none, it would wait for ever. */
    private Plan accounted(Plan plan, Set<RecordKey> all) {
        if (plan.steps().stream().anyMatch(step -> !step.isEmpty())) {
            return plan;
        }
        Map<RecordKey, Outcome> settled = new HashMap<>(all(all, silent()));
        settled.putAll(plan.settled());
        return new Plan(List.of(), settled);
    }

    Result read(Call call, Answer answer) {
        return result(call, writing -> writing.read(call, answer));
    }

    /** Of a call that may have arrived. */
    Result unanswered(Call call, String why) {
        return result(call, writing -> writing.unanswered(call, why));
    }

    /** Of a call that was not sent, so that it can be made again. */
    static Result unsent(Call call, Duration after, String why) {
        return new Result(all(call.about().keySet(), new Outcome.TryLater(after, why)), Map.of(), List.of());
    }

    private Result result(Call call, Function<Writing, Result> read) {
        Set<RecordKey> about = call.about().keySet();
        Result result;
        try {
            result = read.apply(adapter.writing().orElseThrow());
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return new Result(all(about, thrown(e)), Map.of(), List.of());
        }
        Set<RecordKey> missing = new HashSet<>(about);
        missing.removeAll(result.outcomes().keySet());
        result.instead().forEach(each -> missing.removeAll(each.about().keySet()));
        if (missing.isEmpty()) {
            return result;
        }
        Map<RecordKey, Outcome> outcomes = new HashMap<>(result.outcomes());
        outcomes.putAll(all(missing, silent()));
        return new Result(outcomes, result.remotes(), result.instead());
    }

    private Outcome thrown(Throwable e) {
        defects.accept(e);
        return defect("it threw " + e.getClass().getSimpleName() + ": " + e.getMessage());
    }

    private Outcome silent() {
        return defect("it does not say what became of it");
    }

    private Outcome defect(String what) {
        return new Outcome.GiveUp(
                DEFECT, "the adapter for " + adapter.partner() + " has to be mended, then tell it again: " + what);
    }

    private static Map<RecordKey, Outcome> all(Collection<RecordKey> keys, Outcome outcome) {
        Map<RecordKey, Outcome> outcomes = new HashMap<>();
        keys.forEach(key -> outcomes.put(key, outcome));
        return outcomes;
    }
}
