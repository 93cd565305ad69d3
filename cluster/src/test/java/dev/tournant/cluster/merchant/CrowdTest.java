package dev.tournant.cluster.merchant;

import static dev.tournant.cluster.merchant.MerchantFixture.merchant;
import static dev.tournant.cluster.merchant.MerchantFixture.summary;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.cluster.LocalNode;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.MerchantId;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** As many at once as a node may have under way to one merchant: nothing is lost, and no thread's stack overflows. */
class CrowdTest {
    private static final int EACH = 1_000;
    private static final Duration WITHIN = Duration.ofSeconds(30);

    @Test
    void answersEverybodyWhileItWakesAndWhileItWrites() {
        String keyspace = LocalNode.fresh("crowd");
        MerchantId merchant;
        try (LocalNode before = LocalNode.on(keyspace, "")) {
            merchant = merchant(MerchantFixture.start(before), "crowded");
        }
        try (LocalNode node = LocalNode.on(keyspace, "")) {
            ShardedMerchants merchants = MerchantFixture.start(node);
            for (int round = 1; round <= 3; round++) {
                crowd(merchants, merchant, round);
                assertThat(summary(merchants, merchant).revision()).isEqualTo(1 + (long) round * EACH);
            }
        }
    }

    private static void crowd(ShardedMerchants merchants, MerchantId merchant, int round) {
        List<CompletionStage<MerchantReply>> edits = new ArrayList<>();
        List<CompletionStage<MerchantReply>> questions = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            edits.add(merchants.tell(merchant, create("item-" + round + "-" + i), WITHIN));
            questions.add(merchants.ask(merchant, new MerchantQuery.Summary(), WITHIN));
        }
        assertThat(edits.stream().map(MerchantFixture::join))
                .allSatisfy(reply -> assertThat(reply).isInstanceOf(MerchantReply.Edited.class));
        assertThat(questions.stream().map(MerchantFixture::join))
                .allSatisfy(reply -> assertThat(reply).isInstanceOf(MerchantReply.Merchant.class));
    }

    private static MerchantCommand create(String item) {
        RecordDelta edit = RecordDelta.set(RecordKey.of(Kind.ITEM, item), Stamp.ZERO, 0, FieldMap.of(Item.NAME, item));
        return new MerchantCommand.EditRecord(edit, 0, item, Instant.now());
    }
}
