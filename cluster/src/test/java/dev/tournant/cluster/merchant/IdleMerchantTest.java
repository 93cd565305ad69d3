package dev.tournant.cluster.merchant;

import static dev.tournant.cluster.merchant.MerchantFixture.LINK;
import static dev.tournant.cluster.merchant.MerchantFixture.WITHIN;
import static dev.tournant.cluster.merchant.MerchantFixture.absorb;
import static dev.tournant.cluster.merchant.MerchantFixture.join;
import static dev.tournant.cluster.merchant.MerchantFixture.merchant;
import static dev.tournant.cluster.merchant.MerchantFixture.summary;
import static org.awaitility.Awaitility.await;

import akka.actor.typed.javadsl.AskPattern;
import akka.cluster.sharding.ShardRegion.CurrentShardRegionState;
import akka.cluster.sharding.typed.GetShardRegionState;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import dev.tournant.cluster.LocalNode;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.FeedPage;
import dev.tournant.messages.Position;
import dev.tournant.model.MerchantId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

/** A merchant leaves the memory once nobody speaks to it, and not before it has done what it has to. */
class IdleMerchantTest {
    private static final Duration IDLE = Duration.ofSeconds(1);

    private static LocalNode node;
    private static ShardedMerchants merchants;

    @BeforeAll
    static void start() {
        node = LocalNode.on(LocalNode.fresh("idle"), "tournant.merchant.idle-after = " + IDLE.toMillis() + "ms");
        merchants = MerchantFixture.start(node);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void restsWhenNobodySpeaksToItThoughItIsWoken() {
        MerchantId merchant = merchant(merchants, "idle");
        read(merchant);
        // More often than it has to be idle for; one that comes while it falls asleep wakes it at once.
        await().atMost(WITHIN).pollInterval(IDLE.multipliedBy(2).dividedBy(3)).until(() -> {
            boolean rests = !isAwake(merchant);
            if (!rests) {
                ClusterSharding.get(node.system())
                        .entityRefFor(Merchant.TYPE, merchant.value())
                        .tell(new Merchant.Wake(1));
            }
            return rests;
        });
        await().atMost(WITHIN).until(() -> summary(merchants, merchant).revision() == 1);
    }

    @Test
    void staysWhileThereIsSomethingToRead() {
        MerchantId merchant = merchant(merchants, "busy");
        await().atMost(WITHIN).during(IDLE.multipliedBy(3)).until(() -> isAwake(merchant));
        read(merchant);
        await().atMost(WITHIN).until(() -> !isAwake(merchant));
    }

    private static void read(MerchantId merchant) {
        absorb(
                merchants,
                merchant,
                new Delivery(new Position("topic", 0, 1), LINK, List.of(), new FeedPage("catalog", 1, true, null)));
    }

    private static boolean isAwake(MerchantId merchant) {
        CurrentShardRegionState state = join(AskPattern.ask(
                ClusterSharding.get(node.system()).shardState(),
                replyTo -> new GetShardRegionState(Merchant.TYPE, replyTo),
                WITHIN,
                node.system().scheduler()));
        return CollectionConverters.asJava(state.shards()).stream()
                .anyMatch(
                        shard -> CollectionConverters.asJava(shard.entityIds()).contains(merchant.value()));
    }
}
