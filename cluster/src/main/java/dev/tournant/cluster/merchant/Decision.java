package dev.tournant.cluster.merchant;

import dev.tournant.messages.MerchantReply;
import dev.tournant.persistence.Commit;

/**
 * What a command leads to.
 *
 * @param commit what is to be written; empty if nothing
 * @param after the state with the commit in it
 * @param reply what is answered once it is written
 * @param weight about how many bytes the commit's values are in JSON
 */
record Decision(Commit commit, MerchantState after, MerchantReply reply, long weight) {
    static Decision unchanged(MerchantState state, MerchantReply reply) {
        return new Decision(Commit.EMPTY, state, reply, 0);
    }
}
