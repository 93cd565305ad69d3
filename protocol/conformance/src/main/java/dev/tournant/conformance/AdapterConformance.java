package dev.tournant.conformance;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A partner's test: a class that extends this one and names the {@link Subject}. Every check becomes a test of its own;
 * what the adapter does not declare is skipped with the reason. {@code -Dconformance.seed=7} tries other cases.
 */
public abstract class AdapterConformance {
    /** Asked for anew by each check. */
    protected abstract Subject subject();

    protected Effort effort() {
        return Effort.USUAL.withSeed(Long.getLong("conformance.seed", Effort.USUAL.seed()));
    }

    /** All of them, unless a test is about some, such as {@link Conformance#conversations} with a stand-in. */
    protected List<Check> checks() {
        return Conformance.checks();
    }

    @TestFactory
    Stream<DynamicTest> conforms() {
        return checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.id() + ": " + check.name(), () -> judge(check)));
    }

    private void judge(Check check) {
        Effort effort = effort();
        Verdict verdict =
                Assertions.assertTimeoutPreemptively(effort.checkTimeMax(), () -> check.run(subject(), effort));
        if (verdict instanceof Verdict.Failed failed) {
            Assertions.fail(String.format("%n") + Report.text(check, failed.finding(), effort));
        } else if (verdict instanceof Verdict.NotApplicable nothing) {
            Assumptions.abort(nothing.why());
        } else if (verdict instanceof Verdict.Excused excused) {
            Assumptions.abort("excused: " + excused.why());
        }
    }
}
