package dev.tournant.cluster.merchant;

import dev.tournant.messages.Fact;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantCommand.Absorb;
import dev.tournant.messages.MerchantCommand.EditRecord;
import dev.tournant.messages.MerchantCommand.FeedBroke;
import dev.tournant.messages.MerchantCommand.Poll;
import dev.tournant.messages.MerchantCommand.SetProfile;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Problem;
import dev.tournant.messages.Revision;
import dev.tournant.model.Currencies;
import dev.tournant.model.Field;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Link;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Presence;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.Stamp;
import dev.tournant.model.Weight;
import dev.tournant.persistence.Commit;
import dev.tournant.persistence.FeedState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The rules of a merchant: pure, no clock, no random, no log. A command that breaks a rule is answered and changes
 * nothing; a delivery that breaks one is quarantined, and the others go on.
 */
final class MerchantRules {
    private final MerchantLimits limits;
    private final Map<PartnerName, List<String>> resources;
    private final Absorbing absorbing;

    /**
     * Rules within limits.
     *
     * @param resources what can be fetched from each partner that this node has an adapter for
     */
    MerchantRules(MerchantLimits limits, Map<PartnerName, List<String>> resources) {
        this.limits = limits;
        this.resources = Map.copyOf(resources);
        this.absorbing = new Absorbing(limits);
    }

    MerchantState after(MerchantState state, Commit commit) {
        return state.after(commit, limits);
    }

    /** The state after a row, where {@code decided} is what deciding its parts led to, all but the last. */
    MerchantState written(MerchantState decided, Commit last) {
        return decided.with(last, limits).counted();
    }

    Decision decide(MerchantState state, MerchantCommand command) {
        if (command instanceof Absorb absorb) {
            return absorbing.decide(state, absorb);
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
        if (command instanceof Poll poll) {
            return poll(state, poll);
        }
        throw new IllegalArgumentException("a command that this version does not know: " + command);
    }

    private Decision setProfile(MerchantState state, SetProfile set) {
        MerchantProfile profile = set.profile();
        if (set.ifRevision() != null && set.ifRevision() != state.profileRevision()) {
            return rejected(state, Problem.STALE_REVISION, "the profile is at revision " + state.profileRevision());
        }
        for (Link link : profile.links()) {
            if (!resources.containsKey(link.partner())) {
                return rejected(
                        state,
                        Problem.UNKNOWN_PARTNER,
                        "links: there is no adapter for \"" + link.partner() + "\"; known are " + resources.keySet());
            }
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
        Commit commit = Commit.of(revision).plus(Commit.of(feedsFor(state, profile)));
        return new Decision(commit, state.with(commit, limits), new MerchantReply.Done(revision.number(), created), 0);
    }

    /** Feeds of new links begin, those of links that are gone or lead elsewhere end. */
    private List<FeedState> feedsFor(MerchantState state, MerchantProfile profile) {
        List<FeedState> changed = new ArrayList<>();
        Set<String> wanted = new HashSet<>();
        for (Link link : profile.links()) {
            Optional<Link> before = Optional.ofNullable(state.profile()).flatMap(known -> known.link(link.id()));
            boolean same = before.filter(known -> leadsTo(known, link)).isPresent();
            for (String resource : resources.getOrDefault(link.partner(), List.of())) {
                String key = MerchantState.feedKey(link.id(), resource);
                wanted.add(key);
                FeedState known = state.feeds().get(key);
                if (known == null) {
                    changed.add(FeedState.first(link.id(), resource));
                } else if (!same) {
                    long next = known.wanted() + 1;
                    changed.add(new FeedState(link.id(), resource, null, next, known.done(), null, null, false));
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
        Stamp stamp = above(record, wanted, state.clock().next(edit.at()));
        RecordDelta said = new RecordDelta(wanted.key(), stamp, 0, Presence.PRESENT, wanted.fields());
        Optional<RecordDelta> news = record.news(said, said.provenance(Provenance.API, edit.request()));
        if (news.isEmpty()) {
            return Decision.unchanged(state, new MerchantReply.Edited(record, false));
        }
        Revision revision = new Revision(
                state.revision() + 1,
                edit.at(),
                Provenance.API,
                edit.request(),
                List.of(new Fact.RecordsChanged(List.of(news.get()))));
        Commit commit = Commit.of(revision);
        MerchantState after = state.with(commit, limits);
        FlatRecord edited = Objects.requireNonNull(after.records().get(wanted.key()));
        return new Decision(commit, after, new MerchantReply.Edited(edited, !exists), Weight.of(news.get()));
    }

    /** Whoever sends If-Match has seen what is there, so the edit is later than all of it, whatever clocks say. */
    private static Stamp above(FlatRecord record, RecordDelta wanted, Stamp now) {
        Stamp stamp = now;
        Provenance deletedBy = record.deletedBy();
        if (deletedBy != null && deletedBy.stamp().compareTo(stamp) >= 0) {
            stamp = deletedBy.stamp().next(Instant.EPOCH);
        }
        for (int i = 0; i < wanted.fields().size(); i++) {
            Field<?> field = wanted.fields().field(i);
            Optional<Stamp> seen = record.provenance(field).map(Provenance::stamp);
            if (seen.isPresent() && seen.get().compareTo(stamp) >= 0) {
                stamp = seen.get().next(Instant.EPOCH);
            }
        }
        return stamp;
    }

    private Decision feedBroke(MerchantState state, FeedBroke broke) {
        FeedState feed = state.feeds().get(MerchantState.feedKey(broke.link(), broke.resource()));
        if (feed == null || feed.done() >= broke.generation() || broke.why().equals(feed.trouble())) {
            return Decision.unchanged(state, new MerchantReply.Done(state.revision(), false));
        }
        return fed(state, List.of(feed.broke(broke.why())));
    }

    private Decision poll(MerchantState state, Poll poll) {
        List<FeedState> due = new ArrayList<>();
        for (FeedState feed : state.feeds().values()) {
            Instant doneAt = feed.doneAt();
            boolean old = doneAt == null
                    || !doneAt.plusSeconds(poll.olderThanSeconds()).isAfter(poll.at());
            if (old && !feed.isDue()) {
                due.add(feed.want());
            }
        }
        return fed(state, due);
    }

    private Decision fed(MerchantState state, List<FeedState> feeds) {
        Commit commit = Commit.of(feeds);
        return new Decision(commit, state.with(commit, limits), new MerchantReply.Done(state.revision(), false), 0);
    }

    private static Decision rejected(MerchantState state, Problem problem, String detail) {
        return Decision.unchanged(state, new MerchantReply.Rejected(problem, detail));
    }
}
