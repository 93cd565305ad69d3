package dev.tournant.persistence;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tournant.messages.Position;
import dev.tournant.messages.Problem;
import dev.tournant.messages.Revision;
import dev.tournant.messages.Tally;
import dev.tournant.model.LinkId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One row of a merchant's journal: everything that was decided together.
 *
 * @param revisions what changed, in order
 * @param marks for each sequence of Kafka offsets, the highest one that this commit deals with
 * @param seen fingerprints of the partner events that this commit deals with
 * @param tally how many Kafka records became what in this commit
 * @param refusals records and parts of records that were not applied
 * @param feeds feeds as they stand after this commit; only those that changed
 * @param repetitions values that were said again and only moved their provenance
 * @param token the fencing token under which it was written, larger with each holder of the merchant's shard; 0 where none
 *     was known. Of two rows with one number that of the larger token counts
 * @param links what changed of links, in order; of one link that is named twice the later counts
 * @param conflicts that were noticed
 * @param anew how far records have been decided anew; null says nothing new
 * @param published the newest revision that is known to be in {@code tournant.changes}; 0 says nothing new
 */
public record Commit(
        List<Revision> revisions,
        Map<String, Long> marks,
        List<Long> seen,
        Tally tally,
        List<Refusal> refusals,
        List<FeedState> feeds,
        long published,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Repetition> repetitions,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) long token,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<LinkChange> links,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Conflict> conflicts,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Anew anew)
        implements Stored {
    public static final Commit EMPTY =
            new Commit(List.of(), Map.of(), List.of(), Tally.ZERO, List.of(), List.of(), 0, List.of());

    /** Without a token: it is added as the commit is written. */
    public Commit(
            List<Revision> revisions,
            Map<String, Long> marks,
            List<Long> seen,
            Tally tally,
            List<Refusal> refusals,
            List<FeedState> feeds,
            long published,
            List<Repetition> repetitions) {
        this(revisions, marks, seen, tally, refusals, feeds, published, repetitions, 0, List.of(), List.of(), null);
    }

    public Commit {
        revisions = List.copyOf(revisions);
        marks = Collections.unmodifiableMap(new TreeMap<>(marks));
        seen = List.copyOf(seen);
        refusals = List.copyOf(refusals);
        feeds = List.copyOf(feeds);
        // Rows of before there were any have none.
        repetitions = repetitions == null ? List.of() : List.copyOf(repetitions);
        links = links == null ? List.of() : List.copyOf(links);
        conflicts = conflicts == null ? List.of() : List.copyOf(conflicts);
    }

    /**
     * Something that was not applied, kept so that a redelivery is answered the same way.
     *
     * @param partly whether the rest of the record was applied
     */
    public record Refusal(Position position, @Nullable Problem problem, String detail, boolean partly) {}

    /**
     * Values of one record that a newer statement said again.
     *
     * @param fields their names
     */
    public record Repetition(RecordKey key, LinkId link, String event, Stamp stamp, long version, List<String> fields) {
        public Repetition {
            fields = List.copyOf(fields);
        }
    }

    /** A commit of one note: that revisions up to this one are in Kafka. */
    public static Commit published(long through) {
        return new Commit(List.of(), Map.of(), List.of(), Tally.ZERO, List.of(), List.of(), through, List.of());
    }

    /** A commit of revisions alone. */
    public static Commit of(Revision... revisions) {
        return new Commit(List.of(revisions), Map.of(), List.of(), Tally.ZERO, List.of(), List.of(), 0, List.of());
    }

    /** A commit of feeds alone. */
    public static Commit of(List<FeedState> feeds) {
        return new Commit(List.of(), Map.of(), List.of(), Tally.ZERO, List.of(), feeds, 0, List.of());
    }

    /** A commit of what changed of links. */
    public static Commit ofLinks(List<LinkChange> links) {
        return EMPTY.and(links, List.of());
    }

    /** The same with what changed of links. */
    public Commit and(List<LinkChange> changed, List<Conflict> noticed) {
        return new Commit(
                revisions, marks, seen, tally, refusals, feeds, published, repetitions, token, changed, noticed, anew);
    }

    /** The same with how far records have been decided anew; null says nothing new. */
    public Commit and(@Nullable Anew how) {
        return new Commit(
                revisions, marks, seen, tally, refusals, feeds, published, repetitions, token, links, conflicts, how);
    }

    @JsonIgnore
    public boolean isEmpty() {
        return published == 0
                && revisions.isEmpty()
                && marks.isEmpty()
                && seen.isEmpty()
                && refusals.isEmpty()
                && feeds.isEmpty()
                && repetitions.isEmpty()
                && links.isEmpty()
                && conflicts.isEmpty()
                && anew == null
                && tally.total() == 0;
    }

    /** All, one after another; in one pass, where adding them up would copy what is before again and again. */
    public static Commit joined(List<Commit> parts) {
        if (parts.size() <= 1) {
            return parts.isEmpty() ? EMPTY : parts.get(0);
        }
        List<Revision> revisions = new ArrayList<>();
        Map<String, Long> marks = new HashMap<>();
        List<Long> seen = new ArrayList<>();
        Tally tally = Tally.ZERO;
        List<Refusal> refusals = new ArrayList<>();
        List<FeedState> feeds = new ArrayList<>();
        long published = 0;
        List<Repetition> repetitions = new ArrayList<>();
        List<LinkChange> links = new ArrayList<>();
        List<Conflict> conflicts = new ArrayList<>();
        Anew anew = null;
        for (Commit part : parts) {
            revisions.addAll(part.revisions);
            part.marks.forEach((sequence, offset) -> marks.merge(sequence, offset, Math::max));
            seen.addAll(part.seen);
            tally = tally.plus(part.tally);
            refusals.addAll(part.refusals);
            feeds.addAll(part.feeds);
            published = Math.max(published, part.published);
            repetitions.addAll(part.repetitions);
            links.addAll(part.links);
            conflicts.addAll(part.conflicts);
            anew = part.anew == null ? anew : part.anew;
        }
        return new Commit(revisions, marks, seen, tally, refusals, feeds, published, repetitions)
                .and(links, conflicts)
                .and(anew);
    }

    /** The same, as the holder of this token writes it. */
    public Commit with(long fencingToken) {
        return new Commit(
                revisions,
                marks,
                seen,
                tally,
                refusals,
                feeds,
                published,
                repetitions,
                fencingToken,
                links,
                conflicts,
                anew);
    }

    /** Both, one after the other. */
    public Commit plus(Commit later) {
        if (isEmpty()) {
            return later;
        }
        if (later.isEmpty()) {
            return this;
        }
        return joined(List.of(this, later));
    }
}
