package dev.tournant.cluster.merchant;

import dev.tournant.cluster.sync.DecidingAnew;
import dev.tournant.cluster.sync.Heard;
import dev.tournant.cluster.sync.Rulebook;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.Fact;
import dev.tournant.messages.MerchantCommand.DecideAnew;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Revision;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import dev.tournant.persistence.Anew;
import dev.tournant.persistence.Commit;
import dev.tournant.persistence.Counterpart;
import dev.tournant.persistence.LinkChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Applies changed rules to what was said before: decides records anew, in order of key. One commit changes as much as a message
 * may weigh and says how far it came, so that the next goes on from there, on whatever node. Pure.
 */
final class ChangeOfRules {
    /** The event of values that hold since. */
    static final String EVENT = "change-of-rules";

    private final MerchantLimits limits;
    private final MerchantState state;
    private final Rulebook rules;
    private final Instant at;
    private final List<Fact> facts = new ArrayList<>();
    private final Map<LinkId, List<Counterpart>> changed = new LinkedHashMap<>();

    private ChangeOfRules(MerchantLimits limits, MerchantState state, Rulebook rules, Instant at) {
        this.limits = limits;
        this.state = state;
        this.rules = rules;
        this.at = at;
    }

    /** Whether other records than before may hold by a profile, given what is claimed of them. */
    static boolean isOne(MerchantProfile before, MerchantProfile after, Map<PartnerName, Traits> partners) {
        return !new Rulebook(before, partners).decidesAs(new Rulebook(after, partners));
    }

    /** The next records; nothing where all are decided by the rules that there are. */
    static Decision decide(
            MerchantLimits limits, Map<PartnerName, Traits> partners, MerchantState state, DecideAnew command) {
        MerchantProfile profile = state.profile();
        Anew anew = state.anew();
        return profile == null || anew == null
                ? Decision.unchanged(state, new MerchantReply.Done(state.revision(), false))
                : new ChangeOfRules(limits, state, new Rulebook(profile, partners), command.at()).after(anew);
    }

    private Decision after(Anew anew) {
        RecordKey through = null;
        long weight = 0;
        boolean isDone = true;
        for (FlatRecord record : state.records().page(null, anew.through(), Integer.MAX_VALUE)) {
            if (weight >= limits.messageBytesMax()) {
                isDone = false;
                break;
            }
            through = record.key();
            weight += decide(record);
        }
        Commit commit = commit(facts, changed).and(isDone ? Anew.DONE : new Anew(through, false));
        MerchantState after = state.with(commit, limits);
        return Decision.of(commit, after, new MerchantReply.Done(after.revision(), false));
    }

    /** Answers what it weighs in the row. */
    private long decide(FlatRecord record) {
        RecordKey key = record.key();
        DecidingAnew.Decided now = DecidingAnew.of(
                rules,
                (link, field) -> rules.isOwn(link, key, field),
                record,
                state.around(key),
                Heard.here(new Provenance(Provenance.API, EVENT, Stamp.at(at), 0), at));
        Map<LinkId, List<Counterpart>> mine = new LinkedHashMap<>();
        now.counterparts().forEach((link, each) -> {
            mine.put(link, List.of(each));
            changed.computeIfAbsent(link, none -> new ArrayList<>()).add(each);
        });
        facts.addAll(now.forward());
        return RowWeight.of(commit(List.copyOf(now.forward()), mine));
    }

    private Commit commit(List<Fact> news, Map<LinkId, List<Counterpart>> counterparts) {
        List<LinkChange> links = new ArrayList<>();
        counterparts.forEach((link, all) -> links.add(LinkChange.of(link, all)));
        Commit linked = Commit.ofLinks(links);
        return news.isEmpty()
                ? linked
                : Commit.of(new Revision(state.revision() + 1, at, Provenance.API, EVENT, news))
                        .plus(linked);
    }
}
