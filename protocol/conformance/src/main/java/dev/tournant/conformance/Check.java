package dev.tournant.conformance;

import dev.tournant.adapter.Capability;
import org.jspecify.annotations.Nullable;

/** One rule that an adapter has to keep. */
public final class Check {
    /** Looks for a case that breaks the rule. */
    @FunctionalInterface
    interface Rule {
        /** Throws {@link Broken} for what breaks the rule, and {@link NothingToCheck} where it is about nothing. */
        void test(Trial trial);
    }

    private final String id;
    private final String name;
    private final @Nullable Capability needs;
    private final Rule rule;

    Check(String id, String name, @Nullable Capability needs, Rule rule) {
        this.id = id;
        this.name = name;
        this.needs = needs;
        this.rule = rule;
    }

    /** Short and stable: {@code nested-versions-sent-back}. */
    public String id() {
        return id;
    }

    /** The rule as a sentence about the adapter. */
    public String name() {
        return name;
    }

    /** An adapter that does not declare this is not asked; null for what every adapter has to keep. */
    public @Nullable Capability needs() {
        return needs;
    }

    /** Never throws for what an adapter does. The same subject and effort give the same verdict. */
    public Verdict run(Subject subject, Effort effort) {
        Verdict verdict = verdict(subject, effort);
        String excuse = subject.excuses().get(id);
        if (excuse == null || verdict instanceof Verdict.NotApplicable) {
            return verdict;
        }
        return verdict instanceof Verdict.Failed failed
                ? new Verdict.Excused(failed.finding(), excuse)
                : new Verdict.Failed(new Finding(
                        "the excuses of the subject",
                        id,
                        "the check passes, so it needs no excuse; take it away (\"" + excuse + "\")",
                        null));
    }

    private Verdict verdict(Subject subject, Effort effort) {
        Trial trial = new Trial(subject, effort, id);
        try {
            if (needs != null && !trial.can(needs)) {
                return new Verdict.NotApplicable("the adapter does not declare " + needs);
            }
            rule.test(trial);
            return trial.cases() == 0
                    ? new Verdict.NotApplicable("the samples hold nothing that this is about")
                    : new Verdict.Passed(trial.cases());
        } catch (Broken broken) {
            return new Verdict.Failed(broken.finding());
        } catch (NothingToCheck nothing) {
            return new Verdict.NotApplicable(nothing.why());
        } catch (RuntimeException | StackOverflowError thrown) {
            return new Verdict.Failed(new Finding("no single document", "$", Trial.told(thrown), null));
        }
    }

    @Override
    public String toString() {
        return id + ": " + name;
    }
}
