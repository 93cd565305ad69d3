package dev.tournant.adapter;

import dev.tournant.model.InvalidValue;
import dev.tournant.model.PartnerEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a payload says, and what in it could not be read.
 *
 * @param jobs what it says about calls that were answered before they were done
 * @param covers resources of which a webhook carries all that a fetch of them would bring, so that there is nothing left to
 *     fetch; of no meaning for a page
 * @param at when what a webhook signals happened, by the partner's clock; null where it does not say, and of a page
 */
public record Reading(
        List<PartnerEvent> events,
        List<Unreadable> unreadable,
        List<JobEnd> jobs,
        List<String> covers,
        @Nullable Instant at) {
    public Reading {
        covers = List.copyOf(covers);
        jobs = List.copyOf(jobs);
        events = List.copyOf(events);
        unreadable = List.copyOf(unreadable);
    }

    /** One that does not say when. */
    public Reading(List<PartnerEvent> events, List<Unreadable> unreadable, List<JobEnd> jobs, List<String> covers) {
        this(events, unreadable, jobs, covers, null);
    }

    public Reading(List<PartnerEvent> events, List<Unreadable> unreadable, List<JobEnd> jobs) {
        this(events, unreadable, jobs, List.of());
    }

    public Reading(List<PartnerEvent> events, List<Unreadable> unreadable) {
        this(events, unreadable, List.of());
    }

    public static Reading of(PartnerEvent event) {
        return new Reading(List.of(event), List.of());
    }

    /**
     * The same, of something that happened then: a webhook that comes late is known by it.
     *
     * @param when as {@link TimeForm#RFC3339}; anything else says nothing
     */
    public Reading at(String when) {
        Instant then;
        try {
            then = TimeForm.RFC3339.parse(when);
        } catch (InvalidValue e) {
            then = null;
        }
        return new Reading(events, unreadable, jobs, covers, then);
    }

    /** Nothing of the payload could be read. */
    public static Reading nothing(String path, String why) {
        return new Reading(List.of(), List.of(new Unreadable(path, "", why)));
    }

    /**
     * A part that could not be read. Each text is cut at 500 characters.
     *
     * @param path where in the document: {@code objects[3].item_data.name}; {@code $} for all of it
     * @param record the partner's name of the record it concerns; empty where there is none
     */
    public record Unreadable(String path, String record, String why) {
        public Unreadable {
            path = Excerpt.of(path);
            record = Excerpt.of(record);
            why = Excerpt.of(why);
        }

        @Override
        public String toString() {
            return path + (record.isEmpty() ? "" : " (" + record + ")") + ": " + why;
        }
    }
}
