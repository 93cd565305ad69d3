package dev.tournant.cluster.merchant;

import static dev.tournant.cluster.merchant.MerchantFixture.absorb;
import static dev.tournant.cluster.merchant.MerchantFixture.join;
import static dev.tournant.cluster.merchant.MerchantFixture.merchant;
import static dev.tournant.cluster.merchant.MerchantFixture.price;
import static dev.tournant.cluster.merchant.MerchantFixture.summary;
import static dev.tournant.cluster.merchant.MerchantFixture.webhook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.typed.ActorRef;
import dev.tournant.cluster.LocalNode;
import dev.tournant.deploy.local.Cassandra;
import dev.tournant.deploy.local.CassandraConfig;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Outcome;
import dev.tournant.messages.Problem;
import dev.tournant.messages.Revision;
import dev.tournant.model.MerchantId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.persistence.Schema;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal goes away and comes back. */
class JournalTroubleTest {
    @Test
    void answersNothingThatIsNotWrittenAndGoesOnWhenTheJournalIsBack(@TempDir Path data) {
        CassandraConfig config = CassandraConfig.defaults();
        try (Cassandra cassandra = Cassandra.start(
                data.resolve("cassandra"), config.withLimits(config.limits().withQuickStart(true)))) {
            Schema.apply(cassandra.hostPort(), cassandra.datacenter(), "trouble", 1);
            try (LocalNode node = LocalNode.at(cassandra.hostPort(), "trouble", """
                    datastax-java-driver.basic.request.timeout = 2s
                    akka.persistence.cassandra.journal.circuit-breaker.call-timeout = 3s
                    """)) {
                Stubborn ports = new Stubborn();
                outage(cassandra, MerchantFixture.start(node, ports), ports);
            }
        }
    }

    private static void outage(Cassandra cassandra, ShardedMerchants merchants, Stubborn ports) {
        MerchantId merchant = merchant(merchants, "resilient");
        assertThat(absorb(merchants, merchant, webhook(1, "e1", price("tea", "1.00", 1))))
                .containsExactly(Outcome.APPLIED);

        // A retry is pending when the journal fails: it must not be forgotten with the timers of the actor.
        ports.refuses.set(true);
        assertThat(absorb(merchants, merchant, webhook(9, "e9", price("tea", "1.50", 1))))
                .containsExactly(Outcome.APPLIED);
        cassandra.process().pause();
        MerchantReply during = join(merchants.tell(
                merchant,
                new MerchantCommand.Absorb(List.of(webhook(10, "e2", price("tea", "2.00", 2))), Instant.now()),
                Duration.ofSeconds(5)));
        assertThat(during)
                .isInstanceOfSatisfying(
                        MerchantReply.Rejected.class,
                        rejected -> assertThat(rejected.problem()).isEqualTo(Problem.UNAVAILABLE));
        cassandra.process().resume();
        ports.refuses.set(false);

        // The same batch again, as ingestion would send it: taken once, whether or not the first write landed.
        Outcome outcome = insist(merchants, merchant);
        assertThat(outcome.kind()).isIn(Outcome.Kind.APPLIED, Outcome.Kind.REDELIVERED);
        MerchantReply.Merchant after = summary(merchants, merchant);
        assertThat(after.revision()).isEqualTo(4);
        assertThat(after.tally().total()).isEqualTo(3);
        await().atMost(Duration.ofSeconds(20)).until(() -> ports.published.get() == 4);
    }

    /** Publishes, unless it is told not to; knows how far it came. */
    private static final class Stubborn extends MerchantFixture.Silent {
        private final AtomicBoolean refuses = new AtomicBoolean();
        private final AtomicLong published = new AtomicLong();

        @Override
        public void publish(
                MerchantId merchant,
                List<Revision> revisions,
                @Nullable MerchantProfile profile,
                ActorRef<Merchant.Internal> replyTo) {
            if (refuses.get()) {
                replyTo.tell(new MerchantPorts.Published(0, "not now"));
                return;
            }
            published.set(revisions.get(revisions.size() - 1).number());
            super.publish(merchant, revisions, profile, replyTo);
        }
    }

    private static Outcome insist(ShardedMerchants merchants, MerchantId merchant) {
        for (int i = 0; i < 30; i++) {
            MerchantReply reply = join(merchants.tell(
                    merchant,
                    new MerchantCommand.Absorb(List.of(webhook(10, "e2", price("tea", "2.00", 2))), Instant.now()),
                    Duration.ofSeconds(3)));
            if (reply instanceof MerchantReply.Absorbed absorbed) {
                return absorbed.outcomes().get(0);
            }
        }
        throw new AssertionError("the merchant did not come back");
    }
}
