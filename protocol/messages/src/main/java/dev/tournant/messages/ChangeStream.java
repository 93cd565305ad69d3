package dev.tournant.messages;

import dev.tournant.model.MerchantId;
import java.util.concurrent.Flow;

/** The revisions of one merchant, past and to come. */
public interface ChangeStream {
    /**
     * Every revision after {@code revision}, in order, without gaps, and then what is committed from now on. Ends with
     * an error when the reader is too slow or the merchant does not answer; the reader then asks again from the last
     * revision it has.
     */
    Flow.Publisher<Revision> after(MerchantId merchant, long revision);
}
