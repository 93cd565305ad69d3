package dev.tournant.deploy.cli;

import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Writing;
import dev.tournant.adapter.manifest.ManifestAdapter;
import dev.tournant.conformance.DryRun;
import dev.tournant.model.FieldMap;
import dev.tournant.model.RecordKey;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** {@code adapter plan}: the calls that would tell the partner of changes, if it held what the samples show. */
final class Planning {
    private static final int NAMED_MAX = 8;

    private final Console console;
    private boolean isAllTold = true;

    Planning(Console console) {
        this.console = console;
    }

    /** Shows the calls; what no call tells goes to standard error, record by record. */
    int show(Target target, Path file) {
        Adapter adapter = target.adapter();
        Writing writing = adapter.writing()
                .orElseThrow(() -> Refused.usage("nothing can be written to " + adapter.partner()
                        + ": say how in the manifest's part writing, or implement Adapter.writing()"));
        Changes changes = Changes.of(file, Page.tree(file));
        if (changes.records().isEmpty() && changes.removed().isEmpty()) {
            throw Refused.usage(file + ": has no record; give it one such as {\"item/tea\": {\"name\": \"Tea\"}}");
        }
        SampleFolder samples = target.samples();
        DryRun run =
                DryRun.of(samples.setting().subject(adapter, samples.samples()), changes.records(), changes.removed());
        calls(adapter, run);
        readOnly(writing, changes.records());
        settled(run);
        console.err().flush();
        return isAllTold ? 0 : Tournant.BROKEN;
    }

    private void calls(Adapter adapter, DryRun run) {
        String url = adapter instanceof ManifestAdapter manifest
                ? String.valueOf(manifest.environments().get("production"))
                : HttpFile.variable("base-url");
        HttpFile shown = HttpFile.of(url, adapter.authentication());
        List<List<Call>> steps = run.plan().steps();
        for (int i = 0; i < steps.size(); i++) {
            String step = steps.size() == 1 ? "" : "step " + (i + 1) + ": ";
            for (Call call : steps.get(i)) {
                shown.lines(step + about(run, call), call.request()).forEach(console.out()::println);
            }
        }
        console.out().flush();
    }

    private static String about(DryRun run, Call call) {
        Set<RecordKey> all = new TreeSet<>(call.about().keySet());
        String named = all.stream().limit(NAMED_MAX).map(key -> named(run, key)).collect(Collectors.joining(", "));
        return all.size() <= NAMED_MAX ? named : named + " and " + (all.size() - NAMED_MAX) + " more";
    }

    private static String named(DryRun run, RecordKey key) {
        boolean isRemoved = run.difference().removed().contains(key);
        return key + (isRemoved ? " (removed)" : run.created().contains(key) ? " (new)" : "");
    }

    private void readOnly(Writing writing, Map<RecordKey, FieldMap> wanted) {
        new TreeMap<>(wanted).forEach((key, fields) -> {
            for (int i = 0; i < fields.size(); i++) {
                if (!writing.takes(fields.field(i))) {
                    notTold(key, fields.field(i).name() + " can only be read");
                }
            }
        });
    }

    private void settled(DryRun run) {
        Plan plan = run.plan();
        Set<RecordKey> open = new TreeSet<>(run.difference().wanted().keySet());
        open.addAll(run.difference().removed());
        open.removeAll(inCalls(plan));
        open.removeAll(plan.settled().keySet());
        new TreeMap<>(plan.settled()).forEach(this::settled);
        for (RecordKey key : open) {
            if (plan.steps().isEmpty()) {
                notTold(key, "the plan does not say what becomes of it; put it into a call, or settle it");
            } else {
                console.err().println("waits: " + key + ": its call is made of the answer to one above");
            }
        }
    }

    private static Set<RecordKey> inCalls(Plan plan) {
        Set<RecordKey> all = new HashSet<>();
        plan.steps()
                .forEach(step -> step.forEach(call -> all.addAll(call.about().keySet())));
        return all;
    }

    private void settled(RecordKey key, Outcome outcome) {
        if (outcome instanceof Outcome.Done) {
            console.err().println("no call: " + key + ": it is so already");
        } else {
            notTold(key, why(outcome));
        }
    }

    private static String why(Outcome outcome) {
        if (outcome instanceof Outcome.GiveUp given) {
            return given.why() + " (" + given.code() + ")";
        }
        if (outcome instanceof Outcome.TryLater later) {
            return "later: " + later.why();
        }
        if (outcome instanceof Outcome.ReadAgain again) {
            return again.resource() + " has to be read first: " + again.why();
        }
        if (outcome instanceof Outcome.NeedsReauthorisation needed) {
            return needed.why();
        }
        return String.valueOf(outcome);
    }

    private void notTold(RecordKey key, String why) {
        isAllTold = false;
        console.err().println("not told: " + key + ": " + why);
    }
}
