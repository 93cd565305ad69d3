package dev.tournant.cluster.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import com.typesafe.config.ConfigFactory;
import dev.tournant.adapter.Party;
import dev.tournant.adapters.square.SquareAdapter;
import dev.tournant.cluster.gate.Budgets;
import dev.tournant.cluster.merchant.Merchant;
import dev.tournant.messages.FreshnessBoard;
import dev.tournant.messages.MerchantMessage;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerName;
import dev.tournant.persistence.PollMemories;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A node whose pollers of some pools are silent, as what they had learnt is not read. */
class PollBoardTest {
    private static final ActorTestKit KIT = ActorTestKit.create(ConfigFactory.parseString("""
            akka.remote.artery.canonical.port = 0
            akka.cluster.jmx.multi-mbeans-in-same-jvm = on
            akka.coordinated-shutdown.exit-jvm = off
            akka.actor.testkit.typed.system-shutdown-default = 60s
            akka.cluster.sharding.number-of-shards = 10
            tournant.poll.look-timeout = 3s
            """)
            .withFallback(ConfigFactory.parseResources("tournant-cluster.conf"))
            .withFallback(ConfigFactory.defaultReference())
            .resolve());

    private static final PartnerName SQUARE = new PartnerName("square");
    private static final MerchantId GRILL = new MerchantId("grill");
    private static final Link TALKS = link("sq-1", "talks");
    private static final Link SILENT = link("sq-2", "silent");

    /** What the silent ones had learnt. */
    private static final CompletableFuture<byte[]> UNREAD = new CompletableFuture<>();

    private static final ShardedPollers POLLERS = pollers();

    private static Link link(String id, String credentials) {
        return new Link(new LinkId(id), SQUARE, "M1", "L1", credentials);
    }

    private static ShardedPollers pollers() {
        Cluster cluster = Cluster.get(KIT.system());
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
        // Those who are told to read do not.
        ClusterSharding.get(KIT.system())
                .init(Entity.of(
                        Merchant.TYPE,
                        entity -> Behaviors.receive(MerchantMessage.class)
                                .onAnyMessage(read -> Behaviors.same())
                                .build()));
        return ShardedPollers.start(
                KIT.system(),
                Map.of(SQUARE, new SquareAdapter()),
                Budgets.of(
                        KIT.system().settings().config(),
                        Map.of(),
                        link -> new Party(link.partner(), link.credentials(), link.account(), link.location())),
                new PollMemories() {
                    @Override
                    public CompletionStage<byte[]> read(String pool) {
                        return pool.contains("silent") ? UNREAD : CompletableFuture.completedFuture(new byte[0]);
                    }

                    @Override
                    public CompletionStage<Void> write(String pool, long generation, byte[] bytes) {
                        return CompletableFuture.completedFuture(null);
                    }
                },
                new SimpleMeterRegistry());
    }

    @AfterAll
    static void stop() {
        UNREAD.complete(new byte[0]);
        KIT.shutdownTestKit();
    }

    private static MerchantProfile profile(Link... links) {
        return new MerchantProfile("Grill", Currency.getInstance("USD"), ZoneId.of("America/New_York"), List.of(links));
    }

    private static FreshnessBoard.Merchant shown(MerchantProfile profile) {
        POLLERS.has(GRILL, profile);
        return POLLERS.board().merchant(GRILL, profile).toCompletableFuture().join();
    }

    @Test
    void showsWhatTheOtherPoolsSayAndNamesTheSilentOne() {
        FreshnessBoard.Merchant shown = shown(profile(TALKS, SILENT));

        assertThat(shown.resources())
                .isNotEmpty()
                .extracting(FreshnessBoard.Resource::link)
                .containsOnly(TALKS.id());
        assertThat(shown.silentPools())
                .containsExactly(POLLERS.budget(SILENT, "catalog").orElseThrow().pool());
        assertThat(shown(profile(TALKS)).silentPools()).isEmpty();
    }

    @Test
    void failsWhereNoneAnswers() {
        assertThatThrownBy(() -> shown(profile(SILENT))).hasCauseInstanceOf(TimeoutException.class);
        assertThat(shown(profile())).isEqualTo(new FreshnessBoard.Merchant(List.of(), List.of()));
    }
}
