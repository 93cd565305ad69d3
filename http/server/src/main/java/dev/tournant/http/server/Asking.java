package dev.tournant.http.server;

import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Merchants;
import dev.tournant.messages.Problem;
import dev.tournant.model.MerchantId;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Talks to merchants and turns every answer but the wanted one into a {@link Refusal}. */
final class Asking {
    private final Merchants merchants;
    private final Duration within;
    private final Executor executor;

    Asking(Merchants merchants, Duration within, Executor executor) {
        this.merchants = merchants;
        this.within = within;
        this.executor = executor;
    }

    CompletionStage<MerchantReply.Done> tell(MerchantId merchant, MerchantCommand command) {
        return wanted(merchants.tell(merchant, command, within), MerchantReply.Done.class);
    }

    CompletionStage<MerchantReply.Edited> edit(MerchantId merchant, MerchantCommand command) {
        return wanted(merchants.tell(merchant, command, within), MerchantReply.Edited.class);
    }

    CompletionStage<MerchantReply.Merchant> summary(MerchantId merchant) {
        return wanted(merchants.ask(merchant, new MerchantQuery.Summary(), within), MerchantReply.Merchant.class);
    }

    CompletionStage<MerchantReply.OneRecord> ask(MerchantId merchant, MerchantQuery.OneRecord query) {
        return wanted(merchants.ask(merchant, query, within), MerchantReply.OneRecord.class);
    }

    CompletionStage<MerchantReply.Records> ask(MerchantId merchant, MerchantQuery.Records query) {
        return wanted(merchants.ask(merchant, query, within), MerchantReply.Records.class);
    }

    /** Any other question, and the answer that is due. */
    <T extends MerchantReply> CompletionStage<T> ask(MerchantId merchant, MerchantQuery query, Class<T> due) {
        return wanted(merchants.ask(merchant, query, within), due);
    }

    private <T extends MerchantReply> CompletionStage<T> wanted(CompletionStage<MerchantReply> reply, Class<T> type) {
        return reply.thenApplyAsync(
                answer -> {
                    if (type.isInstance(answer)) {
                        return type.cast(answer);
                    }
                    if (answer instanceof MerchantReply.Rejected rejected) {
                        throw new Refusal(rejected.problem(), rejected.detail());
                    }
                    if (answer instanceof MerchantReply.SlowDown slowDown) {
                        throw new Refusal(
                                Problem.SLOW_DOWN,
                                "the merchant has no room for more now",
                                Duration.ofMillis(slowDown.retryAfterMillis()));
                    }
                    throw new IllegalStateException("a merchant answered "
                            + answer.getClass().getSimpleName() + " where " + type.getSimpleName() + " was due");
                },
                executor);
    }
}
