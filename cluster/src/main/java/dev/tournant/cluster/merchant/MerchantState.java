package dev.tournant.cluster.merchant;

import dev.tournant.cluster.sync.LinkState;
import dev.tournant.messages.Tally;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Shared;
import dev.tournant.model.Stamp;
import dev.tournant.persistence.Anew;
import dev.tournant.persistence.Commit;
import dev.tournant.persistence.Conflict;
import dev.tournant.persistence.Counterpart;
import dev.tournant.persistence.FeedState;
import dev.tournant.persistence.LinkChange;
import dev.tournant.persistence.MerchantSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that a merchant knows. Immutable; {@link #after} never refuses: what is in a commit has happened.
 *
 * @param clock the newest stamp that this merchant gave out
 * @param marks for each sequence of Kafka offsets, the highest one dealt with
 * @param feeds by link and resource
 * @param links what is known of links; those of which nothing is known are left out
 * @param conflicts the newest, from old to new
 * @param sweeps readings of whole links that have begun and not ended, by link and resource; in no journal and no snapshot
 * @param anew how far records have been decided anew since the rules changed; null where all are
 * @param former what was known of links that are gone and may come back
 * @param outbox revisions that are not known to be published, from old to new
 * @param anchors pairs of revision and journal row, from old to new
 */
record MerchantState(
        @Nullable MerchantProfile profile,
        long revision,
        long profileRevision,
        long rows,
        Stamp clock,
        RecordTable records,
        Map<String, Long> marks,
        Seen seen,
        Tally tally,
        List<Commit.Refusal> refusals,
        Map<String, FeedState> feeds,
        Backlog outbox,
        List<Long> anchors,
        Map<LinkId, LinkState> links,
        List<Conflict> conflicts,
        Map<String, Sweep> sweeps,
        @Nullable Anew anew,
        FormerNames former) {
    /** Every so many rows a place is noted from which the journal can be read. */
    private static final int ANCHOR_EVERY_ROWS = 100;

    private static final int ANCHORS_MAX = 1_024;
    /** Conflicts that are kept for operators. */
    static final int CONFLICTS_MAX = 200;

    static final MerchantState EMPTY = new MerchantState(
            null,
            0,
            0,
            0,
            Stamp.ZERO,
            RecordTable.EMPTY,
            Map.of(),
            Seen.NONE,
            Tally.ZERO,
            List.of(),
            Map.of(),
            Backlog.EMPTY,
            List.of(),
            Map.of(),
            List.of(),
            Map.of(),
            null,
            FormerNames.NONE);

    static String feedKey(LinkId link, String resource) {
        return link + "/" + resource;
    }

    /** This state after one more journal row. */
    MerchantState after(Commit commit, MerchantLimits limits) {
        return with(commit, limits).counted();
    }

    /** This state, which {@link #with} led to, once all of it is one more journal row. */
    MerchantState counted() {
        long row = rows + 1;
        return new MerchantState(
                profile,
                revision,
                profileRevision,
                row,
                clock,
                records,
                marks,
                seen,
                tally,
                refusals,
                feeds,
                outbox,
                row % ANCHOR_EVERY_ROWS == 0 ? anchored(revision, row) : anchors,
                links,
                conflicts,
                sweeps,
                anew,
                former);
    }

    /** This state with other readings under way. */
    MerchantState sweeping(Map<String, Sweep> now) {
        return new MerchantState(
                profile,
                revision,
                profileRevision,
                rows,
                clock,
                records,
                marks,
                seen,
                tally,
                refusals,
                feeds,
                outbox,
                anchors,
                links,
                conflicts,
                Map.copyOf(now),
                anew,
                former);
    }

    /** This state after a part of a row: the same for all but the count of rows. */
    MerchantState with(Commit part, MerchantLimits limits) {
        Progress progress = progress();
        progress.apply(part);
        return with(part, progress, limits);
    }

    /** The same, where the part's revisions have been applied one by one while they were decided. */
    MerchantState with(Commit part, Progress progress, MerchantLimits limits) {
        if (part.isEmpty()) {
            return this;
        }
        return new MerchantState(
                progress.profile(),
                progress.revision(),
                progress.profileRevision(),
                rows,
                progress.clock(),
                progress.records(),
                raised(part.marks()),
                seen.with(part.seen(), limits.seenMax()),
                tally.plus(part.tally()),
                lastOf(refusals, part.refusals(), limits.refusalsMax()),
                fed(part.feeds()),
                outbox.after(part.published()).plus(part.revisions()),
                anchors,
                linked(links, part.links()),
                lastOf(conflicts, part.conflicts(), CONFLICTS_MAX),
                sweeps,
                later(part.anew()),
                former.after(links, part.links(), limits.recordsMax()));
    }

    private @Nullable Anew later(@Nullable Anew how) {
        if (how == null) {
            return anew;
        }
        return how.done() ? null : how;
    }

    /** The beginning of a series of revisions that follow this state. */
    Progress progress() {
        return new Progress(profile, revision, profileRevision, clock, records);
    }

    private Map<String, Long> raised(Map<String, Long> newer) {
        if (newer.isEmpty()) {
            return marks;
        }
        Map<String, Long> all = new HashMap<>(marks);
        newer.forEach((sequence, offset) -> all.merge(sequence, offset, Math::max));
        return Map.copyOf(all);
    }

    private Map<String, FeedState> fed(List<FeedState> changed) {
        if (changed.isEmpty()) {
            return feeds;
        }
        Map<String, FeedState> all = new TreeMap<>(feeds);
        for (FeedState feed : changed) {
            String key = feedKey(feed.link(), feed.resource());
            if (feed.removed()) {
                all.remove(key);
            } else {
                all.put(key, feed);
            }
        }
        return Map.copyOf(all);
    }

    static Map<LinkId, LinkState> linked(Map<LinkId, LinkState> links, List<LinkChange> changes) {
        if (changes.isEmpty()) {
            return links;
        }
        Map<LinkId, LinkState> all = new HashMap<>(links);
        for (LinkChange change : changes) {
            if (change.removed()) {
                all.remove(change.link());
            } else {
                LinkState before = all.get(change.link());
                all.put(change.link(), (before == null ? LinkState.of(change.link()) : before).after(change));
            }
        }
        return Map.copyOf(all);
    }

    /** What each link has of a record; links that have nothing are left out. */
    Map<LinkId, Counterpart> around(RecordKey key) {
        return around(links, key);
    }

    static Map<LinkId, Counterpart> around(Map<LinkId, LinkState> links, RecordKey key) {
        Map<LinkId, Counterpart> around = new HashMap<>();
        links.forEach((id, link) -> {
            Counterpart each = link.counterpart(key);
            if (each != null) {
                around.put(id, each);
            }
        });
        return around;
    }

    /** What is known of a link. */
    LinkState link(LinkId id) {
        LinkState known = links.get(id);
        return known == null ? LinkState.of(id) : known;
    }

    private static <T> List<T> lastOf(List<T> older, List<T> newer, int max) {
        if (newer.isEmpty()) {
            return older;
        }
        List<T> all = new ArrayList<>(older);
        all.addAll(newer);
        return List.copyOf(all.subList(Math.max(0, all.size() - max), all.size()));
    }

    /** Full, the list is thinned to every other pair: old history is read from a little further back. */
    private List<Long> anchored(long atRevision, long row) {
        List<Long> all = new ArrayList<>(anchors);
        all.add(atRevision);
        all.add(row);
        if (all.size() <= 2 * ANCHORS_MAX) {
            return List.copyOf(all);
        }
        List<Long> thinned = new ArrayList<>();
        for (int i = 0; i < all.size(); i += 4) {
            thinned.add(all.get(i));
            thinned.add(all.get(i + 1));
        }
        return List.copyOf(thinned);
    }

    /** A journal row from which on every revision after {@code revision} is found; rows count from 1. */
    long rowBefore(long wanted) {
        long row = 1;
        for (int i = 0; i < anchors.size() && anchors.get(i) <= wanted; i += 2) {
            row = anchors.get(i + 1);
        }
        return row;
    }

    MerchantSnapshot snapshot() {
        return new MerchantSnapshot(
                profile,
                revision,
                profileRevision,
                rows,
                clock,
                records.all(),
                marks,
                seen.list(),
                tally,
                refusals,
                new ArrayList<>(feeds.values()),
                outbox.list(),
                anchors,
                links.values().stream().map(LinkState::stored).toList(),
                conflicts,
                anew,
                former.stored());
    }

    /** What a snapshot holds; what is equal in it is held once. */
    static MerchantState of(MerchantSnapshot stored) {
        Shared shared = new Shared();
        Map<String, FeedState> feeds = new HashMap<>();
        stored.feeds().forEach(feed -> feeds.put(feedKey(feed.link(), feed.resource()), feed));
        return new MerchantState(
                stored.profile(),
                stored.revision(),
                stored.profileRevision(),
                stored.rows(),
                stored.clock(),
                RecordTable.of(stored.records().stream()
                        .map(record -> record.sharing(shared))
                        .toList()),
                stored.marks(),
                Seen.of(stored.seen()),
                stored.tally(),
                stored.refusals(),
                Map.copyOf(feeds),
                Backlog.of(stored.outbox()),
                stored.anchors(),
                linked(
                        Map.of(),
                        stored.links().stream()
                                .map(link -> link.sharing(shared))
                                .toList()),
                stored.conflicts(),
                Map.of(),
                stored.anew(),
                FormerNames.of(stored.former(), shared));
    }
}
