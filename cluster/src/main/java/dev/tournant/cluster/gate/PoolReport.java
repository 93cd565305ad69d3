package dev.tournant.cluster.gate;

import dev.tournant.adapter.Lane;
import dev.tournant.messages.PoolBoard;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What operators are shown of a pool. While nodes name different terms, that is the rule that leaves the least room. */
final class PoolReport {
    private PoolReport() {}

    static PoolBoard.Pool of(String name, PoolView view, String holder, Instant at) {
        PoolView.Used used = view.rules().stream()
                .min(Comparator.comparingInt(each -> each.limit() - each.use()))
                .orElseThrow();
        Terms terms = Terms.of(used.rule());
        Map<String, Integer> waiting = new LinkedHashMap<>();
        for (Lane lane : Lane.values()) {
            waiting.put(lane.text(), view.waiting().getOrDefault(lane, 0));
        }
        return new PoolBoard.Pool(
                name,
                PoolNames.partner(name),
                PoolNames.limitName(name),
                kind(used.rule()),
                terms.calls(),
                terms.perNanos() == null ? null : Duration.ofNanos(terms.perNanos()),
                terms.burst(),
                used.use(),
                view.inFlight(),
                waiting,
                view.refused().values().stream().mapToLong(Long::longValue).sum(),
                lowered(used.lowered(), at),
                holder);
    }

    private static String kind(Rule rule) {
        return rule instanceof Rule.Window ? "window" : rule instanceof Rule.Bucket ? "bucket" : "concurrent";
    }

    private static PoolBoard.@Nullable Lowered lowered(List<PoolView.Lowered> lowered, Instant at) {
        return lowered.stream()
                .min(Comparator.comparingInt(PoolView.Lowered::limit))
                .map(least -> new PoolBoard.Lowered(
                        least.limit(),
                        least.left() == null ? null : at.plus(least.left()),
                        lowered.stream().map(PoolView.Lowered::why).distinct().collect(Collectors.joining("; "))))
                .orElse(null);
    }
}
