package dev.tournant.adapter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.model.RecordId;
import org.jspecify.annotations.Nullable;

/**
 * What a partner holds for one of our records.
 *
 * @param id the partner's name for it
 * @param version the partner's version; 0 where there is none
 * @param document the object as it was last seen, for records that are objects of their own; null for one that is nested
 *     in the object of another, or was never seen
 */
public record Remote(RecordId id, long version, @Nullable ObjectNode document) {}
