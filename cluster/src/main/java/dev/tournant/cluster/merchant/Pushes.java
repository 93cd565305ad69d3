package dev.tournant.cluster.merchant;

import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.tournant.adapter.Difference;
import dev.tournant.cluster.difference.PushLanes;
import dev.tournant.cluster.sync.LinkState;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantMessage;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerName;
import dev.tournant.persistence.FeedState;
import dev.tournant.persistence.LinkHealth;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells links what they should show, one push at a time for each. Which link differs stands in the state; what is under way
 * is known here only, so that a restart simply compares again.
 *
 * <p>A link is compared a little while after the first change ({@code tournant.merchant.push-settle}), and what changes during a push
 * waits for its end. So a burst of edits is one push, and one more for those that came after the first was compared,
 * provided that it lasts no longer than the first push does; a longer one is a push for each that ends meanwhile.
 */
final class Pushes {
    private static final Duration BACKOFF_FIRST = Duration.ofSeconds(1);
    private static final Duration BACKOFF_MAX = Duration.ofMinutes(5);
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    /** For how long a timer may be set; whatever is due later is looked at again by then. */
    private static final Duration TIMER_MAX = Duration.ofDays(1);

    /** How far past the moment at which time alone makes a difference a link is compared. */
    private static final Duration SLACK = Duration.ofMillis(100);

    /** Compare this link. */
    record Due(LinkId link) implements Merchant.Internal {}

    /** Compare this link, unless that is to be done anyway: time has passed. */
    record Again(LinkId link) implements Merchant.Internal {}

    /** What was compared last, and found in step or held back: the same need not be compared again. */
    private record Looked(RecordTable records, MerchantProfile profile, LinkState link, List<FeedState> feeds) {
        /** The very same objects: all of them are immutable. */
        @SuppressWarnings("ReferenceEquality")
        boolean isSame(Looked other) {
            return records == other.records
                    && profile == other.profile
                    && link == other.link
                    && feeds.equals(other.feeds);
        }
    }

    /**
     * What is left waits for something else.
     *
     * @param health how the link was at the end of the last push. What is known of its records is left out: it is still
     *     being written down what became of them
     * @param times that it was tried since anything happened
     */
    private record PutOff(
            RecordTable records, MerchantProfile profile, LinkHealth health, List<FeedState> feeds, int times) {
        static PutOff of(Looked looked, int times) {
            return new PutOff(looked.records, looked.profile, looked.link.health(), looked.feeds, times);
        }

        /** The very same objects: all of them are immutable. */
        @SuppressWarnings("ReferenceEquality")
        boolean isSame(Looked now) {
            return records == now.records
                    && profile == now.profile
                    && health == now.link.health()
                    && feeds.equals(now.feeds);
        }
    }

    private final MerchantId id;
    private final ActorContext<MerchantMessage> context;
    private final TimerScheduler<MerchantMessage> timers;
    private final MerchantPorts ports;
    private final Map<PartnerName, Traits> partners;
    private final Duration settle;
    private final MerchantLimits limits;
    private final InstantSource clock;
    private final Map<LinkId, Telling> underWay = new HashMap<>();
    private final Map<LinkId, Looked> looked = new HashMap<>();
    /** What the last comparison of each link led to: a push may be written down that has not begun. */
    private final Map<LinkId, Step.Before> steps = new HashMap<>();
    /** Jobs for whose end the next comparison waits, and not only for its time. */
    private final Map<LinkId, Set<String>> awaited = new HashMap<>();
    /** Links of which what is left waits for something else. */
    private final Map<LinkId, PutOff> waiting = new HashMap<>();
    /** Links that are to be compared at a time that is near enough to wait for. */
    private final Set<LinkId> soon = new HashSet<>();
    /** Pushes in a row of which the partner was asked in vain. */
    private final Map<LinkId, Integer> failed = new HashMap<>();
    /** Pushes in a row of which the partner took nothing before it was read again. */
    private final Map<LinkId, Integer> stale = new HashMap<>();

    Pushes(
            MerchantId id,
            ActorContext<MerchantMessage> context,
            TimerScheduler<MerchantMessage> timers,
            MerchantPorts ports,
            Map<PartnerName, Traits> partners,
            MerchantLimits limits,
            InstantSource clock) {
        this.clock = clock;
        this.id = id;
        this.context = context;
        this.timers = timers;
        this.ports = ports;
        this.partners = partners;
        this.settle = limits.pushSettle();
        this.limits = limits;
    }

    /** Sees to it that every link is compared that may differ. */
    void proceed(MerchantState state) {
        MerchantProfile profile = state.profile();
        if (profile == null) {
            return;
        }
        for (Link link : profile.links()) {
            if (link.direction().writes() && isReady(state, profile, link)) {
                // What is written down to be told has waited for others already.
                Duration wait = isIntended(link.id()) ? AT_ONCE : settle;
                timers.startSingleTimer(timer(link.id()), new Due(link.id()), wait);
            }
        }
    }

    private boolean isIntended(LinkId link) {
        Step.Before last = steps.get(link);
        return last != null && last.intended() != null;
    }

    private boolean isReady(MerchantState state, MerchantProfile profile, Link link) {
        if (underWay.containsKey(link.id())) {
            return false;
        }
        if (timers.isTimerActive(timer(link.id())) && !hasEnded(state, link.id()) && !hasNews(state, profile, link)) {
            return false;
        }
        Looked last = looked.get(link.id());
        return last == null || !last.isSame(seen(state, profile, link));
    }

    /** Whether the job has ended that was in the way, so that nobody need wait until it might have. */
    private boolean hasEnded(MerchantState state, LinkId link) {
        Set<String> jobs = awaited.get(link);
        boolean ended =
                jobs != null && state.link(link).health().jobs().stream().noneMatch(job -> jobs.contains(job.name()));
        if (ended) {
            awaited.remove(link);
        }
        return ended;
    }

    /** Whether anything happened to a link that only waits: the partner has not been asked in vain, and need not be spared. */
    private boolean hasNews(MerchantState state, MerchantProfile profile, Link link) {
        PutOff then = waiting.get(link.id());
        boolean isNews = then != null && !then.isSame(seen(state, profile, link));
        if (isNews) {
            waiting.remove(link.id());
        }
        return isNews;
    }

    private static @Nullable Link link(@Nullable MerchantProfile profile, LinkId id) {
        return profile == null ? null : profile.link(id).orElse(null);
    }

    private static String timer(LinkId link) {
        return "push-" + link;
    }

    private static Looked seen(MerchantState state, MerchantProfile profile, Link link) {
        List<FeedState> feeds = new ArrayList<>();
        state.feeds().forEach((key, feed) -> {
            if (feed.link().equals(link.id()) && (feed.doneAt() == null || feed.isDue())) {
                feeds.add(feed);
            }
        });
        return new Looked(state.records(), profile, state.link(link.id()), feeds);
    }

    /**
     * Compares a link and hands over what differs.
     *
     * @return what is to be remembered; null for nothing
     */
    @Nullable
    MerchantCommand due(Due due, MerchantState state) {
        MerchantProfile profile = state.profile();
        Link link = link(profile, due.link());
        Traits traits = link == null ? null : partners.get(link.partner());
        if (profile == null || link == null || traits == null || underWay.containsKey(link.id())) {
            return null;
        }
        looked.put(link.id(), seen(state, profile, link));
        Step step = Step.next(state, profile, link, traits, limits, steps.get(link.id()), clock.instant());
        steps.put(link.id(), new Step.Before(step.intended()));
        Telling telling = step.telling();
        again(state, profile, link, traits);
        if (telling != null) {
            underWay.put(link.id(), telling);
            looked.remove(link.id());
            Difference difference = telling.difference();
            ports.push(
                    id, difference, PushLanes.of(difference), context.getSelf().narrow());
        }
        return step.remember();
    }

    private void again(MerchantState state, MerchantProfile profile, Link link, Traits traits) {
        Again message = new Again(link.id());
        Instant now = clock.instant();
        soon.remove(link.id());
        Duration wait = Step.again(state, profile, link, traits, limits, now)
                .map(then -> Duration.between(now, then).plus(SLACK))
                .orElse(null);
        if (wait == null) {
            timers.cancel(message);
            return;
        }
        if (wait.compareTo(limits.awakeFor()) <= 0) {
            soon.add(link.id());
        }
        timers.startSingleTimer(message, message, wait.compareTo(TIMER_MAX) < 0 ? wait : TIMER_MAX);
    }

    /**
     * Compares a link as time has passed; one that is told, spared or about to be compared is compared later in any case.
     *
     * @return what is to be remembered; null for nothing
     */
    @Nullable
    MerchantCommand again(Again again, MerchantState state) {
        boolean isNext = underWay.containsKey(again.link()) || timers.isTimerActive(timer(again.link()));
        return isNext ? null : due(new Due(again.link()), state);
    }

    /** What is to be remembered of an answer; null for one that nobody waits for any more. */
    @Nullable
    MerchantCommand told(MerchantPorts.Told told) {
        Telling push = underWay.get(told.link());
        if (push == null || !push.difference().nonce().equals(told.nonce())) {
            return null;
        }
        return told.isPlanned()
                ? push.planned(told.outcomes(), clock.instant())
                : push.told(told.outcomes(), told.remotes(), clock.instant());
    }

    /** What is to be remembered of the end of a push; null for nothing. What is left is compared anew, in a while. */
    @Nullable
    MerchantCommand ended(MerchantPorts.PushEnded ended, MerchantState state) {
        Telling push = underWay.get(ended.link());
        if (push == null || !push.difference().nonce().equals(ended.nonce())) {
            return null;
        }
        underWay.remove(ended.link());
        awaited.remove(ended.link());
        PutOff before = waiting.remove(ended.link());
        String failure = ended.failure();
        boolean waits = failure == null && push.isWaiting();
        if (failure == null && !push.difference().pending().isEmpty()) {
            awaited.put(ended.link(), push.difference().pending());
        }
        count(ended.link(), push, failure);
        int times = before == null ? 1 : before.times() + 1;
        // To read once may be all that it takes. If it was not, reading once more will hardly be.
        int vain = Math.max(failed.getOrDefault(ended.link(), 0), stale.getOrDefault(ended.link(), 0) - 1);
        Duration own = backoff(waits ? times : vain);
        boolean isOvertaken = waits && !push.isOf(state.records());
        Duration longest = isOvertaken ? settle : longest(settle, own, push.asked(), ended.retryAfter());
        timers.startSingleTimer(timer(ended.link()), new Due(ended.link()), longest);
        MerchantProfile profile = state.profile();
        Link link = link(profile, ended.link());
        if (waits && profile != null && link != null) {
            waiting.put(ended.link(), PutOff.of(seen(state, profile, link), times));
        }
        if (failure == null) {
            return null;
        }
        context.getLog().info("merchant {} link {}: {}; next try in {}", id, ended.link(), failure, longest);
        return new MerchantCommand.NoteStep(ended.link(), false, failure, List.of(), clock.instant());
    }

    /** Of a push of which all waits for something else nothing follows for the partner, unless it took a part of it. */
    private void count(LinkId link, Telling push, @Nullable String failure) {
        if (push.isStale()) {
            stale.merge(link, 1, Integer::sum);
        } else {
            stale.remove(link);
        }
        if (failure != null || push.isUnsettled()) {
            failed.merge(link, 1, Integer::sum);
        } else if (!push.isWaiting() || push.isTaken()) {
            failed.remove(link);
        }
    }

    private static Duration longest(Duration... all) {
        return Arrays.stream(all).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    private static Duration backoff(int times) {
        if (times == 0) {
            return Duration.ZERO;
        }
        Duration doubled = BACKOFF_FIRST.multipliedBy(1L << Math.min(times - 1, 10));
        Duration own = doubled.compareTo(BACKOFF_MAX) > 0 ? BACKOFF_MAX : doubled;
        return Duration.ofMillis((long) (own.toMillis() * (0.75 + Math.random() * 0.5)));
    }

    /** Whether nothing is told now, or to be told or looked for later, as far as that is waited for. */
    boolean isNone(MerchantState state) {
        MerchantProfile profile = state.profile();
        return profile == null
                || profile.links().stream()
                        .noneMatch(link -> underWay.containsKey(link.id())
                                || timers.isTimerActive(timer(link.id()))
                                || soon.contains(link.id())
                                || !state.link(link.id()).health().jobs().isEmpty());
    }

    /** A restart cancels all timers and loses answers, but keeps this object: all is compared anew. */
    void restarted() {
        underWay.clear();
        looked.clear();
        steps.clear();
        awaited.clear();
        waiting.clear();
        soon.clear();
    }
}
