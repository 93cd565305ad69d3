package dev.tournant.adapter;

import org.jspecify.annotations.Nullable;

/** What an answer means for the fetch that asked. */
public sealed interface Turn {
    /**
     * The answer is a page.
     *
     * @param next asks for the following page; null after the last one
     * @param until if not null, from where the next fetch has to go on; of several pages the last one said counts
     */
    record Page(@Nullable Request next, @Nullable String until) implements Turn {}

    /** The answer only told how to go on, as a probe does that finds a change: it is no page. */
    record Ask(Request next) implements Turn {}

    /** The answer is no page, and there will be none. {@code outcome} is neither Done nor Pending. */
    record Broken(Outcome outcome) implements Turn {}
}
