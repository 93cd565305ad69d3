package dev.tournant.conformance;

import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Writing;
import dev.tournant.model.FieldMap;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.RecordKey;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How a partner that holds what the samples show would be told of changes. Nothing is sent.
 *
 * @param difference what the adapter plans: the changes without fields that the partner can only be asked for, and the samples
 * @param created of the records that are wanted, those that no sample shows
 * @param plan what the adapter makes of the difference
 */
public record DryRun(Difference difference, Set<RecordKey> created, Plan plan) {
    /** A node makes it of the difference. */
    private static final String NONCE = "nonce";

    public DryRun {
        created = Set.copyOf(created);
    }

    /**
     * Plans changes.
     *
     * @param wanted fields of records as they should be, by the names of the samples; a record of another name is a new one
     * @param removed records that should be no more
     * @throws InvalidValue where the adapter cannot write, or throws
     */
    public static DryRun of(Subject subject, Map<RecordKey, FieldMap> wanted, Set<RecordKey> removed) {
        Trial trial = new Trial(subject, Effort.USUAL, "dry-run");
        try {
            Known known = Known.of(trial);
            Difference difference = known.difference(told(trial.writing(), wanted), removed, NONCE);
            Set<RecordKey> created = new HashSet<>(wanted.keySet());
            created.removeAll(known.records().keySet());
            return new DryRun(difference, created, trial.plan(difference));
        } catch (Broken | NothingToCheck e) {
            throw new InvalidValue(String.valueOf(e.getMessage()));
        }
    }

    /** As a node leaves out what has no effect. */
    private static Map<RecordKey, FieldMap> told(Writing writing, Map<RecordKey, FieldMap> wanted) {
        Map<RecordKey, FieldMap> told = new TreeMap<>();
        wanted.forEach((key, fields) -> {
            FieldMap.Builder taken = FieldMap.builder(key.kind());
            for (int i = 0; i < fields.size(); i++) {
                if (writing.takes(fields.field(i))) {
                    taken.put(fields.field(i), fields.value(i));
                }
            }
            FieldMap all = taken.build();
            if (!all.isEmpty() || fields.isEmpty()) {
                told.put(key, all);
            }
        });
        return told;
    }
}
