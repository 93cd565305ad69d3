package dev.tournant.cluster.poll;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import com.typesafe.config.Config;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Gates;
import dev.tournant.adapter.Outbound;
import dev.tournant.adapter.Outcome;
import dev.tournant.cluster.merchant.Merchant;
import dev.tournant.cluster.merchant.MerchantPorts.Fetched;
import dev.tournant.cluster.merchant.MerchantPorts.Reading;
import dev.tournant.cluster.merchant.ReadPlan.Trouble;
import dev.tournant.messages.Inbox;
import dev.tournant.model.Link;
import dev.tournant.model.MerchantId;
import dev.tournant.model.PartnerName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Carries out fetches: asks page after page, as the adapter says, and puts each answer as it is into {@code
 * tournant.inbound}. Nothing is interpreted here but where the next page is. At most {@code fetches-max} are under way
 * on a node; the next ones are told to come back. Those that rest between their pages, first reads, take none of these places
 * and have {@code paced-max} of their own. One that breaks off behind its first page goes on from there when it
 * is tried again, on whatever node, as long as {@link Adapter#pagesLast} says.
 */
public final class Fetcher {
    private static final Duration BUSY_WAITS = Duration.ofSeconds(1);
    private static final Duration UNKNOWN_WAITS = Duration.ofSeconds(30);

    private final Map<PartnerName, Adapter> adapters;
    private final FetchRun.Node node;
    private final Places usual;
    private final Places paced;
    private final Counter pages;
    private final Counter broken;
    private final Counter resumed;

    /** So many fetches at a time. */
    private record Places(String setting, int most, AtomicInteger taken) {
        static Places of(Config in, String setting, MeterRegistry registry, String gauge) {
            AtomicInteger taken = new AtomicInteger();
            registry.gauge(gauge, taken);
            return new Places(setting, in.getInt(setting), taken);
        }

        boolean take() {
            if (taken.incrementAndGet() > most) {
                taken.decrementAndGet();
                return false;
            }
            return true;
        }

        void free() {
            taken.decrementAndGet();
        }
    }

    public Fetcher(
            ActorSystem<?> system,
            Map<PartnerName, Adapter> adapters,
            Outbound outbound,
            Inbox inbox,
            Clock clock,
            MeterRegistry registry) {
        this.adapters = Map.copyOf(adapters);
        Config in = system.settings().config().getConfig("tournant.poll");
        this.usual = Places.of(in, "fetches-max", registry, "tournant.fetch.under-way");
        this.paced = Places.of(in, "paced-max", registry, "tournant.fetch.paced");
        this.node = new FetchRun.Node(
                outbound,
                inbox,
                system,
                system.executionContext(),
                clock,
                in.getInt("pages-max"),
                in.getDuration("unauthorised-retry"));
        this.pages = Counter.builder("tournant.fetch.pages")
                .description("pages that were fetched and put into Kafka")
                .register(registry);
        this.broken = Counter.builder("tournant.fetch.broken")
                .description("fetches that broke off and will be tried again")
                .register(registry);
        this.resumed = Counter.builder("tournant.fetch.resumed")
                .description("fetches that went on from the page where they had broken off")
                .register(registry);
    }

    /** As {@link dev.tournant.cluster.merchant.MerchantPorts#fetch}. */
    public void fetch(MerchantId merchant, Reading reading, ActorRef<Merchant.Internal> replyTo) {
        Reply reply = new Reply(reading, replyTo);
        Adapter adapter = adapters.get(reading.link().partner());
        if (adapter == null) {
            reply.broke(
                    new End(
                            Trouble.FAILED,
                            UNKNOWN_WAITS,
                            "there is no adapter for " + reading.link().partner()),
                    null,
                    reading.onward() != null);
            return;
        }
        Fetch fetch = new Fetch(reading.link(), reading.resource(), reading.since());
        Places places = reading.pause().isZero() ? usual : paced;
        if (!places.take()) {
            reply.broke(
                    new End(
                            Trouble.CROWDED,
                            BUSY_WAITS,
                            places.most() + " fetches are under way on this node, the most by tournant.poll."
                                    + places.setting()),
                    null,
                    reading.onward() != null);
            return;
        }
        FetchRun run;
        CompletionStage<Outcome.@Nullable TryLater> end;
        try {
            run = run(merchant, adapter, fetch, reading);
            end = run.start();
        } catch (RuntimeException e) {
            // An adapter that throws has a defect, which must not stop the merchant.
            run = null;
            end = CompletableFuture.failedFuture(e);
        }
        FetchRun started = run;
        end.handleAsync(
                (why, failure) -> {
                    places.free();
                    ended(started, reply, failure == null ? end(started, why) : broken(reading.link(), failure));
                    return null;
                },
                node.executor());
    }

    /** Why a fetch broke off. */
    private record End(Trouble trouble, Duration after, String why) {}

    /** Where the end of a fetch is told. */
    private record Reply(Reading reading, ActorRef<Merchant.Internal> to) {
        void done(FetchRun run) {
            to.tell(new Fetched(
                    reading.link().id().value(),
                    reading.resource(),
                    reading.generation(),
                    null,
                    Trouble.FAILED,
                    Duration.ZERO,
                    run.calls(),
                    run.pages(),
                    false,
                    run.task().begun()));
        }

        void broke(End end, @Nullable FetchRun run, boolean goesOn) {
            to.tell(new Fetched(
                    reading.link().id().value(),
                    reading.resource(),
                    reading.generation(),
                    end.why(),
                    end.trouble(),
                    end.after(),
                    run == null ? 0 : run.calls(),
                    run == null ? 0 : run.pages(),
                    goesOn,
                    run == null ? null : run.task().begun()));
        }
    }

    private static @Nullable End end(@Nullable FetchRun run, Outcome.@Nullable TryLater why) {
        if (why == null) {
            return null;
        }
        boolean isUnauthorised = run != null && run.isUnauthorised();
        return new End(isUnauthorised ? Trouble.UNAUTHORISED : Trouble.FAILED, why.after(), why.why());
    }

    private void ended(@Nullable FetchRun run, Reply reply, @Nullable End end) {
        pages.increment(run == null ? 0 : run.pages());
        if (end != null || run == null) {
            broken.increment();
            End why = end == null ? new End(Trouble.FAILED, Duration.ZERO, "it did not begin") : end;
            reply.broke(why, run, run != null && run.canGoOn());
            return;
        }
        reply.done(run);
    }

    /** A refusal of the gates says the same each time: what changes is remembered, and limits refuse often. */
    private static End broken(Link link, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof Gates.Refused refused
                ? new End(
                        Trouble.CROWDED,
                        refused.after(),
                        "the limits of " + link.partner() + " leave no room; GET /v1/pools shows them")
                : new End(Trouble.FAILED, Duration.ZERO, String.valueOf(cause.getMessage()));
    }

    /** From where it broke off, or from the beginning. */
    private FetchRun run(MerchantId merchant, Adapter adapter, Fetch fetch, Reading reading) {
        Instant now = node.clock().instant();
        FetchRun.Pace pace = new FetchRun.Pace(reading.lane(), reading.pause());
        Onward onward = Optional.ofNullable(reading.onward())
                .flatMap(Onward::read)
                .filter(each -> each.isOf(fetch))
                .filter(each -> now.isBefore(each.at().plus(adapter.pagesLast(fetch.resource()))))
                .orElse(null);
        if (onward != null) {
            resumed.increment();
            return new FetchRun(
                    onward.task(merchant, fetch, reading.generation()), adapter, node, pace, onward.place());
        }
        FetchRun.Task task = new FetchRun.Task(
                merchant, fetch, reading.generation(), UUID.randomUUID().toString(), now);
        return new FetchRun(task, adapter, node, pace, FetchRun.Place.first(adapter.open(fetch), now));
    }
}
