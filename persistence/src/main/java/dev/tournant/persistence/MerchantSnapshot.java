package dev.tournant.persistence;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tournant.messages.Revision;
import dev.tournant.messages.Tally;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.Stamp;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All of a merchant at one row of its journal.
 *
 * @param rows how many journal rows led here
 * @param clock the newest stamp that this merchant gave out
 * @param outbox revisions that are not known to be published
 * @param links all that is known of each link
 * @param conflicts the newest, from old to new
 * @param anew how far records have been decided anew since the rules changed; null where all are
 * @param former names by which accounts called our records over links that are gone, from old to new
 * @param anchors pairs of revision and row, from old to new: places from which the journal can be read
 */
public record MerchantSnapshot(
        @Nullable MerchantProfile profile,
        long revision,
        long profileRevision,
        long rows,
        Stamp clock,
        List<FlatRecord> records,
        Map<String, Long> marks,
        List<Long> seen,
        Tally tally,
        List<Commit.Refusal> refusals,
        List<FeedState> feeds,
        List<Revision> outbox,
        List<Long> anchors,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<LinkChange> links,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Conflict> conflicts,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Anew anew,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<LinkChange> former)
        implements Stored {
    public MerchantSnapshot {
        records = List.copyOf(records);
        marks = Collections.unmodifiableMap(new TreeMap<>(marks));
        seen = List.copyOf(seen);
        refusals = List.copyOf(refusals);
        feeds = List.copyOf(feeds);
        outbox = List.copyOf(outbox);
        anchors = List.copyOf(anchors);
        // Snapshots of before there were any have none.
        links = links == null ? List.of() : List.copyOf(links);
        conflicts = conflicts == null ? List.of() : List.copyOf(conflicts);
        former = former == null ? List.of() : List.copyOf(former);
    }
}
