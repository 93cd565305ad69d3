package dev.tournant.cluster.merchant;

import static dev.tournant.cluster.merchant.MerchantFixture.absorb;
import static dev.tournant.cluster.merchant.MerchantFixture.join;
import static dev.tournant.cluster.merchant.MerchantFixture.merchant;
import static dev.tournant.cluster.merchant.MerchantFixture.price;
import static dev.tournant.cluster.merchant.MerchantFixture.webhook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.typed.ActorRef;
import dev.tournant.cluster.LocalNode;
import dev.tournant.cluster.lease.NodeLease;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Problem;
import dev.tournant.messages.Revision;
import dev.tournant.model.MerchantId;
import dev.tournant.model.MerchantProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A merchant on a node whose lease is over: here it fails where a real node halts. */
class MerchantLeaseTest {
    private static final Duration SHORT = Duration.ofSeconds(3);

    private static final class Switch implements NodeLease {
        /** So many checks pass, and no more after them. */
        final AtomicInteger passing = new AtomicInteger(Integer.MAX_VALUE);

        @Override
        public void check() {
            if (passing.getAndDecrement() <= 0) {
                throw new IllegalStateException("this node would halt here");
            }
        }

        @Override
        public Duration left() {
            return Duration.ZERO;
        }
    }

    /** Counts what is published of the change that nobody may see. */
    private static final class Published extends MerchantFixture.Silent {
        final AtomicLong through = new AtomicLong();

        @Override
        public void publish(
                MerchantId merchant,
                List<Revision> revisions,
                @Nullable MerchantProfile profile,
                ActorRef<Merchant.Internal> replyTo) {
            through.set(revisions.get(revisions.size() - 1).number());
            super.publish(merchant, revisions, profile, replyTo);
        }
    }

    @Test
    void showsNothingOfAWriteThatEndedAfterTheLease() {
        Switch lease = new Switch();
        Published published = new Published();
        try (LocalNode node = LocalNode.on(LocalNode.fresh("lease"), "")) {
            ShardedMerchants merchants = MerchantFixture.start(node, published, lease);
            MerchantId merchant = merchant(merchants, "paused");
            absorb(merchants, merchant, webhook(1, "e1", price("tea", "1.50", 1)));
            // The answer goes out before the revision does: the profile's is the first, the price's the second.
            await().atMost(MerchantFixture.WITHIN).until(() -> published.through.get() == 2);

            lease.passing.set(0);
            Delivery late = webhook(2, "e2", price("tea", "2.50", 2));
            MerchantReply reply =
                    join(merchants.tell(merchant, new MerchantCommand.Absorb(List.of(late), Instant.now()), SHORT));
            assertUnavailable(reply);
            assertThat(published.through.get()).isEqualTo(2);

            lease.passing.set(Integer.MAX_VALUE);
            assertThat(absorb(merchants, merchant, webhook(3, "e3", price("tea", "3.50", 3))))
                    .as("the next one that may act goes on")
                    .hasSize(1);
        }
    }

    @Test
    void answersNoQuestionAfterTheLease() {
        Switch lease = new Switch();
        try (LocalNode node = LocalNode.on(LocalNode.fresh("lease"), "")) {
            ShardedMerchants merchants = MerchantFixture.start(node, new MerchantFixture.Silent(), lease);
            MerchantId merchant = merchant(merchants, "asked");
            lease.passing.set(0);
            assertUnavailable(join(merchants.ask(merchant, new MerchantQuery.Summary(), SHORT)));
        }
    }

    private static void assertUnavailable(MerchantReply reply) {
        assertThat(reply)
                .isInstanceOfSatisfying(
                        MerchantReply.Rejected.class,
                        rejected -> assertThat(rejected.problem()).isEqualTo(Problem.UNAVAILABLE));
    }
}
