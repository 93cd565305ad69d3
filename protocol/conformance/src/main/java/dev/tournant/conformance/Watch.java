package dev.tournant.conformance;

import java.time.Duration;
import java.util.function.Supplier;

/** Keeps the time, which the kit itself does not: an adapter that never comes back is ended by whoever has a clock. */
@FunctionalInterface
public interface Watch {
    /** Waits for ever. */
    Watch NONE = (most, check) -> check.get();

    /** What the check says, or a failure that says that it took longer than {@code most}. */
    Verdict within(Duration most, Supplier<Verdict> check);
}
