package dev.tournant.deploy.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/**
 * One merchant as a fresh cluster knows it, from nothing but the journal.
 *
 * @param head the revision that the merchant says it is at
 * @param revisions from the first on, as they are streamed; they may end early where the stream broke
 * @param records the ids of all records that the merchant has
 * @param published what {@code tournant.changes} holds of the merchant, in its order
 */
record History(long head, List<JsonNode> revisions, Set<String> records, List<JsonNode> published) {
    History {
        revisions = List.copyOf(revisions);
        records = Set.copyOf(records);
        published = List.copyOf(published);
    }
}
