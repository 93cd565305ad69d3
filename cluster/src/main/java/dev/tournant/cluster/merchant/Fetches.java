package dev.tournant.cluster.merchant;

import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantMessage;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.persistence.FeedState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Starts a fetch for each feed that is due, one at a time per feed. Which feeds are due stands in the state; what is
 * under way is known here only, so that a restart simply begins again.
 *
 * <p>A fetch is over for us when its pages are in Kafka; the feed stops being due when the last page comes back from
 * there. Until then it counts as under way, for at most {@link #COMES_BACK_WITHIN}.
 */
final class Fetches {
    private static final Duration COMES_BACK_WITHIN = Duration.ofSeconds(30);
    private static final Duration BACKOFF_FIRST = Duration.ofMillis(500);
    private static final Duration BACKOFF_MAX = Duration.ofMinutes(1);

    /** Look at this feed again. */
    record Retry(String feed, long generation) implements Merchant.Internal {}

    private final MerchantId id;
    private final ActorContext<MerchantMessage> context;
    private final TimerScheduler<MerchantMessage> timers;
    private final MerchantPorts ports;
    private final Map<String, Long> underWay = new HashMap<>();
    private final Map<String, Integer> failures = new HashMap<>();
    /** Fetches that broke off and can go on, by their generation: what was signalled since is fetched after them. */
    private final Map<String, Long> halted = new HashMap<>();

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
        underWay.entrySet().removeIf(entry -> {
            FeedState feed = state.feeds().get(entry.getKey());
            boolean over = feed == null || feed.done() >= entry.getValue();
            if (over) {
                timers.cancel(entry.getKey());
            }
            return over;
        });
        state.feeds().forEach((key, feed) -> {
            Optional<Link> link = profile.link(feed.link());
            if (feed.isDue() && link.isPresent() && !underWay.containsKey(key) && !timers.isTimerActive(key)) {
                long generation = generation(key, feed);
                underWay.put(key, generation);
                ports.fetch(
                        id,
                        link.get(),
                        feed.resource(),
                        feed.cursor(),
                        generation,
                        context.getSelf().narrow());
            }
        });
    }

    private long generation(String key, FeedState feed) {
        Long before = halted.remove(key);
        return before != null && before > feed.done() && before <= feed.wanted() ? before : feed.wanted();
    }

    /** What is to be remembered of a fetch that ended; null if nothing. */
    @Nullable
    MerchantCommand ended(MerchantPorts.Fetched fetched, MerchantState state) {
        String key = MerchantState.feedKey(new LinkId(fetched.link()), fetched.resource());
        Long generation = underWay.get(key);
        if (generation == null || generation != fetched.generation()) {
            return null;
        }
        if (fetched.failure() == null) {
            failures.remove(key);
            timers.startSingleTimer(key, new Retry(key, generation), COMES_BACK_WITHIN);
            return null;
        }
        underWay.remove(key);
        if (fetched.goesOn()) {
            halted.put(key, generation);
        }
        boolean isFurther = fetched.goesOn() && fetched.pages() > 0;
        int count = isFurther ? 1 : failures.getOrDefault(key, 0) + 1;
        failures.put(key, count);
        Duration wait = backoff(count, fetched.retryAfter());
        timers.startSingleTimer(key, new Retry(key, generation), wait);
        context.getLog().info("merchant {} feed {}: {}; next try in {}", id, key, fetched.failure(), wait);
        Instant now = Instant.now();
        return new MerchantCommand.FeedBroke(
                new LinkId(fetched.link()),
                fetched.resource(),
                fetched.generation(),
                fetched.failure(),
                now.plus(wait),
                now);
    }

    private static Duration backoff(int failures, Duration asked) {
        Duration doubled = BACKOFF_FIRST.multipliedBy(1L << Math.min(failures - 1, 10));
        Duration own = doubled.compareTo(BACKOFF_MAX) > 0 ? BACKOFF_MAX : doubled;
        double jitter = 0.75 + Math.random() * 0.5;
        Duration spread = Duration.ofMillis((long) (own.toMillis() * jitter));
        return spread.compareTo(asked) > 0 ? spread : asked;
    }

    /** What is under way is waited for anew; what was to be tried later is tried now. */
    void restarted() {
        underWay.forEach(
                (key, generation) -> timers.startSingleTimer(key, new Retry(key, generation), COMES_BACK_WITHIN));
    }

    void retry(Retry retry) {
        Long generation = underWay.get(retry.feed());
        if (generation != null && generation == retry.generation()) {
            underWay.remove(retry.feed());
        }
    }
}
