package dev.tournant.cluster.push;

import dev.tournant.adapter.Call;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Result;
import dev.tournant.model.RecordKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How each record of one push stands. Several calls may be about one record, each telling a part of it: its description and
 * its stock, say. It is done when all of them are, and else it is what the worst of them came to. For one thread.
 */
final class Standing {
    private final Map<RecordKey, Outcome> settled;
    /** Of each record, the calls about it whose end is not known. */
    private final Map<RecordKey, Integer> open = new HashMap<>();

    private final Map<RecordKey, Outcome> worst = new HashMap<>();
    private final Map<RecordKey, Outcome> told = new HashMap<>();

    Standing(Plan plan) {
        plan.steps().forEach(this::open);
        this.settled = worsened(plan.settled());
    }

    /** What is to be told before any call is made. */
    Map<RecordKey, Outcome> settled() {
        return settled;
    }

    /** What is to be told after this call. */
    Map<RecordKey, Outcome> ended(Call call, Result result) {
        call.about().keySet().forEach(key -> open.merge(key, -1, Integer::sum));
        open(result.instead());
        Map<RecordKey, Outcome> changed = new HashMap<>(worsened(result.outcomes()));
        // Another call may have said long ago that its part is done.
        changed.putAll(news(call.about().keySet()));
        return changed;
    }

    private void open(List<Call> calls) {
        calls.forEach(call -> call.about().keySet().forEach(key -> open.merge(key, 1, Integer::sum)));
    }

    private Map<RecordKey, Outcome> worsened(Map<RecordKey, Outcome> outcomes) {
        outcomes.forEach((key, outcome) -> worst.merge(key, outcome, Standing::worse));
        return news(outcomes.keySet());
    }

    private Map<RecordKey, Outcome> news(Collection<RecordKey> keys) {
        Map<RecordKey, Outcome> news = new HashMap<>();
        for (RecordKey key : keys) {
            Outcome outcome = worst.get(key);
            if (outcome != null && isKnown(key, outcome) && !outcome.equals(told.put(key, outcome))) {
                news.put(key, outcome);
            }
        }
        return news;
    }

    private boolean isKnown(RecordKey key, Outcome outcome) {
        return !(outcome instanceof Outcome.Done) || open.getOrDefault(key, 0) <= 0;
    }

    /** Of two that are as bad, the later one is the news. */
    private static Outcome worse(Outcome before, Outcome now) {
        return OutcomeKind.of(before).compareTo(OutcomeKind.of(now)) > 0 ? before : now;
    }
}
