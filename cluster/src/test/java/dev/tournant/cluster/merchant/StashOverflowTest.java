package dev.tournant.cluster.merchant;

import static dev.tournant.cluster.merchant.MerchantFixture.absorb;
import static dev.tournant.cluster.merchant.MerchantFixture.merchant;
import static dev.tournant.cluster.merchant.MerchantFixture.price;
import static dev.tournant.cluster.merchant.MerchantFixture.summary;
import static dev.tournant.cluster.merchant.MerchantFixture.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.cluster.LocalNode;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Outcome;
import dev.tournant.messages.Problem;
import dev.tournant.model.MerchantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A stash that is too small, as it must never be: the merchant fails loudly, and comes back. */
class StashOverflowTest {
    private static final int QUESTIONS = 200;
    private static final int WEBHOOKS = 20;

    @Test
    void stopsTheMerchantWhichComesBackForTheNextMessage() {
        String keyspace = LocalNode.fresh("overflow");
        MerchantId merchant;
        try (LocalNode before = LocalNode.on(keyspace, "")) {
            merchant = merchant(MerchantFixture.start(before), "overflowing");
        }
        try (LocalNode node = LocalNode.on(keyspace, "akka.persistence.typed.stash-capacity = 4")) {
            ShardedMerchants merchants = MerchantFixture.start(node);
            // They come while the merchant wakes, when all that comes is stashed.
            List<CompletionStage<MerchantReply>> replies = new ArrayList<>();
            for (int i = 0; i < QUESTIONS; i++) {
                replies.add(merchants.ask(merchant, new MerchantQuery.Summary(), Duration.ofSeconds(3)));
            }
            assertThat(replies.stream().map(MerchantFixture::join))
                    .as("some callers hear nothing")
                    .anySatisfy(reply -> assertThat(reply)
                            .isInstanceOfSatisfying(
                                    MerchantReply.Rejected.class,
                                    rejected -> assertThat(rejected.problem()).isEqualTo(Problem.UNAVAILABLE)));

            for (int i = 1; i <= WEBHOOKS; i++) {
                assertThat(absorb(merchants, merchant, webhook(i, "e" + i, price("item-" + i, "1.00", 1))))
                        .containsExactly(Outcome.APPLIED);
            }
            assertThat(summary(merchants, merchant).revision()).isEqualTo(1 + WEBHOOKS);
        }
    }
}
