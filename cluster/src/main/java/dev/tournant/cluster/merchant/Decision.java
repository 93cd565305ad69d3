package dev.tournant.cluster.merchant;

import dev.tournant.messages.MerchantReply;
import dev.tournant.persistence.Commit;

/**
 * What a command leads to.
 *
 * @param commit what is to be written; empty if nothing
 * @param after the state with the commit in it
 * @param reply what is answered once it is written
 * @param weight of the commit, by {@link RowWeight}
 */
record Decision(Commit commit, MerchantState after, MerchantReply reply, long weight) {
    static Decision of(Commit commit, MerchantState after, MerchantReply reply) {
        return new Decision(commit, after, reply, RowWeight.of(commit));
    }

    static Decision unchanged(MerchantState state, MerchantReply reply) {
        return new Decision(Commit.EMPTY, state, reply, 0);
    }
}
