package dev.tournant.conformance;

/** A rule is broken: ends a check at the first case that shows it. */
final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Finding finding;

    Broken(Finding finding) {
        super(finding.toString(), null, false, false);
        this.finding = finding;
    }

    Finding finding() {
        return finding;
    }
}
