package dev.tournant.cluster.poll;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.typesafe.config.ConfigFactory;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Limit;
import dev.tournant.adapter.Party;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Refusals;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Turn;
import dev.tournant.adapter.auth.AuthScheme;
import dev.tournant.adapters.square.SquareAdapter;
import dev.tournant.cluster.gate.Budgets;
import dev.tournant.cluster.merchant.ReadPlan.Trouble;
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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ShardedPollersTest {
    private static final ActorTestKit KIT = ActorTestKit.create(ConfigFactory.parseString("""
            akka.remote.artery.canonical.port = 0
            akka.coordinated-shutdown.exit-jvm = off
            """)
            .withFallback(ConfigFactory.parseResources("tournant-cluster.conf"))
            .withFallback(ConfigFactory.defaultReference())
            .resolve());

    private static final PartnerName KIOSK = new PartnerName("kiosk");
    private static final MerchantId GRILL = new MerchantId("grill");
    private static final Link LINK = new Link(new LinkId("kiosk-1"), KIOSK, "K1", null, "main");

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    /** One that has a menu, and cannot say how it is asked for. */
    private static final class Broken implements Adapter {
        private final Adapter other = new SquareAdapter();

        @Override
        public PartnerName partner() {
            return KIOSK;
        }

        @Override
        public Set<Capability> capabilities() {
            return other.capabilities();
        }

        @Override
        public AuthScheme authentication() {
            return other.authentication();
        }

        @Override
        public List<Limit> limits() {
            return List.of();
        }

        @Override
        public Refusals refusals() {
            return other.refusals();
        }

        @Override
        public List<String> resources() {
            return List.of("menu");
        }

        @Override
        public Reading read(Payload payload) {
            throw new IllegalStateException("nothing is read");
        }

        @Override
        public Request open(Fetch fetch) {
            throw new IllegalStateException("a link without a location");
        }

        @Override
        public Turn turn(Fetch fetch, Request asked, Answer answer) {
            throw new IllegalStateException("nothing is asked");
        }
    }

    /** Nothing is kept. */
    private static final class Forgetful implements PollMemories {
        @Override
        public CompletionStage<byte[]> read(String pool) {
            return CompletableFuture.completedFuture(new byte[0]);
        }

        @Override
        public CompletionStage<Void> write(String pool, long generation, byte[] bytes) {
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Merchants ask for it whenever they read or want to, the round for each of them: neither may stop for it. */
    @Test
    void anAdapterThatThrowsIsReadByNobodyAndStopsNobody() {
        ShardedPollers pollers = ShardedPollers.start(
                KIT.system(),
                Map.of(KIOSK, new Broken()),
                Budgets.of(
                        KIT.system().settings().config(),
                        Map.of(),
                        link -> new Party(link.partner(), link.credentials(), link.account(), link.location())),
                new Forgetful(),
                new SimpleMeterRegistry());
        MerchantProfile profile =
                new MerchantProfile("Grill", Currency.getInstance("USD"), ZoneId.of("America/New_York"), List.of(LINK));

        assertThat(pollers.budget(LINK, "menu")).isEmpty();
        assertThat(pollers.feeds(profile)).isEmpty();
        pollers.has(GRILL, profile);
        pollers.ordered("kiosk:calls:all:K1", GRILL, LINK, "menu");
        pollers.broke(GRILL, LINK, "menu", Trouble.FAILED, null);
        assertThat(pollers.board()
                        .merchant(GRILL, profile)
                        .toCompletableFuture()
                        .join()
                        .resources())
                .isEmpty();
    }
}
