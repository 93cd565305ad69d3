package dev.tournant.cluster.merchant;

import dev.tournant.messages.MerchantReply;
import dev.tournant.persistence.Commit;

/**
 * What a command leads to.
 *
 * @param commit what is to be written; empty if nothing
 * @param after the state with the commit in it
 * @param reply what is answered once it is written
 */
record Decision(Commit commit, MerchantState after, MerchantReply reply) {
    static Decision unchanged(MerchantState state, MerchantReply reply) {
        return new Decision(Commit.EMPTY, state, reply);
    }
}
