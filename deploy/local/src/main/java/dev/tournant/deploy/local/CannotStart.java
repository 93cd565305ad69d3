package dev.tournant.deploy.local;

/** Something on this machine keeps a child process from starting; the message says what, and what to do. */
public final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotStart(String message) {
        super(message);
    }

    CannotStart(String message, Throwable cause) {
        super(message, cause);
    }
}
