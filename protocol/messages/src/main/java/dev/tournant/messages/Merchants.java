package dev.tournant.messages;

import dev.tournant.model.MerchantId;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Talks to merchants wherever they live in the cluster. The stage completes with the merchant's answer, or with {@link
 * MerchantReply.Rejected} of {@link Problem#UNAVAILABLE} when none came within the time: a command may or may not have
 * been carried out then.
 */
public interface Merchants {
    CompletionStage<MerchantReply> tell(MerchantId merchant, MerchantCommand command, Duration within);

    CompletionStage<MerchantReply> ask(MerchantId merchant, MerchantQuery query, Duration within);
}
