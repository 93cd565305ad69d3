package dev.tournant.adapter;

import dev.tournant.model.RecordKey;
import java.util.List;
import java.util.Map;

/**
 * How a partner is told a difference.
 *
 * @param steps made one after another; the calls of one step do not depend on each other. When a call of a step fails,
 *     the steps after it are planned anew
 * @param settled records that need no call: they are as they should be, or this partner cannot be told them; the rest
 *     goes out all the same. Records that are neither here nor in a call wait for an earlier step's answer
 */
public record Plan(List<List<Call>> steps, Map<RecordKey, Outcome> settled) {
    public Plan {
        steps = steps.stream().map(List::copyOf).toList();
        settled = Map.copyOf(settled);
    }
}
