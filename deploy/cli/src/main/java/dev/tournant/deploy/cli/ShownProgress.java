package dev.tournant.deploy.cli;

import dev.tournant.conformance.Check;
import dev.tournant.conformance.Progress;
import dev.tournant.conformance.Verdict;

/** Shows how far a run is: as a bar on a terminal, which vanishes at the end, and as a line for each check elsewhere. */
final class ShownProgress implements Progress {
    private static final int BAR_CHARS = 24;
    private static final String CLEAR = "\r\033[K";

    private final Console console;

    ShownProgress(Console console) {
        this.console = console;
    }

    @Override
    public void begins(int nth, int of, Check check) {
        if (console.terminal()) {
            int done = BAR_CHARS * (nth - 1) / of;
            String line =
                    "[" + "#".repeat(done) + ".".repeat(BAR_CHARS - done) + "] " + nth + "/" + of + " " + check.id();
            // In the last column some terminals would go on to the next line.
            int most = console.columns() - 1;
            console.err().print(CLEAR + (line.length() <= most ? line : line.substring(0, most)));
            console.err().flush();
        }
    }

    @Override
    public void ended(int nth, int of, Check check, Verdict verdict) {
        if (!console.terminal()) {
            console.err().println(nth + "/" + of + " " + word(verdict) + " " + check.id());
        } else if (nth == of) {
            console.err().print(CLEAR);
        }
        console.err().flush();
    }

    private static String word(Verdict verdict) {
        if (verdict instanceof Verdict.Passed) {
            return "passed";
        }
        if (verdict instanceof Verdict.NotApplicable) {
            return "not applicable";
        }
        return verdict instanceof Verdict.Excused ? "excused" : "FAILED";
    }
}
