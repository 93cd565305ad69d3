package dev.tournant.adapter;

import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.RecordKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The half of an adapter that writes. Pure, like all of it: it says which calls to make, and reads their answers. */
public interface Writing {
    /** What a {@link Difference} has to hold for a partner. */
    enum Scope {
        /** What differs, and what the partner holds around it. */
        CHANGES,
        /**
         * All records as well, as soon as anything differs: the partner is told whole documents, and forgets what one
         * leaves out.
         */
        WHOLE
    }

    /**
     * How jobs end of which nobody tells the end, as when a webhook is lost.
     *
     * @param within the longest that the partner works on one; 1 s to 1 day. A job of which nothing is heard for longer is
     *     no longer {@link Difference#pending}
     * @param resource what to fetch then, before anything is planned: it says what became of the job. With {@link
     *     Scope#WHOLE}, its one page shows all documents that the partner has
     */
    record Jobs(Duration within, String resource) {
        public Jobs {
            Settings.duration("within", within, Duration.ofSeconds(1), Duration.ofDays(1));
        }
    }

    default Scope scope() {
        return Scope.CHANGES;
    }

    /** For partners that are {@link Capability#ASYNCHRONOUS}; empty for the others. */
    default Optional<Jobs> jobs() {
        return Optional.empty();
    }

    /**
     * Resources whose pages show what a call of ours made: they are read before anything is made of which no answer told
     * whether it was made already. Empty for the first resource of the adapter.
     */
    default List<String> madeIn() {
        return List.of();
    }

    /**
     * What the partner holds, as far as a fetched page says: the records' keys are its own names for them, or ours where
     * it knows those. Parts that cannot be read are left out.
     */
    Map<RecordKey, Remote> seen(Payload payload);

    /**
     * Whether the partner can be told a field of records that it is told of. One that can only be read there is left out of
     * every {@link Difference}: what the partner shows of it stays as it is.
     */
    default boolean takes(Field<?> field) {
        return true;
    }

    /**
     * Why an item cannot be ordered at the partner though its own values say that it can, as a clause for people: where what
     * the partner is told of it follows from other records too. Empty where only its own values decide, and of what is not
     * told there.
     *
     * @param shown all that the partner should show
     */
    default Optional<String> withheld(RecordKey key, Map<RecordKey, FieldMap> shown, Instant now) {
        return Optional.empty();
    }

    /**
     * What the partner shows of an item that it was told is off sale, where that is not what it was told, or takes the place of
     * its stock: that none is left, say, where only a count of none takes an item off. The link is told these values in place
     * of the item's own until it is on sale again, so that they are no edit when they are read, and its count comes back with
     * it. A status that is not for sale is among them; those about stock are told of what is counted. Empty where an item
     * shows its own values, off sale or on.
     */
    default FieldMap off() {
        return FieldMap.EMPTY;
    }

    /**
     * How to tell a partner a difference: in few calls, each within the partner's limits, with what is referred to before
     * what refers to it. What cannot be told is refused record by record, never all together.
     */
    Plan plan(Difference difference);

    /**
     * What became of a call. Never throws for what a partner may answer. Of one that is not {@link Request#repeatable} an
     * answer that {@link Refusals#leavesOpen} says no more than none at all: see {@link #unanswered}.
     */
    Result read(Call call, Answer answer);

    /**
     * What to take for granted of a call that was sent and never answered: it may have been carried out. By default it is
     * planned anew, so that what must not be carried out twice, whose request is not {@link Request#repeatable}, needs an
     * answer of its own here: {@link Outcome.ReadAgain}, to look for it first, or {@link Outcome.Pending} where a job tells.
     */
    default Result unanswered(Call call, String why) {
        Map<RecordKey, Outcome> outcomes = new HashMap<>();
        call.about().keySet().forEach(key -> outcomes.put(key, new Outcome.TryLater(Duration.ZERO, why)));
        return new Result(outcomes, Map.of(), List.of());
    }
}
