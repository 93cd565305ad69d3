package dev.tournant.cluster.merchant;

import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.tournant.cluster.merchant.ReadPlan.Why;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantMessage;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.persistence.FeedState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says which feeds are due, and fetches when the plan says so, one fetch at a time per feed. Which feeds are due stands in
 * the state; what is under way is known here only, so that a restart simply says it again.
 *
 * <p>A fetch is over for us when its pages are in Kafka; it is told to the plan when the last page comes back from there, or
 * when it has not for {@link #COMES_BACK_WITHIN}.
 */
final class Fetches {
    private static final Duration COMES_BACK_WITHIN = Duration.ofSeconds(30);
    /** The plan may have been lost with its node. */
    private static final Duration SAY_AGAIN = Duration.ofSeconds(20);

    /** By so much clocks may differ, ours and the partner's, and what a partner shows may lag behind what it tells. */
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(5);

    /** Look at this feed again. */
    record Retry(String feed, long flight) implements Merchant.Internal {}

    /** Say again what is wanted. */
    enum SayAgain implements Merchant.Internal {
        NOW
    }

    /** A fetch under way. */
    private static final class Flight {
        private final long number;
        private final long generation;
        private final Duration pause;
        private Instant since;
        private int calls;

        Flight(long number, long generation, Duration pause, Instant since) {
            this.number = number;
            this.generation = generation;
            this.pause = pause;
            this.since = since;
        }
    }

    private final MerchantId id;
    private final ActorContext<MerchantMessage> context;
    private final TimerScheduler<MerchantMessage> timers;
    private final MerchantPorts ports;
    private final Map<String, Flight> underWay = new HashMap<>();
    /** What the plan was told to be wanted, by feed. */
    private final Map<String, Long> told = new HashMap<>();
    /** What the plan was told of each feed's readings. */
    private final Map<String, FeedState.Readings> known = new HashMap<>();

    private long flights;

    Fetches(
            MerchantId id,
            ActorContext<MerchantMessage> context,
            TimerScheduler<MerchantMessage> timers,
            MerchantPorts ports) {
        this.id = id;
        this.context = context;
        this.timers = timers;
        this.ports = ports;
    }

    void proceed(MerchantState state) {
        MerchantProfile profile = state.profile();
        if (profile == null || (underWay.isEmpty() && state.feeds().isEmpty())) {
            return;
        }
        underWay.entrySet()
                .removeIf(each -> isOver(each.getValue(), state.feeds().get(each.getKey())));
        boolean waits = false;
        for (Map.Entry<String, FeedState> each : state.feeds().entrySet()) {
            FeedState feed = each.getValue();
            Link link = profile.link(feed.link()).orElse(null);
            if (link != null) {
                readings(each.getKey(), feed, link, state);
                waits |= wanted(each.getKey(), feed, link, profile.zone());
            }
        }
        if (waits || !underWay.isEmpty()) {
            willSayAgain();
        }
    }

    /** Whether it asks where its link leads no more. */
    private static boolean isOver(Flight flight, @Nullable FeedState feed) {
        return feed == null || !feed.isHere(flight.generation);
    }

    private void willSayAgain() {
        if (!timers.isTimerActive(SayAgain.NOW)) {
            timers.startSingleTimer(SayAgain.NOW, SayAgain.NOW, SAY_AGAIN);
        }
    }

    /** Tells the plan of a reading that came to its end, and of a webhook that was as good as one. */
    private void readings(String key, FeedState feed, Link link, MerchantState state) {
        FeedState.Readings now = feed.soFar();
        FeedState.Readings before = known.put(key, now);
        Instant asOf = now.asOf();
        Instant covered = now.covered();
        if (before != null && covered != null && !covered.equals(before.covered())) {
            ports.plan().covered(id, link, feed.resource(), covered);
        }
        if (before != null && before.pages() != now.pages() && feed.doneAt() == null) {
            reading(key, feed, link);
        }
        if (before == null || before.whole() >= now.whole() || asOf == null) {
            return;
        }
        Flight flight = underWay.remove(key);
        timers.cancel(key);
        // A reading that began before the one under way says nothing of that one's calls.
        boolean isOurs = flight != null && !flight.since.isAfter(asOf);
        Instant since = isOurs && flight != null ? flight.since : asOf;
        int calls = isOurs && flight != null ? flight.calls : 0;
        ports.plan()
                .read(
                        id,
                        link,
                        feed.resource(),
                        since,
                        now.changed() > before.changed(),
                        calls,
                        BusinessHours.importance(state, asOf));
    }

    /** Says that it is being read still, and how far it is if that is for the first time. */
    private void reading(String key, FeedState feed, Link link) {
        Flight flight = underWay.get(key);
        if (flight != null) {
            FeedState.Readings so = feed.soFar();
            ReadPlan.FirstRead first =
                    feed.doneAt() == null ? new ReadPlan.FirstRead(so.pages(), so.begun(), flight.pause) : null;
            ports.plan().reading(id, link, feed.resource(), first);
        }
    }

    /** Whether the feed waits for the plan. */
    private boolean wanted(String key, FeedState feed, Link link, ZoneId zone) {
        if (!feed.isDue() || underWay.containsKey(key)) {
            return false;
        }
        Long before = told.put(key, feed.wanted());
        if (before == null || before < feed.wanted()) {
            FeedState.Reasons reasons = feed.reasons();
            long webhooks = reasons == null ? 0 : reasons.webhooks();
            ports.plan().wanted(id, link, feed.resource(), why(feed), webhooks, at(reasons), zone, context.getSelf());
        }
        return true;
    }

    /** A webhook that was on its way while a poll went by tells of nothing that the poll did not see. */
    private static Instant at(FeedState.@Nullable Reasons reasons) {
        Instant now = Instant.now();
        Instant latest = reasons == null ? null : reasons.latest();
        return latest == null || latest.plus(CLOCKS_DIFFER).isAfter(now) ? now : latest.plus(CLOCKS_DIFFER);
    }

    private static Why why(FeedState feed) {
        if (feed.doneAt() == null) {
            return Why.FIRST;
        }
        if (feed.soFar().asOf() == null) {
            return Why.ASKED;
        }
        // Where an older version forgot why, it is read soon and nothing is concluded.
        FeedState.Reasons reasons = feed.reasons();
        return reasons == null || reasons.ours() > feed.done() ? Why.OURS : Why.SIGNAL;
    }

    /** The plan may have forgotten; and a reading that takes long is not to be taken for one that died. */
    void sayAgain(MerchantState state) {
        told.clear();
        MerchantProfile profile = state.profile();
        for (String key : underWay.keySet()) {
            FeedState feed = state.feeds().get(key);
            if (profile != null && feed != null) {
                profile.link(feed.link()).ifPresent(link -> reading(key, feed, link));
            }
        }
        proceed(state);
    }

    void read(Merchant.ReadNow now, MerchantState state) {
        String key = MerchantState.feedKey(now.link(), now.resource());
        MerchantProfile profile = state.profile();
        FeedState feed = state.feeds().get(key);
        Optional<Link> link = profile == null ? Optional.empty() : profile.link(now.link());
        if (profile == null || feed == null || link.isEmpty()) {
            ports.plan().gone(now.by(), id, now.link(), now.resource());
            return;
        }
        ports.plan().ordered(now.by(), id, link.get(), now.resource());
        if (underWay.containsKey(key)) {
            reading(key, feed, link.get());
            return;
        }
        if (feed.doneAt() == null && now.pause().isZero() && !now.by().equals(ReadPlan.NOBODY)) {
            // Taken for a poll by one who has not heard that it was never read: it would leave no calls for others.
            told.remove(key);
            wanted(key, feed, link.get(), profile.zone());
            willSayAgain();
            return;
        }
        FeedState.Place place = place(key, feed, state);
        long generation = place == null ? feed.wanted() : place.generation();
        Flight flight = new Flight(++flights, generation, now.pause(), Instant.now());
        underWay.put(key, flight);
        willSayAgain();
        ports.fetch(
                id,
                new MerchantPorts.Reading(
                        link.get(),
                        feed.resource(),
                        feed.cursor(),
                        generation,
                        place == null ? null : place.onward(),
                        now.lane(),
                        now.pause()),
                context.getSelf().narrow());
        if (place != null && feed.doneAt() == null) {
            // Whoever gave the order may not know that it goes on.
            reading(key, feed, link.get());
        }
    }

    /**
     * Where a reading broke off; what was signalled since is read after it. One that was to tell what is gone begins anew
     * where its pages so far are forgotten, as what it does not mention would stay for ever; of a first reading nothing can be
     * gone.
     */
    private static FeedState.@Nullable Place place(String key, FeedState feed, MerchantState state) {
        FeedState.Place place = feed.soFar().place();
        if (place == null || place.generation() < feed.done() || place.generation() > feed.wanted()) {
            return null;
        }
        Sweep sweep = state.sweeps().get(key);
        boolean isForgotten =
                place.sweep() != null && (sweep == null || !place.sweep().equals(sweep.read()));
        return isForgotten && feed.doneAt() != null ? null : place;
    }

    /** What is to be remembered of a fetch that ended; null if nothing. */
    @Nullable
    MerchantCommand ended(MerchantPorts.Fetched fetched, MerchantState state) {
        String key = MerchantState.feedKey(new LinkId(fetched.link()), fetched.resource());
        Flight flight = underWay.get(key);
        if (flight == null || flight.generation != fetched.generation()) {
            return null;
        }
        flight.calls = fetched.calls();
        Instant begun = fetched.begun();
        flight.since = begun != null && begun.isBefore(flight.since) ? begun : flight.since;
        String failure = fetched.failure();
        if (failure == null) {
            timers.startSingleTimer(key, new Retry(key, flight.number), COMES_BACK_WITHIN);
            return null;
        }
        // One that gets further has no trouble that lasts.
        ReadPlan.Trouble trouble =
                fetched.goesOn() && fetched.pages() > 0 ? ReadPlan.Trouble.CROWDED : fetched.trouble();
        Instant now = Instant.now();
        Instant retryAt = fetched.retryAfter().isZero() ? null : now.plus(fetched.retryAfter());
        context.getLog().info("merchant {} feed {}: {}", id, key, failure);
        broke(key, trouble, retryAt, state);
        return new MerchantCommand.FeedBroke(
                new LinkId(fetched.link()),
                fetched.resource(),
                fetched.generation(),
                failure,
                retryAt == null ? now : retryAt,
                now,
                !fetched.goesOn());
    }

    private void broke(String key, ReadPlan.Trouble trouble, @Nullable Instant retryAt, MerchantState state) {
        underWay.remove(key);
        MerchantProfile profile = state.profile();
        FeedState feed = state.feeds().get(key);
        if (profile != null && feed != null) {
            profile.link(feed.link())
                    .ifPresent(link -> ports.plan().broke(id, link, feed.resource(), trouble, retryAt));
        }
    }

    /** Whether nothing is being read. */
    boolean isNone() {
        return underWay.isEmpty();
    }

    /** What is under way is waited for anew. */
    void restarted() {
        told.clear();
        underWay.forEach(
                (key, flight) -> timers.startSingleTimer(key, new Retry(key, flight.number), COMES_BACK_WITHIN));
    }

    /** Its pages did not come back from Kafka. */
    void retry(Retry retry, MerchantState state) {
        Flight flight = underWay.get(retry.feed());
        if (flight != null && flight.number == retry.flight()) {
            broke(retry.feed(), ReadPlan.Trouble.FAILED, null, state);
        }
    }
}
