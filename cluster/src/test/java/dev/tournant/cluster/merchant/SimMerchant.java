package dev.tournant.cluster.merchant;

import dev.tournant.cluster.sync.DecidingAnew;
import dev.tournant.cluster.sync.Heard;
import dev.tournant.cluster.sync.LinkState;
import dev.tournant.cluster.sync.Rulebook;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantReply;
import dev.tournant.model.FieldGroup;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Item;
import dev.tournant.model.Link;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import dev.tournant.model.SyncRule;
import dev.tournant.persistence.Commit;
import dev.tournant.persistence.Counterpart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The merchant of a simulated history: its rules, what they have decided, and its journal. */
final class SimMerchant {
    static final MerchantLimits LIMITS = TestLimits.small(
            "records-max = 1000, record-bytes-max = 20000, message-bytes-max = 100000, outbox-max = 100000,"
                    + "group-bytes-max = 500000, delivery-bytes-max = 5000000");

    private final SimHistory history;
    private final MerchantRules rules;
    private final List<Commit> journal = new ArrayList<>();
    MerchantProfile profile;
    MerchantState state = MerchantState.EMPTY;
    private boolean hasOtherRules;

    SimMerchant(SimHistory history, Map<PartnerName, Traits> partners, MerchantProfile profile) {
        this.history = history;
        this.rules = new MerchantRules(LIMITS, partners);
        this.profile = profile;
        decide(new MerchantCommand.SetProfile(profile, null, "put", history.now));
    }

    Decision decide(MerchantCommand command) {
        Decision decision = rules.decide(state, command);
        if (!decision.commit().isEmpty()) {
            journal.add(decision.commit());
            // What a row says is what deciding it led to.
            same(
                    "records",
                    rules.after(state, decision.commit()).records().all(),
                    decision.after().records().all());
            state = rules.written(decision.after(), Commit.published(0));
        }
        if (decision.reply() instanceof MerchantReply.Rejected rejected) {
            history.log("rejected " + rejected);
        }
        return decision;
    }

    /** How many rows were written. */
    int rows() {
        return journal.size();
    }

    void rule(Map<FieldGroup, SyncRule> all) {
        profile = new MerchantProfile(profile.name(), profile.currency(), profile.zone(), profile.links(), all);
        history.log("rules " + profile.rules());
        decide(new MerchantCommand.SetProfile(profile, null, "put", history.now));
        hasOtherRules = true;
    }

    /** Removes a link and adds it again. */
    void addAgain(Link link) {
        history.log("without " + link.id() + " for a moment");
        List<Link> others =
                profile.links().stream().filter(each -> !each.equals(link)).toList();
        MerchantProfile without =
                new MerchantProfile(profile.name(), profile.currency(), profile.zone(), others, Map.of());
        decide(new MerchantCommand.SetProfile(without, null, "put", history.now));
        decide(new MerchantCommand.SetProfile(profile, null, "put", history.now));
    }

    /** Whether others may have held sway before. */
    boolean hasOtherRules() {
        return hasOtherRules;
    }

    void decideAnew() {
        if (state.anew() != null) {
            history.log("decides anew after " + state.anew().through());
            decide(new MerchantCommand.DecideAnew(history.now));
        }
    }

    /** What is left to be decided anew, by the rules that there are. */
    List<String> undecided() {
        Rulebook rulebook = rulebook();
        List<String> undecided = new ArrayList<>();
        present()
                .forEach(record -> DecidingAnew.of(
                                rulebook,
                                (link, field) -> rulebook.isOwn(link, record.key(), field),
                                record,
                                state.around(record.key()),
                                Heard.here(
                                        new Provenance(Provenance.API, "check", Stamp.at(history.now), 0), history.now))
                        .forward()
                        .forEach(each -> undecided.add("by the rules there should be " + each + " of " + record)));
        return undecided;
    }

    SyncRule rule(FieldGroup group) {
        return rulebook().of(group);
    }

    private Rulebook rulebook() {
        return new Rulebook(profile, rules.partners());
    }

    /** What a node reads that goes on: the journal, or a snapshot. */
    void restart() {
        MerchantState again = MerchantState.EMPTY;
        for (Commit commit : journal) {
            again = rules.after(again, commit);
        }
        same("records", again.records().all(), state.records().all());
        same("links", again.links(), state.links());
        same("feeds", again.feeds(), state.feeds());
        same("conflicts", again.conflicts(), state.conflicts());
        same("rules", again.anew(), state.anew());
        same("former names", again.former(), state.former());
        state = history.random.nextBoolean() ? again : MerchantState.of(again.snapshot());
    }

    private static void same(String what, @Nullable Object read, @Nullable Object known) {
        if (!Objects.equals(read, known)) {
            throw new AssertionError("the journal leads to other " + what + ": " + read + " and not " + known);
        }
    }

    List<FlatRecord> present() {
        List<FlatRecord> present = new ArrayList<>();
        state.records().all().forEach(record -> {
            if (record.isPresent()) {
                present.add(record);
            }
        });
        return present;
    }

    /** Whether a record is known to come from a partner, or to be there; its name is enough, where that says which it is. */
    boolean isAt(SimPartner partner, FlatRecord record) {
        return !partner.isNumbering()
                || record.isFrom(partner.link.id())
                || state.link(partner.link.id()).counterpart(record.key()) != null;
    }

    /** What a partner calls a record, or would if it had it; empty if that is another one's name there. */
    Optional<String> name(SimPartner partner, RecordKey key) {
        LinkState link = state.link(partner.link.id());
        Counterpart known = link.counterpart(key);
        if (known != null && known.theirs() != null) {
            return Optional.of(known.theirs().value());
        }
        return link.ours(key).equals(key.id()) ? Optional.of(key.id().value()) : Optional.empty();
    }

    Optional<FlatRecord> bySku(String sku) {
        return present().stream()
                .filter(record -> record.get(Item.SKU).filter(sku::equals).isPresent())
                .findFirst();
    }
}
