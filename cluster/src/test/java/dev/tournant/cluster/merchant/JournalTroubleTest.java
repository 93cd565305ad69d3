package dev.tournant.cluster.merchant;

import static dev.tournant.cluster.merchant.MerchantFixture.absorb;
import static dev.tournant.cluster.merchant.MerchantFixture.join;
import static dev.tournant.cluster.merchant.MerchantFixture.merchant;
import static dev.tournant.cluster.merchant.MerchantFixture.price;
import static dev.tournant.cluster.merchant.MerchantFixture.summary;
import static dev.tournant.cluster.merchant.MerchantFixture.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.cluster.LocalNode;
import dev.tournant.deploy.local.Cassandra;
import dev.tournant.deploy.local.CassandraConfig;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Outcome;
import dev.tournant.messages.Problem;
import dev.tournant.model.MerchantId;
import dev.tournant.persistence.Schema;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
                outage(cassandra, MerchantFixture.start(node));
            }
        }
    }

    private static void outage(Cassandra cassandra, ShardedMerchants merchants) {
        MerchantId merchant = merchant(merchants, "resilient");
        assertThat(absorb(merchants, merchant, webhook(1, "e1", price("tea", "1.00", 1))))
                .containsExactly(Outcome.APPLIED);

        cassandra.process().pause();
        MerchantReply during = join(merchants.tell(
                merchant,
                new MerchantCommand.Absorb(List.of(webhook(2, "e2", price("tea", "2.00", 2))), Instant.now()),
                Duration.ofSeconds(5)));
        assertThat(during)
                .isInstanceOfSatisfying(
                        MerchantReply.Rejected.class,
                        rejected -> assertThat(rejected.problem()).isEqualTo(Problem.UNAVAILABLE));
        cassandra.process().resume();

        // The same batch again, as ingestion would send it: taken once, whether or not the first write landed.
        Outcome outcome = insist(merchants, merchant);
        assertThat(outcome.kind()).isIn(Outcome.Kind.APPLIED, Outcome.Kind.REDELIVERED);
        MerchantReply.Merchant after = summary(merchants, merchant);
        assertThat(after.revision()).isEqualTo(3);
        assertThat(after.tally().total()).isEqualTo(2);
    }

    private static Outcome insist(ShardedMerchants merchants, MerchantId merchant) {
        for (int i = 0; i < 30; i++) {
            MerchantReply reply = join(merchants.tell(
                    merchant,
                    new MerchantCommand.Absorb(List.of(webhook(2, "e2", price("tea", "2.00", 2))), Instant.now()),
                    Duration.ofSeconds(3)));
            if (reply instanceof MerchantReply.Absorbed absorbed) {
                return absorbed.outcomes().get(0);
            }
        }
        throw new AssertionError("the merchant did not come back");
    }
}
