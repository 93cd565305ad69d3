package dev.tournant.messages;

import dev.tournant.model.LinkId;
import java.time.Instant;
import java.util.List;

/**
 * One committed change of a merchant, as it is stored, published to {@code tournant.changes} and streamed over HTTP.
 *
 * @param number counts a merchant's changes from 1 without gaps
 * @param at when it was decided
 * @param link who said it; {@code api} for our own API
 * @param event the partner's event id or the request's id; may be empty
 */
public record Revision(long number, Instant at, LinkId link, String event, List<Fact> facts) {
    public Revision {
        facts = List.copyOf(facts);
    }
}
