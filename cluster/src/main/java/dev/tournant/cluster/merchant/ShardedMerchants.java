package dev.tournant.cluster.merchant;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.cluster.sharding.typed.ClusterShardingSettings;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import dev.tournant.cluster.lease.NodeLeases;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantMessage;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Merchants;
import dev.tournant.messages.Problem;
import dev.tournant.model.MerchantId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Merchants by Akka Cluster Sharding. The number of requests that this node has under way to one merchant is bounded;
 * beyond it the answer is "slow down". What comes to a merchant while it writes waits in the merchant itself, where
 * {@link MerchantFront} puts it, and not in Akka's stash.
 */
public final class ShardedMerchants implements Merchants {
    private static final MerchantReply SLOW_DOWN = new MerchantReply.SlowDown(100);

    private final ClusterSharding sharding;
    private final Executor executor;
    private final int underWayMax;
    private final ConcurrentMap<MerchantId, AtomicInteger> underWay = new ConcurrentHashMap<>();
    private final Timer tellTime;
    private final Timer askTime;

    private ShardedMerchants(ActorSystem<?> system, int underWayMax, MeterRegistry registry) {
        this.sharding = ClusterSharding.get(system);
        this.executor = system.executionContext();
        this.underWayMax = underWayMax;
        this.tellTime = timer(registry, "tell", "until a command is answered");
        this.askTime = timer(registry, "ask", "until a question is answered");
    }

    private static Timer timer(MeterRegistry registry, String kind, String description) {
        return Timer.builder("tournant.merchants.ask")
                .description(description)
                .tag("kind", kind)
                .publishPercentiles(0.5, 0.99)
                .register(registry);
    }

    /** Lets this node hold merchants, and gives access to all of them. */
    public static ShardedMerchants start(ActorSystem<?> system, MerchantSetup setup, MeterRegistry registry) {
        ShardedMerchants merchants = new ShardedMerchants(
                system, system.settings().config().getInt("tournant.merchant.under-way-max"), registry);
        Duration idleAfter = system.settings().config().getDuration("tournant.merchant.idle-after");
        merchants.sharding.init(Entity.of(
                        Merchant.TYPE,
                        entity -> Merchant.create(
                                new MerchantId(entity.getEntityId()),
                                setup,
                                entity.getShard(),
                                idleAfter,
                                shard -> NodeLeases.token(system, Merchant.TYPE.name(), shard)))
                .withSettings(ClusterShardingSettings.create(system).withNoPassivationStrategy())
                .withStopMessage(Merchant.Stop.STOP));
        return merchants;
    }

    @Override
    public CompletionStage<MerchantReply> tell(MerchantId merchant, MerchantCommand command, Duration within) {
        return request(merchant, replyTo -> new MerchantMessage.Change(command, replyTo), within, tellTime);
    }

    @Override
    public CompletionStage<MerchantReply> ask(MerchantId merchant, MerchantQuery query, Duration within) {
        return request(merchant, replyTo -> new MerchantMessage.Ask(query, replyTo), within, askTime);
    }

    private CompletionStage<MerchantReply> request(
            MerchantId merchant,
            Function<ActorRef<MerchantReply>, MerchantMessage> message,
            Duration within,
            Timer timer) {
        if (!enter(merchant)) {
            return CompletableFuture.completedFuture(SLOW_DOWN);
        }
        long startedNanos = System.nanoTime();
        return sharding.entityRefFor(Merchant.TYPE, merchant.value())
                .ask(message::apply, within)
                .handleAsync(
                        (reply, failure) -> {
                            leave(merchant);
                            timer.record(Duration.ofNanos(System.nanoTime() - startedNanos));
                            return failure == null ? reply : unavailable(merchant, failure);
                        },
                        executor);
    }

    private boolean enter(MerchantId merchant) {
        boolean[] entered = {true};
        underWay.compute(merchant, (id, count) -> {
            AtomicInteger now = count == null ? new AtomicInteger() : count;
            entered[0] = now.get() < underWayMax;
            if (entered[0]) {
                now.incrementAndGet();
            }
            return now;
        });
        return entered[0];
    }

    private void leave(MerchantId merchant) {
        underWay.computeIfPresent(merchant, (id, count) -> count.decrementAndGet() == 0 ? null : count);
    }

    private static MerchantReply unavailable(MerchantId merchant, Throwable failure) {
        boolean late = failure instanceof TimeoutException || failure.getCause() instanceof TimeoutException;
        return new MerchantReply.Rejected(
                Problem.UNAVAILABLE,
                late ? "merchant " + merchant + " did not answer in time" : "merchant " + merchant + ": " + failure);
    }
}
