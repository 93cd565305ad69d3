package dev.tournant.cluster.merchant;

import dev.tournant.adapter.Writing;
import dev.tournant.cluster.sync.LinkState;
import dev.tournant.cluster.sync.Rulebook;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Outcome;
import dev.tournant.messages.Position;
import dev.tournant.messages.Problem;
import dev.tournant.messages.Revision;
import dev.tournant.messages.Tally;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerName;
import dev.tournant.persistence.Commit;
import dev.tournant.persistence.Conflict;
import dev.tournant.persistence.FeedState;
import dev.tournant.persistence.LinkChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A state, and over it what the deliveries of one batch have led to so far: no copy of the state for each. */
final class Batch {
    private final MerchantState before;
    private final Progress progress;
    private final List<Revision> revisions = new ArrayList<>();
    private final Map<String, Long> marks = new HashMap<>();
    private final Set<Long> seen = new LinkedHashSet<>();
    private final Map<String, FeedState> feeds = new LinkedHashMap<>();
    private final List<Commit.Refusal> refusals = new ArrayList<>();
    private final List<Commit.Repetition> repetitions = new ArrayList<>();
    private Tally tally = Tally.ZERO;
    private final Map<PartnerName, Traits> partners;
    private final List<LinkChange> linkChanges = new ArrayList<>();
    private final List<Conflict> conflicts = new ArrayList<>();
    private Map<LinkId, LinkState> links;
    private Map<String, Sweep> sweeps;
    private @Nullable Rulebook rules;
    private long weight;
    private @Nullable Position lastPosition;
    private String lastSequence = "";

    Batch(MerchantState before, Map<PartnerName, Traits> partners) {
        this.before = before;
        this.partners = partners;
        this.links = before.links();
        this.sweeps = before.sweeps();
        this.progress = before.progress();
    }

    /** Counts a record, and moves the mark past it. */
    void count(Position position, Outcome outcome) {
        tally = tally.plus(outcome.kind());
        marks.merge(sequence(position), position.offset(), Math::max);
        Problem problem = outcome.problem();
        if (problem != null) {
            boolean partly = outcome.kind() == Outcome.Kind.APPLIED;
            Commit.Refusal refusal = new Commit.Refusal(position, problem, outcome.detail(), partly);
            refusals.add(refusal);
            weight += RowWeight.of(refusal);
        }
    }

    /** What one delivery led to. */
    record Taken(Commit commit, Collection<FlatRecord> touched, Map<String, Sweep> sweeps, long weight) {
        Taken(Commit commit, Collection<FlatRecord> touched, Map<String, Sweep> sweeps) {
            this(commit, touched, sweeps, RowWeight.of(commit));
        }
    }

    long weight() {
        return weight;
    }

    Map<String, Sweep> sweeps() {
        return sweeps;
    }

    Map<LinkId, LinkState> links() {
        return links;
    }

    /** Where the documents are read that a partner is told whole; empty for one that is told changes. */
    Optional<String> documentsOf(LinkId id) {
        return toldWhole(id).flatMap(Traits::jobs).map(Writing.Jobs::resource);
    }

    private Optional<Traits> toldWhole(LinkId id) {
        return traits(id)
                .filter(traits -> traits.scope()
                        .filter(scope -> scope == Writing.Scope.WHOLE)
                        .isPresent());
    }

    /** What a link's statements mean of which its partner shows a part. */
    Traits.Completing completing(LinkId id) {
        return traits(id).map(Traits::completing).orElse(Traits.Completing.NOTHING);
    }

    private Optional<Traits> traits(LinkId id) {
        return Objects.requireNonNull(before.profile()).link(id).map(link -> partners.get(link.partner()));
    }

    /** What is called as a link's partner calls something else. */
    Namesakes namesakes(LinkId id) {
        return Namesakes.of(
                Objects.requireNonNull(before.profile()), id, toldWhole(id).isPresent(), formerNames(id));
    }

    /** What counts of them: what a link calls our records is known of itself once it was read from beginning to end. */
    private FormerNames formerNames(LinkId id) {
        FormerNames all = before.former();
        return all.accounts().isEmpty() || !isRead(id) ? all : FormerNames.NONE;
    }

    private boolean isRead(LinkId id) {
        return before.feeds().entrySet().stream()
                .filter(each -> each.getValue().link().equals(id))
                .allMatch(each ->
                        feeds.getOrDefault(each.getKey(), each.getValue()).doneAt() != null);
    }

    /** Made when it is needed: most merchants have one link that speaks. */
    Rulebook rules() {
        Rulebook made = rules;
        if (made == null) {
            made = new Rulebook(Objects.requireNonNull(before.profile()), partners);
            rules = made;
        }
        return made;
    }

    void add(Taken taken) {
        Commit commit = taken.commit();
        revisions.addAll(commit.revisions());
        seen.addAll(commit.seen());
        repetitions.addAll(commit.repetitions());
        weight += taken.weight();
        commit.feeds().forEach(feed -> feeds.put(MerchantState.feedKey(feed.link(), feed.resource()), feed));
        progress.absorb(commit.revisions().size(), taken.touched());
        linkChanges.addAll(commit.links());
        links = MerchantState.linked(links, commit.links());
        sweeps = taken.sweeps();
        for (Conflict each : commit.conflicts()) {
            conflicts.add(new Conflict(nextConflict(), each.at(), each.won(), each.lost(), each.rule()));
        }
    }

    private long nextConflict() {
        List<Conflict> known = conflicts.isEmpty() ? before.conflicts() : conflicts;
        return known.isEmpty() ? 1 : known.get(known.size() - 1).number() + 1;
    }

    Decision decided(MerchantLimits limits, MerchantReply reply) {
        Commit all = new Commit(
                        revisions,
                        marks,
                        new ArrayList<>(seen),
                        tally,
                        refusals,
                        new ArrayList<>(feeds.values()),
                        0,
                        repetitions)
                .and(linkChanges, conflicts);
        return new Decision(all, before.with(all, progress, limits).sweeping(sweeps), reply, weight);
    }

    long revision() {
        return progress.revision();
    }

    RecordTable records() {
        return progress.records();
    }

    boolean isDone(Position position) {
        String sequence = sequence(position);
        Long mark = marks.get(sequence);
        Long reached = mark == null ? before.marks().get(sequence) : mark;
        return reached != null && position.offset() <= reached;
    }

    /** Nearly all positions of a batch are of one sequence. */
    private String sequence(Position position) {
        Position last = lastPosition;
        boolean same = last != null
                && last.partition() == position.partition()
                && last.topicId().equals(position.topicId());
        if (!same) {
            lastPosition = position;
            lastSequence = position.sequence();
        }
        return lastSequence;
    }

    boolean hasSeen(long fingerprint) {
        return seen.contains(fingerprint) || before.seen().has(fingerprint);
    }

    @Nullable
    FeedState feed(String key) {
        FeedState changed = feeds.get(key);
        return changed == null ? before.feeds().get(key) : changed;
    }

    Outcome remembered(Position position) {
        Outcome late = remembered(refusals, position);
        Outcome known = late == null ? remembered(before.refusals(), position) : late;
        return known == null ? Outcome.REDELIVERED : known;
    }

    private static @Nullable Outcome remembered(List<Commit.Refusal> refusals, Position position) {
        for (Commit.Refusal refusal : refusals) {
            Problem problem = refusal.problem();
            if (refusal.position().equals(position) && problem != null) {
                return refusal.partly()
                        ? Outcome.partly(problem, refusal.detail())
                        : Outcome.quarantined(problem, refusal.detail());
            }
        }
        return null;
    }
}
