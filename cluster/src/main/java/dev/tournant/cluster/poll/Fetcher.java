package dev.tournant.cluster.poll;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.pattern.Patterns;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Gates;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Outbound;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Turn;
import dev.tournant.cluster.merchant.Merchant;
import dev.tournant.cluster.merchant.MerchantPorts.Fetched;
import dev.tournant.cluster.merchant.ReadPlan.Trouble;
import dev.tournant.messages.FeedPage;
import dev.tournant.messages.Inbound;
import dev.tournant.messages.Inbox;
import dev.tournant.model.Link;
import dev.tournant.model.MerchantId;
import dev.tournant.model.PartnerName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries out fetches: asks page after page, as the adapter says, and puts each answer as it is into {@code
 * tournant.inbound}. Nothing is interpreted here but where the next page is. At most {@code fetches-max} are under way
 * on a node; the next ones are told to come back.
 */
public final class Fetcher {
    private static final Duration BUSY_WAITS = Duration.ofSeconds(1);
    private static final Duration UNKNOWN_WAITS = Duration.ofSeconds(30);
    private static final Duration REFUSED_WAITS = Duration.ofSeconds(10);
    private static final Duration UNAUTHORISED_WAITS = Duration.ofMinutes(1);

    private final ActorSystem<?> system;
    private final Executor executor;
    private final Map<PartnerName, Adapter> adapters;
    private final Outbound outbound;
    private final Inbox inbox;
    private final int fetchesMax;
    private final int pagesMax;
    private final AtomicInteger underWay;
    private final Counter pages;
    private final Counter broken;

    public Fetcher(
            ActorSystem<?> system,
            Map<PartnerName, Adapter> adapters,
            Outbound outbound,
            Inbox inbox,
            MeterRegistry registry) {
        this.system = system;
        this.executor = system.executionContext();
        this.adapters = Map.copyOf(adapters);
        this.outbound = outbound;
        this.inbox = inbox;
        this.fetchesMax = system.settings().config().getInt("tournant.poll.fetches-max");
        this.pagesMax = system.settings().config().getInt("tournant.poll.pages-max");
        this.underWay = registry.gauge("tournant.fetch.under-way", new AtomicInteger());
        this.pages = Counter.builder("tournant.fetch.pages")
                .description("pages that were fetched and put into Kafka")
                .register(registry);
        this.broken = Counter.builder("tournant.fetch.broken")
                .description("fetches that broke off and will be tried again")
                .register(registry);
    }

    /** What is the same for all pages of one fetch. */
    private record Task(
            MerchantId merchant,
            Fetch fetch,
            long generation,
            Lane lane,
            Duration pause,
            Adapter adapter,
            String trace,
            AtomicInteger calls) {
        /** What a page is; only of a fetch that began at the beginning does it matter which. */
        FeedPage page(int number, boolean last, @Nullable String until) {
            FeedPage.Leaf leaf = fetch.since() == null ? new FeedPage.Leaf(trace, number) : null;
            return new FeedPage(fetch.resource(), generation, last, until, leaf);
        }
    }

    public void fetch(
            MerchantId merchant,
            Link link,
            String resource,
            @Nullable String since,
            long generation,
            Lane lane,
            Duration pause,
            ActorRef<Merchant.Internal> replyTo) {
        if (underWay.incrementAndGet() > fetchesMax) {
            underWay.decrementAndGet();
            String busy = fetchesMax + " fetches are under way on this node, the most";
            replyTo.tell(new Fetched(link.id().value(), resource, generation, busy, Trouble.CROWDED, BUSY_WAITS, 0));
            return;
        }
        AtomicInteger calls = new AtomicInteger();
        started(merchant, link, resource, since, generation, lane, pause, calls)
                .handleAsync(
                        (end, failure) -> {
                            underWay.decrementAndGet();
                            End why = failure == null ? end : broken(link, failure);
                            if (why != null) {
                                broken.increment();
                            }
                            replyTo.tell(new Fetched(
                                    link.id().value(),
                                    resource,
                                    generation,
                                    why == null ? null : why.why(),
                                    why == null ? Trouble.FAILED : why.trouble(),
                                    why == null ? Duration.ZERO : why.after(),
                                    calls.get()));
                            return null;
                        },
                        executor);
    }

    /** Why a fetch broke off. */
    private record End(Trouble trouble, Duration after, String why) {}

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

    /** An adapter that throws has a defect, which must not stop the merchant. */
    private CompletionStage<@Nullable End> started(
            MerchantId merchant,
            Link link,
            String resource,
            @Nullable String since,
            long generation,
            Lane lane,
            Duration pause,
            AtomicInteger calls) {
        try {
            return start(merchant, link, resource, since, generation, lane, pause, calls);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Completes with null at the end, or with why it broke off. */
    private CompletionStage<@Nullable End> start(
            MerchantId merchant,
            Link link,
            String resource,
            @Nullable String since,
            long generation,
            Lane lane,
            Duration pause,
            AtomicInteger calls) {
        Adapter adapter = adapters.get(link.partner());
        if (adapter == null) {
            return CompletableFuture.completedFuture(
                    new End(Trouble.FAILED, UNKNOWN_WAITS, "there is no adapter for " + link.partner()));
        }
        Fetch fetch = new Fetch(link, resource, since);
        Task task = new Task(
                merchant,
                fetch,
                generation,
                lane,
                pause,
                adapter,
                UUID.randomUUID().toString(),
                calls);
        return page(task, adapter.open(fetch), null, 1, 1);
    }

    /** @param number of the page, should the answer be one; it is asked for with the request of that number */
    private CompletionStage<@Nullable End> page(
            Task task, Request request, @Nullable String until, int requests, int number) {
        if (requests > pagesMax) {
            return CompletableFuture.completedFuture(new End(
                    Trouble.FAILED,
                    Duration.ofMinutes(1),
                    "more than " + pagesMax + " pages: the cursor may be in a loop"));
        }
        Instant asked = Instant.now();
        task.calls().incrementAndGet();
        return outbound.send(task.fetch().link(), request, task.lane())
                .thenComposeAsync(answer -> turn(task, request, asked, answer, until, requests, number), executor);
    }

    private CompletionStage<@Nullable End> turn(
            Task task,
            Request request,
            Instant asked,
            Answer answer,
            @Nullable String untilSoFar,
            int requests,
            int number) {
        Turn turn = task.adapter().turn(task.fetch(), request, answer);
        if (turn instanceof Turn.Broken broken) {
            return CompletableFuture.completedFuture(again(broken.outcome()));
        }
        if (turn instanceof Turn.Ask ask) {
            return page(task, ask.next(), untilSoFar, requests + 1, number);
        }
        Turn.Page page = (Turn.Page) turn;
        String until = page.until() == null ? untilSoFar : page.until();
        Request next = page.next();
        return append(task, asked, answer, task.page(number, next == null, until))
                .thenComposeAsync(
                        done -> {
                            pages.increment();
                            return next == null
                                    ? CompletableFuture.<@Nullable End>completedFuture(null)
                                    : after(task.pause(), () -> page(task, next, until, requests + 1, number + 1));
                        },
                        executor);
    }

    private CompletionStage<@Nullable End> after(Duration pause, Supplier<CompletionStage<@Nullable End>> then) {
        // Akka's stage would never complete with null.
        return pause.isZero()
                ? then.get()
                : Patterns.after(pause, system, () -> then.get().thenApplyAsync(Optional::ofNullable, executor))
                        .thenApplyAsync(end -> end.orElse(null), executor);
    }

    /** What does not pass by itself is looked at again too: somebody may have put it right. */
    private static End again(Outcome outcome) {
        if (outcome instanceof Outcome.TryLater later) {
            return new End(Trouble.FAILED, later.after(), later.why());
        }
        if (outcome instanceof Outcome.GiveUp giveUp) {
            return new End(Trouble.FAILED, REFUSED_WAITS, giveUp.code() + ": " + giveUp.why());
        }
        if (outcome instanceof Outcome.NeedsReauthorisation needs) {
            return new End(Trouble.UNAUTHORISED, UNAUTHORISED_WAITS, "needs new authorisation: " + needs.why());
        }
        return new End(Trouble.FAILED, REFUSED_WAITS, "the adapter answered a fetch with " + outcome);
    }

    /**
     * A page counts as of when it was asked for: what it shows may be from before a push that was answered while the page was
     * on its way, and what that push made must not be missed on it.
     */
    private CompletionStage<Void> append(Task task, Instant asked, Answer answer, FeedPage page) {
        Link link = task.fetch().link();
        return inbox.append(new Inbound(
                task.merchant(),
                link.partner(),
                link.id(),
                Inbound.Source.POLL,
                asked,
                task.trace(),
                page,
                answer.body()));
    }
}
