package dev.tournant.cluster.merchant;

import dev.tournant.messages.Delivery;
import dev.tournant.messages.Fact;
import dev.tournant.messages.FeedPage;
import dev.tournant.messages.MerchantCommand.Absorb;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Outcome;
import dev.tournant.messages.Position;
import dev.tournant.messages.Problem;
import dev.tournant.messages.Revision;
import dev.tournant.messages.Tally;
import dev.tournant.model.Currencies;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.Presence;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.persistence.Commit;
import dev.tournant.persistence.FeedState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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

    Absorbing(MerchantLimits limits) {
        this.limits = limits;
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
        Pending pending = new Pending(state);
        List<Outcome> outcomes = new ArrayList<>(absorb.deliveries().size());
        for (Delivery delivery : absorb.deliveries()) {
            Step step = step(pending, profile, delivery, absorb.at());
            pending.add(step.commit);
            outcomes.add(step.outcome);
        }
        return pending.decided(limits, new MerchantReply.Absorbed(outcomes));
    }

    private record Step(Commit commit, Outcome outcome) {}

    /** A state, and over it what the deliveries of one batch have led to so far: no copy of the state for each. */
    private static final class Pending {
        private final MerchantState before;
        private final MerchantState.Progress progress;
        private final List<Commit> parts = new ArrayList<>();
        private final Map<String, Long> marks = new HashMap<>();
        private final Set<Long> seen = new HashSet<>();
        private final Map<String, FeedState> feeds = new HashMap<>();
        private final List<Commit.Refusal> refusals = new ArrayList<>();

        Pending(MerchantState before) {
            this.before = before;
            this.progress = before.progress();
        }

        void add(Commit part) {
            if (part.isEmpty()) {
                return;
            }
            parts.add(part);
            part.revisions().forEach(progress::apply);
            part.marks().forEach((sequence, offset) -> marks.merge(sequence, offset, Math::max));
            seen.addAll(part.seen());
            part.feeds().forEach(feed -> feeds.put(MerchantState.feedKey(feed.link(), feed.resource()), feed));
            refusals.addAll(part.refusals());
        }

        Decision decided(MerchantLimits limits, MerchantReply reply) {
            Commit all = Commit.joined(parts);
            return new Decision(all, before.with(all, progress, limits), reply);
        }

        long revision() {
            return progress.revision();
        }

        RecordTable records() {
            return progress.records();
        }

        boolean isDone(Position position) {
            String sequence = position.sequence();
            Long mark = marks.get(sequence);
            Long reached = mark == null ? before.marks().get(sequence) : mark;
            return reached != null && position.offset() <= reached;
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

    private Step step(Pending pending, MerchantProfile profile, Delivery delivery, Instant at) {
        Position position = delivery.position();
        if (pending.isDone(position)) {
            return new Step(Commit.EMPTY, pending.remembered(position));
        }
        try {
            return new Reader(pending, profile, delivery, at).read();
        } catch (RuntimeException e) {
            // A defect of ours in one event must not stop the merchant: the event is kept, with its reason.
            return refused(position, Problem.DEFECT, e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private static Step refused(Position position, Problem problem, String detail) {
        Outcome outcome = Outcome.quarantined(problem, detail);
        Commit commit = new Commit(
                List.of(),
                Map.of(position.sequence(), position.offset()),
                List.of(),
                Tally.ZERO.plus(outcome.kind()),
                List.of(new Commit.Refusal(position, problem, detail, false)),
                List.of(),
                0);
        return new Step(commit, outcome);
    }

    /** Reads one delivery against a state. */
    private final class Reader {
        private final Pending state;
        private final MerchantProfile profile;
        private final Delivery delivery;
        private final Instant at;

        private final List<Revision> revisions = new ArrayList<>();
        private final List<Long> seen = new ArrayList<>();
        private final Map<String, FeedState> feeds = new LinkedHashMap<>();
        private final Map<RecordKey, FlatRecord> touched = new HashMap<>();
        private int appeared;
        private int understood;
        private Problem problem = Problem.DEFECT;
        private final StringBuilder refusals = new StringBuilder();

        Reader(Pending state, MerchantProfile profile, Delivery delivery, Instant at) {
            this.state = state;
            this.profile = profile;
            this.delivery = delivery;
            this.at = at;
        }

        Step read() {
            Position position = delivery.position();
            if (profile.link(delivery.link()).isEmpty()) {
                return refused(position, Problem.UNKNOWN_LINK, "the merchant has no link \"" + delivery.link() + "\"");
            }
            boolean duplicate = !delivery.events().isEmpty() && delivery.page() == null;
            for (PartnerEvent event : delivery.events()) {
                duplicate &= !event(event);
            }
            if (delivery.page() != null) {
                page(delivery.page());
            }
            Outcome outcome = outcome(duplicate);
            Problem reason = outcome.problem();
            return new Step(
                    new Commit(
                            revisions,
                            Map.of(position.sequence(), position.offset()),
                            seen,
                            Tally.ZERO.plus(outcome.kind()),
                            reason == null
                                    ? List.of()
                                    : List.of(new Commit.Refusal(
                                            position,
                                            reason,
                                            outcome.detail(),
                                            outcome.kind() == Outcome.Kind.APPLIED)),
                            List.copyOf(feeds.values()),
                            0),
                    outcome);
        }

        private Outcome outcome(boolean duplicate) {
            if (duplicate) {
                return Outcome.DUPLICATE;
            }
            if (refusals.length() == 0) {
                return Outcome.APPLIED;
            }
            boolean nothing = understood == 0 && feeds.isEmpty();
            return nothing
                    ? Outcome.quarantined(problem, refusals.toString())
                    : Outcome.partly(problem, refusals.toString());
        }

        /** Whether the event was new. */
        private boolean event(PartnerEvent event) {
            long fingerprint = event.id().isEmpty() ? 0 : Seen.fingerprint(delivery.link(), event.id());
            if (!event.id().isEmpty()) {
                if (state.hasSeen(fingerprint) || seen.contains(fingerprint)) {
                    return false;
                }
                seen.add(fingerprint);
            }
            String name = event.id().isEmpty() ? pageName() : event.id();
            List<RecordDelta> news = new ArrayList<>();
            for (RecordDelta delta : event.deltas()) {
                weigh(delta, name, news);
            }
            if (!news.isEmpty()) {
                long number = state.revision() + revisions.size() + 1;
                revisions.add(new Revision(number, at, delivery.link(), name, List.of(new Fact.RecordsChanged(news))));
            }
            event.signals().forEach(this::signal);
            understood += event.deltas().isEmpty() ? 1 : 0;
            return true;
        }

        private String pageName() {
            FeedPage page = delivery.page();
            return page == null ? "" : page.resource() + "#" + page.generation();
        }

        private void weigh(RecordDelta delta, String event, List<RecordDelta> news) {
            try {
                Currencies.check(delta.fields(), profile.currency());
            } catch (InvalidValue e) {
                refuse(Problem.WRONG_CURRENCY, delta.key() + ": " + e.getMessage());
                return;
            }
            Provenance by = delta.provenance(delivery.link(), event);
            FlatRecord before = known(delta.key());
            boolean appears = delta.presence() == Presence.PRESENT && (!before.isPresent() || before.revision() == 0);
            if (appears && state.records().present() + appeared >= limits.recordsMax()) {
                refuse(
                        Problem.TOO_MANY_RECORDS,
                        delta.key() + ": the merchant has " + limits.recordsMax() + " records, the most");
                return;
            }
            understood++;
            before.news(delta, by).ifPresent(change -> {
                news.add(change);
                FlatRecord after = before.after(change, by, state.revision() + revisions.size() + 1);
                appeared += (after.isPresent() ? 1 : 0) - (before.isPresent() && before.revision() > 0 ? 1 : 0);
                touched.put(delta.key(), after);
            });
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
            }
        }

        /** A page of a fetch that is not the newest is read like any other, but moves nothing. */
        private void page(FeedPage page) {
            FeedState feed = feed(page.resource());
            if (feed != null && page.last() && page.generation() > feed.done()) {
                feeds.put(page.resource(), feed.done(page.generation(), page.until(), at));
            }
        }

        private @Nullable FeedState feed(String resource) {
            FeedState changed = feeds.get(resource);
            return changed != null ? changed : state.feed(MerchantState.feedKey(delivery.link(), resource));
        }
    }
}
