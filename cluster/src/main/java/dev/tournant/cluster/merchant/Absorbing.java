package dev.tournant.cluster.merchant;

import dev.tournant.cluster.sync.Traits;
import dev.tournant.cluster.sync.Weighing;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.Fact;
import dev.tournant.messages.FeedPage;
import dev.tournant.messages.MerchantCommand.Absorb;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Outcome;
import dev.tournant.messages.Position;
import dev.tournant.messages.Problem;
import dev.tournant.messages.Revision;
import dev.tournant.model.Currencies;
import dev.tournant.model.Field;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Presence;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Weight;
import dev.tournant.model.Whole;
import dev.tournant.persistence.Commit;
import dev.tournant.persistence.FeedState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a merchant takes in what comes through Kafka. Every record at a new offset ends as exactly one of applied,
 * duplicate and quarantined, and is counted in the same commit that moves the mark past it; a record at or below the
 * mark was counted before and changes nothing.
 */
final class Absorbing {
    private final MerchantLimits limits;
    private final Map<PartnerName, Traits> partners;

    Absorbing(MerchantLimits limits, Map<PartnerName, Traits> partners) {
        this.limits = limits;
        this.partners = partners;
    }

    Decision decide(MerchantState state, Absorb absorb) {
        MerchantProfile profile = state.profile();
        if (profile == null) {
            // Nothing is remembered of a merchant that nobody created, not even that it was addressed.
            Outcome outcome = Outcome.quarantined(Problem.UNKNOWN_MERCHANT, "this merchant does not exist");
            return Decision.unchanged(
                    state,
                    new MerchantReply.Absorbed(
                            absorb.deliveries().stream().map(each -> outcome).toList()));
        }
        Batch batch = new Batch(state, partners);
        List<Outcome> outcomes = new ArrayList<>(absorb.deliveries().size());
        for (Delivery delivery : absorb.deliveries()) {
            outcomes.add(step(batch, profile, delivery, absorb.at()));
        }
        return batch.decided(limits, new MerchantReply.Absorbed(outcomes));
    }

    /** One delivery would make a row that the journal cannot take. */
    private static final class TooHeavy extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooHeavy(String message) {
            super(message, null, false, false);
        }
    }

    private Outcome step(Batch batch, MerchantProfile profile, Delivery delivery, Instant at) {
        Position position = delivery.position();
        if (batch.isDone(position)) {
            return batch.remembered(position);
        }
        Outcome outcome;
        try {
            Reader reader = new Reader(batch, profile, delivery, at);
            outcome = reader.read();
            batch.add(reader.taken());
        } catch (TooHeavy e) {
            outcome = Outcome.quarantined(Problem.TOO_LARGE, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // A defect of ours in one event must not stop the merchant: the event is kept, with its reason.
            outcome = Outcome.quarantined(Problem.DEFECT, e.getClass().getSimpleName() + ": " + e.getMessage());
        }
        batch.count(position, outcome);
        return outcome;
    }

    /** Reads one delivery against a state. */
    private final class Reader {
        private final Batch state;
        private final MerchantProfile profile;
        private final Delivery delivery;
        private final Instant at;

        private final List<Revision> revisions = new ArrayList<>();
        private final List<Long> seen = new ArrayList<>();
        private final Map<String, FeedState> feeds = new LinkedHashMap<>();
        private final List<Commit.Repetition> repetitions = new ArrayList<>();
        private final Map<RecordKey, FlatRecord> touched = new HashMap<>();
        private final Contest contest;
        private final List<RecordDelta> news = new ArrayList<>();
        private final List<Fact> forward = new ArrayList<>();
        private final Set<RecordKey> mentioned = new HashSet<>();
        private Map<String, Sweep> sweeps;
        private long newsWeight;
        private long weight;
        private int appeared;
        private int understood;
        private boolean moved;
        private Problem problem = Problem.DEFECT;
        private final StringBuilder refusals = new StringBuilder();

        Reader(Batch state, MerchantProfile profile, Delivery delivery, Instant at) {
            this.state = state;
            this.profile = profile;
            this.delivery = delivery;
            this.at = at;
            this.contest = new Contest(state, delivery, limits.tellingsMax(), at);
            this.sweeps = state.sweeps();
        }

        Outcome read() {
            if (profile.link(delivery.link()).isEmpty()) {
                return Outcome.quarantined(
                        Problem.UNKNOWN_LINK, "the merchant has no link \"" + delivery.link() + "\"");
            }
            boolean duplicate = !delivery.events().isEmpty() && delivery.page() == null;
            contest.hold().forEach(this::signal);
            for (PartnerEvent event : delivery.events()) {
                duplicate &= !event(event);
            }
            if (!delivery.replayed()) {
                sweeps = new Sweeping(state, delivery, mentioned).after();
            }
            if (delivery.page() != null && !delivery.replayed()) {
                swept(delivery.page());
                page(delivery.page());
            }
            return outcome(duplicate);
        }

        Batch.Taken taken() {
            return new Batch.Taken(
                    revisions, seen, repetitions, feeds.values(), touched.values(), weight, contest.taken(), sweeps);
        }

        private Outcome outcome(boolean duplicate) {
            if (duplicate) {
                return Outcome.DUPLICATE;
            }
            if (!delivery.unreadable().isEmpty()) {
                refuse(Problem.UNREADABLE, delivery.unreadable());
            }
            if (refusals.length() == 0) {
                return Outcome.APPLIED;
            }
            boolean nothing = understood == 0 && !moved;
            return nothing
                    ? Outcome.quarantined(problem, refusals.toString())
                    : Outcome.partly(problem, refusals.toString());
        }

        /** Whether the event was new. */
        private boolean event(PartnerEvent event) {
            // One that is replayed takes no place among those that are known: it may be the last of thousands.
            if (!event.id().isEmpty() && !delivery.replayed()) {
                long fingerprint = Seen.fingerprint(delivery.link(), event.id());
                if (state.hasSeen(fingerprint) || seen.contains(fingerprint)) {
                    return false;
                }
                seen.add(fingerprint);
            }
            String name = event.id().isEmpty() ? pageName() : event.id();
            Set<RecordKey> here = new HashSet<>();
            for (RecordDelta delta : event.deltas()) {
                RecordDelta ours = contest.ours(delta);
                here.add(ours.key());
                weigh(contest.back(ours, known(ours.key())), name);
            }
            mentioned.addAll(here);
            for (Whole whole : event.wholes()) {
                if (whole.span() == Whole.Span.EVENT) {
                    unmentioned(here, whole, name);
                }
            }
            revise(name);
            event.signals().forEach(this::signal);
            understood += event.deltas().isEmpty() ? 1 : 0;
            return true;
        }

        /** With the last page of a reading that missed none of its pages, what none of them mentions is gone. */
        private void swept(FeedPage page) {
            String key = MerchantState.feedKey(delivery.link(), page.resource());
            Sweep sweep = sweeps.get(key);
            if (!page.last() || sweep == null || !Sweeping.isOf(sweep, page)) {
                return;
            }
            Map<String, Sweep> left = new HashMap<>(sweeps);
            left.remove(key);
            sweeps = left;
            Set<RecordKey> all = sweep.all();
            sweep.wholes().values().forEach(whole -> unmentioned(all, whole, pageName()));
            revise(pageName());
        }

        /** What the link has told of before, and does not mention now that it tells of all there is. */
        private void unmentioned(Set<RecordKey> mentioned, Whole whole, String name) {
            Set<RecordKey> known = new LinkedHashSet<>();
            state.records().page(whole.kind(), null, Integer.MAX_VALUE).forEach(record -> known.add(record.key()));
            touched.keySet().stream().filter(key -> key.kind() == whole.kind()).forEach(known::add);
            known.removeAll(mentioned);
            for (RecordKey key : known) {
                FlatRecord record = known(key);
                if (record.isPresent() && (record.isSaidBy(delivery.link()) || contest.isShown(key))) {
                    weigh(contest.bounded(whole.unmentioned(key)), name);
                }
            }
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
                throw new TooHeavy(
                        "weighs more than " + limits.deliveryBytesMax() + " bytes; send it in smaller parts");
            }
        }

        private void revise(String event) {
            if (news.isEmpty() && forward.isEmpty()) {
                return;
            }
            List<Fact> facts = new ArrayList<>(forward);
            if (!news.isEmpty()) {
                facts.add(0, new Fact.RecordsChanged(news));
            }
            revisions.add(new Revision(nextRevision(), at, delivery.link(), event, facts));
            news.clear();
            forward.clear();
            newsWeight = 0;
        }

        private long nextRevision() {
            return state.revision() + revisions.size() + 1;
        }

        private String pageName() {
            FeedPage page = delivery.page();
            return page == null ? "" : page.resource() + "#" + page.generation();
        }

        private void weigh(RecordDelta delta, String event) {
            try {
                Currencies.check(delta.fields(), profile.currency());
            } catch (InvalidValue e) {
                refuse(Problem.WRONG_CURRENCY, delta.key() + ": " + e.getMessage());
                return;
            }
            Provenance by = delta.provenance(delivery.link(), event);
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
                contested(known, delta, by, event);
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
        private void contested(FlatRecord known, RecordDelta delta, Provenance by, String event) {
            Weighing.Weighed weighed = contest.weigh(known, delta, by);
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

        private FlatRecord known(RecordKey key) {
            FlatRecord record = touched.get(key);
            if (record == null) {
                record = state.records().get(key);
            }
            return record == null ? FlatRecord.unknown(key) : record;
        }

        private void refuse(Problem why, String detail) {
            if (refusals.length() == 0) {
                problem = why;
                refusals.append(detail);
            } else if (refusals.length() < 1_000) {
                refusals.append("; ").append(detail);
            }
        }

        private void signal(String resource) {
            FeedState feed = feed(resource);
            if (feed != null) {
                feeds.put(resource, feed.want());
                moved = true;
            }
        }

        /** A page of a fetch that is not the newest is read like any other, but moves nothing. */
        private void page(FeedPage page) {
            FeedState feed = feed(page.resource());
            Instant asOf = delivery.receivedAt() == null ? at : delivery.receivedAt();
            if (feed == null || !isNewer(page, asOf, feed)) {
                return;
            }
            boolean isNews = !revisions.isEmpty();
            if (page.last()) {
                moved = true;
                feeds.put(page.resource(), feed.done(page.generation(), page.until(), isNews, asOf, at));
            } else {
                FeedPage.Leaf leaf = page.leaf();
                int number = leaf == null ? feed.soFar().pages() + 1 : leaf.number();
                feeds.put(page.resource(), feed.page(isNews, number));
            }
        }

        /** What nobody had wanted bears the number of the fetch before it. */
        private static boolean isNewer(FeedPage page, Instant asOf, FeedState feed) {
            Instant last = feed.soFar().asOf();
            return page.generation() > feed.done()
                    || (page.generation() == feed.done() && (last == null || asOf.isAfter(last)));
        }

        private @Nullable FeedState feed(String resource) {
            FeedState changed = feeds.get(resource);
            return changed != null ? changed : state.feed(MerchantState.feedKey(delivery.link(), resource));
        }
    }
}
