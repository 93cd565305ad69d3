package dev.tournant.cluster.merchant;

import dev.tournant.cluster.sync.EarlyEnds;
import dev.tournant.cluster.sync.LinkState;
import dev.tournant.cluster.sync.PushResults;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantCommand.ControlLink;
import dev.tournant.messages.MerchantCommand.NoteStep;
import dev.tournant.messages.MerchantCommand.TakePush;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Problem;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.RecordKey;
import dev.tournant.persistence.Commit;
import dev.tournant.persistence.Counterpart;
import dev.tournant.persistence.FeedState;
import dev.tournant.persistence.LinkChange;
import dev.tournant.persistence.LinkHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a merchant decides about its links themselves: what came of pushes, and what operators want of them. Pure. */
final class LinkRules {
    private final MerchantLimits limits;

    LinkRules(MerchantLimits limits) {
        this.limits = limits;
    }

    Decision decide(MerchantState state, MerchantCommand command) {
        if (command instanceof TakePush push) {
            return take(state, push);
        }
        if (command instanceof NoteStep note) {
            return note(state, note);
        }
        return control(state, (ControlLink) command);
    }

    private Decision take(MerchantState state, TakePush push) {
        if (!knows(state, push.link())) {
            return done(state, List.of(), List.of());
        }
        Set<String> again = EarlyEnds.readAgain(state.link(push.link()).health(), push);
        LinkChange change = PushResults.take(
                state.link(push.link()), push, isHeard(state, push.link()), key -> isPresent(state, key));
        return done(state, List.of(change), wanted(state, change, again));
    }

    private static boolean knows(MerchantState state, LinkId link) {
        MerchantProfile profile = state.profile();
        return profile != null && profile.link(link).isPresent();
    }

    private static boolean isPresent(MerchantState state, RecordKey key) {
        FlatRecord known = state.records().get(key);
        return known != null && known.isPresent();
    }

    private static boolean isHeard(MerchantState state, LinkId link) {
        MerchantProfile profile = state.profile();
        return profile != null
                && profile.link(link).filter(known -> known.direction().reads()).isPresent();
    }

    /** With a change that leaves nothing open that the link is told, also what was to be read again by then. */
    private static List<FeedState> wanted(MerchantState state, LinkChange change, Set<String> resources) {
        boolean isTelling = state.link(change.link()).after(change).isTelling();
        List<FeedState> feeds = new ArrayList<>();
        for (FeedState feed : state.feeds().values()) {
            boolean isWanted = resources.contains(feed.resource()) || (feed.isOwed() && !isTelling);
            if (feed.link().equals(change.link()) && isWanted) {
                feeds.add(feed.want());
            }
        }
        return feeds;
    }

    private Decision note(MerchantState state, NoteStep note) {
        if (!knows(state, note.link())) {
            return done(state, List.of(), List.of());
        }
        LinkHealth before = state.link(note.link()).health();
        // No push is under way, or one is about to begin: no answer that is still to come can name what has ended.
        LinkHealth now = before.ended(List.of());
        String trouble = note.trouble();
        if (trouble != null) {
            LinkHealth.Trouble known = before.trouble();
            now = now.failed(known == null ? new LinkHealth.Trouble(false, trouble, note.at()) : known);
        } else if (note.inStep() && (before.inStepSince() == null || before.trouble() != null)) {
            now = now.well().inStep(before.inStepSince() == null ? note.at() : before.inStepSince());
        } else if (!note.inStep() && before.inStepSince() != null) {
            now = now.inStep(null);
        }
        if (!note.expired().isEmpty()) {
            now = now.with(before.jobs().stream()
                            .filter(job -> !note.expired().contains(job.name()))
                            .toList())
                    .doubted(true);
        }
        // In step, nothing is under way.
        List<Counterpart> told = !note.inStep()
                ? List.of()
                : state.link(note.link()).telling().stream()
                        .map(each -> each.telling(null))
                        .toList();
        LinkHealth health = now.equals(before) ? null : now;
        LinkChange change = new LinkChange(note.link(), told, health);
        return done(state, List.of(change), wanted(state, change, Set.of()));
    }

    private Decision control(MerchantState state, ControlLink control) {
        MerchantProfile profile = state.profile();
        if (profile == null) {
            return rejected(state, Problem.UNKNOWN_MERCHANT, "this merchant does not exist");
        }
        LinkId one = control.link();
        if (one != null && profile.link(one).isEmpty()) {
            return rejected(state, Problem.UNKNOWN_LINK, "the merchant has no link \"" + one + "\"");
        }
        List<LinkChange> changes = new ArrayList<>();
        List<FeedState> feeds = new ArrayList<>();
        for (Link link : profile.links()) {
            if (one == null || link.id().equals(one)) {
                control(state, link, control.action(), changes, feeds);
            }
        }
        return done(state, changes, feeds);
    }

    private static void control(
            MerchantState state,
            Link link,
            ControlLink.Action action,
            List<LinkChange> changes,
            List<FeedState> feeds) {
        LinkState known = state.link(link.id());
        boolean pause = action == ControlLink.Action.PAUSE;
        if (action != ControlLink.Action.RESYNC) {
            if (known.health().paused() != pause) {
                changes.add(LinkChange.of(link.id(), known.health().paused(pause)));
            }
            return;
        }
        LinkHealth anew = known.health().well().settled().inStep(null);
        // What is told and never read back is known by our word alone.
        LinkChange.Again again = link.direction().reads() ? LinkChange.Again.REFUSED : LinkChange.Again.ALL;
        changes.add(LinkChange.again(link.id(), anew, again));
        for (FeedState feed : state.feeds().values()) {
            if (feed.link().equals(link.id())) {
                feeds.add(feed.fromStart());
            }
        }
    }

    private Decision done(MerchantState state, List<LinkChange> changes, List<FeedState> feeds) {
        List<LinkChange> told = changes.stream().filter(each -> !each.isEmpty()).toList();
        Commit commit = Commit.ofLinks(told).plus(Commit.of(feeds));
        return Decision.of(commit, state.with(commit, limits), new MerchantReply.Done(state.revision(), false));
    }

    private static Decision rejected(MerchantState state, Problem problem, @Nullable String detail) {
        return Decision.unchanged(state, new MerchantReply.Rejected(problem, String.valueOf(detail)));
    }
}
