package dev.tournant.cluster.merchant;

import dev.tournant.adapter.Writing;
import dev.tournant.cluster.sync.Heard;
import dev.tournant.cluster.sync.Rulebook;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.cluster.sync.Weighing;
import dev.tournant.messages.Fact;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantCommand.Absorb;
import dev.tournant.messages.MerchantCommand.ControlLink;
import dev.tournant.messages.MerchantCommand.DecideAnew;
import dev.tournant.messages.MerchantCommand.EditRecord;
import dev.tournant.messages.MerchantCommand.FeedBroke;
import dev.tournant.messages.MerchantCommand.NoteStep;
import dev.tournant.messages.MerchantCommand.ReverseConflict;
import dev.tournant.messages.MerchantCommand.SetProfile;
import dev.tournant.messages.MerchantCommand.TakePush;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Problem;
import dev.tournant.messages.Revision;
import dev.tournant.model.Currencies;
import dev.tournant.model.Field;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Presence;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import dev.tournant.model.Weight;
import dev.tournant.persistence.Anew;
import dev.tournant.persistence.Commit;
import dev.tournant.persistence.Conflict;
import dev.tournant.persistence.Counterpart;
import dev.tournant.persistence.FeedState;
import dev.tournant.persistence.LinkChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a merchant: pure, no clock, no random, no log. A command that breaks a rule is answered and changes
 * nothing; a delivery that breaks one is quarantined, and the others go on.
 */
final class MerchantRules {
    /** As adapters call it. */
    static final RecordKey STORE = RecordKey.of(Kind.STORE, "store");

    private final MerchantLimits limits;
    private final Map<PartnerName, Traits> partners;
    private final Absorbing absorbing;
    private final LinkRules links;

    /**
     * Rules within limits.
     *
     * @param partners those that this node has an adapter for
     */
    MerchantRules(MerchantLimits limits, Map<PartnerName, Traits> partners) {
        this.limits = limits;
        this.partners = Map.copyOf(partners);
        this.absorbing = new Absorbing(limits, this.partners);
        this.links = new LinkRules(limits);
    }

    Map<PartnerName, Traits> partners() {
        return partners;
    }

    MerchantState after(MerchantState state, Commit commit) {
        return state.after(commit, limits);
    }

    /** The state after a row, where {@code decided} is what deciding its parts led to, all but the last. */
    MerchantState written(MerchantState decided, Commit last) {
        return decided.with(last, limits).counted();
    }

    /** All of a command at once, whatever its row weighs. */
    Decision decide(MerchantState state, MerchantCommand command) {
        return decide(state, command, Long.MAX_VALUE);
    }

    /**
     * As much of a command as a row has room for; see {@link Absorbing#decide}.
     *
     * @param roomBytes what it may weigh before it is cut, where it can be
     */
    Decision decide(MerchantState state, MerchantCommand command, long roomBytes) {
        if (command instanceof Absorb absorb) {
            return absorbing.decide(state, absorb, roomBytes);
        }
        if (command instanceof EditRecord edit) {
            return editRecord(state, edit);
        }
        if (command instanceof SetProfile set) {
            return setProfile(state, set);
        }
        if (command instanceof FeedBroke broke) {
            return feedBroke(state, broke);
        }
        if (command instanceof TakePush || command instanceof NoteStep || command instanceof ControlLink) {
            return links.decide(state, command);
        }
        if (command instanceof ReverseConflict reverse) {
            return reverse(state, reverse);
        }
        if (command instanceof DecideAnew anew) {
            return ChangeOfRules.decide(limits, partners, state, anew);
        }
        throw new IllegalArgumentException("a command that this version does not know: " + command);
    }

    private Decision setProfile(MerchantState state, SetProfile set) {
        MerchantProfile profile = set.profile();
        if (set.ifRevision() != null && set.ifRevision() != state.profileRevision()) {
            return rejected(state, Problem.STALE_REVISION, "the profile is at revision " + state.profileRevision());
        }
        for (Link link : profile.links()) {
            if (!partners.containsKey(link.partner())) {
                return rejected(
                        state,
                        Problem.UNKNOWN_PARTNER,
                        "links: there is no adapter for \"" + link.partner() + "\"; known are " + partners.keySet());
            }
        }
        Optional<String> muteOwner = Rulebook.muteOwner(profile);
        if (muteOwner.isPresent()) {
            return rejected(state, Problem.INVALID_VALUE, muteOwner.get());
        }
        try {
            profile.links().forEach(link -> link.projection().check(profile.currency()));
        } catch (InvalidValue e) {
            return rejected(state, Problem.WRONG_CURRENCY, "links: " + e.getMessage());
        }
        MerchantProfile before = state.profile();
        if (before != null
                && !before.currency().equals(profile.currency())
                && state.records().present() > 0) {
            return rejected(
                    state,
                    Problem.WRONG_CURRENCY,
                    "the merchant has records with prices in " + before.currency()
                            + "; its currency cannot change now");
        }
        boolean created = before == null;
        if (profile.equals(before)) {
            return Decision.unchanged(state, new MerchantReply.Done(state.profileRevision(), false));
        }
        Revision revision = new Revision(
                state.revision() + 1, set.at(), Provenance.API, set.request(), List.of(new Fact.ProfileSet(profile)));
        Commit commit = Commit.of(revision)
                .plus(Commit.of(feedsFor(state, profile)))
                .plus(Commit.ofLinks(linksGone(state, profile)));
        if (before != null && ChangeOfRules.isOne(before, profile, partners)) {
            commit = commit.and(Anew.BEGUN);
        }
        // Where a link leads elsewhere now, what its pages were to mention is nobody's any more.
        MerchantState after = state.with(commit, limits).sweeping(Map.of());
        return Decision.of(commit, after, new MerchantReply.Done(revision.number(), created));
    }

    /** Feeds of new links begin, those of links that are gone or lead elsewhere end. */
    private List<FeedState> feedsFor(MerchantState state, MerchantProfile profile) {
        List<FeedState> changed = new ArrayList<>();
        Set<String> wanted = new HashSet<>();
        for (Link link : profile.links()) {
            Optional<Link> before = Optional.ofNullable(state.profile()).flatMap(known -> known.link(link.id()));
            boolean same = before.filter(known -> leadsTo(known, link)).isPresent();
            Traits partner = partners.get(link.partner());
            for (String resource : partner == null ? List.<String>of() : partner.resources()) {
                String key = MerchantState.feedKey(link.id(), resource);
                wanted.add(key);
                FeedState known = state.feeds().get(key);
                if (known == null) {
                    changed.add(FeedState.first(link.id(), resource, state.revision()));
                } else if (!same) {
                    changed.add(known.elsewhere(state.revision()));
                }
            }
        }
        state.feeds().forEach((key, feed) -> {
            if (!wanted.contains(key)) {
                changed.add(feed.remove());
            }
        });
        return changed;
    }

    /** What was known of links that are gone, or lead elsewhere, is forgotten but for {@link FormerNames}. */
    private List<LinkChange> linksGone(MerchantState state, MerchantProfile profile) {
        List<LinkChange> gone = new ArrayList<>();
        state.links().keySet().forEach(id -> {
            Link before = Optional.ofNullable(state.profile())
                    .flatMap(known -> known.link(id))
                    .orElse(null);
            Link now = profile.link(id).orElse(null);
            if (!id.equals(Provenance.API) && (before == null || now == null || !leadsTo(before, now))) {
                gone.add(LinkChange.gone(id, before == null ? null : named(before)));
            }
        });
        return gone;
    }

    /** The account by whose names things are known; null where its partner is told whole documents, and calls all as we do. */
    private LinkChange.@Nullable Account named(Link link) {
        Traits partner = partners.get(link.partner());
        boolean isToldWhole = partner != null
                && partner.scope().filter(scope -> scope == Writing.Scope.WHOLE).isPresent();
        return isToldWhole ? null : LinkChange.Account.of(link);
    }

    private static boolean leadsTo(Link before, Link now) {
        return before.partner().equals(now.partner())
                && before.account().equals(now.account())
                && Objects.equals(before.location(), now.location());
    }

    private Decision editRecord(MerchantState state, EditRecord edit) {
        MerchantProfile profile = state.profile();
        if (profile == null) {
            return rejected(state, Problem.UNKNOWN_MERCHANT, "this merchant does not exist");
        }
        RecordDelta wanted = edit.edit();
        FlatRecord stored = state.records().get(wanted.key());
        FlatRecord record = stored == null ? FlatRecord.unknown(wanted.key()) : stored;
        boolean exists = stored != null && record.isPresent();
        if (edit.ifRevision() == 0 && exists) {
            return rejected(state, Problem.STALE_REVISION, wanted.key() + " exists, at revision " + record.revision());
        }
        if (edit.ifRevision() != 0 && !exists) {
            return rejected(state, Problem.UNKNOWN_RECORD, wanted.key() + " does not exist");
        }
        if (edit.ifRevision() != 0 && record.revision() != edit.ifRevision()) {
            return rejected(state, Problem.STALE_REVISION, wanted.key() + " is at revision " + record.revision());
        }
        if (!exists && wanted.key().kind() == Kind.STORE && !wanted.key().equals(STORE)) {
            return rejected(
                    state,
                    Problem.INVALID_VALUE,
                    "a merchant is one store, and its record is " + STORE + "; there can be no " + wanted.key());
        }
        if (!exists && state.records().present() >= limits.recordsMax()) {
            return rejected(
                    state, Problem.TOO_MANY_RECORDS, "the merchant has " + limits.recordsMax() + " records, the most");
        }
        if (Weight.of(record) + Weight.of(wanted) > limits.recordBytesMax()) {
            return rejected(
                    state,
                    Problem.TOO_LARGE,
                    wanted.key() + " would weigh more than " + limits.recordBytesMax() + " bytes");
        }
        try {
            Currencies.check(wanted.fields(), profile.currency());
        } catch (InvalidValue e) {
            return rejected(state, Problem.WRONG_CURRENCY, String.valueOf(e.getMessage()));
        }
        return said(state, record, wanted, edit.request(), edit.at());
    }

    /** What an operator says outranks all that was said before. */
    private Decision said(MerchantState state, FlatRecord record, RecordDelta wanted, String request, Instant at) {
        Map<LinkId, Counterpart> around = state.around(wanted.key());
        Stamp stamp = above(record, around.values(), wanted, state.clock().next(at));
        RecordDelta said = new RecordDelta(wanted.key(), stamp, 0, Presence.PRESENT, wanted.fields());
        Rulebook book = new Rulebook(Objects.requireNonNull(state.profile()), partners);
        Weighing.Weighed weighed = new Weighing(
                        book,
                        (link, field) -> book.isOwn(link, wanted.key(), field),
                        record,
                        around,
                        Heard.here(said.provenance(Provenance.API, request), at),
                        limits.tellingsMax())
                .take(said);
        boolean existed = record.isPresent() && record.revision() > 0;
        if (weighed.news().isEmpty()) {
            return Decision.unchanged(state, new MerchantReply.Edited(record, false));
        }
        RecordDelta news = weighed.news().get();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact.RecordsChanged(List.of(news)));
        facts.addAll(weighed.forward());
        Revision revision = new Revision(state.revision() + 1, at, Provenance.API, request, facts);
        List<LinkChange> changes = new ArrayList<>();
        weighed.counterparts().forEach((link, now) -> changes.add(LinkChange.of(link, List.of(now))));
        Commit commit = Commit.of(revision).plus(Commit.ofLinks(changes));
        MerchantState after = state.with(commit, limits);
        FlatRecord edited = Objects.requireNonNull(after.records().get(wanted.key()));
        return Decision.of(commit, after, new MerchantReply.Edited(edited, !existed));
    }

    private Decision reverse(MerchantState state, ReverseConflict reverse) {
        Conflict conflict = state.conflicts().stream()
                .filter(each -> each.number() == reverse.number())
                .findFirst()
                .orElse(null);
        if (conflict == null) {
            return rejected(state, Problem.UNKNOWN_CONFLICT, "there is no conflict " + reverse.number());
        }
        FlatRecord record = state.records().get(conflict.lost().key());
        if (record == null || !record.isPresent()) {
            return rejected(state, Problem.UNKNOWN_RECORD, conflict.lost().key() + " does not exist any more");
        }
        RecordDelta wanted =
                RecordDelta.set(record.key(), Stamp.ZERO, 0, conflict.lost().fields());
        return said(state, record, wanted, reverse.request(), reverse.at());
    }

    /** Whoever sends If-Match has seen what is there, so the edit is later than all of it, whatever clocks say. */
    private static Stamp above(FlatRecord record, Collection<Counterpart> around, RecordDelta wanted, Stamp now) {
        Stamp stamp = now;
        for (Counterpart each : around) {
            FlatRecord overruled = each.said();
            if (overruled != null) {
                stamp = above(overruled, List.of(), wanted, stamp);
            }
        }
        Provenance deletedBy = record.deletedBy();
        if (deletedBy != null && deletedBy.stamp().compareTo(stamp) >= 0) {
            stamp = deletedBy.stamp().next(Instant.EPOCH);
        }
        for (int i = 0; i < wanted.fields().size(); i++) {
            Field<?> field = wanted.fields().field(i);
            Optional<Stamp> seen = record.provenance(field).map(MerchantRules::latest);
            if (seen.isPresent() && seen.get().compareTo(stamp) >= 0) {
                stamp = seen.get().next(Instant.EPOCH);
            }
        }
        return stamp;
    }

    private static Stamp latest(Provenance by) {
        return by.since().compareTo(by.stamp()) > 0 ? by.since() : by.stamp();
    }

    private Decision feedBroke(MerchantState state, FeedBroke broke) {
        FeedState feed = state.feeds().get(MerchantState.feedKey(broke.link(), broke.resource()));
        if (feed == null) {
            return Decision.unchanged(state, new MerchantReply.Done(state.revision(), false));
        }
        FeedState after = broke.anew() ? feed.anew(broke.generation()) : feed;
        if (feed.done() < broke.generation() && !broke.why().equals(feed.trouble())) {
            after = after.broke(broke.why());
        }
        return after.equals(feed)
                ? Decision.unchanged(state, new MerchantReply.Done(state.revision(), false))
                : fed(state, List.of(after));
    }

    private Decision fed(MerchantState state, List<FeedState> feeds) {
        Commit commit = Commit.of(feeds);
        return Decision.of(commit, state.with(commit, limits), new MerchantReply.Done(state.revision(), false));
    }

    private static Decision rejected(MerchantState state, Problem problem, String detail) {
        return Decision.unchanged(state, new MerchantReply.Rejected(problem, detail));
    }
}
