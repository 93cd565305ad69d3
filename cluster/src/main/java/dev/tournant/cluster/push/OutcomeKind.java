package dev.tournant.cluster.push;

import dev.tournant.adapter.Outcome;
import java.util.Locale;

/** The kinds of outcomes, the best first: of several for one record the worst counts. */
enum OutcomeKind {
    DONE,
    PENDING,
    GIVE_UP,
    TRY_LATER,
    READ_AGAIN,
    NEEDS_REAUTHORISATION;

    static OutcomeKind of(Outcome outcome) {
        if (outcome instanceof Outcome.Done) {
            return DONE;
        }
        if (outcome instanceof Outcome.Pending) {
            return PENDING;
        }
        if (outcome instanceof Outcome.GiveUp) {
            return GIVE_UP;
        }
        if (outcome instanceof Outcome.TryLater) {
            return TRY_LATER;
        }
        if (outcome instanceof Outcome.ReadAgain) {
            return READ_AGAIN;
        }
        if (outcome instanceof Outcome.NeedsReauthorisation) {
            return NEEDS_REAUTHORISATION;
        }
        throw new IllegalArgumentException("no kind of outcome: " + outcome);
    }

    /** Whether what comes after it may be told as it was planned. */
    boolean isFinal() {
        return compareTo(GIVE_UP) <= 0;
    }

    /** The name in metrics: {@code give-up}. */
    String tag() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
