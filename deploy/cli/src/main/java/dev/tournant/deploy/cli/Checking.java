package dev.tournant.deploy.cli;

import dev.tournant.conformance.Conformance;
import dev.tournant.conformance.Effort;
import dev.tournant.conformance.Report;
import dev.tournant.conformance.Samples;
import dev.tournant.conformance.Subject;
import java.util.List;

/** {@code adapter check}. */
final class Checking {
    private final Console console;

    Checking(Console console) {
        this.console = console;
    }

    int run(Target target, Effort effort) {
        Samples samples = target.samples().samples();
        Subject subject = target.samples().setting().subject(target.adapter(), samples);
        Report report = Conformance.run(subject, effort, new ShownProgress(console), new Stopwatch(target.loader()));
        console.out().print(report.text());
        console.out().println();
        console.out().println(end(report));
        console.out().flush();
        return report.passed() ? 0 : Tournant.BROKEN;
    }

    /** Once more what counts: the terminal shows the end of a long report. */
    private static String end(Report report) {
        List<Report.Line> failed = report.failed();
        return failed.isEmpty()
                ? report.partner() + " passed"
                : report.partner() + " FAILED " + failed.size() + " of "
                        + report.lines().size() + " checks; begin with the first one above: "
                        + failed.get(0).check().id();
    }
}
