package dev.tournant.cluster.merchant;

import dev.tournant.cluster.sync.Adopting;
import dev.tournant.cluster.sync.Completed;
import dev.tournant.cluster.sync.Heard;
import dev.tournant.cluster.sync.LinkState;
import dev.tournant.cluster.sync.PushResults;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.cluster.sync.Weighing;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.FeedPage;
import dev.tournant.messages.JobEnded;
import dev.tournant.messages.PushOutcome;
import dev.tournant.messages.RemoteRecord;
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Kind;
import dev.tournant.model.LinkId;
import dev.tournant.model.Presence;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Relations;
import dev.tournant.model.Stamp;
import dev.tournant.persistence.Conflict;
import dev.tournant.persistence.Counterpart;
import dev.tournant.persistence.FeedState;
import dev.tournant.persistence.LinkChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One delivery among those of other links: what it says of a link, and of records of which several links speak. */
final class Contest {
    private final Batch batch;
    private final Delivery delivery;
    private final Instant at;
    private final int tellings;
    private final Namesakes namesakes;
    private final Traits.Completing completing;
    private Map<LinkId, LinkState> links;
    private final List<LinkChange> changes = new ArrayList<>();
    private final List<Conflict> conflicts = new ArrayList<>();
    private boolean doubtful;
    private boolean saidMeanwhile;

    /** What it leads to, beside what becomes of records. */
    record Taken(List<LinkChange> changes, List<Conflict> conflicts) {}

    Contest(Batch batch, Delivery delivery, int tellings, Instant at) {
        this.batch = batch;
        this.delivery = delivery;
        this.at = at;
        this.tellings = tellings;
        this.links = batch.links();
        this.namesakes = batch.namesakes(delivery.link());
        this.completing = batch.completing(delivery.link());
    }

    Taken taken() {
        return new Taken(changes, conflicts);
    }

    /** Whether some of it may be from before or after the link was told otherwise, so that it has to be read again. */
    boolean isDoubtful() {
        return doubtful;
    }

    /** Whether some of it is otherwise than what the link is being told: known to be so before that or after it only by its end. */
    boolean isSaidMeanwhile() {
        return saidMeanwhile;
    }

    /** Whether the link is being told something, as far as is known. */
    boolean isTelling() {
        return mine().isTelling();
    }

    private LinkState mine() {
        LinkState known = links.get(delivery.link());
        return known == null ? LinkState.of(delivery.link()) : known;
    }

    private void change(LinkChange change) {
        if (!change.counterparts().isEmpty() || change.health() != null) {
            changes.add(change);
            links = MerchantState.linked(links, List.of(change));
        }
    }

    /**
     * Takes note of what the partner holds, and of jobs that it has ended.
     *
     * @return resources to be read again, as a job that we gave it has failed
     */
    Set<String> hold() {
        Set<String> again = new LinkedHashSet<>();
        PushResults.Extent extent = extent();
        if (extent != PushResults.Extent.SOME || !delivery.remotes().isEmpty()) {
            change(PushResults.held(
                    mine(), delivery.remotes().stream().map(this::named).toList(), extent, at));
        }
        for (JobEnded end : delivery.jobs()) {
            boolean isOurs =
                    mine().health().jobs().stream().anyMatch(job -> job.name().equals(end.job()));
            if (isOurs && end.outcome().kind() == PushOutcome.Kind.READ_AGAIN) {
                again.add(end.outcome().name());
            }
            change(PushResults.ended(mine(), end, at));
        }
        return again;
    }

    /** A partner that is told whole documents shows them in one page. */
    private PushResults.Extent extent() {
        FeedPage page = delivery.page();
        boolean isAll = page != null
                && page.last()
                && batch.documentsOf(delivery.link())
                        .filter(page.resource()::equals)
                        .isPresent();
        if (page == null || !isAll) {
            return PushResults.Extent.SOME;
        }
        FeedState feed = batch.feed(MerchantState.feedKey(delivery.link(), page.resource()));
        boolean isAsAsked = page.resource().equals(mine().health().readAgain())
                && feed != null
                && page.generation() >= feed.wanted();
        return isAsAsked ? PushResults.Extent.ALL_AS_ASKED : PushResults.Extent.ALL;
    }

    RecordKey ours(RecordKey theirs) {
        return new RecordKey(theirs.kind(), id(theirs));
    }

    private RecordId id(RecordKey theirs) {
        LinkState link = mine();
        if (namesakes.isNone()) {
            return link.ours(theirs);
        }
        return link.knownAs(theirs)
                .or(() -> namesakes.ofSiblings(theirs, links))
                .or(() -> namesakes.ofFormer(theirs, link))
                .orElseGet(() -> link.ours(theirs, key -> isNamesake(key, link)));
    }

    private boolean isNamesake(RecordKey key, LinkState link) {
        return namesakes.wasCalledOtherwise(key, link)
                || namesakes.has(key, batch.records().get(key), link, links);
    }

    /** An object under our name for it, where that is not the partner's. */
    private RemoteRecord named(RemoteRecord remote) {
        RecordKey key = remote.key();
        return namesakes.isNone() || !remote.id().equals(key.id())
                ? remote
                : new RemoteRecord(ours(key), remote.id(), remote.version(), remote.document());
    }

    /** The same statement under our names. */
    RecordDelta ours(RecordDelta delta) {
        RecordDelta said = bounded(delta);
        if (batch.records().get(ours(said.key())) == null) {
            if (said.presence() == Presence.PRESENT) {
                RecordDelta theirs = said.with(renamed(said.fields()));
                Adopting.adopted(mine(), theirs, completing, at).ifPresent(this::change);
            } else {
                saidMeanwhile |= isBeingMade(said.key().kind());
            }
        }
        return renamed(said);
    }

    /** What is gone under a name that we do not know may be what is being made: its answer would be the first to name it. */
    private boolean isBeingMade(Kind kind) {
        return mine().telling().stream()
                .anyMatch(each -> each.theirs() == null && each.key().kind() == kind);
    }

    /**
     * The same statement, said no later than it reached us: a partner's clock that is ahead, by hours or for years, must not
     * make its values win over all that others say until then.
     */
    RecordDelta bounded(RecordDelta delta) {
        Instant receivedAt = delivery.receivedAt();
        Stamp latest = Stamp.at(receivedAt == null ? at : receivedAt);
        return delta.stamp().compareTo(latest) <= 0
                ? delta
                : new RecordDelta(delta.key(), latest, delta.version(), delta.presence(), delta.fields());
    }

    /**
     * The same statement about what was gone for this link, as new as the reading that shows it: a partner that shows an
     * object again need not have changed it since, and its own time would lose against that of the absence.
     */
    RecordDelta back(RecordDelta said, FlatRecord known) {
        Provenance gone = known.deletedBy();
        Instant receivedAt = delivery.receivedAt();
        if (gone == null || receivedAt == null || delivery.page() == null || delivery.replayed()) {
            return said;
        }
        Stamp shown = Stamp.at(receivedAt);
        boolean isBack = known.presence() == Presence.ABSENT
                && said.presence() == Presence.PRESENT
                && gone.link().equals(delivery.link())
                && said.stamp().compareTo(gone.stamp()) <= 0
                && shown.compareTo(gone.stamp()) > 0;
        return isBack ? new RecordDelta(said.key(), shown, said.version(), said.presence(), said.fields()) : said;
    }

    private RecordDelta renamed(RecordDelta delta) {
        return callsAllAlike()
                ? delta
                : new RecordDelta(
                        ours(delta.key()), delta.stamp(), delta.version(), delta.presence(), renamed(delta.fields()));
    }

    private FieldMap renamed(FieldMap fields) {
        return callsAllAlike() ? fields : Relations.renamed(fields, this::id);
    }

    private boolean callsAllAlike() {
        return namesakes.isNone() && mine().callsAllAlike();
    }

    /** Whether the link shows a record, as far as is known. */
    boolean isShown(RecordKey key) {
        Counterpart known = mine().counterpart(key);
        return known != null && known.isThere();
    }

    /** Whether more than this link has to be looked at. */
    boolean isOpen(FlatRecord known, RecordDelta said) {
        if (!batch.rules().speaks(delivery.link())) {
            return true;
        }
        if (!known.isFrom(delivery.link())) {
            return true;
        }
        for (LinkState link : links.values()) {
            Counterpart each = link.counterpart(known.key());
            boolean matters = each != null
                    && (each.told() != null
                            || (each.telling() != null && link.link().equals(delivery.link()))
                            || each.said() != null
                            || each.gone() != null
                            || !each.unkept().isEmpty()
                            || said.presence() != Presence.PRESENT);
            if (matters) {
                return true;
            }
        }
        return false;
    }

    /** @param asked when was asked for what is said; null where it came by itself, or nobody knows */
    Weighing.Weighed weigh(FlatRecord known, RecordDelta shown, Provenance by, @Nullable Instant asked) {
        Provenance gone = known.deletedBy();
        if (delivery.replayed() && gone != null && !by.replaces(gone)) {
            // What was said before the record went tells nothing of whether the link still shows it.
            return Weighing.Weighed.nothing(known);
        }
        Map<LinkId, Counterpart> around = MerchantState.around(links, known.key());
        Counterpart mine = around.get(delivery.link());
        RecordDelta said = Completed.of(completing, delivery.link(), shown, known, mine);
        saidMeanwhile |= mine != null && Heard.isMeanwhile(mine.telling(), said);
        Heard heard =
                delivery.page() == null ? Heard.byWebhook(by, at, delivery.receivedAt()) : Heard.onPage(by, at, asked);
        Weighing.Weighed weighed = new Weighing(
                        batch.rules(), (link, field) -> isOwn(link, known.key(), field), known, around, heard, tellings)
                .take(said);
        weighed.counterparts().forEach((id, counterpart) -> change(LinkChange.of(id, List.of(counterpart))));
        conflicts.addAll(weighed.conflicts());
        doubtful |= weighed.doubtful();
        return weighed;
    }

    private boolean isOwn(LinkId link, RecordKey key, Field<?> field) {
        return batch.rules().isOwn(link, key, field);
    }
}
