package dev.tournant.messages;

import dev.tournant.model.MerchantId;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** The revisions of one merchant, past and to come. */
public interface ChangeStream {
    /**
     * Every revision after {@code revision}, in order, without gaps, and then what is committed from now on. Ends with
     * an error when the reader is too slow or the merchant does not answer; the reader then asks again from the last
     * revision it has.
     *
     * <p>Completes when the merchant has begun to tell; the publisher then holds a place there until it is subscribed to and
     * cancelled. Fails with {@link Declined} where the merchant has no place, or does not answer.
     */
    CompletionStage<Flow.Publisher<Revision>> after(MerchantId merchant, long revision);
}
