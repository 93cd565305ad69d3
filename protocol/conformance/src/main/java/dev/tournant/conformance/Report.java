package dev.tournant.conformance;

import dev.tournant.model.PartnerName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What all checks found. */
public record Report(PartnerName partner, Effort effort, List<Line> lines) {
    private static final int EXCERPT_CHARS_MAX = 400;

    /** What one of them found. */
    public record Line(Check check, Verdict verdict) {}

    public Report {
        lines = List.copyOf(lines);
    }

    /** Whether no check failed. */
    public boolean passed() {
        return failed().isEmpty();
    }

    public List<Line> failed() {
        return lines.stream()
                .filter(line -> line.verdict() instanceof Verdict.Failed)
                .toList();
    }

    private long count(Class<? extends Verdict> kind) {
        return lines.stream().map(Line::verdict).filter(kind::isInstance).count();
    }

    /** What failed, in order: one case may break several rules. */
    private Map<Finding, List<Check>> causes() {
        Map<Finding, List<Check>> causes = new LinkedHashMap<>();
        for (Line line : lines) {
            if (line.verdict() instanceof Verdict.Failed failed) {
                causes.computeIfAbsent(failed.finding(), finding -> new ArrayList<>())
                        .add(line.check());
            }
        }
        return causes;
    }

    /** Plain text for people: a summary, then what failed with all that is known, each cause once, then the rest, one line each. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s: %d checks, seed %d: %d passed, %d failed, %d not applicable, %d excused%n",
                partner,
                lines.size(),
                effort.seed(),
                count(Verdict.Passed.class),
                count(Verdict.Failed.class),
                count(Verdict.NotApplicable.class),
                count(Verdict.Excused.class)));
        causes().forEach((finding, checks) -> text.append(String.format("%n")).append(text(checks, finding, effort)));
        text.append(String.format("%n"));
        for (Line line : lines) {
            text.append(row(line));
        }
        return text.toString();
    }

    private static String row(Line line) {
        String word;
        String why;
        if (line.verdict() instanceof Verdict.Passed passed) {
            word = "passed";
            why = passed.cases() + (passed.cases() == 1 ? " case" : " cases");
        } else if (line.verdict() instanceof Verdict.NotApplicable nothing) {
            word = "not applicable";
            why = nothing.why();
        } else if (line.verdict() instanceof Verdict.Excused excused) {
            word = "excused";
            why = excused.why();
        } else {
            word = "FAILED";
            why = "see above";
        }
        return String.format(
                "%-14s  %-32s  %s (%s)%n", word, line.check().id(), line.check().name(), why);
    }

    /** All that is known of one failure. */
    static String text(Check check, Finding finding, Effort effort) {
        return text(List.of(check), finding, effort);
    }

    private static String text(List<Check> checks, Finding finding, Effort effort) {
        StringBuilder text = new StringBuilder();
        checks.forEach(check -> text.append(String.format("FAILED    %s: %s%n", check.id(), check.name())));
        text.append(String.format("document  %s%n", finding.document()));
        text.append(String.format("path      %s%n", finding.path()));
        text.append(String.format("why       %s%n", finding.why()));
        @Nullable String body = finding.body();
        if (body != null) {
            boolean whole = body.length() <= EXCERPT_CHARS_MAX;
            text.append(String.format(
                    "body      %s%n", whole ? body : body.substring(0, EXCERPT_CHARS_MAX) + "… (more in the finding)"));
        }
        text.append(String.format("again     seed %d, at most %d cases%n", effort.seed(), effort.casesMax()));
        return text.toString();
    }
}
