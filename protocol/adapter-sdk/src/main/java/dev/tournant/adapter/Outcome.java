package dev.tournant.adapter;

import java.time.Duration;

/** What became of something that a partner was asked to do. */
public sealed interface Outcome {
    Outcome DONE = new Done();

    /** It is as we said. */
    record Done() implements Outcome {}

    /**
     * Trouble that passes by itself.
     *
     * @param after the partner's wish; zero where it has none
     * @param why cut at 500 characters
     */
    record TryLater(Duration after, String why) implements Outcome {
        public TryLater {
            why = Excerpt.of(why);
        }
    }

    /**
     * What the partner holds is not what we had seen: it has to be read again before anything is written.
     *
     * @param resource what to fetch
     * @param why cut at 500 characters
     */
    record ReadAgain(String resource, String why) implements Outcome {
        public ReadAgain {
            why = Excerpt.of(why);
        }
    }

    /**
     * The partner will not have it, however often it is asked.
     *
     * @param code the partner's own, or ours in small letters
     * @param why cut at 500 characters
     */
    record GiveUp(String code, String why) implements Outcome {
        public GiveUp {
            why = Excerpt.of(why);
        }
    }

    /** Nothing will be taken until somebody grants access again. */
    record NeedsReauthorisation(String why) implements Outcome {
        public NeedsReauthorisation {
            why = Excerpt.of(why);
        }
    }

    /** The partner works on it, and tells its end under this name. */
    record Pending(String job) implements Outcome {}
}
