package dev.tournant.conformance;

/** What a check found. */
public sealed interface Verdict {
    /**
     * The adapter keeps the rule.
     *
     * @param cases how many documents, answers or requests were tried; at least 1
     */
    record Passed(int cases) implements Verdict {}

    /** The adapter breaks the rule. */
    record Failed(Finding finding) implements Verdict {}

    /** There is nothing to check here: the partner has no such thing. */
    record NotApplicable(String why) implements Verdict {}

    /** The adapter breaks the rule, and whoever runs the checks has said why this is as it should be. */
    record Excused(Finding finding, String why) implements Verdict {}
}
