package dev.tournant.conformance;

/** A check has nothing to look at. */
final class NothingToCheck extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String why;

    NothingToCheck(String why) {
        super(why, null, false, false);
        this.why = why;
    }

    String why() {
        return why;
    }
}
