package dev.tournant.http.server;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What really failed, below what futures wrap around it. */
final class Failures {
    private Failures() {}

    static Throwable cause(Throwable failure) {
        Throwable inner = failure.getCause();
        boolean wrapped = failure instanceof CompletionException || failure instanceof ExecutionException;
        return wrapped && inner != null ? cause(inner) : failure;
    }
}
