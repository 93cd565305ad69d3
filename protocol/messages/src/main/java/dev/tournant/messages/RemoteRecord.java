package dev.tournant.messages;

import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import org.jspecify.annotations.Nullable;

/**
 * What a partner holds of one record.
 *
 * @param key the partner's own name for it, or ours where it knows that
 * @param id the partner's name
 * @param version the partner's version; 0 where there is none
 * @param document JSON of the partner's object; null for one that is nested in another's, or was not seen
 */
public record RemoteRecord(
        RecordKey key, RecordId id, long version, @Nullable String document) {}
