package dev.tournant.adapter;

import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.util.Map;

/**
 * One write.
 *
 * @param request what is sent
 * @param about our records that the call is about, with the names under which it speaks of them: the partner's own, or
 *     temporary ones that the answer replaces
 * @param lock calls of one account with the same lock are made one after another; empty for none
 */
public record Call(Request request, Map<RecordKey, RecordId> about, String lock) {
    public Call {
        about = Map.copyOf(about);
    }
}
