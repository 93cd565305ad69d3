package dev.tournant.cluster.poll;

import akka.actor.ClassicActorSystemProvider;
import akka.pattern.Patterns;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Outbound;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Turn;
import dev.tournant.messages.FeedPage;
import dev.tournant.messages.Inbound;
import dev.tournant.messages.Inbox;
import dev.tournant.model.Link;
import dev.tournant.model.MerchantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One try of a fetch: asks page after page from a place on, and puts each into {@code tournant.inbound}. */
final class FetchRun {
    private static final Duration REFUSED_WAITS = Duration.ofSeconds(10);
    private static final Duration LOOP_WAITS = Duration.ofMinutes(1);

    /**
     * What is the same for all pages of one fetch, also where it goes on after it broke off.
     *
     * @param read names this reading
     * @param begun when its first page was asked for
     */
    record Task(MerchantId merchant, Fetch fetch, long generation, String read, Instant begun) {
        /**
         * What a page is; only of a fetch that began at the beginning does it matter which.
         *
         * @param next where the fetch goes on; null behind the last page
         */
        FeedPage page(int number, @Nullable String until, @Nullable Place next) {
            FeedPage.Leaf leaf = fetch.since() == null ? new FeedPage.Leaf(read, number) : null;
            String onward = next == null ? null : Onward.of(this, next).text();
            return new FeedPage(fetch.resource(), generation, next == null, until, leaf, onward);
        }
    }

    /**
     * Where a fetch is.
     *
     * @param request what is asked next
     * @param until what was said so far
     * @param requests how many were answered
     * @param page the number of the page, should the answer be one
     * @param at when the answer came that led here
     */
    record Place(Request request, @Nullable String until, int requests, int page, Instant at) {
        static Place first(Request request, Instant now) {
            return new Place(request, null, 0, 1, now);
        }
    }

    /**
     * What a node gives to all fetches.
     *
     * @param unauthorisedRetry how long what somebody has to authorise is left alone
     */
    record Node(
            Outbound outbound,
            Inbox inbox,
            ClassicActorSystemProvider system,
            Executor executor,
            Clock clock,
            int pagesMax,
            Duration unauthorisedRetry) {}

    /** How urgent this try is, and how long it rests between two pages. */
    record Pace(Lane lane, Duration pause) {}

    private final Task task;
    private final Adapter adapter;
    private final Node node;
    private final Pace pace;
    private volatile Place place;
    private final AtomicInteger pages = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean isRefused;
    private volatile boolean isUnauthorised;

    FetchRun(Task task, Adapter adapter, Node node, Pace pace, Place place) {
        this.task = task;
        this.adapter = adapter;
        this.node = node;
        this.pace = pace;
        this.place = place;
    }

    Task task() {
        return task;
    }

    /** What was not answered, or whose answer could not be kept. */
    Place place() {
        return place;
    }

    /** Pages that this try put into Kafka. */
    int pages() {
        return pages.get();
    }

    /** Requests that this try sent. */
    int calls() {
        return calls.get();
    }

    /** Whether it broke off for want of an authorisation. */
    boolean isUnauthorised() {
        return isUnauthorised;
    }

    /** Whether another try can go on from {@link #place}: there is a page before it, and the partner still knows it. */
    boolean canGoOn() {
        return place.page() > 1 && !isRefused;
    }

    /** Completes with null at the end, or with why it broke off. */
    CompletionStage<Outcome.@Nullable TryLater> start() {
        Place from = place;
        if (from.requests() >= node.pagesMax()) {
            isRefused = true;
            return CompletableFuture.completedFuture(new Outcome.TryLater(
                    LOOP_WAITS, "more than " + node.pagesMax() + " pages: the cursor may be in a loop"));
        }
        Instant asked = node.clock().instant();
        calls.incrementAndGet();
        return node.outbound()
                .send(task.fetch().link(), from.request(), pace.lane())
                .thenComposeAsync(answer -> turn(from, asked, answer), node.executor());
    }

    private CompletionStage<Outcome.@Nullable TryLater> turn(Place from, Instant asked, Answer answer) {
        Turn turn = adapter.turn(task.fetch(), from.request(), answer);
        if (turn instanceof Turn.Broken broken) {
            isRefused = broken.outcome() instanceof Outcome.GiveUp;
            isUnauthorised = broken.outcome() instanceof Outcome.NeedsReauthorisation;
            return CompletableFuture.completedFuture(again(broken.outcome()));
        }
        Instant now = node.clock().instant();
        int requests = from.requests() + 1;
        if (turn instanceof Turn.Ask ask) {
            place = new Place(ask.next(), from.until(), requests, from.page(), now);
            return start();
        }
        Turn.Page page = (Turn.Page) turn;
        String until = page.until() == null ? from.until() : page.until();
        Request next = page.next();
        Place onward = next == null ? null : new Place(next, until, requests, from.page() + 1, now);
        return append(asked, answer, task.page(from.page(), until, onward))
                .thenComposeAsync(
                        done -> {
                            pages.incrementAndGet();
                            if (onward == null) {
                                return CompletableFuture.<Outcome.@Nullable TryLater>completedFuture(null);
                            }
                            place = onward;
                            return pace.pause().isZero() ? start() : rested();
                        },
                        node.executor());
    }

    /** Akka's stage would never complete with null. */
    private CompletionStage<Outcome.@Nullable TryLater> rested() {
        return Patterns.after(
                        pace.pause(),
                        node.system(),
                        () -> start().thenApplyAsync(Optional::ofNullable, node.executor()))
                .thenApplyAsync(end -> end.orElse(null), node.executor());
    }

    /** What does not pass by itself is looked at again too: somebody may have put it right. */
    private Outcome.TryLater again(Outcome outcome) {
        if (outcome instanceof Outcome.TryLater later) {
            return later;
        }
        if (outcome instanceof Outcome.GiveUp giveUp) {
            return new Outcome.TryLater(REFUSED_WAITS, giveUp.code() + ": " + giveUp.why());
        }
        if (outcome instanceof Outcome.NeedsReauthorisation needs) {
            return new Outcome.TryLater(node.unauthorisedRetry(), "needs new authorisation: " + needs.why());
        }
        return new Outcome.TryLater(REFUSED_WAITS, "the adapter answered a fetch with " + outcome);
    }

    /**
     * A page counts as of when it was asked for: what it shows may be from before a push that was answered while the page was
     * on its way, and what that push made must not be missed on it.
     */
    private CompletionStage<Void> append(Instant asked, Answer answer, FeedPage page) {
        Link link = task.fetch().link();
        return node.inbox()
                .append(new Inbound(
                        task.merchant(),
                        link.partner(),
                        link.id(),
                        Inbound.Source.POLL,
                        asked,
                        task.read(),
                        page,
                        answer.body()));
    }
}
