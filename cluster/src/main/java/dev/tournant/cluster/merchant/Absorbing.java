package dev.tournant.cluster.merchant;

import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.FeedPage;
import dev.tournant.messages.MerchantCommand.Absorb;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Outcome;
import dev.tournant.messages.Position;
import dev.tournant.messages.Problem;
import dev.tournant.messages.Tally;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.PartnerName;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import dev.tournant.model.Whole;
import dev.tournant.persistence.Commit;
import dev.tournant.persistence.FeedState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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

    /**
     * Decides as many as have room in a row. Where some are left, the others are written and whoever asks is told to come
     * again with all of them: what was written is known by its marks.
     *
     * @param roomBytes what they may weigh before the next one waits; the first is taken in any case
     */
    Decision decide(MerchantState state, Absorb absorb, long roomBytes) {
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
            if (batch.weight() > 0 && batch.weight() >= roomBytes && !batch.isDone(delivery.position())) {
                return batch.decided(limits, new MerchantReply.SlowDown(0));
            }
            outcomes.add(step(batch, profile, delivery, absorb.at()));
        }
        return batch.decided(limits, new MerchantReply.Absorbed(outcomes));
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
            Batch.Taken taken = reader.taken();
            if (taken.weight() > limits.deliveryBytesMax()) {
                throw new Findings.TooHeavy(limits);
            }
            batch.add(taken);
        } catch (Findings.TooHeavy e) {
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

        private final Set<Long> seen = new LinkedHashSet<>();
        private final Map<String, FeedState> feeds = new LinkedHashMap<>();
        private final Contest contest;
        private final Findings findings;
        private final Set<RecordKey> mentioned = new HashSet<>();
        private Map<String, Sweep> sweeps;
        private boolean moved;

        Reader(Batch state, MerchantProfile profile, Delivery delivery, Instant at) {
            this.state = state;
            this.profile = profile;
            this.delivery = delivery;
            this.at = at;
            this.contest = new Contest(state, delivery, limits.tellingsMax(), at);
            this.findings = new Findings(limits, profile, state, delivery.link(), contest, at);
            this.sweeps = state.sweeps();
        }

        Outcome read() {
            if (profile.link(delivery.link()).isEmpty()) {
                return Outcome.quarantined(
                        Problem.UNKNOWN_LINK, "the merchant has no link \"" + delivery.link() + "\"");
            }
            if (isFromElsewhere()) {
                return Outcome.quarantined(
                        Problem.UNKNOWN_LINK,
                        "asked for before the link \"" + delivery.link() + "\" came to lead where it does");
            }
            boolean duplicate = !delivery.events().isEmpty() && delivery.page() == null;
            // A job of ours has failed, of which the partner's webhook tells: no word of a change there.
            contest.hold().forEach(resource -> wanted(resource, false));
            for (PartnerEvent event : delivery.events()) {
                duplicate &= !event(event);
            }
            if (!duplicate && !delivery.replayed() && delivery.unreadable().isEmpty() && findings.isWhole()) {
                delivery.covers().forEach(this::covered);
            }
            if (!delivery.replayed()) {
                sweeps = new Sweeping(state, delivery, mentioned).after();
            }
            if (delivery.page() != null && !delivery.replayed()) {
                swept(delivery.page());
            }
            if (contest.isDoubtful() && !delivery.replayed()) {
                doubted().forEach(resource -> wanted(resource, false));
            }
            if (contest.isSaidMeanwhile() && !delivery.replayed()) {
                doubted().forEach(this::owed);
            }
            if (delivery.page() != null && !delivery.replayed()) {
                page(delivery.page());
            }
            if (!contest.isTelling()) {
                resources().stream().filter(this::isOwed).forEach(resource -> wanted(resource, false));
            }
            return outcome(duplicate);
        }

        /**
         * What shows what could not be put in order with what the link was told. A page is read again from where its
         * reading began ({@link FeedState#done}); which resource shows what a webhook says nobody knows.
         */
        private List<String> doubted() {
            FeedPage page = delivery.page();
            return page == null ? resources() : List.of(page.resource());
        }

        private List<String> resources() {
            Traits traits = profile.link(delivery.link())
                    .map(link -> partners.get(link.partner()))
                    .orElse(null);
            return traits == null ? List.of() : traits.resources();
        }

        /** A page that was on its way when its link was removed and added again, or was made to lead to another account. */
        private boolean isFromElsewhere() {
            FeedPage page = delivery.replayed() ? null : delivery.page();
            FeedState feed = page == null ? null : feed(page.resource());
            return feed != null && page != null && !feed.isHere(page.generation());
        }

        Batch.Taken taken() {
            return new Batch.Taken(
                    new Commit(
                                    findings.revisions(),
                                    Map.of(),
                                    List.copyOf(seen),
                                    Tally.ZERO,
                                    List.of(),
                                    List.copyOf(feeds.values()),
                                    0,
                                    findings.repetitions())
                            .and(contest.taken().changes(), contest.taken().conflicts()),
                    findings.touched().values(),
                    sweeps);
        }

        private Outcome outcome(boolean duplicate) {
            if (duplicate) {
                return Outcome.DUPLICATE;
            }
            if (!delivery.unreadable().isEmpty()) {
                findings.refuse(Problem.UNREADABLE, delivery.unreadable());
            }
            return findings.outcome(moved);
        }

        /** Whether the event was new. */
        private boolean event(PartnerEvent event) {
            // One that is replayed takes no place among those that are known: it may be the last of thousands.
            if (!event.id().isEmpty() && !delivery.replayed()) {
                long fingerprint = Seen.fingerprint(delivery.link(), event.id());
                if (state.hasSeen(fingerprint) || !seen.add(fingerprint)) {
                    return false;
                }
            }
            String name = event.id().isEmpty() ? pageName() : event.id();
            Set<RecordKey> here = new HashSet<>();
            for (RecordDelta delta : event.deltas()) {
                RecordDelta ours = contest.ours(delta);
                here.add(ours.key());
                findings.weigh(contest.back(ours, findings.known(ours.key())), name, asked());
            }
            mentioned.addAll(here);
            for (Whole whole : event.wholes()) {
                if (whole.span() == Whole.Span.EVENT) {
                    unmentioned(here, whole, name, asked());
                }
            }
            findings.revise(name);
            boolean isWebhook = delivery.page() == null && !delivery.replayed();
            event.signals().forEach(resource -> wanted(resource, isWebhook));
            if (event.deltas().isEmpty()) {
                findings.understood();
            }
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
            sweep.wholes().values().forEach(whole -> unmentioned(all, whole, pageName(), sweep.asked()));
            findings.revise(pageName());
        }

        /** What the link has told of before, and does not mention now that it tells of all there is. */
        private void unmentioned(Set<RecordKey> mentioned, Whole whole, String name, @Nullable Instant asked) {
            Set<RecordKey> known = new LinkedHashSet<>();
            state.records().page(whole.kind(), null, Integer.MAX_VALUE).forEach(record -> known.add(record.key()));
            findings.touched().keySet().stream()
                    .filter(key -> key.kind() == whole.kind())
                    .forEach(known::add);
            known.removeAll(mentioned);
            for (RecordKey key : known) {
                FlatRecord record = findings.known(key);
                if (record.isPresent() && (record.isSaidBy(delivery.link()) || contest.isShown(key))) {
                    findings.weigh(contest.bounded(whole.unmentioned(key)), name, asked);
                }
            }
        }

        private @Nullable Instant asked() {
            return delivery.page() == null ? null : delivery.receivedAt();
        }

        private String pageName() {
            FeedPage page = delivery.page();
            return page == null ? "" : page.resource() + "#" + page.generation();
        }

        private void wanted(String resource, boolean isWebhook) {
            FeedState feed = feed(resource);
            if (feed != null) {
                feeds.put(resource, isWebhook ? feed.signalled(happened()) : feed.want());
                moved = true;
            }
        }

        /** To be read again once it is known what came of what the link is told. */
        private void owed(String resource) {
            FeedState feed = feed(resource);
            if (feed != null) {
                feeds.put(resource, feed.owe());
            }
        }

        private boolean isOwed(String resource) {
            FeedState feed = feed(resource);
            return feed != null && feed.isOwed();
        }

        /**
         * A webhook carried all of a resource. It is as true as its records: one that comes late is no news. Whatever is
         * wanted for another reason is fetched all the same.
         */
        private void covered(String resource) {
            FeedState feed = feed(resource);
            Instant known = feed == null ? null : feed.soFar().knownAsOf();
            Instant asOf = saidAt();
            if (feed != null && known != null && asOf != null && asOf.isAfter(known)) {
                feeds.put(resource, feed.covered(asOf));
                moved = true;
            }
        }

        private Instant received() {
            Instant known = delivery.receivedAt();
            return known == null ? at : known;
        }

        /** When a webhook's reason came up: not after it came, whatever the partner's clock says. */
        private Instant happened() {
            Instant said = delivery.happenedAt();
            return said == null || said.isAfter(received()) ? received() : said;
        }

        /** When the newest of its records was as it says; null without any. */
        private @Nullable Instant saidAt() {
            Instant received = received();
            return delivery.events().stream()
                    .flatMap(event -> event.deltas().stream())
                    .map(RecordDelta::stamp)
                    .max(Comparator.naturalOrder())
                    .map(stamp -> stamp.equals(Stamp.ZERO) ? received : stamp.instant())
                    .map(said -> said.isAfter(received) ? received : said)
                    .orElse(null);
        }

        /** A page of a fetch that is not the newest is read like any other, but moves nothing. */
        private void page(FeedPage page) {
            FeedState feed = feed(page.resource());
            Instant asOf = received();
            if (feed == null || !isNewer(page, asOf, feed)) {
                return;
            }
            boolean isNews = !findings.revisions().isEmpty();
            if (page.last()) {
                moved = true;
                feeds.put(page.resource(), feed.done(page.generation(), page.until(), isNews, asOf, at));
            } else {
                FeedPage.Leaf leaf = page.leaf();
                int number = leaf == null ? feed.soFar().pages() + 1 : leaf.number();
                feeds.put(page.resource(), feed.page(isNews, number, asOf, place(page)));
            }
        }

        private FeedState.@Nullable Place place(FeedPage page) {
            String onward = page.onward();
            if (onward == null) {
                return null;
            }
            Sweep sweep = sweeps.get(MerchantState.feedKey(delivery.link(), page.resource()));
            String swept = sweep != null && Sweeping.isOf(sweep, page) ? sweep.read() : null;
            return new FeedState.Place(page.generation(), onward, swept);
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
