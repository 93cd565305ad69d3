package dev.tournant.deploy.cli;

/** What was asked for cannot be done; the message says what to do, and is all that is shown. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private Refused(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The adapter, or what belongs to it, is wrong. */
    static Refused broken(String message) {
        return new Refused(Tournant.BROKEN, message);
    }

    /** The command is wrong. */
    static Refused usage(String message) {
        return new Refused(Tournant.USAGE, message);
    }

    int exitCode() {
        return exitCode;
    }
}
