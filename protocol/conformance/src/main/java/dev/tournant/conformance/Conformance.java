package dev.tournant.conformance;

import java.util.ArrayList;
import java.util.List;

/** All that is expected of an adapter. */
public final class Conformance {
    private static final List<Check> CHECKS = all();

    private Conformance() {}

    private static List<Check> all() {
        List<Check> all = new ArrayList<>();
        all.addAll(DeclarationChecks.all());
        all.addAll(SampleChecks.all());
        all.addAll(ReadingChecks.all());
        all.addAll(MalformedChecks.all());
        all.addAll(FetchChecks.all());
        all.addAll(HostilePageChecks.all());
        all.addAll(AbsenceChecks.all());
        all.addAll(CoverChecks.all());
        all.addAll(PurityChecks.all());
        all.addAll(RequestChecks.all());
        all.addAll(RefusalChecks.all());
        all.addAll(DeliveryChecks.all());
        all.addAll(SignatureChecks.all());
        all.addAll(SecretChecks.all());
        all.addAll(LensChecks.all());
        all.addAll(WritingChecks.all());
        all.addAll(SeenChecks.all());
        all.addAll(IsolationChecks.all());
        all.addAll(conversations());
        return List.copyOf(all);
    }

    /** In the order in which to read a report: what the first ones find explains what later ones find. */
    public static List<Check> checks() {
        return CHECKS;
    }

    /** Those of them that need a {@link Counterpart}. */
    public static List<Check> conversations() {
        List<Check> all = new ArrayList<>(CounterpartChecks.all());
        all.addAll(MishapChecks.all());
        return all;
    }

    public static Report run(Subject subject, Effort effort) {
        return run(subject, effort, Progress.NONE, Watch.NONE);
    }

    /** Runs all checks one after another, whatever they find. */
    public static Report run(Subject subject, Effort effort, Progress progress, Watch watch) {
        List<Report.Line> lines = new ArrayList<>();
        int of = CHECKS.size();
        for (Check check : CHECKS) {
            int nth = lines.size() + 1;
            progress.begins(nth, of, check);
            Verdict verdict = watch.within(effort.checkTimeMax(), () -> check.run(subject, effort));
            lines.add(new Report.Line(check, verdict));
            progress.ended(nth, of, check, verdict);
        }
        return new Report(subject.adapter().partner(), effort, lines);
    }
}
