package dev.tournant.cluster.merchant;

import dev.tournant.cluster.sync.Weighing;
import dev.tournant.messages.Fact;
import dev.tournant.messages.Outcome;
import dev.tournant.messages.Problem;
import dev.tournant.messages.Revision;
import dev.tournant.model.Currencies;
import dev.tournant.model.Field;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.Presence;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Weight;
import dev.tournant.persistence.Commit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one delivery changes: its statements are weighed one after another, each against what those before led to. */
final class Findings {
    private final MerchantLimits limits;
    private final MerchantProfile profile;
    private final Batch state;
    private final LinkId link;
    private final Contest contest;
    private final Instant at;

    private final List<Revision> revisions = new ArrayList<>();
    private final List<Commit.Repetition> repetitions = new ArrayList<>();
    private final Map<RecordKey, FlatRecord> touched = new HashMap<>();
    private final List<RecordDelta> news = new ArrayList<>();
    private final List<Fact> forward = new ArrayList<>();
    private long newsWeight;
    private long weight;
    private int appeared;
    private int understood;
    private Problem problem = Problem.DEFECT;
    private final StringBuilder refusals = new StringBuilder();

    /** One delivery would make a row that the journal cannot take. */
    static final class TooHeavy extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooHeavy(MerchantLimits limits) {
            super(
                    "what it changes weighs more than " + limits.deliveryBytesMax()
                            + " bytes; send it in smaller parts",
                    null,
                    false,
                    false);
        }
    }

    Findings(MerchantLimits limits, MerchantProfile profile, Batch state, LinkId link, Contest contest, Instant at) {
        this.limits = limits;
        this.profile = profile;
        this.state = state;
        this.link = link;
        this.contest = contest;
        this.at = at;
    }

    List<Revision> revisions() {
        return revisions;
    }

    List<Commit.Repetition> repetitions() {
        return repetitions;
    }

    Map<RecordKey, FlatRecord> touched() {
        return touched;
    }

    /** Something that changes no record was understood. */
    void understood() {
        understood++;
    }

    /** Whether nothing was refused so far. */
    boolean isWhole() {
        return refusals.length() == 0;
    }

    /** @param moved whether the delivery was of use apart from records */
    Outcome outcome(boolean moved) {
        if (refusals.length() == 0) {
            return Outcome.APPLIED;
        }
        boolean nothing = understood == 0 && !moved;
        return nothing
                ? Outcome.quarantined(problem, refusals.toString())
                : Outcome.partly(problem, refusals.toString());
    }

    /**
     * Adds a change to those of its event. What weighs more than a message may becomes several revisions; its
     * number is known before, so that the record can bear it.
     */
    private void add(String event, RecordDelta change) {
        long next = Weight.of(change);
        if (!news.isEmpty() && newsWeight + next > limits.messageBytesMax()) {
            revise(event);
        }
        news.add(change);
        newsWeight += next;
        weight += next;
        if (weight > limits.deliveryBytesMax()) {
            // What else it leads to is weighed at its end; this bounds the work until then.
            throw new TooHeavy(limits);
        }
    }

    void revise(String event) {
        if (news.isEmpty() && forward.isEmpty()) {
            return;
        }
        List<Fact> facts = new ArrayList<>(forward);
        if (!news.isEmpty()) {
            facts.add(0, new Fact.RecordsChanged(news));
        }
        revisions.add(new Revision(nextRevision(), at, link, event, facts));
        news.clear();
        forward.clear();
        newsWeight = 0;
    }

    private long nextRevision() {
        return state.revision() + revisions.size() + 1;
    }

    /**
     * Weighs a statement against what is known, and finds what it changes.
     *
     * @param asked of what a page says, when it was asked for; null where nobody knows
     */
    void weigh(RecordDelta delta, String event, @Nullable Instant asked) {
        try {
            Currencies.check(delta.fields(), profile.currency());
        } catch (InvalidValue e) {
            refuse(Problem.WRONG_CURRENCY, delta.key() + ": " + e.getMessage());
            return;
        }
        Provenance by = delta.provenance(link, event);
        FlatRecord known = known(delta.key());
        boolean appears = delta.presence() == Presence.PRESENT && (!known.isPresent() || known.revision() == 0);
        if (appears && state.records().present() + appeared >= limits.recordsMax()) {
            refuse(
                    Problem.TOO_MANY_RECORDS,
                    delta.key() + ": the merchant has " + limits.recordsMax() + " records, the most");
            return;
        }
        long weight = Weight.of(delta);
        if (weight > limits.recordBytesMax()) {
            refuse(
                    Problem.TOO_LARGE,
                    delta.key() + ": weighs about " + weight + " bytes; the most is " + limits.recordBytesMax());
            return;
        }
        understood++;
        if (contest.isOpen(known, delta)) {
            contested(known, delta, by, event, asked);
            return;
        }
        FlatRecord before = repeat(known, delta, by);
        RecordDelta change = before.news(delta, by).orElse(null);
        if (change != null) {
            add(event, change);
            FlatRecord after = before.after(change, by, nextRevision());
            appeared += (after.isPresent() ? 1 : 0) - (before.isPresent() && before.revision() > 0 ? 1 : 0);
            touched.put(delta.key(), after);
        }
    }

    /** Several links speak of it, so a rule decides. */
    private void contested(FlatRecord known, RecordDelta delta, Provenance by, String event, @Nullable Instant asked) {
        Weighing.Weighed weighed = contest.weigh(known, delta, by, asked);
        if (!weighed.repeated().isEmpty()) {
            repetitions.add(repetition(delta.key(), by, weighed.repeated()));
        }
        weighed.news().ifPresent(change -> add(event, change));
        forward.addAll(weighed.forward());
        forward.addAll(weighed.notKept());
        boolean changed = weighed.news().isPresent() || !weighed.forward().isEmpty();
        if (changed || !weighed.repeated().isEmpty()) {
            FlatRecord after = changed ? weighed.after().atRevision(nextRevision()) : weighed.after();
            boolean was = known.isPresent() && known.revision() > 0;
            appeared += (after.isPresent() ? 1 : 0) - (was ? 1 : 0);
            touched.put(delta.key(), after);
        }
    }

    private static Commit.Repetition repetition(RecordKey key, Provenance by, List<Field<?>> fields) {
        return new Commit.Repetition(
                key,
                by.link(),
                by.event(),
                by.stamp(),
                by.version(),
                fields.stream().map(Field::name).toList());
    }

    private FlatRecord repeat(FlatRecord known, RecordDelta delta, Provenance by) {
        List<Field<?>> fields = known.repeated(delta, by);
        if (fields.isEmpty()) {
            return known;
        }
        repetitions.add(repetition(delta.key(), by, fields));
        FlatRecord after = known.afterRepetition(fields, by);
        touched.put(delta.key(), after);
        return after;
    }

    /** As it is by now. */
    FlatRecord known(RecordKey key) {
        FlatRecord record = touched.get(key);
        if (record == null) {
            record = state.records().get(key);
        }
        return record == null ? FlatRecord.unknown(key) : record;
    }

    void refuse(Problem why, String detail) {
        if (refusals.length() == 0) {
            problem = why;
            refusals.append(detail);
        } else if (refusals.length() < 1_000) {
            refusals.append("; ").append(detail);
        }
    }
}
