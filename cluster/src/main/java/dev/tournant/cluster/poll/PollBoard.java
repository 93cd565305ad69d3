package dev.tournant.cluster.poll;

import akka.actor.typed.ActorRef;
import dev.tournant.cluster.poll.PollerMessage.Look;
import dev.tournant.cluster.poll.PollerMessage.LookAt;
import dev.tournant.cluster.poll.PollerMessage.Refresh;
import dev.tournant.cluster.poll.PollerMessage.Refreshed;
import dev.tournant.cluster.poll.PollerMessage.Seen;
import dev.tournant.cluster.poll.PollerMessage.SeenOf;
import dev.tournant.cluster.poll.PollerMessage.Suppose;
import dev.tournant.cluster.poll.PollerMessage.Supposed;
import dev.tournant.messages.FreshnessBoard;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.MerchantProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks the pollers, wherever they are. One that is asked of a pool that nobody polls in is started, and rests again soon. */
final class PollBoard implements FreshnessBoard {
    private final ShardedPollers pollers;
    private final Duration within;
    private final Executor executor;

    /** @param within how long a poller may take to answer */
    PollBoard(ShardedPollers pollers, Duration within, Executor executor) {
        this.pollers = pollers;
        this.within = within;
        this.executor = executor;
    }

    private <T> CompletionStage<T> ask(String pool, Function<ActorRef<T>, PollerMessage> question) {
        return pollers.sharding().entityRefFor(Poller.TYPE, pool).<T>ask(question::apply, within);
    }

    @Override
    public CompletionStage<Optional<Pool>> pool(String name) {
        return this.<Seen>ask(name, Look::new).thenApplyAsync(seen -> Optional.ofNullable(seen.pool()), executor);
    }

    @Override
    public CompletionStage<Optional<Outlook>> suppose(String name, Supposition supposition) {
        return this.<Supposed>ask(name, replyTo -> new Suppose(supposition, replyTo))
                .thenApplyAsync(supposed -> Optional.ofNullable(supposed.outlook()), executor);
    }

    @Override
    public CompletionStage<Merchant> merchant(MerchantId merchant, MerchantProfile profile) {
        Set<LinkId> links = new HashSet<>();
        profile.links().forEach(link -> links.add(link.id()));
        return all(
                        pools(profile),
                        pool -> this.<SeenOf>ask(pool, replyTo -> new LookAt(merchant, links, replyTo))
                                .thenApplyAsync(seen -> new Heard(pool, seen.resources(), null), executor)
                                .exceptionallyAsync(failure -> new Heard(pool, List.of(), late(failure)), executor))
                .thenApplyAsync(PollBoard::merchant, executor);
    }

    /** What a pool said of a merchant; or why it said nothing, as it was silent for too long. */
    private record Heard(
            String pool, List<Resource> resources, @Nullable TimeoutException silence) {}

    /** Throws what is no mere silence. */
    private static TimeoutException late(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof TimeoutException late) {
            return late;
        }
        throw new CompletionException(cause);
    }

    private static Merchant merchant(List<Heard> heard) {
        List<Resource> resources = heard.stream()
                .flatMap(each -> each.resources().stream())
                .sorted(Comparator.comparing((Resource each) -> each.link().value())
                        .thenComparing(Resource::resource))
                .toList();
        List<String> silent = heard.stream()
                .filter(each -> each.silence() != null)
                .map(Heard::pool)
                .toList();
        if (!silent.isEmpty() && silent.size() == heard.size()) {
            throw new CompletionException(heard.get(0).silence());
        }
        return new Merchant(resources, silent);
    }

    private List<String> pools(MerchantProfile profile) {
        return pollers.feeds(profile).keySet().stream()
                .map(budget -> budget.pool())
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public CompletionStage<Integer> refresh(MerchantId merchant, MerchantProfile profile, @Nullable LinkId link) {
        // What a poller has not heard of yet it cannot refresh.
        pollers.has(merchant, profile);
        return all(pools(profile), pool -> this.<Refreshed>ask(pool, replyTo -> new Refresh(merchant, link, replyTo)))
                .thenApplyAsync(
                        answers ->
                                answers.stream().mapToInt(Refreshed::resources).sum(),
                        executor);
    }

    private <T> CompletionStage<List<T>> all(List<String> pools, Function<String, CompletionStage<T>> ask) {
        List<CompletableFuture<T>> asked = new ArrayList<>();
        pools.forEach(pool -> asked.add(ask.apply(pool).toCompletableFuture()));
        return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
                .thenApplyAsync(
                        done -> asked.stream().map(CompletableFuture::join).toList(), executor);
    }
}
