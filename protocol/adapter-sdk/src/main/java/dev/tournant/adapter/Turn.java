package dev.tournant.adapter;

import java.time.Duration;
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

    /** Trouble that passes. {@code after} is the partner's wish; zero where it has none. A long reason is cut. */
    record TryLater(Duration after, String why) implements Turn {
        public TryLater {
            why = Excerpt.of(why);
        }
    }

    /** Trouble that stays until somebody does something. A long reason is cut. */
    record GiveUp(String code, String why) implements Turn {
        public GiveUp {
            why = Excerpt.of(why);
        }
    }
}
