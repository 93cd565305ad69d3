package dev.tournant.http.client.token;

import dev.tournant.adapter.Gates.Refused;
import dev.tournant.adapter.Outbound.Unreachable;
import dev.tournant.model.InvalidValue;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What may be said of a failure: messages of our own, of which none holds a secret, and the type of all others. */
final class NoAnswer {
    private NoAnswer() {}

    static String why(@Nullable Throwable failure) {
        Throwable cause = cause(failure);
        if (cause == null) {
            return "no answer";
        }
        boolean ours = cause instanceof Unreachable
                || cause instanceof Refused
                || cause instanceof InvalidValue
                || cause instanceof NoToken;
        return ours
                ? String.valueOf(cause.getMessage())
                : "it failed with " + cause.getClass().getSimpleName();
    }

    /** How long a gate wants us to wait; zero where no gate was in the way. */
    static Duration after(@Nullable Throwable failure) {
        return cause(failure) instanceof Refused refused ? refused.after() : Duration.ZERO;
    }

    /** Whether a gate had no room, so that nothing was sent. */
    static boolean isRefusedByGate(@Nullable Throwable failure) {
        return cause(failure) instanceof Refused;
    }

    static @Nullable Throwable cause(@Nullable Throwable failure) {
        Throwable inner = failure == null ? null : failure.getCause();
        return failure instanceof CompletionException && inner != null ? cause(inner) : failure;
    }
}
